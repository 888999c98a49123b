import type { EscalationMethod } from "../method.ts";

/** An inline policy on a role whose trust policy is rewritten as well. */
export const iam021: EscalationMethod = {
  id: "iam-021",
  name: "writes an inline policy on the role and rewrites its trust policy to name itself",
  category: "principal-access",
  permissions: [
    { action: "iam:PutRolePolicy", on: "target" },
    { action: "iam:UpdateAssumeRolePolicy", on: "target" },
  ],
  target: { kind: "role" },
  gains: "writes-target-policy-and-becomes-it",
};
