import type { Rule } from "../rule.ts";
import { accessWithoutApproval } from "./access-without-approval.ts";
import { adminByGrant } from "./admin-by-grant.ts";
import { adminInEffect } from "./admin-in-effect.ts";
import { conditionalEscalationToAdmin } from "./conditional-escalation-to-admin.ts";
import { confusedDeputy } from "./confused-deputy.ts";
import { consoleWithoutSecondFactor } from "./console-without-second-factor.ts";
import { deployKeyCanWrite } from "./deploy-key-can-write.ts";
import { directAdminPolicy } from "./direct-admin-policy.ts";
import { dormantMember } from "./dormant-member.ts";
import { escalationToAdmin } from "./escalation-to-admin.ts";
import { expiredApproval } from "./expired-approval.ts";
import { idleAccessKey } from "./idle-access-key.ts";
import { idleDeployKey } from "./idle-deploy-key.ts";
import { idleRole } from "./idle-role.ts";
import { inlineWildcard } from "./inline-wildcard.ts";
import { leaverHasAccess } from "./leaver-has-access.ts";
import { machineWithoutTechnicalOwner } from "./machine-without-technical-owner.ts";
import { memberWithoutSecondFactor } from "./member-without-second-factor.ts";
import { neverUsedAccessKey } from "./never-used-access-key.ts";
import { oidcTrustWithoutSubject } from "./oidc-trust-without-subject.ts";
import { oldAccessKey } from "./old-access-key.ts";
import { organizationOwnerCount } from "./organization-owner-count.ts";
import { outsideCollaboratorCanWrite } from "./outside-collaborator-can-write.ts";
import { overbroadApp } from "./overbroad-app.ts";
import { pendingInvitation } from "./pending-invitation.ts";
import { policyOnUser } from "./policy-on-user.ts";
import { publicResourcePolicy } from "./public-resource-policy.ts";
import { pushToAdmin } from "./push-to-admin.ts";
import { rootAccessKey } from "./root-access-key.ts";
import { rootUsed } from "./root-used.ts";
import { rootWithoutSecondFactor } from "./root-without-second-factor.ts";
import { secondActiveAccessKey } from "./second-active-access-key.ts";
import { tokenWithoutExpiry } from "./token-without-expiry.ts";
import { trustWithoutExternalId } from "./trust-without-external-id.ts";
import { unownedPrincipal } from "./unowned-principal.ts";
import { unusedConsolePassword } from "./unused-console-password.ts";
import { unusedService } from "./unused-service.ts";
import { unusedToken } from "./unused-token.ts";
import { weakPasswordPolicy } from "./weak-password-policy.ts";
import { wideBlastRadius } from "./wide-blast-radius.ts";
import { wildcardTrust } from "./wildcard-trust.ts";

/** The one list of rules, in the order in which reports show them. */
export const RULES: readonly Rule[] = [
  idleAccessKey,
  neverUsedAccessKey,
  oldAccessKey,
  secondActiveAccessKey,
  unusedConsolePassword,
  consoleWithoutSecondFactor,
  rootAccessKey,
  rootWithoutSecondFactor,
  rootUsed,
  idleRole,
  unusedService,
  directAdminPolicy,
  adminByGrant,
  adminInEffect,
  escalationToAdmin,
  conditionalEscalationToAdmin,
  pushToAdmin,
  wideBlastRadius,
  policyOnUser,
  trustWithoutExternalId,
  wildcardTrust,
  confusedDeputy,
  publicResourcePolicy,
  oidcTrustWithoutSubject,
  inlineWildcard,
  leaverHasAccess,
  unownedPrincipal,
  machineWithoutTechnicalOwner,
  accessWithoutApproval,
  expiredApproval,
  memberWithoutSecondFactor,
  outsideCollaboratorCanWrite,
  organizationOwnerCount,
  idleDeployKey,
  deployKeyCanWrite,
  tokenWithoutExpiry,
  unusedToken,
  overbroadApp,
  pendingInvitation,
  dormantMember,
  weakPasswordPolicy,
];
