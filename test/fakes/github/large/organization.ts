import type { RawAssignedUser } from "../../../../connectors/github/raw-people.ts";
import type { RawMemberEdge, RawOrganization, RawRepository, RawUser } from "../../../../connectors/github/raw.ts";
import type { GitHubState, StateTeam } from "../github-state.ts";
import { Chance, four, upTo } from "./chance.ts";
import type { Size } from "./size.ts";

/** Its login: that of the sample company, so that the same settings reach it. */
export const LOGIN = "acme-sample";
/** The day on which it is looked at. */
export const NOW = Date.parse("2026-11-20T08:00:00Z");
const DAY = 86_400_000;

/** So many days before, as GitHub writes moments. */
export const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString().replace(".000Z", "Z");

/** The organization, its members and its teams. */
export interface Organization {
  readonly organization: RawOrganization;
  readonly members: RawMemberEdge[];
  /** The members as REST lists people. */
  readonly people: readonly RawUser[];
  readonly outside: GitHubState["outside"];
  readonly repositories: RawRepository[];
  readonly teams: StateTeam[];
}

/** An organization of that size. */
export function organizationOf(size: Size): Organization {
  const members = upTo(size.members).map((n) => memberEdge(n, n <= size.owners));
  const people = members.flatMap(({ node }) =>
    node === null ? [] : [{ login: node.login, id: node.databaseId ?? 0, node_id: node.id }],
  );
  const users = upTo(size.outsideCollaborators).map((n) => ({
    login: `acme-freelance-${four(n)}`,
    id: 9_500_000 + n,
    node_id: `U_outside${four(n)}`,
  }));
  const repositories = upTo(size.repositories).map(repository);
  return {
    organization: {
      login: LOGIN,
      id: 8_000_001,
      node_id: "O_large0001",
      name: "Acme Sample Conglomerate",
      default_repository_permission: "read",
      two_factor_requirement_enabled: true,
      is_verified: true,
      members_can_create_repositories: true,
      members_can_create_public_repositories: false,
      members_can_create_private_repositories: true,
      members_can_create_internal_repositories: true,
      members_can_create_teams: true,
      members_can_fork_private_repositories: true,
      members_can_invite_outside_collaborators: true,
      members_can_change_repo_visibility: false,
      members_can_delete_repositories: false,
      deploy_keys_enabled_for_repositories: true,
      plan: { name: "enterprise", seats: size.members * 2, filled_seats: size.members + size.outsideCollaborators },
    },
    members,
    people,
    outside: { users, withoutSecondFactor: new Set(users.filter((_, i) => i % 20 === 7).map(({ login }) => login)) },
    repositories,
    teams: teamsOf(size, people, repositories),
  };
}

function memberEdge(n: number, owner: boolean): RawMemberEdge {
  return {
    role: owner ? "ADMIN" : "MEMBER",
    hasTwoFactorEnabled: true,
    node: {
      id: `U_large${four(n)}`,
      databaseId: 9_100_000 + n,
      login: `acme-person-${four(n)}`,
      name: `Person ${four(n)} Example`,
      createdAt: daysAgo(200 + ((n * 37) % 3_000)),
      organizationVerifiedDomainEmails: [`person-${four(n)}@acme.invalid`],
    },
  };
}

const KINDS = ["api", "worker", "web", "library", "tool", "data", "docs", "modules"];

function repository(n: number): RawRepository {
  const name = `${KINDS[n % KINDS.length]}-${four(n)}`;
  const [visibility = "PRIVATE"] = n % 20 === 0 ? ["PUBLIC"] : n % 4 === 1 ? ["INTERNAL"] : [];
  return {
    id: `R_large${four(n)}`,
    databaseId: 7_100_000 + n,
    name,
    nameWithOwner: `${LOGIN}/${name}`,
    visibility,
    isArchived: false,
    createdAt: daysAgo(100 + ((n * 53) % 2_500)),
    pushedAt: daysAgo((n * 29) % 100),
    defaultBranchRef: { name: "main" },
    deployKeys: null,
  };
}

const PERMISSIONS = ["READ", "WRITE", "WRITE", "WRITE", "MAINTAIN", "ADMIN"];

function teamsOf(size: Size, people: readonly RawUser[], repositories: readonly RawRepository[]): StateTeam[] {
  const chance = new Chance(11);
  return upTo(size.teams).map((n) => {
    // Every fourth team is below one of the first tenth.
    const parent = n % 4 === 0 ? 1 + (n % Math.max(1, Math.floor(size.teams / 10))) : n;
    const team = {
      id: `T_large${four(n)}`,
      databaseId: 6_100_000 + n,
      slug: `team-${four(n)}`,
      name: `Team ${four(n)}`,
      description: null,
      privacy: "VISIBLE",
      parentTeam: parent === n ? null : { id: `T_large${four(parent)}`, slug: `team-${four(parent)}` },
      members: chance.some(people, 4 + (n % 7)).map(({ node_id: id, login }, i) => ({
        role: i === 0 ? "MAINTAINER" : "MEMBER",
        node: { id, login },
      })),
      repositories: chance.some(repositories, 8 + (n % 9)).map(({ id, nameWithOwner }) => ({
        permission: chance.one(PERMISSIONS),
        node: { id, nameWithOwner },
      })),
    };
    return team;
  });
}

/** A team as REST lists it. */
export const asRest = ({ id, databaseId, slug, name }: StateTeam) => ({
  id: databaseId ?? 0,
  node_id: id,
  slug,
  name,
  type: "organization",
});

/** Somebody with a role that was given directly. */
export const assigned = (person: RawUser): RawAssignedUser => ({ ...person, assignment: "direct" });
