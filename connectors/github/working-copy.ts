import type { Clock } from "../../src/contracts/clock.ts";
import type { GitHubClient, TeamRole } from "./client.ts";
import { directPermission, graphqlPermission, restPermission } from "./permission.ts";
import { repositoryOf, type RawCollaborators, type RawDeployKey, type RawTeam } from "./raw.ts";
import { membersOf, nodesOf, same, seen, StepFiles, type Edge, type StepFile } from "./working-copy-files.ts";
import { workingCopyMore } from "./working-copy-more.ts";
import { workingCopyPlaces } from "./working-copy-places.ts";

type Changes = Omit<GitHubClient, "organization" | "read">;

/** A key that is put back gets an id this far above all others: never that of the key it was. */
const NEW_KEY_DISTANCE = 1_000_000;

/** The looks and changes over the files of a folder. Anything but a working copy refuses to change. */
export function workingCopyChanges(folder: string, changeable: boolean, clock: Clock): Changes {
  const files = new StepFiles(folder, changeable);
  return {
    ...workingCopyMore(files, clock),
    ...workingCopyPlaces(files, clock),
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
