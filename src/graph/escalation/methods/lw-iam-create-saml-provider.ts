import type { EscalationMethod } from "../method.ts";

/** A SAML provider in the place of one that a role still trusts but that is gone. */
export const lwIamCreateSamlProvider: EscalationMethod = {
  id: "lw-iam-create-saml-provider",
  name: "creates the SAML provider that the role still trusts",
  category: "principal-access",
  permissions: [{ action: "iam:CreateSAMLProvider", on: "provider" }],
  target: { kind: "role", trustsProvider: "saml", provider: "absent" },
  gains: "becomes-target",
  note: "the role's conditions on the assertion have to be met",
};
