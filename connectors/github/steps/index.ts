import type { GitHubStep } from "../step.ts";
import { actionsSettings } from "./actions-settings.ts";
import { auditLog } from "./audit-log.ts";
import { branchProtections } from "./branch-protections.ts";
import { codeOwners } from "./code-owners.ts";
import { codespaces } from "./codespaces.ts";
import { collaborators } from "./collaborators.ts";
import { copilotSeats } from "./copilot-seats.ts";
import { customRepositoryRoles } from "./custom-repository-roles.ts";
import { deployKeys } from "./deploy-keys.ts";
import { domains } from "./domains.ts";
import { enterpriseOwners } from "./enterprise-owners.ts";
import { enterpriseTeams } from "./enterprise-teams.ts";
import { environments } from "./environments.ts";
import { fineGrainedTokens } from "./fine-grained-tokens.ts";
import { identityProviderGroups } from "./identity-provider-groups.ts";
import { insecureSecondFactors } from "./insecure-second-factors.ts";
import { installationRepositories } from "./installation-repositories.ts";
import { installations } from "./installations.ts";
import { invitations } from "./invitations.ts";
import { ipAllowList } from "./ip-allow-list.ts";
import { licenses } from "./licenses.ts";
import { members } from "./members.ts";
import { organizationRoles } from "./organization-roles.ts";
import { organization } from "./organization.ts";
import { outsideCollaborators } from "./outside-collaborators.ts";
import { repositories } from "./repositories.ts";
import { repositoryInvitations } from "./repository-invitations.ts";
import { repositoryRenames } from "./repository-renames.ts";
import { rulesets } from "./rulesets.ts";
import { runners } from "./runners.ts";
import { scimUsers } from "./scim-users.ts";
import { secrets } from "./secrets.ts";
import { singleSignOnAuthorizations } from "./single-sign-on-authorizations.ts";
import { singleSignOnIdentities } from "./single-sign-on-identities.ts";
import { subjectTemplates } from "./subject-templates.ts";
import { teams } from "./teams.ts";
import { tokenRepositories } from "./token-repositories.ts";
import { tokenRequests } from "./token-requests.ts";
import { variables } from "./variables.ts";
import { webhooks } from "./webhooks.ts";
import { workflows } from "./workflows.ts";

/** The one list of steps, dependencies before dependants. */
export const STEPS: readonly GitHubStep[] = [
  organization,
  members,
  outsideCollaborators,
  insecureSecondFactors,
  teams,
  repositories,
  collaborators,
  deployKeys,
  installations,
  invitations,
  fineGrainedTokens,
  auditLog,
  repositoryRenames,
  customRepositoryRoles,
  enterpriseTeams,
  branchProtections,
  environments,
  workflows,
  rulesets,
  codeOwners,
  actionsSettings,
  subjectTemplates,
  ipAllowList,
  domains,
  organizationRoles,
  enterpriseOwners,
  identityProviderGroups,
  singleSignOnIdentities,
  scimUsers,
  singleSignOnAuthorizations,
  tokenRequests,
  tokenRepositories,
  installationRepositories,
  runners,
  copilotSeats,
  codespaces,
  licenses,
  secrets,
  variables,
  webhooks,
  repositoryInvitations,
];

/** The step of that id. Throws on an id nobody has: that is our bug. */
export function stepOf(id: string): GitHubStep {
  const step = STEPS.find(({ manifest }) => manifest.id === id);
  if (step === undefined) throw new RangeError(`no step ${id}`);
  return step;
}
