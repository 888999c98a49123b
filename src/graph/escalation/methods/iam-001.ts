import type { EscalationMethod } from "../method.ts";

/** A new default version of a customer-managed policy that the actor itself holds. */
export const iam001: EscalationMethod = {
  id: "iam-001",
  name: "creates a new version of a policy it holds",
  category: "self-escalation",
  permissions: [{ action: "iam:CreatePolicyVersion", on: "held-policy" }],
  gains: "writes-own-policy",
  note: "a policy that has five versions must lose one first",
};
