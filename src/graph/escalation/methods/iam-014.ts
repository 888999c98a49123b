import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached to a role that the actor may assume. */
export const iam014: EscalationMethod = {
  id: "iam-014",
  name: "attaches a managed policy to the role and assumes it",
  category: "principal-access",
  permissions: [
    { action: "iam:AttachRolePolicy", on: "target" },
    { action: "sts:AssumeRole", on: "target" },
  ],
  target: { kind: "role", trustsActor: true },
  gains: "writes-target-policy-and-becomes-it",
};
