import type { EscalationMethod } from "../method.ts";

/** A permission set of the actor's making, assigned to the actor in any tenant of the organization. */
export const sso001: EscalationMethod = {
  id: "sso-001",
  name: "creates a permission set with a policy of its choice and assigns it to itself",
  category: "self-escalation",
  permissions: [
    { action: "sso:CreatePermissionSet", on: "somewhere" },
    { action: "sso:AttachManagedPolicyToPermissionSet", on: "somewhere" },
    { action: "sso:CreateAccountAssignment", on: "somewhere" },
  ],
  gains: "administers-tenants",
  note: "works in the tenant that manages Identity Center only",
};
