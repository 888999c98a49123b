import type { EscalationMethod } from "../method.ts";

/** An inline policy of the actor's own writing on a group the actor is in. */
export const iam011: EscalationMethod = {
  id: "iam-011",
  name: "writes an inline policy on a group it is in",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:PutGroupPolicy", on: "own-group" }],
  gains: "writes-own-policy",
};
