import type { EscalationMethod } from "../method.ts";

/** The metadata of a SAML provider that a role trusts, replaced by the actor's own: it then signs the assertions. */
export const lwIamUpdateSamlProvider: EscalationMethod = {
  id: "lw-iam-update-saml-provider",
  name: "replaces the metadata of the SAML provider that the role trusts",
  category: "principal-access",
  permissions: [{ action: "iam:UpdateSAMLProvider", on: "provider" }],
  target: { kind: "role", trustsProvider: "saml" },
  gains: "becomes-target",
  note: "everybody who signs in through the provider is locked out and notices",
};
