import type {
  RawCollaboratorEdge,
  RawCollaborators,
  RawDeployKey,
  RawInstallation,
  RawInvitation,
  RawMemberEdge,
  RawOrganization,
  RawRepository,
  RawTeam,
  RawToken,
  RawUser,
} from "../../../connectors/github/raw.ts";
import type { RawRepositoryInvitation } from "../../../connectors/github/raw-people.ts";
import { SLICES } from "./slices/index.ts";
import { githubFiles } from "../../tools/acme/github.ts";

/** A team with its lists as they change. */
export type StateTeam = Omit<RawTeam, "members" | "repositories"> & {
  members: { role: string; node: { id: string; login: string } }[];
  repositories: { permission: string; node: { id: string; nameWithOwner: string } }[];
};

/** Everything the fake holds; tests look at it and compare it before and after. */
export interface GitHubState {
  readonly organization: RawOrganization;
  readonly members: RawMemberEdge[];
  readonly outside: { readonly users: RawUser[]; readonly withoutSecondFactor: ReadonlySet<string> };
  readonly teams: StateTeam[];
  readonly repositories: RawRepository[];
  /** Who holds something on a repository directly. */
  readonly collaborators: Map<string, RawCollaboratorEdge[]>;
  readonly deployKeys: Map<string, RawDeployKey[]>;
  readonly installations: RawInstallation[];
  readonly invitations: RawInvitation[];
  readonly tokens: RawToken[];
  readonly audit: object[];
  /** What the slices hold, by name. */
  readonly slices: Readonly<Record<string, unknown>>;
}

/** A fresh copy of the sample company. */
export function sampleState(): GitHubState {
  const files = JSON.parse(JSON.stringify(githubFiles())) as Record<
    string,
    { requests: { route: string; parameters: Record<string, string>; answer: unknown }[] }
  >;
  const requests = (step: string) => files[`github/acme-sample/${step}.json`]?.requests ?? [];
  const answers = <T>(step: string): T[] => requests(step).map((request) => request.answer as T);
  const nodes = <T>(step: string, connection: string): T[] =>
    answers<{ organization: Record<string, { nodes?: T[]; edges?: T[] }> }>(step).flatMap(
      ({ organization }) => organization[connection]?.nodes ?? organization[connection]?.edges ?? [],
    );
  const shown = <T>(edges: readonly (T | null)[]): T[] => edges.filter((edge): edge is T => edge !== null);
  const [outside = [], noFactor = []] = answers<RawUser[]>("outside-collaborators");
  const [organization] = answers<RawOrganization>("organization");
  if (organization === undefined) throw new Error("the sample holds no organization");
  return {
    organization,
    members: nodes<RawMemberEdge>("members", "membersWithRole"),
    outside: { users: outside, withoutSecondFactor: new Set(noFactor.map((user) => user.login)) },
    teams: nodes<RawTeam>("teams", "teams").map((team) => ({
      ...team,
      members: shown(team.members.edges),
      repositories: shown(team.repositories.edges),
    })),
    repositories: nodes<RawRepository>("repositories", "repositories"),
    collaborators: new Map(
      nodes<RawCollaborators>("collaborators", "repositories").map((node) => [
        node.nameWithOwner,
        shown(node.collaborators?.edges ?? []),
      ]),
    ),
    deployKeys: new Map(
      requests("deploy-keys").map(({ parameters, answer }) => [
        `${parameters["owner"]}/${parameters["repo"]}`,
        answer as RawDeployKey[],
      ]),
    ),
    installations: answers<{ installations: RawInstallation[] }>("installations").flatMap((one) => one.installations),
    invitations: answers<RawInvitation[]>("invitations").flat(),
    tokens: answers<RawToken[]>("fine-grained-tokens").flat(),
    audit: [
      ...answers<object[]>("audit-log"),
      ...answers<object[]>("repository-renames"),
      ...requests("repository-invitations")
        .filter(({ route }) => route.endsWith("/invitations"))
        .map(({ answer }) => (answer as RawRepositoryInvitation[]).map(invitationEvent)),
    ].flat(),
    slices: Object.fromEntries(SLICES.map((slice) => [slice.name, slice.start()])),
  };
}

/** What the audit log says when somebody is asked to collaborate on a repository. The actor is left out: it would count as activity. */
export const invitationEvent = ({ created_at: sent, repository }: RawRepositoryInvitation): object => ({
  action: "repository_invitation.create",
  created_at: Date.parse(sent),
  repo: repository.full_name,
  repo_id: repository.id,
});

/** Logins and names are compared as GitHub does: without regard to case. */
export const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** The state as text, for before and after: in order, and without what a deploy key cannot get back (id and last use). */
export function dumpState(state: GitHubState): string {
  const byText = <T>(rows: readonly T[]): T[] =>
    [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return JSON.stringify({
    ...state,
    collaborators: byText(
      [...state.collaborators]
        .filter(([, edges]) => edges.length > 0)
        .map(([name, edges]) => [name, byText(edges.map(({ permission, node }) => [permission, node.login]))]),
    ),
    deployKeys: byText(
      [...state.deployKeys].map(([name, keys]) => [
        name,
        byText(keys.map(({ title, key, read_only }) => [title, key, read_only])),
      ]),
    ),
    teams: state.teams.map((team) => ({
      ...team,
      members: byText(team.members),
      repositories: byText(team.repositories),
    })),
  });
}
