import type { EscalationMethod } from "../method.ts";

/** An inline policy of the actor's own writing on its own role. */
export const iam005: EscalationMethod = {
  id: "iam-005",
  name: "writes an inline policy on its own role",
  category: "self-escalation",
  actor: "role",
  permissions: [{ action: "iam:PutRolePolicy", on: "self" }],
  gains: "writes-own-policy",
};
