import type { EscalationMethod } from "../method.ts";

/** A role without the boundary that kept its policies small. */
export const lwIamDeleteRoleBoundary: EscalationMethod = {
  id: "lw-iam-delete-role-boundary",
  name: "deletes the permissions boundary of its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:DeleteRolePermissionsBoundary", on: "self" }],
  gains: "sheds-boundary",
};
