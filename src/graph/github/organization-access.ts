import type { Grant } from "../../model/grant.ts";
import { known } from "../../model/observed.ts";
import type { AccessGraph } from "../access-graph.ts";
import type { AccessSource } from "./access-source.ts";
import type { GrantedRoles } from "./granted-roles.ts";
import { builtInRole, highestRole, rankOf, type RepositoryRole } from "./repository-role.ts";
import type { TeamWays } from "./team-ways.ts";
import { gapOf, gapsOf } from "./unread-kinds.ts";

/** What the organization as a whole gives people, the same on each of its repositories. */
export interface OrganizationAccess {
  /** People in order of id; nobody with an empty list. */
  readonly sources: ReadonlyMap<string, readonly AccessSource[]>;
  /** Ids of the people it gives that much, or may give more than is certain, in order. */
  atLeast(role: RepositoryRole): readonly string[];
  /** Members and owners, with the grant that makes them that. */
  readonly members: ReadonlyMap<string, Grant>;
  /** What every member has; null where it was not read. */
  readonly base: RepositoryRole | null;
  /** Why somebody may have more than is told here, in words: depends on whether they are a member. */
  gaps(principalId: string): readonly string[];
  /** Why there may be people who are not told here at all. */
  readonly gapsOfAll: readonly string[];
}

/** Owners, assigned organization roles and the base permission of one organization. */
export function organizationAccess(
  graph: AccessGraph,
  tenantId: string,
  grants: readonly Grant[],
  ways: TeamWays,
  roles: GrantedRoles,
): OrganizationAccess {
  const found = new Map<string, AccessSource[]>();
  const members = new Map<string, Grant>();
  const add = (principalId: string, source: AccessSource): void => {
    if (graph.principal(principalId)?.kind !== "user") return;
    const list = found.get(principalId);
    if (list === undefined) found.set(principalId, [source]);
    else list.push(source);
  };
  const base = baseOf(graph.tenant(tenantId)?.attributes["defaultRepositoryPermission"]);
  for (const grant of grants) {
    if (grant.kind === "role") {
      const owner = grant.entitlementId === `${tenantId}#organization-role/owner`;
      if (owner || !members.has(grant.principalId)) members.set(grant.principalId, grant);
      if (owner) add(grant.principalId, plain("organization-owner", "admin", grant));
      else if (base !== null && base !== "none") add(grant.principalId, plain("base-permission", base, grant));
      continue;
    }
    const entitlement = graph.entitlement(grant.entitlementId);
    if (grant.kind !== "organization-role" || entitlement === undefined) continue;
    const role = roles.everywhere(entitlement);
    // Without a base a role is about the organization only.
    if (role.role === "none" && role.unread === null) continue;
    const source = { kind: "organization-role" as const, ...role };
    if (graph.principal(grant.principalId)?.kind !== "team") {
      add(grant.principalId, { ...source, via: [], grants: [grant.id] });
      continue;
    }
    for (const { teamId, via } of ways.down(grant.principalId))
      for (const membership of ways.memberships(teamId))
        add(membership.principalId, { ...source, via, grants: [membership.id, grant.id] });
  }
  const sources = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  const levels = new Map<RepositoryRole, readonly string[]>();
  const baseGap = base === null ? ["the organization's base permission was not read"] : [];
  const everybodys = gapsOf(graph, tenantId, ["collaborator"]);
  const membersOnly = [...baseGap, ...gapsOf(graph, tenantId, ["team", "enterprise-team", "organization-role"])];
  const memberGap = gapOf(graph, tenantId, "member");
  const [forMembers, forOthers] = [[...everybodys, ...membersOnly], everybodys];
  const forStrangers = memberGap === undefined ? forOthers : [memberGap, ...forMembers];
  return {
    sources,
    members,
    base,
    atLeast(role) {
      let ids = levels.get(role);
      if (ids === undefined) levels.set(role, (ids = reaching(sources, role)));
      return ids;
    },
    gaps(principalId) {
      if (members.has(principalId)) return forMembers;
      return graph.principal(principalId)?.nativeType === "outside-collaborator" ? forOthers : forStrangers;
    },
    gapsOfAll: memberGap === undefined ? forMembers : [memberGap, ...forMembers],
  };
}

/** The people of whom the role, or something that may be more than it says, is told. */
function reaching(sources: ReadonlyMap<string, readonly AccessSource[]>, role: RepositoryRole): readonly string[] {
  const rank = rankOf(role);
  return [...sources]
    .filter(
      ([, list]) =>
        rankOf(highestRole(list.map((one) => one.role))) >= rank || list.some(({ unread }) => unread !== null),
    )
    .map(([id]) => id);
}

function plain(kind: AccessSource["kind"], role: RepositoryRole, grant: Grant): AccessSource {
  return { kind, role, named: null, permissions: known([]), via: [], grants: [grant.id], unread: null };
}

/** GitHub's word for it; null where it was not shown or is none we know. */
function baseOf(attribute: string | number | boolean | null | undefined): RepositoryRole | null {
  return typeof attribute === "string" ? (builtInRole(attribute) ?? null) : null;
}
