import type { AccessLevel, Entitlement } from "../../../src/model/entitlement.ts";
import type { GitHubRole } from "../../../src/model/github-role.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { permissionOf } from "../permission.ts";
import type { RawAssignedUser, RawOrganizationRole, RawRestTeam } from "../raw-people.ts";
import { control, gapOver, organizationHolder } from "./control.ts";
import type { Convert } from "./converted.ts";
import { fact, mentioned, principal } from "./parts.ts";
import { ofRoute, parameterOf } from "./place.ts";

/** Routes of the step. */
export const ORGANIZATION_ROLE_ROUTES = {
  list: "GET /orgs/{org}/organization-roles",
  users: "GET /orgs/{org}/organization-roles/{role_id}/users",
  teams: "GET /orgs/{org}/organization-roles/{role_id}/teams",
} as const;

/** Organization roles, predefined and custom, and who was assigned one directly; through a team it is the team that holds it. */
export const organizationRoles: Convert = (requests, context) => {
  const records = emptyRecords();
  const roles = ofRoute(requests, ORGANIZATION_ROLE_ROUTES.list).flatMap(
    ({ answer }) => (answer as { readonly roles: readonly RawOrganizationRole[] }).roles,
  );
  const holdersOf = <T>(route: string, role: RawOrganizationRole): readonly T[] | undefined => {
    const own = ofRoute(requests, route).filter((one) => parameterOf(one, "role_id") === String(role.id));
    return own.length === 0 ? undefined : own.flatMap(({ answer }) => answer as readonly T[]);
  };
  const unread: string[] = [];
  for (const role of roles) {
    const policy = control(context, "organization-role", organizationHolder(context), {
      id: `${context.tenantId}/organization-role/${role.id}`,
      name: role.name,
      document: known(roleOf(role)),
      updatedAt: role.updated_at,
    });
    const held = entitlement(context, role, policy.id);
    records.policies.push(policy);
    records.entitlements.push(held);
    const users = holdersOf<RawAssignedUser>(ORGANIZATION_ROLE_ROUTES.users, role);
    const teams = holdersOf<RawRestTeam>(ORGANIZATION_ROLE_ROUTES.teams, role);
    if (users === undefined || teams === undefined) unread.push(role.name);
    for (const user of users ?? []) {
      if (user.assignment === "indirect") continue;
      records.principals.push(...mentioned(context, { id: user.node_id, login: user.login }, "organization-member"));
      records.grants.push(fact(context, "organization-role", context.id(user.node_id), held.id));
    }
    for (const team of teams ?? []) {
      if (team.assignment === "indirect") continue;
      records.principals.push(...mentionedTeam(context, team));
      records.grants.push(fact(context, "organization-role", context.id(team.node_id), held.id));
    }
  }
  const gap = gapOver(unread, "not everybody was read who holds");
  return { records, kinds: { "organization-role": { items: roles.length, gap } } };
};

/** A team that an answer names; empty where the list of teams was read, which knows it. */
export function mentionedTeam(context: OrganizationContext, team: RawRestTeam) {
  if (context.teams.has(team.slug)) return [];
  return [
    principal(context, {
      kind: "team",
      nativeType: team.type === "enterprise" ? "enterprise-team" : "team",
      nativeId: team.node_id,
      locator: team.slug,
      displayName: team.slug,
      attributes: { databaseId: team.id },
    }),
  ];
}

const SOURCES: Readonly<Record<string, GitHubRole["source"]>> = {
  predefined: "predefined",
  enterprise: "enterprise",
};

function roleOf({ name, source, base_role: base, permissions }: RawOrganizationRole): GitHubRole {
  return {
    name,
    source: SOURCES[source?.toLowerCase() ?? ""] ?? "organization",
    base: base ?? null,
    permissions: permissions === undefined ? unknown("GitHub did not say what the role may do") : known(permissions),
  };
}

function entitlement(context: OrganizationContext, role: RawOrganizationRole, policyId: string): Entitlement {
  return {
    id: `${context.tenantId}#organization-role/${role.id}`,
    system: "github",
    tenantId: context.tenantId,
    kind: "organization-role",
    displayName: `organization role ${role.name}`,
    targetId: policyId,
    resourceId: context.tenantId,
    level: levelOf(role),
  };
}

/** Permissions that decide who may do what: whoever holds one can give more to others. */
const DECIDING = /^(?:write|manage)_organization_(?:custom_org_role|custom_repo_role|ref_rules)|_role$/;

function levelOf({ base_role: base, permissions = [] }: RawOrganizationRole): AccessLevel {
  const onRepositories = base === null || base === undefined ? "list" : permissionOf(base).level;
  if (onRepositories === "admin" || permissions.some((name) => DECIDING.test(name))) return "admin";
  const changes = permissions.some((name) => !/^(?:read|view)_/.test(name));
  return onRepositories === "write" || changes
    ? "write"
    : onRepositories === "list" && permissions.length > 0
      ? "read"
      : onRepositories;
}
