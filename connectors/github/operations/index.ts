import { deleteDeployKey } from "./delete-deploy-key.ts";
import type { GitHubOperation } from "./operation.ts";
import { removeDirectCollaborator } from "./remove-direct-collaborator.ts";
import { removeOrganizationMember } from "./remove-organization-member.ts";
import { removeOutsideCollaborator } from "./remove-outside-collaborator.ts";
import { removeTeamMembership } from "./remove-team-membership.ts";
import { removeTeamRepository } from "./remove-team-repository.ts";

/** The one list of what this connector can change. */
export const OPERATIONS: readonly GitHubOperation[] = [
  deleteDeployKey,
  removeDirectCollaborator,
  removeOutsideCollaborator,
  removeOrganizationMember,
  removeTeamMembership,
  removeTeamRepository,
];
