import type { EscalationMethod } from "../method.ts";

/** A new default version of a policy on a role that the actor may assume. */
export const iam016: EscalationMethod = {
  id: "iam-016",
  name: "creates a new version of a policy on the role and assumes it",
  category: "principal-access",
  permissions: [
    { action: "iam:CreatePolicyVersion", on: "target-policy" },
    { action: "sts:AssumeRole", on: "target" },
  ],
  target: { kind: "role", trustsActor: true },
  gains: "writes-target-policy-and-becomes-it",
  note: "a policy that has five versions must lose one first",
};
