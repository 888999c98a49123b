import type { EscalationMethod } from "../method.ts";

/** A role without the inline policies that denied it something. */
export const lwIamDeleteRolePolicy: EscalationMethod = {
  id: "lw-iam-delete-role-policy",
  name: "deletes an inline policy that denies from its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:DeleteRolePolicy", on: "self" }],
  gains: "sheds-denies",
  sheds: "inline",
};
