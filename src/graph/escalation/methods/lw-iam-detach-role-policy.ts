import type { EscalationMethod } from "../method.ts";

/** A role without the managed policies that denied it something. */
export const lwIamDetachRolePolicy: EscalationMethod = {
  id: "lw-iam-detach-role-policy",
  name: "detaches a policy that denies from its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:DetachRolePolicy", on: "self" }],
  gains: "sheds-denies",
  sheds: "attached",
};
