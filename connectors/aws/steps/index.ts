import type { CollectStep } from "../../../src/contracts/connector.ts";
import { accessKeyLastUsed } from "./access-key-last-used.ts";
import { accessKeys } from "./access-keys.ts";
import { accountSummary } from "./account-summary.ts";
import { credentialReport } from "./credential-report.ts";
import { identityCenter } from "./identity-center.ts";
import { identityProviders } from "./identity-providers.ts";
import { loginProfiles } from "./login-profiles.ts";
import { mfaDevices } from "./mfa-devices.ts";
import { organization } from "./organization.ts";
import { passwordPolicy } from "./password-policy.ts";
import { publicAccessBlocks } from "./public-access-blocks.ts";
import { resourcePolicies } from "./resource-policies.ts";
import { resources } from "./resources.ts";
import { serverCertificates } from "./server-certificates.ts";
import { serviceLastAccessed } from "./service-last-accessed.ts";
import { serviceSpecificCredentials } from "./service-specific-credentials.ts";
import { signingCertificates } from "./signing-certificates.ts";
import { sshPublicKeys } from "./ssh-public-keys.ts";
import { webIdentitySessions } from "./web-identity-sessions.ts";
import { SWEEP, type AwsStep } from "./step.ts";

/** The first step of every tenant: one sweep call for users, groups, roles and policies. */
export const sweep: CollectStep = {
  id: SWEEP,
  title: "users, groups, roles and policies",
  dependsOn: [],
  provides: ["principal", "policy", "role-last-used"],
  permissions: [
    "iam:GetAccountAuthorizationDetails",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListAccountAliases",
    "sts:GetCallerIdentity",
  ],
};

/** The one list of the other steps, dependencies before dependants. */
export const STEPS: readonly AwsStep[] = [
  accessKeys,
  accessKeyLastUsed,
  loginProfiles,
  mfaDevices,
  credentialReport,
  accountSummary,
  sshPublicKeys,
  serviceSpecificCredentials,
  signingCertificates,
  serverCertificates,
  passwordPolicy,
  identityProviders,
  serviceLastAccessed,
  organization,
  identityCenter,
  resourcePolicies,
  publicAccessBlocks,
  resources,
  webIdentitySessions,
];
