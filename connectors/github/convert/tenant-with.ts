import type { Attributes, Tenant } from "../../../src/model/tenant.ts";
import type { OrganizationContext } from "../organization-context.ts";

/** The organization with what one step learned of it; put together with what the step `organization` wrote down. */
export function tenantWith({ tenantId, nodeId, login }: OrganizationContext, attributes: Attributes): Tenant {
  return {
    id: tenantId,
    system: "github",
    nativeId: nodeId ?? login,
    // The id in place of a name says nothing where the step `organization` told the name.
    name: nodeId ?? login,
    managementTenantId: null,
    attributes,
  };
}
