/** How much of everything there is. */
export interface Size {
  readonly repositories: number;
  readonly members: number;
  readonly owners: number;
  readonly teams: number;
  readonly outsideCollaborators: number;
  /** Repositories with workflow files. */
  readonly withWorkflows: number;
  /** Of these, those whose workflows ask for `id-token: write`. */
  readonly mintingTokens: number;
  /** Of these, those with a subject template of their own. */
  readonly withSubjects: number;
  /** Repositories with a classic branch rule. */
  readonly withBranchRules: number;
  readonly withEnvironments: number;
  /** Environments in all. */
  readonly environments: number;
  /** Repositories with an environment that lists its branches. */
  readonly withBranchPolicies: number;
  readonly withDeployKeys: number;
  /** Repositories with rulesets of their own. */
  readonly withRulesets: number;
  /** Rulesets of repositories in all. */
  readonly rulesets: number;
  readonly organizationRulesets: number;
  readonly withWebhooks: number;
  readonly withInvitations: number;
  readonly tokens: number;
  /** Fine-grained tokens for some repositories only. */
  readonly selectiveTokens: number;
  /** Credentials that were let in through single sign-on. */
  readonly authorizations: number;
  readonly installations: number;
  readonly roles: number;
  readonly runnerGroups: number;
  readonly secrets: number;
  /** Secrets of the organization for some repositories only. */
  readonly selectiveSecrets: number;
  readonly seats: number;
  /** Members of whom the audit log knows something. */
  readonly activeMembers: number;
  readonly auditEntries: number;
  readonly renames: number;
}

/** The organization that the number of calls is planned for. */
export const PLANNED: Size = {
  repositories: 2_000,
  members: 1_500,
  owners: 10,
  teams: 200,
  outsideCollaborators: 60,
  withWorkflows: 800,
  mintingTokens: 150,
  withSubjects: 10,
  withBranchRules: 600,
  withEnvironments: 300,
  environments: 600,
  withBranchPolicies: 200,
  withDeployKeys: 400,
  withRulesets: 200,
  rulesets: 300,
  organizationRulesets: 10,
  withWebhooks: 100,
  withInvitations: 30,
  tokens: 400,
  selectiveTokens: 250,
  authorizations: 1_800,
  installations: 150,
  roles: 12,
  runnerGroups: 20,
  secrets: 40,
  selectiveSecrets: 20,
  seats: 750,
  activeMembers: 1_300,
  auditEntries: 12_000,
  renames: 6,
};

/** What is not given is in proportion to the repositories, one at least. */
export function sizeFor(given: Partial<Size>): Size {
  const share = (given.repositories ?? PLANNED.repositories) / PLANNED.repositories;
  const scaled = Object.entries(PLANNED).map(([name, count]) => [name, Math.max(1, Math.round(count * share))]);
  return { ...(Object.fromEntries(scaled) as unknown as Size), ...given };
}
