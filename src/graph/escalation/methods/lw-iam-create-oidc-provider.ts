import type { EscalationMethod } from "../method.ts";

/** An OIDC provider in the place of one that a role still trusts but that is gone. */
export const lwIamCreateOidcProvider: EscalationMethod = {
  id: "lw-iam-create-oidc-provider",
  name: "creates the OIDC provider that the role still trusts",
  category: "principal-access",
  permissions: [{ action: "iam:CreateOpenIDConnectProvider", on: "provider" }],
  target: { kind: "role", trustsProvider: "oidc", provider: "absent" },
  gains: "becomes-target",
  note: "the actor has to get a token from that issuer that meets the role's conditions",
};
