import type { EscalationMethod } from "../method.ts";

/** An inline policy on a user for whom the actor makes a key. */
export const iam018: EscalationMethod = {
  id: "iam-018",
  name: "writes an inline policy on the user and creates an access key for it",
  category: "principal-access",
  permissions: [
    { action: "iam:PutUserPolicy", on: "target" },
    { action: "iam:CreateAccessKey", on: "target" },
  ],
  target: { kind: "user", keys: "below-limit" },
  gains: "writes-target-policy-and-becomes-it",
};
