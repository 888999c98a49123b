import type { EscalationMethod } from "../method.ts";

/** A role handed out to the guests of an identity pool. */
export const cognitoidentity001: EscalationMethod = {
  id: "cognitoidentity-001",
  name: "makes the role that of an identity pool's guests",
  category: "existing-passrole",
  permissions: [
    { action: "iam:PassRole", on: "target", context: { "iam:PassedToService": "cognito-identity.amazonaws.com" } },
    { action: "cognito-identity:SetIdentityPoolRoles", on: "somewhere" },
  ],
  target: { kind: "role", trustsProvider: "cognito" },
  gains: "becomes-target",
  note: "the identity pool has to allow guests, and the role's trust has to name that pool",
};
