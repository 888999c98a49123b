import type { EscalationMethod } from "../method.ts";

/** Any managed policy, attached to a user for whom the actor makes a key. */
export const iam015: EscalationMethod = {
  id: "iam-015",
  name: "attaches a managed policy to the user and creates an access key for it",
  category: "principal-access",
  permissions: [
    { action: "iam:AttachUserPolicy", on: "target" },
    { action: "iam:CreateAccessKey", on: "target" },
  ],
  target: { kind: "user", keys: "below-limit" },
  gains: "writes-target-policy-and-becomes-it",
};
