import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached by a user to itself. */
export const iam008: EscalationMethod = {
  id: "iam-008",
  name: "attaches a managed policy to its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:AttachUserPolicy", on: "self" }],
  gains: "writes-own-policy",
};
