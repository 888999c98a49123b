import type { EscalationMethod } from "../method.ts";

/** A key that was put out of use, back in use for whoever still has its secret. */
export const lwIamReactivateAccessKey: EscalationMethod = {
  id: "lw-iam-reactivate-access-key",
  name: "re-enables a disabled access key of the user",
  category: "principal-access",
  permissions: [{ action: "iam:UpdateAccessKey", on: "target" }],
  target: { kind: "user", keys: "inactive" },
  gains: "becomes-target",
  note: "the actor has to know the secret of that key",
};
