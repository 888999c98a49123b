import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJson } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { CallOutcome, GitHubClient, Lookup } from "./client.ts";
import type { RawCollaborators, RawDeployKey, RawMemberEdge, RawTeam, RawUser } from "./raw.ts";

/** A step's file while it is changed. */
interface StepFile {
  requests: { route: string; parameters: Record<string, unknown>; answer: unknown }[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Edge<T> = { edges: T[] };

const DONE: CallOutcome = { state: "done" };
const ABSENT: CallOutcome = { state: "absent" };

type Changes = Omit<GitHubClient, "organization" | "read">;

/** GraphQL's words for what REST takes, and back. */
const TO_GRAPHQL: Readonly<Record<string, string>> = {
  pull: "READ",
  read: "READ",
  triage: "TRIAGE",
  push: "WRITE",
  write: "WRITE",
  maintain: "MAINTAIN",
  admin: "ADMIN",
};
const TO_REST: Readonly<Record<string, string>> = {
  READ: "pull",
  TRIAGE: "triage",
  WRITE: "push",
  MAINTAIN: "maintain",
  ADMIN: "admin",
};

/** The lookups and changes over the files of a folder. Anything but a working copy refuses to change. */
export function workingCopyChanges(folder: string, changeable: boolean): Changes {
  const load = async (step: string): Promise<StepFile | undefined> => {
    const file = join(folder, `${step}.json`);
    try {
      return parseJson(await readFile(file, "utf8"), file) as unknown as StepFile;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
  const look = async <T>(step: string, find: (content: StepFile) => T | undefined): Promise<Lookup<T>> => {
    const content = await load(step);
    if (content === undefined) return { state: "unreadable", why: `the recording does not hold ${step}.json` };
    const value = find(content);
    return value === undefined ? { state: "absent" } : { state: "found", value };
  };
  const change = async (step: string, work: (content: StepFile) => boolean): Promise<CallOutcome> => {
    if (!changeable) return { state: "refused", why: "a recording is never changed, only a working copy of it" };
    const content = await load(step);
    if (content === undefined) return { state: "refused", why: `the recording does not hold ${step}.json` };
    if (!work(content)) return ABSENT;
    await writeWhole(join(folder, `${step}.json`), `${JSON.stringify(content, null, 1)}\n`);
    return DONE;
  };
  const nodeIdOf = async (login: string): Promise<string | undefined> => {
    const members = await load("members");
    const edge = members?.requests
      .flatMap(
        (request) =>
          (request.answer as { organization: { membersWithRole: { edges: RawMemberEdge[] } } }).organization
            .membersWithRole.edges,
      )
      .find((one) => same(one.node?.login, login));
    if (edge?.node !== null && edge?.node !== undefined) return edge.node.id;
    const outside = await load("outside-collaborators");
    return outside?.requests.flatMap((request) => request.answer as RawUser[]).find((user) => same(user.login, login))
      ?.node_id;
  };

  return {
    teamMembership: (team, login) =>
      look("teams", (content) => {
        const edge = teamOf(content, team)?.members.edges.find((one) => same(one.node.login, login));
        return edge === undefined
          ? undefined
          : { role: edge.role === "MAINTAINER" ? ("maintainer" as const) : ("member" as const) };
      }),
    async setTeamMembership(team, login, role) {
      const id = await nodeIdOf(login);
      if (id === undefined) return { state: "refused", why: `\`${login}\` is not in the organization` };
      return change("teams", (content) => {
        const members = teamOf(content, team)?.members as
          | Edge<{ role: string; node: { id: string; login: string } }>
          | undefined;
        if (members === undefined) return false;
        members.edges = [
          ...members.edges.filter((edge) => !same(edge.node.login, login)),
          { role: role.toUpperCase(), node: { id, login } },
        ];
        return true;
      });
    },
    removeTeamMembership: (team, login) =>
      change("teams", (content) =>
        drop(teamOf(content, team)?.members as Edge<{ node: { login: string } }> | undefined, (edge) =>
          same(edge.node.login, login),
        ),
      ),
    teamRepository: (team, repository) =>
      look("teams", (content) => {
        const edge = teamOf(content, team)?.repositories.edges.find((one) => same(one.node.nameWithOwner, repository));
        return edge === undefined ? undefined : { permission: TO_REST[edge.permission] ?? edge.permission };
      }),
    async setTeamRepository(team, repository, permission) {
      const repositories = await load("repositories");
      const id = repositories?.requests
        .flatMap(
          (request) =>
            (request.answer as { organization: { repositories: { nodes: { id: string; nameWithOwner: string }[] } } })
              .organization.repositories.nodes,
        )
        .find((node) => same(node.nameWithOwner, repository))?.id;
      if (id === undefined) return { state: "refused", why: `there is no repository \`${repository}\`` };
      return change("teams", (content) => {
        const list = teamOf(content, team)?.repositories as
          | Edge<{ permission: string; node: { id: string; nameWithOwner: string } }>
          | undefined;
        if (list === undefined) return false;
        list.edges = [
          ...list.edges.filter((edge) => !same(edge.node.nameWithOwner, repository)),
          { permission: TO_GRAPHQL[permission] ?? permission, node: { id, nameWithOwner: repository } },
        ];
        return true;
      });
    },
    removeTeamRepository: (team, repository) =>
      change("teams", (content) =>
        drop(teamOf(content, team)?.repositories as Edge<{ node: { nameWithOwner: string } }> | undefined, (edge) =>
          same(edge.node.nameWithOwner, repository),
        ),
      ),
    collaborator: (repository, login) =>
      look("collaborators", (content) => {
        const edge = collaboratorsOf(content, repository)?.collaborators?.edges.find((one) =>
          same(one.node.login, login),
        );
        return edge === undefined ? undefined : { permission: TO_REST[edge.permission] ?? edge.permission };
      }),
    async setCollaborator(repository, login, permission) {
      const id = await nodeIdOf(login);
      if (id === undefined) return { state: "refused", why: `\`${login}\` is not known to the organization` };
      return change("collaborators", (content) => {
        const list = collaboratorsOf(content, repository)?.collaborators as
          | Edge<Record<string, unknown> & { node: { login: string } }>
          | null
          | undefined;
        if (list === null || list === undefined) return false;
        const word = TO_GRAPHQL[permission] ?? permission;
        list.edges = [
          ...list.edges.filter((edge) => !same(edge.node.login, login)),
          {
            permission: word,
            permissionSources: [
              { permission: word, roleName: null, source: { __typename: "Repository", nameWithOwner: repository } },
            ],
            node: { id, databaseId: null, login } as { login: string },
          },
        ];
        return true;
      });
    },
    removeCollaborator: (repository, login) =>
      change("collaborators", (content) =>
        drop(
          collaboratorsOf(content, repository)?.collaborators as Edge<{ node: { login: string } }> | null | undefined,
          (edge) => same(edge.node.login, login),
        ),
      ),
    deployKeys: (repository) =>
      look("deploy-keys", (content) => keysOf(content, repository)?.answer as readonly RawDeployKey[] | undefined),
    addDeployKey: (repository, key) =>
      change("deploy-keys", (content) => {
        const request = keysOf(content, repository);
        if (request === undefined) return false;
        const keys = request.answer as Mutable<RawDeployKey>[];
        const next =
          Math.max(0, ...content.requests.flatMap((one) => (one.answer as RawDeployKey[]).map(({ id }) => id))) + 1;
        // GitHub gives a key that is put back a new id and forgets when it was used.
        keys.push({
          id: next,
          key: key.key,
          title: key.title,
          read_only: key.readOnly,
          created_at: "1970-01-01T00:00:00Z",
          last_used: null,
          added_by: null,
          enabled: true,
        });
        return true;
      }),
    deleteDeployKey: (repository, keyId) =>
      change("deploy-keys", (content) => {
        const request = keysOf(content, repository);
        const keys = request?.answer as RawDeployKey[] | undefined;
        if (request === undefined || keys === undefined || !keys.some((key) => key.id === keyId)) return false;
        request.answer = keys.filter((key) => key.id !== keyId);
        return true;
      }),
    memberRole: (login) =>
      look("members", (content) => {
        const edge = memberEdges(content)?.edges.find((one) => same(one.node?.login, login));
        return edge === undefined ? undefined : { role: edge.role === "ADMIN" ? "admin" : "member" };
      }),
    removeMember: (login) =>
      change("members", (content) => drop(memberEdges(content), (edge) => same(edge.node?.login, login))),
  };
}

/** Logins and names are compared as GitHub does: without regard to case. */
const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

function drop<T>(list: Edge<T> | null | undefined, gone: (edge: T) => boolean): boolean {
  if (list === null || list === undefined || !list.edges.some(gone)) return false;
  list.edges = list.edges.filter((edge) => !gone(edge));
  return true;
}

function teamOf(content: StepFile, slug: string): RawTeam | undefined {
  return content.requests
    .flatMap(
      (request) => (request.answer as { organization: { teams: { nodes: RawTeam[] } } }).organization.teams.nodes,
    )
    .find((team) => same(team.slug, slug));
}

function collaboratorsOf(content: StepFile, repository: string): RawCollaborators | undefined {
  return content.requests
    .flatMap(
      (request) =>
        (request.answer as { organization: { repositories: { nodes: RawCollaborators[] } } }).organization.repositories
          .nodes,
    )
    .find((node) => same(node.nameWithOwner, repository));
}

function keysOf(content: StepFile, repository: string): StepFile["requests"][number] | undefined {
  return content.requests.find((request) =>
    same(`${String(request.parameters["owner"])}/${String(request.parameters["repo"])}`, repository),
  );
}

function memberEdges(content: StepFile): Edge<RawMemberEdge> | undefined {
  return (content.requests[0]?.answer as { organization: { membersWithRole: Edge<RawMemberEdge> } } | undefined)
    ?.organization.membersWithRole;
}
