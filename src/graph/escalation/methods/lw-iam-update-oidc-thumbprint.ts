import type { EscalationMethod } from "../method.ts";

/** A certificate of the actor's own, accepted as that of an OIDC issuer. */
export const lwIamUpdateOidcThumbprint: EscalationMethod = {
  id: "lw-iam-update-oidc-thumbprint",
  name: "replaces the certificate thumbprint of the OIDC provider that the role trusts",
  category: "principal-access",
  permissions: [{ action: "iam:UpdateOpenIDConnectProviderThumbprint", on: "provider" }],
  target: { kind: "role", trustsProvider: "oidc" },
  gains: "becomes-target",
  note: "the issuer's address has to lead AWS to the actor, and AWS ignores thumbprints of issuers with a public certificate",
};
