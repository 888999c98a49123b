import { GITHUB_TRUST_RULES } from "../github-trust-rules.ts";
import type { Rule } from "../rule.ts";
import { accessWithoutApproval } from "./access-without-approval.ts";
import { adminByGrant } from "./admin-by-grant.ts";
import { adminInEffect } from "./admin-in-effect.ts";
import { administratorsBypassReview } from "./administrators-bypass-review.ts";
import { changeWithoutApproval } from "./change-without-approval.ts";
import { classicTokenAuthorized } from "./classic-token-authorized.ts";
import { codeOwnersBroken } from "./code-owners-broken.ts";
import { codeOwnersNotRequired } from "./code-owners-not-required.ts";
import { conditionalEscalationToAdmin } from "./conditional-escalation-to-admin.ts";
import { confusedDeputy } from "./confused-deputy.ts";
import { consoleWithoutSecondFactor } from "./console-without-second-factor.ts";
import { defaultBranchRewritable } from "./default-branch-rewritable.ts";
import { defaultBranchUnprotected } from "./default-branch-unprotected.ts";
import { deployKeyCanWrite } from "./deploy-key-can-write.ts";
import { directAdminPolicy } from "./direct-admin-policy.ts";
import { dormantMember } from "./dormant-member.ts";
import { escalationToAdmin } from "./escalation-to-admin.ts";
import { expiredApproval } from "./expired-approval.ts";
import { idleAccessKey } from "./idle-access-key.ts";
import { idleCopilotSeat } from "./idle-copilot-seat.ts";
import { idleDeployKey } from "./idle-deploy-key.ts";
import { idleRole } from "./idle-role.ts";
import { idleSingleSignOnAuthorization } from "./idle-single-sign-on-authorization.ts";
import { inlineWildcard } from "./inline-wildcard.ts";
import { insecureWebhook } from "./insecure-webhook.ts";
import { invitationOutsideDomains } from "./invitation-outside-domains.ts";
import { ipAllowListOff } from "./ip-allow-list-off.ts";
import { jobTokenWrites } from "./job-token-writes.ts";
import { jobsApprovePullRequests } from "./jobs-approve-pull-requests.ts";
import { leaverHasAccess } from "./leaver-has-access.ts";
import { machineWithoutTechnicalOwner } from "./machine-without-technical-owner.ts";
import { memberWithoutIdentity } from "./member-without-identity.ts";
import { memberWithoutSecondFactor } from "./member-without-second-factor.ts";
import { membersCreatePublicRepositories } from "./members-create-public-repositories.ts";
import { membersCreateTeams } from "./members-create-teams.ts";
import { membersDeleteRepositories } from "./members-delete-repositories.ts";
import { neverUsedAccessKey } from "./never-used-access-key.ts";
import { oidcTrustWithoutSubject } from "./oidc-trust-without-subject.ts";
import { oldAccessKey } from "./old-access-key.ts";
import { oldSecret } from "./old-secret.ts";
import { openRunnerGroup } from "./open-runner-group.ts";
import { organizationNotVerified } from "./organization-not-verified.ts";
import { organizationOwnerCount } from "./organization-owner-count.ts";
import { outsideCollaboratorCanWrite } from "./outside-collaborator-can-write.ts";
import { overbroadApp } from "./overbroad-app.ts";
import { pendingInvitation } from "./pending-invitation.ts";
import { policyOnUser } from "./policy-on-user.ts";
import { productionWithoutReviewers } from "./production-without-reviewers.ts";
import { publicResourcePolicy } from "./public-resource-policy.ts";
import { pushToAdmin } from "./push-to-admin.ts";
import { repositoryWithOneAdministrator } from "./repository-with-one-administrator.ts";
import { reusedRunner } from "./reused-runner.ts";
import { rootAccessKey } from "./root-access-key.ts";
import { rootUsed } from "./root-used.ts";
import { rootWithoutSecondFactor } from "./root-without-second-factor.ts";
import { secondActiveAccessKey } from "./second-active-access-key.ts";
import { secondFactorBySms } from "./second-factor-by-sms.ts";
import { staleApp } from "./stale-app.ts";
import { staleApprovalKept } from "./stale-approval-kept.ts";
import { tokenWithoutExpiry } from "./token-without-expiry.ts";
import { trustWithoutExternalId } from "./trust-without-external-id.ts";
import { unownedPrincipal } from "./unowned-principal.ts";
import { unsignedCommits } from "./unsigned-commits.ts";
import { unusedConsolePassword } from "./unused-console-password.ts";
import { unusedService } from "./unused-service.ts";
import { unusedToken } from "./unused-token.ts";
import { weakPasswordPolicy } from "./weak-password-policy.ts";
import { wideBasePermission } from "./wide-base-permission.ts";
import { wideBlastRadius } from "./wide-blast-radius.ts";
import { wildcardTrust } from "./wildcard-trust.ts";
import { workflowChangesUnguarded } from "./workflow-changes-unguarded.ts";

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
  ...GITHUB_TRUST_RULES,
  inlineWildcard,
  leaverHasAccess,
  unownedPrincipal,
  machineWithoutTechnicalOwner,
  accessWithoutApproval,
  expiredApproval,
  memberWithoutSecondFactor,
  secondFactorBySms,
  memberWithoutIdentity,
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
  defaultBranchUnprotected,
  changeWithoutApproval,
  administratorsBypassReview,
  staleApprovalKept,
  codeOwnersNotRequired,
  codeOwnersBroken,
  defaultBranchRewritable,
  unsignedCommits,
  workflowChangesUnguarded,
  jobTokenWrites,
  jobsApprovePullRequests,
  productionWithoutReviewers,
  wideBasePermission,
  membersCreatePublicRepositories,
  membersCreateTeams,
  membersDeleteRepositories,
  repositoryWithOneAdministrator,
  invitationOutsideDomains,
  organizationNotVerified,
  ipAllowListOff,
  staleApp,
  insecureWebhook,
  openRunnerGroup,
  reusedRunner,
  oldSecret,
  idleSingleSignOnAuthorization,
  classicTokenAuthorized,
  idleCopilotSeat,
];
