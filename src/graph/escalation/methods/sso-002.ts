import type { EscalationMethod } from "../method.ts";

/** Any managed policy in a permission set that is in use. */
export const sso002: EscalationMethod = {
  id: "sso-002",
  name: "attaches a managed policy to a permission set in use",
  category: "self-escalation",
  permissions: [{ action: "sso:AttachManagedPolicyToPermissionSet", on: "permission-set" }],
  gains: "administers-tenants",
  note: "takes effect when the permission set is provisioned again, for those it is assigned to",
};
