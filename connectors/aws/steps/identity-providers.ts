import { identityProviders as convert } from "../convert/identity-providers.ts";
import { recordOfLists } from "./file-shapes.ts";
import { step } from "./step.ts";

/** OIDC and SAML providers that roles may trust. */
export const identityProviders = step({
  id: "identity-providers",
  title: "OIDC and SAML providers",
  dependsOn: [],
  provides: ["identity-provider"],
  permissions: [
    "iam:ListOpenIDConnectProviders",
    "iam:GetOpenIDConnectProvider",
    "iam:ListSAMLProviders",
    "iam:GetSAMLProvider",
  ],
  parse: recordOfLists(["oidc", "saml"]),
  convert,
});
