import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached by a role to itself. */
export const iam009: EscalationMethod = {
  id: "iam-009",
  name: "attaches a managed policy to its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:AttachRolePolicy", on: "self" }],
  gains: "writes-own-policy",
};
