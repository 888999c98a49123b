import { cancelCopilotSeat } from "./cancel-copilot-seat.ts";
import { cancelOrganizationInvitation } from "./cancel-organization-invitation.ts";
import { cancelRepositoryInvitation } from "./cancel-repository-invitation.ts";
import { deleteDeployKey } from "./delete-deploy-key.ts";
import { lowerCollaborator } from "./lower-collaborator.ts";
import { lowerOrganizationOwner } from "./lower-organization-owner.ts";
import { lowerTeamRepository } from "./lower-team-repository.ts";
import { narrowAppInstallation, narrowRunnerGroup, narrowSecret } from "./narrow-selection.ts";
import type { GitHubOperation } from "./operation.ts";
import { removeDirectCollaborator } from "./remove-direct-collaborator.ts";
import { removeOrganizationMember } from "./remove-organization-member.ts";
import { removeOrganizationRole } from "./remove-organization-role.ts";
import { removeOutsideCollaborator } from "./remove-outside-collaborator.ts";
import { removeSignOnAuthorization } from "./remove-sign-on-authorization.ts";
import { removeTeamMembership } from "./remove-team-membership.ts";
import { removeTeamRepository } from "./remove-team-repository.ts";
import { revokeFineGrainedToken } from "./revoke-fine-grained-token.ts";
import { suspendAppInstallation } from "./suspend-app-installation.ts";
import { uninstallApp, uninstallOwnApp } from "./uninstall-app.ts";

/** The one list of what this connector can change. */
export const OPERATIONS: readonly GitHubOperation[] = [
  cancelCopilotSeat,
  cancelOrganizationInvitation,
  cancelRepositoryInvitation,
  deleteDeployKey,
  lowerCollaborator,
  lowerOrganizationOwner,
  lowerTeamRepository,
  narrowAppInstallation,
  narrowRunnerGroup,
  narrowSecret,
  removeDirectCollaborator,
  removeOrganizationMember,
  removeOrganizationRole,
  removeOutsideCollaborator,
  removeSignOnAuthorization,
  removeTeamMembership,
  removeTeamRepository,
  revokeFineGrainedToken,
  suspendAppInstallation,
  uninstallApp,
  uninstallOwnApp,
];
