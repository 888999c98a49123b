import type { RawOrganization } from "../raw.ts";
import type { Convert } from "./converted.ts";
import { organizationRole } from "./parts.ts";

/** The organization itself: a tenant, and a resource that its roles are held on. */
export const organization: Convert = (requests, context) => {
  const raw = requests[0]?.answer as RawOrganization | undefined;
  if (raw === undefined)
    return { records: {}, kinds: { organization: { items: 0, denied: "GitHub gave no organization" } } };
  context.nodeId = raw.node_id;
  const tenant = {
    id: context.tenantId,
    system: "github" as const,
    nativeId: raw.node_id,
    name: raw.login,
    managementTenantId: null,
    attributes: {
      defaultRepositoryPermission: raw.default_repository_permission ?? null,
      twoFactorRequired: raw.two_factor_requirement_enabled ?? null,
    },
  };
  return {
    records: {
      tenants: [tenant],
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
    },
    kinds: { organization: { items: 1 } },
  };
};
