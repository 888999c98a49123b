import type { EscalationMethod } from "../method.ts";

/** An access key for another user, who has room for one: AWS allows two. */
export const iam002: EscalationMethod = {
  id: "iam-002",
  name: "creates an access key for the user",
  category: "principal-access",
  permissions: [{ action: "iam:CreateAccessKey", on: "target" }],
  target: { kind: "user", keys: "below-limit" },
  gains: "becomes-target",
};
