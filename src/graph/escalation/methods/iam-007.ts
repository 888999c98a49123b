import type { EscalationMethod } from "../method.ts";

/** An inline policy of the actor's own writing on its own user. */
export const iam007: EscalationMethod = {
  id: "iam-007",
  name: "writes an inline policy on its own user",
  category: "self-escalation",
  actor: "user",
  permissions: [{ action: "iam:PutUserPolicy", on: "self" }],
  gains: "writes-own-policy",
};
