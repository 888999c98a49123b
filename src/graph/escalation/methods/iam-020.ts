import type { EscalationMethod } from "../method.ts";

/** A new default version of a policy on a role whose trust policy is rewritten as well. */
export const iam020: EscalationMethod = {
  id: "iam-020",
  name: "creates a new version of a policy on the role and rewrites its trust policy to name itself",
  category: "principal-access",
  permissions: [
    { action: "iam:CreatePolicyVersion", on: "target-policy" },
    { action: "iam:UpdateAssumeRolePolicy", on: "target" },
  ],
  target: { kind: "role" },
  gains: "writes-target-policy-and-becomes-it",
  note: "a policy that has five versions must lose one first",
};
