import type { GitHubState } from "../github-state.ts";
import type { PeopleState } from "../slices/people-state.ts";
import { Chance } from "./chance.ts";
import { NOW, type Organization } from "./organization.ts";
import type { Size } from "./size.ts";

const DAY = 86_400_000;

/** Something that happened, before it is written down. */
export interface Happening {
  readonly action: string;
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `owner/name`; null where it was not about one. */
  readonly repo: string | null;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Writes entries as GitHub does; the number tells them apart. */
export function auditWriter({
  organization,
  members,
  repositories,
}: Pick<GitHubState, "organization" | "members" | "repositories">): (one: Happening, number: number) => object {
  const people = new Map(members.map(({ node }) => [node?.login, node?.databaseId]));
  const numbers = new Map(repositories.map(({ nameWithOwner, databaseId }) => [nameWithOwner, databaseId]));
  return ({ action, actor, at, repo, more = {} }, number) => ({
    action,
    actor,
    actor_id: people.get(actor),
    "@timestamp": at,
    created_at: at,
    _document_id: `sample-document-${number}`,
    org: organization.login,
    org_id: organization.id,
    ...(repo === null ? {} : { repo, repo_id: numbers.get(repo) }),
    ...more,
  });
}

/** What happens all day, by how often (GitHub's audit log events; Git's own are among them). */
const ALL_DAY = [
  ...Array.from({ length: 9 }, () => "workflows.completed_workflow_run"),
  ...Array.from({ length: 9 }, () => "workflows.created_workflow_run"),
  ...Array.from({ length: 6 }, () => "workflows.prepared_workflow_job"),
  ...Array.from({ length: 9 }, () => "git.push"),
  ...Array.from({ length: 9 }, () => "git.fetch"),
  ...Array.from({ length: 3 }, () => "git.clone"),
  ...Array.from({ length: 4 }, () => "pull_request.create"),
  ...Array.from({ length: 4 }, () => "pull_request.merge"),
  ...Array.from({ length: 3 }, () => "pull_request_review.submit"),
];
/** What changes a setting now and then. */
const NOW_AND_THEN = ["hook.create", "protected_branch.create", "environment.add_protection_rule", "team.add_member"];

/**
 * Half a year of an audit log, newest entry first: a few hundred people do most of it, in the last weeks; of the others there is an
 * entry or two, anywhere.
 */
export function largeAudit(size: Size, organization: Organization, { invitations }: PeopleState): object[] {
  const chance = new Chance(53);
  const { people, repositories } = organization;
  const active = people.slice(0, size.activeMembers).map(({ login }) => login);
  const busy = active.slice(0, Math.max(1, Math.ceil(active.length / 4)));
  const happenings: Happening[] = [];
  const repo = (): string => chance.one(repositories).nameWithOwner;
  const invited = Object.values(invitations).flat();
  for (const one of invited)
    happenings.push({
      action: "repository_invitation.create",
      actor: one.inviter?.login ?? "",
      at: Date.parse(one.created_at),
      repo: one.repository.full_name,
    });
  for (const [i, { nameWithOwner, name }] of chance.some(repositories, size.renames).entries())
    happenings.push({
      action: "repo.rename",
      actor: chance.one(busy),
      at: NOW - (20 + 25 * i) * DAY,
      repo: nameWithOwner,
      more: { old_name: `old-${name}` },
    });
  for (const actor of active) happenings.push({ ...allDay(chance, repo), actor, at: ago(chance, 178, 1.6) });
  while (happenings.length < size.auditEntries) {
    const seldom = chance.below(60) === 0;
    const one = seldom ? { action: chance.one(NOW_AND_THEN), repo: repo() } : allDay(chance, repo);
    happenings.push({ ...one, actor: chance.one(busy), at: ago(chance, 45, 2.2) });
  }
  const write = auditWriter(organization);
  return happenings.toSorted((a, b) => b.at - a.at).map((one, i) => write(one, happenings.length - i));
}

const allDay = (chance: Chance, repo: () => string) => {
  const action = chance.one(ALL_DAY);
  // Some sign in and do nothing that is about a repository.
  return chance.below(30) === 0 ? { action: "org.sso_response", repo: null } : { action, repo: repo() };
};

/** A moment up to so many days ago, the more of them recent the larger the exponent; a minute ago at the latest. */
const ago = (chance: Chance, days: number, exponent: number): number =>
  NOW - 60_000 - Math.floor(chance.next() ** exponent * days * DAY);
