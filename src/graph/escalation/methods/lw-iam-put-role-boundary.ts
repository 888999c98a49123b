import type { EscalationMethod } from "../method.ts";

/** A role under a boundary of its own choice, such as one that allows everything. */
export const lwIamPutRoleBoundary: EscalationMethod = {
  id: "lw-iam-put-role-boundary",
  name: "replaces the permissions boundary of its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:PutRolePermissionsBoundary", on: "self" }],
  gains: "sheds-boundary",
};
