import type { EscalationMethod } from "../method.ts";

/** A user name and password, or an API key, with which some services take the actor for the user. */
export const lwIamCreateServiceCredential: EscalationMethod = {
  id: "lw-iam-create-service-credential",
  name: "creates service-specific credentials for the user",
  category: "principal-access",
  permissions: [{ action: "iam:CreateServiceSpecificCredential", on: "target" }],
  target: { kind: "user" },
  gains: "becomes-target",
  onlyFor: ["bedrock", "cassandra", "codecommit"],
  note: "a user can have two such credentials per service",
};
