import type { EscalationMethod } from "../method.ts";

/** Another console password for a user who has one; a user with an MFA device could not be signed in with it alone. */
export const iam006: EscalationMethod = {
  id: "iam-006",
  name: "replaces the user's console password",
  category: "principal-access",
  permissions: [{ action: "iam:UpdateLoginProfile", on: "target" }],
  target: { kind: "user", password: "present", secondFactor: "absent" },
  gains: "becomes-target",
  note: "the user can no longer sign in and notices",
};
