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

/** The repositories whose deploy keys are worth asking for, known after the step `repositories`. */
export interface SweepContext {
  readonly repositoriesWithKeys: readonly string[];
}

/** The promise to one organization, kept by `live.ts` (the network) and `recorded.ts` (files). Names are logins, slugs, `owner/name`. */
export interface GitHubClient {
  readonly organization: string;
  read(step: StepId, context: SweepContext): Promise<StepAnswer>;

  teamMembership(team: string, login: string): Promise<Lookup<{ readonly role: "member" | "maintainer" }>>;
  setTeamMembership(team: string, login: string, role: "member" | "maintainer"): Promise<CallOutcome>;
  removeTeamMembership(team: string, login: string): Promise<CallOutcome>;
  teamRepository(team: string, repository: string): Promise<Lookup<{ readonly permission: string }>>;
  setTeamRepository(team: string, repository: string, permission: string): Promise<CallOutcome>;
  removeTeamRepository(team: string, repository: string): Promise<CallOutcome>;
  /** A direct collaborator with the permission held directly. */
  collaborator(repository: string, login: string): Promise<Lookup<{ readonly permission: string }>>;
  setCollaborator(repository: string, login: string, permission: string): Promise<CallOutcome>;
  removeCollaborator(repository: string, login: string): Promise<CallOutcome>;
  deployKeys(repository: string): Promise<Lookup<readonly RawDeployKey[]>>;
  addDeployKey(
    repository: string,
    key: { readonly title: string; readonly key: string; readonly readOnly: boolean },
  ): Promise<CallOutcome>;
  deleteDeployKey(repository: string, keyId: number): Promise<CallOutcome>;
  memberRole(login: string): Promise<Lookup<{ readonly role: string }>>;
  removeMember(login: string): Promise<CallOutcome>;
}
