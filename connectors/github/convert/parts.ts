import type { AccessLevel, Entitlement } from "../../../src/model/entitlement.ts";
import type { Grant, GrantKind } from "../../../src/model/grant.ts";
import { toInstant, type Instant } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { grantId } from "../../../src/text/stable-id.ts";
import type { OrganizationContext } from "../organization-context.ts";

/** An instant GitHub gave, or why there is none. */
export function instantOf(value: string | null | undefined, what: string): Observed<Instant> {
  const instant = value === null || value === undefined ? undefined : toInstant(value);
  return instant === undefined ? unknown(`GitHub did not say ${what}`) : known(instant);
}

/** A principal of the organization with everything that is rarely known left unknown. */
export function principal(
  context: OrganizationContext,
  fields: Pick<Principal, "kind" | "nativeType" | "nativeId" | "locator" | "displayName"> & Partial<Principal>,
): Principal {
  return {
    id: context.id(fields.nativeId),
    system: "github",
    tenantId: context.tenantId,
    email: unknown("GitHub does not show an e-mail"),
    createdAt: unknown("GitHub did not say when it was created"),
    lastUsedAt: unknown("no activity was read (audit-log)"),
    secondFactor: known(null),
    tags: known({}),
    attributes: {},
    ...fields,
  };
}

/** A grant that GitHub states as a fact. */
export function fact(
  context: OrganizationContext,
  kind: GrantKind,
  principalId: string,
  entitlementId: string,
  more: Partial<Grant> = {},
): Grant {
  return {
    id: grantId(kind, principalId, entitlementId),
    system: "github",
    tenantId: context.tenantId,
    kind,
    principalId,
    entitlementId,
    via: [],
    grantedAt: unknown("GitHub does not keep when it was granted"),
    grantedBy: unknown("GitHub does not keep who granted it"),
    expiresAt: known("never"),
    lastUsedAt: unknown("GitHub does not say when a single grant was used"),
    governedElsewhere: false,
    ...more,
  };
}

/** GitHub's repository permissions, REST and GraphQL spelling, as they are written on the API and as levels. */
const PERMISSIONS: Readonly<Record<string, readonly [variant: string, level: AccessLevel]>> = {
  read: ["read", "read"],
  pull: ["read", "read"],
  triage: ["triage", "read"],
  write: ["write", "write"],
  push: ["write", "write"],
  maintain: ["maintain", "write"],
  admin: ["admin", "admin"],
};

/** The word for a permission; a custom role keeps its own name and counts as write until its permissions are read. */
export function permissionOf(text: string): { readonly variant: string; readonly level: AccessLevel } {
  const [variant, level] = PERMISSIONS[text.toLowerCase()] ?? [text, "write" as const];
  return { variant, level };
}

/** A role on a repository, as something that can be granted. */
export function repositoryRole(
  context: OrganizationContext,
  repositoryId: string,
  nameWithOwner: string,
  permission: string,
): Entitlement {
  const { variant, level } = permissionOf(permission);
  return {
    id: `${repositoryId}#repository-role/${variant}`,
    system: "github",
    tenantId: context.tenantId,
    kind: "repository-role",
    displayName: `${variant} on ${nameWithOwner}`,
    targetId: repositoryId,
    resourceId: repositoryId,
    level,
  };
}

/** Ownership or plain membership of the organization. */
export function organizationRole(context: OrganizationContext, role: "owner" | "member"): Entitlement {
  return {
    id: `${context.tenantId}#organization-role/${role}`,
    system: "github",
    tenantId: context.tenantId,
    kind: "organization-role",
    displayName: `organization ${role}`,
    targetId: context.tenantId,
    resourceId: context.tenantId,
    level: role === "owner" ? "admin" : "list",
  };
}
