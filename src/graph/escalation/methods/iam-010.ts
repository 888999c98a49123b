import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached to a group the actor is in. */
export const iam010: EscalationMethod = {
  id: "iam-010",
  name: "attaches a managed policy to a group it is in",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:AttachGroupPolicy", on: "own-group" }],
  gains: "writes-own-policy",
};
