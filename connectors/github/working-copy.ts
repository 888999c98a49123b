import { join } from "node:path";
import type { Clock } from "../../src/contracts/clock.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { CallOutcome, GitHubClient, Lookup, TeamRole } from "./client.ts";
import { directPermission, graphqlPermission, restPermission } from "./permission.ts";
import {
  repositoryOf,
  type RawCollaborators,
  type RawDeployKey,
  type RawMemberEdge,
  type RawRepository,
  type RawTeam,
  type RawUser,
  type RecordedRequest,
  type StepId,
} from "./raw.ts";
import { parseStepFile } from "./recorded-shapes.ts";

/** A step's file while it is changed. */
interface StepFile {
  readonly requests: { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] }[];
}

/** A list of GraphQL; rows that were hidden from the token are null. */
type Edge<T> = { edges: (T | null)[]; totalCount?: number };
type Changes = Omit<GitHubClient, "organization" | "read">;

const ABSENT: CallOutcome = { state: "absent" };
/** A key that is put back gets an id this far above all others: never that of the key it was. */
const NEW_KEY_DISTANCE = 1_000_000;

/** The looks and changes over the files of a folder. Anything but a working copy refuses to change. */
export function workingCopyChanges(folder: string, changeable: boolean, clock: Clock): Changes {
  const files = new StepFiles(folder, changeable);
  return {
    teamMembership: (team, login) =>
      files.look("teams", `the team \`${team}\``, teamNamed(team), ({ members }) => {
        const edge = seen(members.edges).find((one) => same(one.node.login, login));
        return edge === undefined
          ? undefined
          : { role: (edge.role === "MAINTAINER" ? "maintainer" : "member") as TeamRole };
      }),
    async setTeamMembership(team, login, role) {
      const id = await files.nodeIdOf(login);
      if (id === undefined) return { state: "refused", why: `\`${login}\` is not in the organization` };
      return files.change("teams", (content) => {
        const found = teamNamed(team)(content);
        return put(found?.members, { role: role.toUpperCase(), node: { id, login } }, (edge) =>
          same(edge.node.login, login),
        );
      });
    },
    removeTeamMembership: (team, login) =>
      files.change("teams", (content) =>
        drop(teamNamed(team)(content)?.members, (edge) => same(edge.node.login, login)),
      ),
    // A recording does not say who governs a team.
    governingGroup: () => Promise.resolve(undefined),
    teamRepository: (team, repository) =>
      files.look("teams", `the team \`${team}\``, teamNamed(team), ({ repositories }) => {
        const edge = seen(repositories.edges).find((one) => same(one.node.nameWithOwner, repository));
        return edge === undefined ? undefined : { permission: restPermission(edge.permission) };
      }),
    async setTeamRepository(team, repository, permission) {
      const id = await files.repositoryId(repository);
      if (id === undefined) return { state: "refused", why: `there is no repository \`${repository}\`` };
      const edge = { permission: graphqlPermission(permission), node: { id, nameWithOwner: repository } };
      return files.change("teams", (content) =>
        put(teamNamed(team)(content)?.repositories, edge, ({ node }) => same(node.nameWithOwner, repository)),
      );
    },
    removeTeamRepository: (team, repository) =>
      files.change("teams", (content) =>
        drop(teamNamed(team)(content)?.repositories, ({ node }) => same(node.nameWithOwner, repository)),
      ),
    collaborator: (repository, login) =>
      files.look("collaborators", `who collaborates on \`${repository}\``, collaboratorsOf(repository), ({ edges }) => {
        const edge = seen(edges).find(({ node }) => same(node.login, login));
        const permission = edge === undefined ? undefined : directPermission(edge);
        return permission === undefined ? undefined : { permission: restPermission(permission) };
      }),
    async setCollaborator(repository, login, permission) {
      const id = await files.nodeIdOf(login);
      if (id === undefined) return { state: "refused", why: `\`${login}\` is not known to the organization` };
      const word = graphqlPermission(permission);
      const source = { permission: word, roleName: null, source: { __typename: "Repository" } };
      const edge = { permission: word, permissionSources: [source], node: { id, databaseId: null, login } };
      return files.change("collaborators", (content) =>
        put(collaboratorsOf(repository)(content), edge, ({ node }) => same(node.login, login)),
      );
    },
    removeCollaborator: (repository, login) =>
      files.change("collaborators", (content) =>
        drop(collaboratorsOf(repository)(content), ({ node }) => same(node.login, login)),
      ),
    deployKeys: (repository) =>
      files.look(
        "deploy-keys",
        `the deploy keys of \`${repository}\``,
        keysOf(repository),
        ({ answer }) => answer as RawDeployKey[],
      ),
    addDeployKey: (repository, { title, key, readOnly }) =>
      files.change("deploy-keys", (content) => {
        const request = keysOf(repository)(content);
        if (request === undefined) return false;
        const ids = content.requests.flatMap(({ answer }) => (answer as RawDeployKey[]).map(({ id }) => id));
        const added: RawDeployKey = {
          id: Math.max(0, ...ids) + NEW_KEY_DISTANCE,
          key,
          title,
          read_only: readOnly,
          created_at: clock.now(),
          last_used: null,
          added_by: null,
          enabled: true,
        };
        request.answer = [...(request.answer as RawDeployKey[]), added];
        return true;
      }),
    deleteDeployKey: (repository, keyId) =>
      files.change("deploy-keys", (content) => {
        const request = keysOf(repository)(content);
        const keys = (request?.answer ?? []) as RawDeployKey[];
        if (request === undefined || !keys.some(({ id }) => id === keyId)) return false;
        request.answer = keys.filter(({ id }) => id !== keyId);
        return true;
      }),
    memberRole: (login) =>
      files.look("members", "the members", membersOf, ({ edges }) => {
        const edge = edges.find((one) => same(one?.node?.login, login));
        return edge === undefined ? undefined : { role: edge?.role === "ADMIN" ? "admin" : "member" };
      }),
    async removeMember(login) {
      const outcome = await files.change("members", (content) =>
        drop(membersOf(content), (edge) => same(edge?.node?.login, login)),
      );
      if (outcome.state !== "done") return outcome;
      // Who leaves the organization leaves its teams and repositories, as GitHub has it.
      for (const step of ["teams", "collaborators"] as const)
        if (await files.exists(step)) await files.change(step, (content) => dropEverywhere(content, step, login));
      return outcome;
    },
  };
}

/** The files of a folder, read anew each time: somebody else may have changed them in between. */
class StepFiles {
  readonly #folder: string;
  readonly #changeable: boolean;

  constructor(folder: string, changeable: boolean) {
    this.#folder = folder;
    this.#changeable = changeable;
  }

  /** Looks for a place in a step's file, and for something in it. A place that is not there is unreadable, not empty. */
  async look<P, T>(
    step: StepId,
    what: string,
    place: (content: StepFile) => P | undefined,
    find: (place: P) => T | undefined,
  ): Promise<Lookup<T>> {
    const content = await this.#load(step);
    if (content === undefined) return { state: "unreadable", why: notHeld(step) };
    const found = place(content);
    if (found === undefined) return { state: "unreadable", why: `the recording does not hold ${what}` };
    const value = find(found);
    return value === undefined ? { state: "absent" } : { state: "found", value };
  }

  async change(step: StepId, work: (content: StepFile) => boolean): Promise<CallOutcome> {
    if (!this.#changeable) return { state: "refused", why: "a recording is never changed, only a working copy of it" };
    const content = await this.#load(step);
    if (content === undefined) return { state: "refused", why: notHeld(step) };
    if (!work(content)) return ABSENT;
    await writeWhole(this.#path(step), `${JSON.stringify({ requests: content.requests }, null, 1)}\n`);
    return { state: "done" };
  }

  async exists(step: StepId): Promise<boolean> {
    return (await this.#load(step)) !== undefined;
  }

  /** Node id of somebody in the organization or collaborating from outside. */
  async nodeIdOf(login: string): Promise<string | undefined> {
    const members = await this.#load("members");
    const edge =
      members === undefined ? undefined : membersOf(members)?.edges.find((one) => same(one?.node?.login, login));
    if (edge?.node !== null && edge?.node !== undefined) return edge.node.id;
    const outside = await this.#load("outside-collaborators");
    return outside?.requests.flatMap(({ answer }) => answer as RawUser[]).find((user) => same(user.login, login))
      ?.node_id;
  }

  async repositoryId(name: string): Promise<string | undefined> {
    const content = await this.#load("repositories");
    return content === undefined
      ? undefined
      : nodesOf<RawRepository>(content, "repositories").find((node) => same(node.nameWithOwner, name))?.id;
  }

  #path(step: StepId): string {
    return join(this.#folder, `${step}.json`);
  }

  async #load(step: StepId): Promise<StepFile | undefined> {
    const file = this.#path(step);
    try {
      return { requests: [...parseStepFile(step, await readJsonFile(file), file)] };
    } catch (error) {
      if (error instanceof AuditError && error.code === "file-missing") return undefined;
      throw error;
    }
  }
}

const notHeld = (step: StepId): string => `the recording does not hold ${step}.json`;

/** Logins and names are compared as GitHub does: without regard to case. */
const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

const seen = <T>(rows: readonly (T | null)[]): T[] => rows.filter((row): row is T => row !== null);

function drop<T>(list: Edge<T> | undefined, gone: (edge: T) => boolean): boolean {
  if (list === undefined || !seen(list.edges).some(gone)) return false;
  const kept = list.edges.filter((edge) => edge === null || !gone(edge));
  if (list.totalCount !== undefined) list.totalCount -= list.edges.length - kept.length;
  list.edges = kept;
  return true;
}

function put<T>(list: Edge<T> | undefined, edge: T, isSame: (edge: T) => boolean): boolean {
  if (list === undefined) return false;
  list.edges = [...list.edges.filter((one) => one === null || !isSame(one)), edge];
  return true;
}

function dropEverywhere(content: StepFile, step: "teams" | "collaborators", login: string): boolean {
  const lists =
    step === "teams"
      ? nodesOf<RawTeam>(content, "teams").map(({ members }) => members)
      : nodesOf<RawCollaborators>(content, "repositories").flatMap(({ collaborators }) => collaborators ?? []);
  // Every list is gone through, whether or not an earlier one held the person.
  return lists
    .map((list) =>
      drop<{ node: { login: string } }>(list as Edge<{ node: { login: string } }>, ({ node }) =>
        same(node.login, login),
      ),
    )
    .includes(true);
}

function nodesOf<T>(content: StepFile, connection: string): T[] {
  return content.requests
    .flatMap(
      ({ answer }) =>
        (answer as { organization: Record<string, { nodes: (T | null)[] }> }).organization[connection]?.nodes ?? [],
    )
    .filter((node): node is T => node !== null);
}

const teamNamed =
  (slug: string) =>
  (content: StepFile): RawTeam | undefined =>
    nodesOf<RawTeam>(content, "teams").find((team) => same(team.slug, slug));

const collaboratorsOf = (repository: string) => (content: StepFile) =>
  nodesOf<RawCollaborators>(content, "repositories").find((node) => same(node.nameWithOwner, repository))
    ?.collaborators ?? undefined;

const keysOf =
  (repository: string) =>
  (content: StepFile): StepFile["requests"][number] | undefined =>
    content.requests.find((request) => same(repositoryOf(request), repository));

/** The one list of members of a merged recording. */
const membersOf = (content: StepFile): Edge<RawMemberEdge | null> | undefined =>
  (content.requests[0]?.answer as { organization: { membersWithRole: Edge<RawMemberEdge | null> } } | undefined)
    ?.organization.membersWithRole;
