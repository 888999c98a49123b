import type { EscalationMethod } from "../method.ts";

/** A console password for a user who had none; a user with an MFA device could not be signed in with it alone. */
export const iam004: EscalationMethod = {
  id: "iam-004",
  name: "gives the user a console password",
  category: "principal-access",
  permissions: [{ action: "iam:CreateLoginProfile", on: "target" }],
  target: { kind: "user", password: "absent", secondFactor: "absent" },
  gains: "becomes-target",
};
