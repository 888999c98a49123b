import type { GitHubClient, TeamRole } from "../client.ts";
import { directPermission, restPermission } from "../permission.ts";
import { QUERIES } from "../queries.ts";
import type { RawCollaboratorEdge, RawDeployKey } from "../raw.ts";
import type { GraphReader } from "./graph-reader.ts";
import { ABSENT, changing, lookup, NOT_SHOWN, quietly, same, shown } from "./changing.ts";
import { accessChanges } from "./changes-access.ts";
import { appChanges, type Reach } from "./changes-apps.ts";
import { credentialChanges } from "./changes-credentials.ts";
import { refusalOf } from "./refused.ts";
import type { RestReader } from "./rest-reader.ts";

/** The media type with which GitHub says what a team may do on a repository, not only whether. */
const WITH_PERMISSION = { accept: "application/vnd.github.v3.repository+json" };

/** The looks and changes of one organization over the network. */
export function liveChanges(
  rest: RestReader,
  graph: GraphReader,
  organization: string,
  reach: Reach = {},
): Omit<GitHubClient, "organization" | "read"> {
  const org = { org: organization };
  const inTeam = (team: string) => ({ ...org, team_slug: team });
  const split = (repository: string): { owner: string; repo: string } => {
    const [owner = organization, repo = repository] = repository.split("/");
    return { owner, repo };
  };

  return {
    ...accessChanges(rest, organization, reach.enterprise),
    ...appChanges(rest, organization, reach),
    ...credentialChanges(rest, organization),
    // GraphQL, because REST counts members of child teams in and calls every owner a maintainer.
    teamMembership: (team, login) =>
      lookup(async () => {
        const data = await graph.ask(QUERIES.teamMember, { team, login });
        const found = (data["organization"] as { team: { members: TeamMembers } | null } | null)?.team;
        if (found === null || found === undefined)
          return { state: "unreadable", why: NOT_SHOWN(`the team \`${team}\``) };
        const own = found.members.edges.find(({ node }) => same(node.login, login));
        if (own === undefined && found.members.pageInfo.hasNextPage)
          return { state: "unreadable", why: `too many members of \`${team}\` have names like \`${login}\`` };
        return own === undefined
          ? ABSENT
          : {
              state: "found",
              value: { role: own.role === "MAINTAINER" ? "maintainer" : "member" } as { role: TeamRole },
            };
      }),
    setTeamMembership: (team, login, role) =>
      changing(
        () =>
          rest.call<{ state: string }>("PUT /orgs/{org}/teams/{team_slug}/memberships/{username}", {
            ...inTeam(team),
            username: login,
            role,
          }),
        ({ data }) => (data.state === "pending" ? "the person has to accept an invitation first" : undefined),
      ),
    removeTeamMembership: (team, login) =>
      changing(() =>
        rest.call("DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}", { ...inTeam(team), username: login }),
      ),
    async governingGroup(team) {
      // Each of the two is there for one kind of enterprise only, so being refused says nothing.
      const mapped = await quietly<{ groups?: { group_name: string }[] }>(
        rest,
        "GET /orgs/{org}/teams/{team_slug}/team-sync/group-mappings",
        inTeam(team),
      );
      const external = await quietly<{ groups?: { group_name?: string }[] }>(
        rest,
        "GET /orgs/{org}/teams/{team_slug}/external-groups",
        inTeam(team),
      );
      return mapped?.groups?.[0]?.group_name ?? external?.groups?.[0]?.group_name;
    },
    teamRepository: (team, repository) =>
      lookup(async () => {
        try {
          const route = "GET /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}";
          const { data } = await rest.call<{ role_name?: string }>(
            route,
            { ...inTeam(team), ...split(repository) },
            WITH_PERMISSION,
          );
          if (data?.role_name === undefined)
            return { state: "unreadable", why: "GitHub did not say which permission it is" };
          return { state: "found", value: { permission: restPermission(data.role_name) } };
        } catch (error) {
          if (refusalOf(error).verdict.kind !== "gone") throw error;
          // "Not found" is an answer about the grant only if both ends of it are shown.
          if (!(await shown(rest, "GET /orgs/{org}/teams/{team_slug}", inTeam(team))))
            return { state: "unreadable", why: NOT_SHOWN(`the team \`${team}\``) };
          if (!(await shown(rest, "GET /repos/{owner}/{repo}", split(repository))))
            return { state: "unreadable", why: NOT_SHOWN(`the repository \`${repository}\``) };
          return ABSENT;
        }
      }),
    setTeamRepository: (team, repository, permission) =>
      changing(() =>
        rest.call("PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", {
          ...inTeam(team),
          ...split(repository),
          permission,
        }),
      ),
    removeTeamRepository: (team, repository) =>
      changing(() =>
        rest.call("DELETE /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", {
          ...inTeam(team),
          ...split(repository),
        }),
      ),
    // GraphQL, because REST cannot tell what somebody holds directly from what ownership or the base permission gives.
    collaborator: (repository, login) =>
      lookup(async () => {
        const { owner, repo: name } = split(repository);
        const data = await graph.ask(QUERIES.collaborator, { owner, name, login });
        const found = (data["repository"] as { collaborators: { edges: RawCollaboratorEdge[] } | null } | null)
          ?.collaborators;
        if (found === null || found === undefined)
          return { state: "unreadable", why: NOT_SHOWN(`who collaborates on \`${repository}\``) };
        const own = found.edges.find(({ node }) => same(node.login, login));
        const permission = own === undefined ? undefined : directPermission(own);
        return permission === undefined
          ? ABSENT
          : { state: "found", value: { permission: restPermission(permission) } };
      }),
    setCollaborator: (repository, login, permission) =>
      changing(
        () =>
          rest.call("PUT /repos/{owner}/{repo}/collaborators/{username}", {
            ...split(repository),
            username: login,
            permission,
          }),
        // 201 is an invitation, 204 is done (GitHub: "Add a repository collaborator").
        ({ status }) => (status === 201 ? "the person has to accept an invitation first" : undefined),
      ),
    removeCollaborator: (repository, login) =>
      changing(() =>
        rest.call("DELETE /repos/{owner}/{repo}/collaborators/{username}", { ...split(repository), username: login }),
      ),
    deployKeys: (repository) =>
      lookup(async () => {
        const { requests, gaps } = await rest.list("GET /repos/{owner}/{repo}/keys", split(repository));
        if (gaps.length > 0) return { state: "unreadable", why: gaps.join("; ") };
        return { state: "found", value: requests.flatMap((request) => request.answer as RawDeployKey[]) };
      }),
    addDeployKey: (repository, { title, key, readOnly }) =>
      changing(() =>
        rest.call("POST /repos/{owner}/{repo}/keys", { ...split(repository), title, key, read_only: readOnly }),
      ),
    deleteDeployKey: (repository, keyId) =>
      changing(() => rest.call("DELETE /repos/{owner}/{repo}/keys/{key_id}", { ...split(repository), key_id: keyId })),
    memberRole: (login) =>
      lookup(async () => {
        try {
          const route = "GET /orgs/{org}/memberships/{username}";
          const { data } = await rest.call<{ role: string; state: string }>(route, { ...org, username: login });
          return data.state === "active" ? { state: "found", value: { role: data.role } } : ABSENT;
        } catch (error) {
          // Who may not see memberships is refused with 403; "not found" means that there is none.
          if (refusalOf(error).verdict.kind === "gone") return ABSENT;
          throw error;
        }
      }),
    removeMember: (login) =>
      changing(() => rest.call("DELETE /orgs/{org}/members/{username}", { ...org, username: login })),
  };
}

interface TeamMembers {
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly edges: readonly { readonly role: string; readonly node: { readonly login: string } }[];
}
