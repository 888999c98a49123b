import type { EscalationMethod } from "../method.ts";

/** A first console password for a user whose MFA device is taken away, so that the password is enough. */
export const lwIamDeactivateMfaCreateLogin: EscalationMethod = {
  id: "lw-iam-deactivate-mfa-create-login",
  name: "deactivates the user's MFA device and gives the user a console password",
  category: "principal-access",
  permissions: [
    { action: "iam:DeactivateMFADevice", on: "target" },
    { action: "iam:CreateLoginProfile", on: "target" },
  ],
  target: { kind: "user", password: "absent", secondFactor: "present" },
  gains: "becomes-target",
};
