import type { RawNamed } from "../../../../connectors/github/raw-people.ts";
import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import { repositoryNamed } from "../repository-index.ts";
import type { Answer, RestRequest } from "../rest-routes.ts";
import { operationsOf } from "./operations.ts";
import { enterpriseRoute } from "./people-enterprise.ts";
import { organizationPeople, rootPeople } from "./people-graph.ts";
import { startPeople } from "./people-start.ts";
import { peopleOf, type PeopleState } from "./people-state.ts";
import type { FakeSlice } from "./slice.ts";

const same = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: "https://docs.github.invalid", status: String(status) },
});
const NOT_FOUND = refusal(404, "Not Found");
const ONLY_APPS = refusal(403, "Resource not accessible by personal access token");
const rows = (list: readonly unknown[]): Answer => ({ status: 200, rows: list });
const envelope = (list: readonly unknown[], member: string, total = "total_count"): Answer => ({
  status: 200,
  rows: list,
  wrap: (page) => ({ [total]: list.length, [member]: page }),
});

/** Roles, sign-in, tokens, secrets, runners, hooks and seats. */
export const people: FakeSlice = {
  name: "people",
  start: startPeople,
  rest(state, bad, request) {
    const [top, first = "", second = ""] = request.parts;
    if (request.method !== "GET" || isOfOperations(state, request)) return undefined;
    if (top === "orgs" && same(first, state.organization.login)) return ofOrganization(state, bad, request);
    if (top === "repos") return ofRepository(state, bad, `${first}/${second}`, request);
    if (top === "scim") return scimRoute(peopleOf(state).scimUsers, request.query);
    if (top === "enterprises") return enterpriseRoute(state, request);
    if (top === "installation" || (top === "user" && first === "installations")) return ofInstallation(state, request);
    return undefined;
  },
  organizationFields: organizationPeople,
  rootFields: rootPeople,
};

/** Whether a test put something there that a change acts on: then that part of the fake shows it. */
function isOfOperations(state: GitHubState, { parts }: RestRequest): boolean {
  const own = operationsOf(state);
  const [top, owner = "", what = "", a = "", b = ""] = parts;
  if (top === "repos") return a === "invitations" && own.repositoryInvitations[`${owner}/${what}`] !== undefined;
  if (top === "enterprises" || top === "user") return Object.keys(own.appRepositories).length > 0;
  if (what === "organization-roles") return own.roles[a] !== undefined;
  if (what === "credential-authorizations") return own.authorizations.length > 0;
  if (what === "copilot") return own.seats !== null;
  if (a === "secrets") return own.secrets[`${what}/${b}`] !== undefined;
  return a === "runner-groups" && own.runnerGroups[b] !== undefined;
}

/** Repositories as REST names them. */
export function named(state: GitHubState, names: readonly string[]): readonly unknown[] {
  const asked = new Set(names);
  return state.repositories
    .filter(({ nameWithOwner }) => asked.has(nameWithOwner))
    .map(({ id, databaseId, name, nameWithOwner }) => ({
      id: databaseId,
      node_id: id,
      name,
      full_name: nameWithOwner,
    }));
}

function ofOrganization(state: GitHubState, bad: BadDays, { parts, query }: RestRequest): Answer | undefined {
  const all = peopleOf(state);
  const [what, second = "", third] = parts.slice(2);
  const owners = bad.notOwner === true;
  switch (what) {
    case "organization-roles":
      return owners ? NOT_FOUND : roleRoute(all, second, third);
    case "custom-repository-roles":
      return { status: 200, body: { total_count: all.customRoles.length, custom_roles: all.customRoles } };
    case "teams":
      return teamRoute(state, query, second, parts.slice(4));
    case "external-groups":
      return all.externalGroups === null
        ? refusal(403, "This organization is not part of externally managed enterprise")
        : {
            status: 200,
            rows: all.externalGroups.map(({ teams: _, ...shown }) => shown),
            wrap: (groups) => ({ groups }),
          };
    case "external-group": {
      const group = all.externalGroups?.find((one) => String(one.group_id) === second);
      if (group === undefined) return NOT_FOUND;
      return { status: 200, body: { ...group, members: [] } };
    }
    case "team-sync":
      return all.synchronized === null
        ? refusal(403, "Team synchronization is not enabled for this organization")
        : { status: 200, rows: groupsOf(Object.values(all.synchronized).flat()), wrap: (groups) => ({ groups }) };
    case "credential-authorizations":
      return owners ? NOT_FOUND : rows(all.authorizations);
    case "members":
    case "outside_collaborators":
      if (query.get("filter") !== "2fa_insecure") return undefined;
      if (owners) return refusal(422, "Only owners can use this filter.");
      return rows(what === "members" ? all.insecureFactors.members : all.insecureFactors.outside);
    case "personal-access-token-requests":
      return all.asApp ? rows(all.tokenRequests) : ONLY_APPS;
    case "personal-access-tokens":
      if (!all.asApp) return undefined;
      if (second === "") return rows(state.tokens);
      return rows(named(state, all.tokenRepositories?.[Number(second)] ?? []));
    case "copilot":
      return envelope(all.seats, "seats", "total_seats");
    case "codespaces":
      if (second === "secrets") return namedRoute(state, all.secrets.codespaces, "secrets", parts[4]);
      return envelope(all.codespaces, "codespaces");
    case "dependabot":
      return namedRoute(state, all.secrets.dependabot, "secrets", parts[4]);
    case "hooks":
      return owners ? NOT_FOUND : rows(all.hooks);
    case "actions":
      return actionsRoute(state, all, second, parts.slice(4));
    default:
      return undefined;
  }
}

function actionsRoute(
  state: GitHubState,
  all: PeopleState,
  what: string,
  [first]: readonly string[],
): Answer | undefined {
  if (what === "secrets") return namedRoute(state, all.secrets.actions, "secrets", first);
  if (what === "variables") return namedRoute(state, all.variables, "variables", first);
  if (what === "runners") return envelope(all.runners, "runners");
  if (what !== "runner-groups") return undefined;
  if (first === undefined)
    return envelope(
      all.runnerGroups.map(({ repositories: _, ...shown }) => shown),
      "runner_groups",
    );
  const group = all.runnerGroups.find(({ id }) => String(id) === first);
  return group === undefined ? NOT_FOUND : envelope(named(state, group.repositories ?? []), "repositories");
}

function namedRoute(
  state: GitHubState,
  list: readonly (RawNamed & { repositories?: string[] })[],
  member: string,
  name: string | undefined,
): Answer {
  if (name === undefined)
    return envelope(
      list.map(({ repositories: _, ...shown }) => shown),
      member,
    );
  const own = list.find((one) => one.name === name);
  return own === undefined ? NOT_FOUND : envelope(named(state, own.repositories ?? []), "repositories");
}

function roleRoute({ roles }: PeopleState, id: string, list: string | undefined): Answer {
  if (id === "") return { status: 200, body: { total_count: roles.length, roles: roles.map(({ role }) => role) } };
  const own = roles.find(({ role }) => String(role.id) === id);
  if (own === undefined) return NOT_FOUND;
  return rows(list === "users" ? own.users : own.teams);
}

const groupsOf = (names: readonly string[]) =>
  [...new Set(names)].map((name) => ({ group_id: `id of ${name}`, group_name: name, group_description: "" }));

function teamRoute(
  state: GitHubState,
  query: URLSearchParams,
  slug: string,
  [what, which]: readonly string[],
): Answer | undefined {
  const { enterpriseTeams, synchronized } = peopleOf(state);
  if (slug === "")
    return query.get("team_type") === "enterprise" ? rows(enterpriseTeams.map(({ team }) => team)) : undefined;
  if (what === "team-sync" && which === "group-mappings" && synchronized !== null)
    return { status: 200, body: { groups: groupsOf(synchronized[slug] ?? []) } };
  const own = enterpriseTeams.find(({ team }) => same(team.slug, slug));
  if (own === undefined || which !== undefined) return undefined;
  if (what === "members") return rows(own.members);
  if (what !== "repos") return undefined;
  return rows(
    Object.entries(own.repositories).flatMap(([name, role]) =>
      named(state, [name]).map((repository) => ({ ...(repository as object), role_name: role })),
    ),
  );
}

function ofRepository(state: GitHubState, bad: BadDays, asked: string, { parts }: RestRequest): Answer | undefined {
  const all = peopleOf(state);
  const path = parts.slice(3).join("/");
  const repository = repositoryNamed(state, asked);
  const environment = /^environments\/(.+)\/(secrets|variables)$/.exec(path);
  if (environment === null && !["hooks", "invitations", "actions/secrets", "actions/variables"].includes(path))
    return undefined;
  if (repository === undefined || same(bad.goneRepository, repository.nameWithOwner)) return NOT_FOUND;
  const name = repository.nameWithOwner;
  if (path === "hooks") return bad.notOwner === true ? NOT_FOUND : rows(all.repositoryHooks[name] ?? []);
  if (path === "invitations") return rows(all.invitations[name] ?? []);
  if (path === "actions/secrets") return envelope(all.repositorySecrets[name] ?? [], "secrets");
  if (path === "actions/variables") return envelope(all.repositoryVariables[name] ?? [], "variables");
  const place = `${name} ${environment?.[1]}`;
  return environment?.[2] === "secrets"
    ? envelope(all.environmentSecrets[place] ?? [], "secrets")
    : envelope(all.environmentVariables[place] ?? [], "variables");
}

function ofInstallation(state: GitHubState, { parts }: RestRequest): Answer | undefined {
  const { own, user } = peopleOf(state).installationRepositories;
  const list = parts[0] === "installation" ? own : user === null ? null : (user[Number(parts[2])] ?? []);
  if (parts.at(-1) !== "repositories") return undefined;
  if (list === null) return ONLY_APPS;
  const repositories = named(state, list);
  return {
    status: 200,
    rows: repositories,
    wrap: (page) => ({ total_count: repositories.length, repository_selection: "selected", repositories: page }),
  };
}

/** Users of SCIM, which are counted from one. */
function scimRoute(users: PeopleState["scimUsers"], query: URLSearchParams): Answer {
  if (users === null) return { status: 404, body: { message: "Not Found", documentation_url: "", status: "404" } };
  const [start, count] = [Number(query.get("startIndex") ?? 1), Number(query.get("count") ?? 30)];
  const page = users.slice(start - 1, start - 1 + count).map((user) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    emails: [{ value: user.userName ?? "", primary: true }],
    meta: { resourceType: "User", created: "2025-01-01T00:00:00Z", lastModified: "2026-10-01T00:00:00Z" },
    ...user,
  }));
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"];
  return {
    status: 200,
    body: { schemas, totalResults: users.length, itemsPerPage: page.length, startIndex: start, Resources: page },
  };
}
