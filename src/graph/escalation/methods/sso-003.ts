import type { EscalationMethod } from "../method.ts";

/** An inline policy in a permission set that is in use. */
export const sso003: EscalationMethod = {
  id: "sso-003",
  name: "writes the inline policy of a permission set in use",
  category: "self-escalation",
  permissions: [{ action: "sso:PutInlinePolicyToPermissionSet", on: "permission-set" }],
  gains: "administers-tenants",
  note: "takes effect when the permission set is provisioned again, for those it is assigned to",
};
