import type { Entitlement } from "../../../src/model/entitlement.ts";
import type { Grant, GrantKind } from "../../../src/model/grant.ts";
import { toInstant, type Instant } from "../../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
import type { Resource } from "../../../src/model/resource.ts";
import { grantId } from "../../../src/text/stable-id.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { permissionOf } from "../permission.ts";

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

/**
 * Somebody who is only mentioned, because the step that lists people was refused or cut: access never hangs in the air.
 * Empty where the person is known already.
 */
export function mentioned(
  context: OrganizationContext,
  person: { readonly id: string; readonly login: string },
  nativeType: "organization-member" | "collaborator",
): readonly Principal[] {
  if (context.knows(context.id(person.id))) return [];
  return [
    context.remember(
      principal(context, {
        kind: "user",
        nativeType,
        nativeId: person.id,
        locator: person.login,
        displayName: person.login,
        secondFactor: unknown("the list this login belongs to was not read"),
      }),
    ),
  ];
}

/** A repository as a resource. */
export function repositoryResource(
  context: OrganizationContext,
  repository: { readonly id: string; readonly nameWithOwner: string },
  attributes: Resource["attributes"] = {},
): Resource {
  return {
    id: context.id(repository.id),
    system: "github",
    tenantId: context.tenantId,
    kind: "repository",
    nativeId: repository.id,
    locator: repository.nameWithOwner,
    displayName: repository.nameWithOwner,
    attributes,
  };
}

/** A repository that is only mentioned; empty where it is known already. */
export function mentionedRepository(
  context: OrganizationContext,
  repository: { readonly id: string; readonly nameWithOwner: string },
): readonly Resource[] {
  return context.knows(context.id(repository.id)) ? [] : [repositoryResource(context, repository)];
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

/** A role in the organization; `owner` and `member` are what people hold, invitations know more (`billing_manager`). */
export function organizationRole(context: OrganizationContext, role: string): Entitlement {
  return {
    id: `${context.tenantId}#organization-role/${role}`,
    system: "github",
    tenantId: context.tenantId,
    kind: "organization-role",
    displayName: `organization ${role.replaceAll("_", " ")}`,
    targetId: context.tenantId,
    resourceId: context.tenantId,
    level: role === "owner" ? "admin" : "list",
  };
}
