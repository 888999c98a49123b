import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached to a role whose trust policy is rewritten as well. */
export const iam019: EscalationMethod = {
  id: "iam-019",
  name: "attaches a managed policy to the role and rewrites its trust policy to name itself",
  category: "principal-access",
  permissions: [
    { action: "iam:AttachRolePolicy", on: "target" },
    { action: "iam:UpdateAssumeRolePolicy", on: "target" },
  ],
  target: { kind: "role" },
  gains: "writes-target-policy-and-becomes-it",
};
