import type { EscalationMethod } from "../method.ts";

/** An older, wider version of a policy the actor holds becomes the one in force again (Rhino's second method). */
export const lwIamSetDefaultPolicyVersion: EscalationMethod = {
  id: "lw-iam-set-default-policy-version",
  name: "sets another version of a policy it holds as the default",
  category: "self-escalation",
  permissions: [{ action: "iam:SetDefaultPolicyVersion", on: "held-policy" }],
  gains: "writes-own-policy",
  onlyExistingVersions: true,
  note: "one of the versions the policy has must allow more",
};
