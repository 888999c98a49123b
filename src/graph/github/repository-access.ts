import type { Grant } from "../../model/grant.ts";
import { known, unknown, type Observed } from "../../model/observed.ts";
import type { AccessGraph } from "../access-graph.ts";
import { isEverywhere, type AccessSource } from "./access-source.ts";
import { grantedRoles } from "./granted-roles.ts";
import { organizationAccess, type OrganizationAccess } from "./organization-access.ts";
import { highestRole, rankOf, type RepositoryRole } from "./repository-role.ts";
import { teamWays, type TeamWays } from "./team-ways.ts";
import { gapsOf } from "./unread-kinds.ts";

/** What one person (or team) has on one repository, and every reason why. */
export interface RepositoryAccess {
  readonly principalId: string;
  readonly repositoryId: string;
  /** The highest role that is certain. */
  readonly role: RepositoryRole;
  /** Highest first. */
  readonly sources: readonly AccessSource[];
  /** Names of the custom repository roles among them. */
  readonly customRoles: readonly string[];
  /** Fine-grained permissions of all of them together. */
  readonly permissions: Observed<readonly string[]>;
  /** What was not read and could give more, in words; empty for administrators, who have everything. */
  readonly missing: readonly string[];
}

/** What somebody has on the repositories of their organization. */
export interface PrincipalAccess {
  /** What is the same on every repository, highest first. */
  readonly everywhere: readonly AccessSource[];
  /** Repositories in order of id on which there is any access, what holds everywhere included. */
  readonly repositories: readonly RepositoryAccess[];
  /** What was not read and could give more on any repository; empty for owners. */
  readonly missing: readonly string[];
}

/** Effective access to repositories, worked out one repository or one person at a time and not kept. */
export interface RepositoryAccessIndex {
  /**
   * People with at least that role, or who may have more than is certain, in order of id. Teams, apps and keys are not told.
   * `missing`: why there may be more people, or people with more.
   */
  accessTo(
    repositoryId: string,
    atLeast?: RepositoryRole,
  ): { readonly people: readonly RepositoryAccess[]; readonly missing: readonly string[] };
  /** Of a person, or of a team with what its parents give it; nothing for anything else. */
  accessOf(principalId: string): PrincipalAccess;
  /** Of one person on one repository; undefined where there is none at all. */
  accessOn(principalId: string, repositoryId: string): RepositoryAccess | undefined;
  /** What the organization gives whoever is in it. */
  organization(tenantId: string): OrganizationAccess;
  readonly ways: TeamWays;
}

const built = new WeakMap<AccessGraph, RepositoryAccessIndex>();

/**
 * Who may do what to which repository, with every source: direct collaboration, teams and their parents, enterprise teams, owners,
 * organization roles with a base, the base permission (members only), internal visibility. One index for each graph.
 * Source: "Repository roles for an organization", "About organization roles", "Setting base permissions", GitHub documentation.
 */
export function repositoryAccess(graph: AccessGraph): RepositoryAccessIndex {
  let index = built.get(graph);
  if (index === undefined) built.set(graph, (index = build(graph)));
  return index;
}

function build(graph: AccessGraph): RepositoryAccessIndex {
  const [ways, roles] = [teamWays(graph), grantedRoles(graph)];
  const { onTenant, onRepository, ofHolder } = sorted(graph);
  const organizations = new Map<string, OrganizationAccess>();
  const organization = (tenantId: string): OrganizationAccess => {
    let one = organizations.get(tenantId);
    if (one === undefined)
      organizations.set(
        tenantId,
        (one = organizationAccess(graph, tenantId, onTenant.get(tenantId) ?? [], ways, roles)),
      );
    return one;
  };

  const granted = (grant: Grant, via: readonly string[], grants: readonly string[]): AccessSource | undefined => {
    const entitlement = graph.entitlement(grant.entitlementId);
    if (entitlement === undefined) return undefined;
    const team = via.at(-1);
    const ofEnterprise = team !== undefined && graph.principal(team)?.nativeType === "enterprise-team";
    const kind = team === undefined ? "direct" : ofEnterprise ? "enterprise-team" : "team";
    return { kind, ...roles.onRepository(entitlement), via, grants };
  };
  /** Sources that are about this repository, by person. The last answer is kept: questions about one repository come together. */
  let last: { readonly id: string; readonly people: ReadonlyMap<string, readonly AccessSource[]> } | undefined;
  const own = (repositoryId: string): ReadonlyMap<string, readonly AccessSource[]> => {
    if (last?.id === repositoryId) return last.people;
    const people = new Map<string, AccessSource[]>();
    const add = (principalId: string, source: AccessSource | undefined): void => {
      if (source === undefined || graph.principal(principalId)?.kind !== "user") return;
      const list = people.get(principalId);
      if (list === undefined) people.set(principalId, [source]);
      else list.push(source);
    };
    for (const grant of onRepository.get(repositoryId) ?? []) {
      if (grant.kind === "collaboration") add(grant.principalId, granted(grant, [], [grant.id]));
      else
        for (const { teamId, via } of ways.down(grant.principalId))
          for (const membership of ways.memberships(teamId))
            add(membership.principalId, granted(grant, via, [membership.id, grant.id]));
    }
    const resource = graph.resource(repositoryId);
    if (resource?.attributes["visibility"] === "internal")
      for (const [principalId, grant] of organization(resource.tenantId).members) add(principalId, internal(grant));
    last = { id: repositoryId, people };
    return people;
  };
  const accessFrom = (principalId: string, repositoryId: string, found: readonly AccessSource[]): RepositoryAccess => {
    const sources = found.length < 2 ? found : [...found].sort(byWeight);
    const role = highestRole(sources.map((source) => source.role));
    const custom = sources.flatMap(({ kind, named }) =>
      named === null || kind === "organization-role" ? [] : [named],
    );
    return {
      principalId,
      repositoryId,
      role,
      sources,
      customRoles: custom.length < 2 ? custom : [...new Set(custom)].sort(),
      permissions: together(sources),
      missing: role === "admin" ? [] : unique([...unreadOf(sources), ...gapsOn(principalId)]),
    };
  };
  const gapsOn = (principalId: string): readonly string[] => {
    const principal = graph.principal(principalId);
    if (principal === undefined) return [];
    if (principal.kind !== "team") return organization(principal.tenantId).gaps(principalId);
    return gapsOf(graph, principal.tenantId, ["team", "organization-role"]);
  };

  return {
    ways,
    organization,
    accessTo(repositoryId, atLeast = "read") {
      const tenantId = graph.resource(repositoryId)?.tenantId;
      if (tenantId === undefined) return { people: [], missing: [] };
      const [here, all] = [own(repositoryId), organization(tenantId)];
      const people: RepositoryAccess[] = [];
      for (const id of merged([...here.keys()].sort(), all.atLeast(atLeast))) {
        const sources = [...(here.get(id) ?? []), ...(all.sources.get(id) ?? [])];
        const access = accessFrom(id, repositoryId, sources);
        if (rankOf(access.role) >= rankOf(atLeast) || unreadOf(sources).length > 0) people.push(access);
      }
      return { people, missing: all.gapsOfAll };
    },
    accessOn(principalId, repositoryId) {
      const tenantId = graph.resource(repositoryId)?.tenantId;
      if (tenantId === undefined) return undefined;
      const sources = [
        ...(own(repositoryId).get(principalId) ?? []),
        ...(organization(tenantId).sources.get(principalId) ?? []),
      ];
      return sources.length === 0 ? undefined : accessFrom(principalId, repositoryId, sources);
    },
    accessOf(principalId) {
      const principal = graph.principal(principalId);
      const isTeam = principal?.kind === "team";
      if (principal?.system !== "github" || (principal.kind !== "user" && !isTeam))
        return { everywhere: [], repositories: [], missing: [] };
      const all = organization(principal.tenantId);
      const up = isTeam
        ? ways.up(principalId).map(({ teamId, via }) => ({ teamId, via: via.slice(1), grants: [] as string[] }))
        : ways
            .teamsOf(principalId)
            .flatMap(({ teamId, grant }) => ways.up(teamId).map((way) => ({ ...way, grants: [grant.id] })));
      const byRepository = new Map<string, AccessSource[]>();
      const add = (repositoryId: string, source: AccessSource | undefined): void => {
        if (source === undefined) return;
        const list = byRepository.get(repositoryId);
        if (list === undefined) byRepository.set(repositoryId, [source]);
        else list.push(source);
      };
      const place = (grant: Grant): string => graph.entitlement(grant.entitlementId)?.resourceId ?? "";
      for (const grant of isTeam ? [] : (ofHolder.get(principalId) ?? []))
        add(place(grant), granted(grant, [], [grant.id]));
      for (const { teamId, via, grants } of up)
        for (const grant of ofHolder.get(teamId) ?? []) add(place(grant), granted(grant, via, [...grants, grant.id]));
      const everywhere = isTeam
        ? teamEverywhere(graph, roles, up, onTenant.get(principal.tenantId) ?? [])
        : (all.sources.get(principalId) ?? []);
      const member = all.members.get(principalId);
      for (const { id, kind, tenantId, attributes } of graph.snapshot.resources) {
        if (kind !== "repository" || tenantId !== principal.tenantId) continue;
        if (member !== undefined && attributes["visibility"] === "internal") add(id, internal(member));
        for (const source of everywhere) add(id, source);
      }
      const repositories = [...byRepository]
        .map(([id, sources]) => accessFrom(principalId, id, sources))
        .filter(({ role, sources }) => role !== "none" || unreadOf(sources).length > 0)
        .sort((a, b) => (a.repositoryId < b.repositoryId ? -1 : 1));
      const owner = everywhere.some(({ role }) => role === "admin");
      const missing = owner ? [] : unique([...unreadOf(everywhere), ...gapsOn(principalId)]);
      return { everywhere: [...everywhere].sort(byWeight), repositories, missing };
    },
  };
}

/** Grants that give access to repositories: those of whole organizations, and those on one by repository and by holder. */
function sorted(
  graph: AccessGraph,
): Readonly<Record<"onTenant" | "onRepository" | "ofHolder", ReadonlyMap<string, readonly Grant[]>>> {
  const [onTenant, onRepository, ofHolder] = [
    new Map<string, Grant[]>(),
    new Map<string, Grant[]>(),
    new Map<string, Grant[]>(),
  ];
  const add = (map: Map<string, Grant[]>, key: string, grant: Grant): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [grant]);
    else list.push(grant);
  };
  for (const grant of graph.snapshot.grants) {
    if (grant.system !== "github") continue;
    if (grant.kind === "role" || grant.kind === "organization-role") add(onTenant, grant.tenantId, grant);
    if (grant.kind !== "collaboration" && grant.kind !== "team-grant") continue;
    const entitlement = graph.entitlement(grant.entitlementId);
    if (entitlement?.kind !== "repository-role" || entitlement.resourceId === null) continue;
    add(onRepository, entitlement.resourceId, grant);
    add(ofHolder, grant.principalId, grant);
  }
  return { onTenant, onRepository, ofHolder };
}

/** What roles that a team or its parents are assigned give on every repository. */
function teamEverywhere(
  graph: AccessGraph,
  roles: ReturnType<typeof grantedRoles>,
  up: readonly { readonly teamId: string; readonly via: readonly string[] }[],
  grants: readonly Grant[],
): readonly AccessSource[] {
  return up.flatMap(({ teamId, via }) =>
    grants.flatMap((grant): AccessSource[] => {
      const entitlement = graph.entitlement(grant.entitlementId);
      if (grant.kind !== "organization-role" || grant.principalId !== teamId || entitlement === undefined) return [];
      const role = roles.everywhere(entitlement);
      if (role.role === "none" && role.unread === null) return [];
      return [{ kind: "organization-role", ...role, via, grants: [grant.id] }];
    }),
  );
}

function internal(grant: Grant): AccessSource {
  const kind = "internal-visibility";
  return { kind, role: "read", named: null, permissions: known([]), via: [], grants: [grant.id], unread: null };
}

/** Highest first, then what is closer to the repository, then by grants: the same in every run. */
function byWeight(a: AccessSource, b: AccessSource): number {
  if (a.role !== b.role) return rankOf(b.role) - rankOf(a.role);
  if (isEverywhere(a) !== isEverywhere(b)) return isEverywhere(a) ? 1 : -1;
  const [one, other] = [`${a.kind} ${a.grants.join()}`, `${b.kind} ${b.grants.join()}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

function unreadOf(sources: readonly AccessSource[]): readonly string[] {
  return sources.flatMap(({ unread }) => unread ?? []);
}

function together(sources: readonly AccessSource[]): Observed<readonly string[]> {
  let all: readonly string[] = [];
  for (const { permissions } of sources) {
    if (!permissions.known) return unknown(permissions.why);
    if (permissions.value.length > 0) all = [...all, ...permissions.value];
  }
  return all.length === 0 ? NOTHING : known([...new Set(all)].sort());
}

const NOTHING: Observed<readonly string[]> = known([]);

function unique(words: readonly string[]): readonly string[] {
  return words.length < 2 ? words : [...new Set(words)];
}

/** Two lists in order, without what is in both twice. */
function merged(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 0) return b;
  const all: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    const next = right === undefined || (left !== undefined && left <= right) ? left : right;
    if (next === undefined) break;
    all.push(next);
    if (left === next) i += 1;
    if (right === next) j += 1;
  }
  return all;
}
