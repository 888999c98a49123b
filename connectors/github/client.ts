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
  readonly environments: number | null;
  /** Whether `.github/workflows` holds anything. */
  readonly hasWorkflows: boolean | null;
}

/** What the step `repositories` found, for those that ask each repository. */
export interface SweepContext {
  /** All of them, by name. */
  readonly repositories: readonly SweptRepository[];
  /** `owner/name` of the repositories whose deploy keys are worth asking for, sorted. */
  readonly repositoriesWithKeys: readonly string[];
  /** Why these may not be all; null when they are. */
  readonly gap: string | null;
  /** False when no repository could be listed at all. */
  readonly listed: boolean;
}

/** Nothing was swept yet. */
export const NOT_SWEPT: SweepContext = {
  repositories: [],
  repositoriesWithKeys: [],
  gap: "no repository was read",
  listed: false,
};

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
}
