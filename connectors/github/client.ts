import type { RawDeployKey, RecordedRequest, StepId } from "./raw.ts";

/** How reading one step ended. */
export type StepAnswer =
  | { readonly state: "complete"; readonly requests: readonly RecordedRequest[] }
  | { readonly state: "partial"; readonly requests: readonly RecordedRequest[]; readonly reason: string }
  | { readonly state: "denied" | "skipped"; readonly reason: string };

/** Something looked up: there, not there, or not readable. */
export type Lookup<T> =
  | { readonly state: "found"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly why: string };

/** How a change call ended. */
export type CallOutcome =
  | { readonly state: "done"; readonly requestId?: string }
  | { readonly state: "absent" }
  | { readonly state: "refused"; readonly why: string };

/** A ruleset by GitHub's number. */
export interface NamedRuleset {
  readonly id: number;
  readonly name: string;
}

/** What the sweep tells about a repository, so that only those with something to see are asked. Null: not told. */
export interface SweptRepository {
  /** `owner/name`. */
  readonly name: string;
  /** GraphQL id, for `nodes(ids:)`. */
  readonly nodeId: string;
  readonly databaseId: number | null;
  readonly archived: boolean;
  readonly visibility: string;
  readonly pushedAt: string | null;
  readonly administered: boolean;
  readonly deployKeys: number | null;
  readonly branchRules: number | null;
  readonly rulesets: number | null;
  /** Its own rulesets, where the sweep named every one: then nobody has to be asked for their list. */
  readonly namedRulesets?: readonly NamedRuleset[] | null;
  readonly environments: number | null;
  /** Whether `.github/workflows` holds anything. */
  readonly hasWorkflows: boolean | null;
  /** Whether a job of its workflows may ask for an OIDC token; null before its workflows were read, or where one could not be. */
  readonly mintsTokens: boolean | null;
  /** Whether its workflows use variables of Actions; null or left out where nobody could tell. */
  readonly usesVariables?: boolean | null;
  /** Names of its environments, as far as they were read. */
  readonly environmentNames?: readonly string[];
}

/** What the step `repositories` found, for those that ask each repository. */
export interface SweepContext {
  /** All of them, by name. */
  readonly repositories: readonly SweptRepository[];
  /** `owner/name` of the repositories whose deploy keys are worth asking for, sorted. */
  readonly repositoriesWithKeys: readonly string[];
  /** Why these may not be all; null when they are. */
  readonly gap: string | null;
  /** Why there may be repositories that nobody listed; null when all were. */
  readonly unlisted: string | null;
  /** False when no repository could be listed at all. */
  readonly listed: boolean;
  /** Logins of members and outside collaborators, sorted. */
  readonly people?: readonly string[];
  /** Slugs of the teams that were read, sorted. */
  readonly teams?: readonly string[];
  /** Numbers of fine-grained tokens, and of apps' installations, that were given some repositories only. */
  readonly selective?: { readonly tokens: readonly number[]; readonly installations: readonly number[] };
}

/** Nothing was swept yet. */
export const NOT_SWEPT: SweepContext = {
  repositories: [],
  repositoriesWithKeys: [],
  gap: "no repository was read",
  unlisted: "no repository was read",
  listed: false,
};

/** What repositories are selected for. */
export type SelectionOf =
  | { readonly kind: "secret"; readonly store: "actions" | "dependabot" | "codespaces"; readonly name: string }
  | { readonly kind: "runner-group"; readonly id: number }
  | { readonly kind: "installation"; readonly id: number };

/** A repository by GitHub's number and its `owner/name`. */
export interface SelectedRepository {
  readonly id: number;
  readonly name: string;
}

/** Who can hold an organization role: a login, or the slug of a team. */
export interface RoleHolder {
  readonly kind: "user" | "team";
  readonly name: string;
}

/** A pending invitation; `login` or `email` says to whom it went. */
export interface PendingInvitation {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string | null;
  readonly email: string | null;
  /** Of the organization: `admin`, `direct_member`, `billing_manager`, `reinstate`; of a repository: its permission. */
  readonly role: string;
  /** False where it lies around but cannot be accepted any more. */
  readonly expired: boolean;
}

/** Where somebody stands in a team. */
export type TeamRole = "member" | "maintainer";

/**
 * The promise to one organization, kept by `live.ts` (the network) and `recorded.ts` (files). Names are logins, slugs and
 * `owner/name`. Lookups answer `absent` only where GitHub showed the place and the thing was not in it: "not found" for the
 * place itself may hide it, and is `unreadable`.
 */
export interface GitHubClient {
  readonly organization: string;
  read(step: StepId, context: SweepContext): Promise<StepAnswer>;

  /** Membership of the team itself: that of a child team does not count. */
  teamMembership(team: string, login: string): Promise<Lookup<{ readonly role: TeamRole }>>;
  setTeamMembership(team: string, login: string, role: TeamRole): Promise<CallOutcome>;
  removeTeamMembership(team: string, login: string): Promise<CallOutcome>;
  /** The group of the identity provider that decides who is in the team, or undefined where GitHub itself does. */
  governingGroup(team: string): Promise<string | undefined>;
  teamRepository(team: string, repository: string): Promise<Lookup<{ readonly permission: string }>>;
  setTeamRepository(team: string, repository: string, permission: string): Promise<CallOutcome>;
  removeTeamRepository(team: string, repository: string): Promise<CallOutcome>;
  /** The permission the person holds on the repository directly; what comes from teams or ownership does not count. */
  collaborator(repository: string, login: string): Promise<Lookup<{ readonly permission: string }>>;
  setCollaborator(repository: string, login: string, permission: string): Promise<CallOutcome>;
  removeCollaborator(repository: string, login: string): Promise<CallOutcome>;
  deployKeys(repository: string): Promise<Lookup<readonly RawDeployKey[]>>;
  addDeployKey(
    repository: string,
    key: { readonly title: string; readonly key: string; readonly readOnly: boolean },
  ): Promise<CallOutcome>;
  deleteDeployKey(repository: string, keyId: number): Promise<CallOutcome>;
  /** Role of an active member; a pending invitation is no membership. */
  memberRole(login: string): Promise<Lookup<{ readonly role: string }>>;
  removeMember(login: string): Promise<CallOutcome>;

  /** Only for active members: anybody else would be invited by it. */
  setMemberRole(login: string, role: "admin" | "member"): Promise<CallOutcome>;
  /** Assigned directly: what somebody holds through a team does not count. */
  organizationRole(roleId: number, holder: RoleHolder): Promise<Lookup<{ readonly assigned: true }>>;
  assignOrganizationRole(roleId: number, holder: RoleHolder): Promise<CallOutcome>;
  removeOrganizationRole(roleId: number, holder: RoleHolder): Promise<CallOutcome>;
  /** A fine-grained token that may use the organization, by GitHub's number of the approval. */
  fineGrainedToken(id: number): Promise<Lookup<{ readonly owner: string; readonly lastUsed: string | null }>>;
  revokeFineGrainedToken(id: number): Promise<CallOutcome>;
  /** A credential that its owner let into the organization with single sign-on. */
  signOnAuthorization(id: number): Promise<Lookup<{ readonly login: string; readonly lastUsed: string | null }>>;
  removeSignOnAuthorization(id: number): Promise<CallOutcome>;
  /** An installation in the organization. */
  installation(id: number): Promise<Lookup<{ readonly slug: string; readonly suspended: boolean }>>;
  /** Only the app itself may; see {@link GitHubClient.installation}. */
  suspendInstallation(id: number): Promise<CallOutcome>;
  resumeInstallation(id: number): Promise<CallOutcome>;
  /** Only the app itself, or an app of the enterprise, may. */
  uninstallApp(id: number): Promise<CallOutcome>;
  /** The repositories something is open to; `unreadable` too where it is open to all, because then there is no selection. */
  selection(of: SelectionOf): Promise<Lookup<readonly SelectedRepository[]>>;
  addToSelection(of: SelectionOf, repository: SelectedRepository): Promise<CallOutcome>;
  removeFromSelection(of: SelectionOf, repository: SelectedRepository): Promise<CallOutcome>;
  organizationInvitations(): Promise<Lookup<readonly PendingInvitation[]>>;
  cancelOrganizationInvitation(id: number): Promise<CallOutcome>;
  /** Sends a mail. */
  inviteToOrganization(invitee: Pick<PendingInvitation, "login" | "email" | "role">): Promise<CallOutcome>;
  repositoryInvitations(repository: string): Promise<Lookup<readonly PendingInvitation[]>>;
  cancelRepositoryInvitation(repository: string, id: number): Promise<CallOutcome>;
  /** Sends a mail. */
  inviteToRepository(repository: string, login: string, permission: string): Promise<CallOutcome>;
  /** A seat of Copilot that was given to the person, not to a team, and does not end already. */
  copilotSeat(login: string): Promise<Lookup<{ readonly lastUsed: string | null }>>;
  cancelCopilotSeat(login: string): Promise<CallOutcome>;
  addCopilotSeat(login: string): Promise<CallOutcome>;
}
