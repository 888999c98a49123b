import type { EscalationMethod } from "../method.ts";

/** An inline policy on a role that the actor may assume. */
export const iam017: EscalationMethod = {
  id: "iam-017",
  name: "writes an inline policy on the role and assumes it",
  category: "principal-access",
  permissions: [
    { action: "iam:PutRolePolicy", on: "target" },
    { action: "sts:AssumeRole", on: "target" },
  ],
  target: { kind: "role", trustsActor: true },
  gains: "writes-target-policy-and-becomes-it",
};
