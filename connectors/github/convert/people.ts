import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords, type SnapshotRecords } from "../../../src/model/snapshot.ts";
import { toInstant } from "../../../src/model/instant.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type { RawAuditEntry, RawInvitation, RawMemberEdge, RawOrganization, RawUser, RecordedRequest } from "../raw.ts";
import { fact, instantOf, organizationRole, principal } from "./parts.ts";

/** The organization itself. */
export function organization(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const raw = requests[0]?.answer as RawOrganization | undefined;
  if (raw === undefined) return {};
  context.nodeId = raw.node_id;
  return {
    tenants: [
      {
        id: context.tenantId,
        system: "github",
        nativeId: raw.node_id,
        name: raw.login,
        managementTenantId: null,
        attributes: {
          defaultRepositoryPermission: raw.default_repository_permission ?? null,
          twoFactorRequired: raw.two_factor_requirement_enabled ?? null,
        },
      },
    ],
    resources: [
      {
        id: context.tenantId,
        system: "github",
        tenantId: context.tenantId,
        kind: "organization",
        nativeId: raw.node_id,
        locator: raw.login,
        displayName: raw.name ?? raw.login,
        attributes: {},
      },
    ],
    entitlements: [organizationRole(context, "owner"), organizationRole(context, "member")],
  };
}

/** Members with their role; whether they have a second factor is shown to owners only. */
export function members(requests: readonly RecordedRequest[], context: OrganizationContext): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const { answer } of requests) {
    const edges =
      (answer as { organization?: { membersWithRole?: { edges?: readonly (RawMemberEdge | null)[] } } }).organization
        ?.membersWithRole?.edges ?? [];
    for (const edge of edges) {
      if (edge?.node === null || edge?.node === undefined) continue;
      const { node } = edge;
      const verified = node.organizationVerifiedDomainEmails?.[0];
      const email = verified ?? (node.email === "" ? null : node.email);
      const owner = edge.role === "ADMIN";
      records.principals.push(
        context.remember(
          principal(context, {
            kind: "user",
            nativeType: "organization-member",
            nativeId: node.id,
            locator: node.login,
            displayName: node.login,
            email:
              email === undefined || email === null ? unknown("GitHub shows no e-mail of this member") : known(email),
            createdAt: instantOf(node.createdAt, "when the login was created"),
            secondFactor:
              edge.hasTwoFactorEnabled === null
                ? unknown("GitHub shows it to organization owners only")
                : known(edge.hasTwoFactorEnabled),
            attributes: {
              role: owner ? "owner" : "member",
              emailVerified: verified !== undefined,
              databaseId: node.databaseId,
            },
          }),
        ),
      );
      records.grants.push(
        fact(
          context,
          "role",
          context.id(node.id),
          `${context.tenantId}#organization-role/${owner ? "owner" : "member"}`,
        ),
      );
    }
  }
  return records;
}

/** Outside collaborators; the second request says which of them have no second factor. */
export function outsideCollaborators(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const all = requests.find(
    (request) => request.parameters["filter"] === undefined || request.parameters["filter"] === "all",
  );
  const without = requests.find((request) => request.parameters["filter"] === "2fa_disabled");
  const noFactor =
    without === undefined ? undefined : new Set((without.answer as readonly RawUser[]).map((user) => user.node_id));
  return {
    principals: ((all?.answer ?? []) as readonly RawUser[]).map((user) =>
      context.remember(
        principal(context, {
          kind: "user",
          nativeType: "outside-collaborator",
          nativeId: user.node_id,
          locator: user.login,
          displayName: user.login,
          secondFactor:
            noFactor === undefined
              ? unknown("GitHub shows it to organization owners only")
              : known(!noFactor.has(user.node_id)),
          attributes: { role: "outside", databaseId: user.id },
        }),
      ),
    ),
  };
}

/** Invitations that nobody accepted yet: a person that is not a member, with the role waiting. */
export function invitations(
  requests: readonly RecordedRequest[],
  context: OrganizationContext,
): Partial<SnapshotRecords> {
  const records = emptyRecords();
  for (const invitation of requests.flatMap((request) => request.answer as readonly RawInvitation[])) {
    const name = invitation.login ?? invitation.email ?? String(invitation.id);
    const invited = principal(context, {
      kind: "user",
      nativeType: "invited",
      nativeId: invitation.node_id,
      locator: name,
      displayName: name,
      email: invitation.email === null ? unknown("the invitation went to a login") : known(invitation.email),
      attributes: { invitationId: invitation.id },
    });
    records.principals.push(invited);
    records.grants.push(
      fact(
        context,
        "invitation",
        invited.id,
        `${context.tenantId}#organization-role/${invitation.role === "admin" ? "owner" : "member"}`,
        {
          grantedAt: instantOf(invitation.created_at, "when it was sent"),
          grantedBy:
            invitation.inviter?.login === undefined
              ? unknown("GitHub did not say who sent it")
              : known(invitation.inviter.login),
        },
      ),
    );
  }
  return records;
}

/** The newest activity of each login. Only where the log was read to its beginning does "none" mean none. */
export function activity(requests: readonly RecordedRequest[], context: OrganizationContext): Partial<SnapshotRecords> {
  const newest = new Map<string, number>();
  for (const entry of requests.flatMap((request) => request.answer as readonly RawAuditEntry[])) {
    const at = entry.created_at ?? entry["@timestamp"];
    if (entry.actor === undefined || at === undefined) continue;
    newest.set(entry.actor.toLowerCase(), Math.max(newest.get(entry.actor.toLowerCase()) ?? 0, at));
  }
  const principals: Principal[] = [];
  for (const [login, person] of context.principals) {
    const at = newest.get(login);
    const instant = at === undefined ? undefined : toInstant(new Date(at));
    principals.push({ ...person, lastUsedAt: instant === undefined ? known("never") : known(instant) });
  }
  return { principals };
}
