import type { EscalationMethod } from "../method.ts";

/** Another console password for a user whose MFA device is taken away, so that the password is enough. */
export const lwIamDeactivateMfaUpdateLogin: EscalationMethod = {
  id: "lw-iam-deactivate-mfa-update-login",
  name: "deactivates the user's MFA device and replaces the user's console password",
  category: "principal-access",
  permissions: [
    { action: "iam:DeactivateMFADevice", on: "target" },
    { action: "iam:UpdateLoginProfile", on: "target" },
  ],
  target: { kind: "user", password: "present", secondFactor: "present" },
  gains: "becomes-target",
  note: "the user can no longer sign in and notices",
};
