import type { EscalationMethod } from "../method.ts";

/** Another client of an OIDC issuer, let in for every role that trusts the provider and does not check the audience. */
export const lwIamAddOidcClient: EscalationMethod = {
  id: "lw-iam-add-oidc-client",
  name: "adds a client of its own to the OIDC provider that the role trusts",
  category: "principal-access",
  permissions: [{ action: "iam:AddClientIDToOpenIDConnectProvider", on: "provider" }],
  target: { kind: "role", trustsProvider: "oidc" },
  gains: "becomes-target",
  note: "the actor has to get a token from that issuer that meets the role's conditions",
};
