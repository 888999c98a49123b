import { addDays, toInstant } from "../../../src/model/instant.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import { AUDIT_LOG_ROUTE } from "../audit-log.ts";
import type { SweptRepository } from "../client.ts";
import { repositoryOf, type RecordedRequest } from "../raw.ts";
import type { RawInvitationEvent, RawRepositoryInvitation } from "../raw-people.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { fact, instantOf, principal, repositoryRole } from "./parts.ts";
import { mentionedIn, repositoryIdOf } from "./place.ts";

/** Where invitations are read: of a repository, and which were sent, by the audit log. */
export const INVITATION_ROUTES = {
  repository: "GET /repos/{owner}/{repo}/invitations",
  log: AUDIT_LOG_ROUTE,
} as const;

/** Days of the log that are asked for invitations: far more than they live, for those that lie around. */
export const INVITED_DAYS = 30;

/** Days after which an invitation to a repository can no longer be accepted ("Inviting collaborators to a personal repository"). */
const INVITATION_DAYS = 7;

/** Whether the log says that somebody was invited to a repository, under the name it has now or had then. */
export function invitedIn(
  log: readonly RecordedRequest[],
): (repository: Pick<SweptRepository, "name" | "databaseId">) => boolean {
  const events = log.flatMap(({ answer }) => answer as readonly RawInvitationEvent[]);
  const names = new Set(events.map(({ repo }) => repo?.toLowerCase()));
  const ids = new Set(events.map(({ repo_id: id }) => id));
  return ({ name, databaseId }) => names.has(name.toLowerCase()) || (databaseId !== null && ids.has(databaseId));
}

/** Invitations to single repositories that nobody accepted yet, each with the role that waits. */
export const repositoryInvitations: Convert = (requests, context) => {
  const records = emptyRecords();
  const lists = requests.filter(({ route }) => route === INVITATION_ROUTES.repository);
  const log = requests.filter(({ route }) => route === INVITATION_ROUTES.log);
  const answered = new Set(lists.map(repositoryOf));
  // Where the log was read, a repository that it does not name has none that could be accepted.
  const invited = invitedIn(log);
  for (const one of lists.flatMap(({ answer }) => answer as readonly RawRepositoryInvitation[])) {
    const { invitee, inviter, repository } = one;
    const login = invitee?.login ?? `invitation ${one.id}`;
    const nativeId = invitee?.node_id ?? `repository-invitation-${one.id}`;
    const id = context.id(nativeId);
    if (!context.knows(id))
      records.principals.push(
        principal(context, {
          kind: "user",
          nativeType: "invited-collaborator",
          nativeId,
          locator: login,
          displayName: login,
          email: invitee === null ? unknown("GitHub does not say who was invited") : known(null),
          attributes: { databaseId: invitee?.id ?? null },
        }),
      );
    const role = repositoryRole(context, repositoryIdOf(context, repository), repository.full_name, one.permissions);
    const sent = toInstant(one.created_at);
    records.resources.push(...mentionedIn(context, repository));
    records.entitlements.push(role);
    records.grants.push(
      fact(context, "invitation", id, role.id, {
        grantedAt: instantOf(one.created_at, "when it was sent"),
        grantedBy:
          inviter === null || inviter === undefined ? unknown("GitHub did not say who sent it") : known(inviter.login),
        expiresAt:
          sent === undefined ? unknown("GitHub did not say when it was sent") : known(addDays(sent, INVITATION_DAYS)),
      }),
    );
  }
  const missing = context
    .sweep()
    .repositories.filter((one) => !answered.has(one.name) && (log.length === 0 || invited(one)))
    .map(({ name }) => name);
  const gap = gapOver(missing, "invitations were not read of");
  return { records, kinds: { "repository-invitation": { items: records.grants.length, gap } } };
};
