/** The REST side of the fake: the routes the connector uses, over the state, with GitHub's own words when it refuses. */
import type { RawDeployKey } from "../../../connectors/github/raw.ts";
import { graphqlPermission, permissionOf } from "../../../connectors/github/permission.ts";
import { searchAudit } from "./audit-search.ts";
import type { BadDays } from "./bad-days.ts";
import { SLICES } from "./slices/index.ts";
import { repositoryNamed } from "./repository-index.ts";
import { same, type GitHubState, type StateTeam } from "./github-state.ts";

/** A REST answer. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Rows to be cut into pages; `wrap` puts them back into their envelope. */
  readonly rows?: readonly unknown[];
  readonly wrap?: (rows: readonly unknown[]) => unknown;
}

/** A REST request. */
export interface RestRequest {
  readonly method: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const DOCUMENTATION = "https://docs.github.invalid";
const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: DOCUMENTATION, status: String(status) },
});
const NOT_FOUND = refusal(404, "Not Found");
const GONE: Answer = { status: 204 };

/** What GitHub answers to a request, changing the state where it asks for that. */
export function answerRest(state: GitHubState, bad: BadDays, request: RestRequest): Answer {
  for (const slice of SLICES) {
    const own = slice.rest(state, bad, request);
    if (own !== undefined) return own;
  }
  const [top, a = "", b = ""] = request.parts;
  if (top === "user" && request.parts.length === 1)
    return { status: 200, body: { login: "acme-leastwise-reader", id: 1, node_id: "U_reader" } };
  if (top === "rate_limit") return { status: 200, body: rateLimit() };
  if (top === "orgs") return same(a, state.organization.login) ? organizationRoute(state, bad, request) : NOT_FOUND;
  const repository = repositoryNamed(state, `${a}/${b}`);
  if (top !== "repos" || repository === undefined || same(bad.goneRepository, repository.nameWithOwner))
    return NOT_FOUND;
  const what = request.parts[3];
  if (what === undefined) {
    const { renamed } = bad;
    const now = same(renamed?.from, repository.nameWithOwner) ? (renamed?.to ?? "") : repository.nameWithOwner;
    return {
      status: 200,
      body: { id: repository.databaseId, node_id: repository.id, name: now.split("/")[1], full_name: now },
    };
  }
  if (what === "keys") return bad.notOwner === true ? NOT_FOUND : keyRoute(state, request, repository.nameWithOwner);
  return what === "collaborators" ? collaboratorRoute(state, request, repository.nameWithOwner) : NOT_FOUND;
}

/** What is left, as the headers of every answer have it; asking costs nothing. */
function rateLimit(): object {
  const core = { limit: 5_000, used: 100, remaining: 4_900, reset: 4_102_444_800 };
  return { resources: { core, search: { ...core, limit: 30, remaining: 30, used: 0 }, graphql: core }, rate: core };
}

function organizationRoute(state: GitHubState, bad: BadDays, request: RestRequest): Answer {
  const { method, parts, query } = request;
  const [, , what, name = ""] = parts;
  const { outside } = state;
  switch (what) {
    case undefined:
      return { status: 200, body: state.organization };
    case "outside_collaborators":
      if (query.get("filter") !== "2fa_disabled") return { status: 200, rows: outside.users };
      return bad.notOwner === true
        ? refusal(422, "Only owners can use this filter.")
        : { status: 200, rows: outside.users.filter((user) => outside.withoutSecondFactor.has(user.login)) };
    case "installations":
      return {
        status: 200,
        rows: state.installations,
        wrap: (rows) => ({ total_count: state.installations.length, installations: rows }),
      };
    case "invitations":
      return { status: 200, rows: state.invitations };
    case "personal-access-tokens":
      // As GitHub answers to a personal token.
      return refusal(403, "Resource not accessible by personal access token");
    case "audit-log":
      return bad.notOwner === true ? NOT_FOUND : { status: 200, rows: searchAudit(state.audit, query) };
    case "memberships": {
      const edge = state.members.find((one) => same(one.node?.login, name));
      if (edge === undefined) return NOT_FOUND;
      return {
        status: 200,
        body: { state: "active", role: edge.role === "ADMIN" ? "admin" : "member", user: { login: name } },
      };
    }
    case "members": {
      const at = state.members.findIndex((edge) => same(edge.node?.login, name));
      if (method !== "DELETE" || at < 0) return NOT_FOUND;
      state.members.splice(at, 1);
      return GONE;
    }
    case "teams": {
      const team = state.teams.find((one) => same(one.slug, name));
      return team === undefined || same(bad.goneTeam, name) ? NOT_FOUND : teamRoute(state, bad, request, team);
    }
    default:
      return NOT_FOUND;
  }
}

function teamRoute(state: GitHubState, bad: BadDays, request: RestRequest, team: StateTeam): Answer {
  const [, , , , what, first = "", second = ""] = request.parts;
  const group = bad.governed?.[team.slug];
  switch (what) {
    case undefined:
      return { status: 200, body: { id: 1, node_id: team.id, slug: team.slug, name: team.name, parent: null } };
    case "team-sync":
      return group === undefined
        ? refusal(403, "This team is not externally managed")
        : { status: 200, body: { groups: [{ group_id: "g1", group_name: group, group_description: "" }] } };
    case "external-groups":
      return refusal(400, "This team is not externally managed");
    case "memberships":
      return group === undefined
        ? membershipRoute(state, request, team, first)
        : refusal(403, "This team is managed by team synchronization and cannot be changed here.");
    case "repos":
      return same(bad.goneRepository, `${first}/${second}`)
        ? NOT_FOUND
        : teamRepositoryRoute(state, request, team, `${first}/${second}`);
    default:
      return NOT_FOUND;
  }
}

function membershipRoute(state: GitHubState, { method, body }: RestRequest, team: StateTeam, login: string): Answer {
  const at = team.members.findIndex((edge) => same(edge.node.login, login));
  if (method === "DELETE") {
    if (at < 0) return NOT_FOUND;
    team.members.splice(at, 1);
    return GONE;
  }
  if (method !== "PUT") return NOT_FOUND;
  const role = body["role"] === "maintainer" ? "maintainer" : "member";
  const answer = (to: string): Answer => ({ status: 200, body: { url: `${DOCUMENTATION}/x`, role, state: to } });
  const member = state.members.find((edge) => same(edge.node?.login, login))?.node;
  // Whoever is no member is invited, and has to accept.
  if (member === null || member === undefined) return answer("pending");
  const edge = { role: role.toUpperCase(), node: { id: member.id, login: member.login } };
  if (at < 0) team.members.push(edge);
  else team.members[at] = edge;
  return answer("active");
}

function teamRepositoryRoute(
  state: GitHubState,
  { method, body, accept }: RestRequest,
  team: StateTeam,
  name: string,
): Answer {
  const at = team.repositories.findIndex((edge) => same(edge.node.nameWithOwner, name));
  const repository = repositoryNamed(state, name);
  if (method === "GET") {
    const edge = team.repositories[at];
    if (edge === undefined || repository === undefined) return NOT_FOUND;
    // Without the media type GitHub says only that there is something.
    if (!accept.includes("repository+json")) return GONE;
    return {
      status: 200,
      body: { id: 1, node_id: edge.node.id, full_name: name, role_name: permissionOf(edge.permission).variant },
    };
  }
  if (method === "DELETE") {
    if (at >= 0) team.repositories.splice(at, 1);
    return GONE;
  }
  if (repository === undefined) return NOT_FOUND;
  const edge = {
    permission: graphqlPermission(String(body["permission"])),
    node: { id: repository.id, nameWithOwner: repository.nameWithOwner },
  };
  if (at < 0) team.repositories.push(edge);
  else team.repositories[at] = edge;
  return GONE;
}

/** Ids that GitHub gave out: never one twice. */
let lastKeyId = 9_999_000;

function keyRoute(state: GitHubState, { method, parts, body }: RestRequest, repository: string): Answer {
  const keys = state.deployKeys.get(repository) ?? [];
  state.deployKeys.set(repository, keys);
  if (method === "GET") return { status: 200, rows: keys };
  if (method === "DELETE") {
    const at = keys.findIndex((key) => String(key.id) === parts[4]);
    if (at < 0) return NOT_FOUND;
    keys.splice(at, 1);
    return GONE;
  }
  if ([...state.deployKeys.values()].flat().some(({ key }) => key === body["key"]))
    return refusal(422, "Validation Failed");
  lastKeyId += 1;
  // GitHub gives a new id and forgets when the key was used.
  const key: RawDeployKey = {
    id: lastKeyId,
    key: String(body["key"]),
    title: String(body["title"]),
    read_only: body["read_only"] === true,
    created_at: "2026-11-20T09:00:00Z",
    last_used: null,
    added_by: "acme-leastwise-reader",
    enabled: true,
  };
  keys.push(key);
  return { status: 201, body: { ...key, url: `${DOCUMENTATION}/x`, verified: true } };
}

function collaboratorRoute(state: GitHubState, { method, parts, body }: RestRequest, repository: string): Answer {
  const login = parts[4] ?? "";
  const edges = state.collaborators.get(repository) ?? [];
  state.collaborators.set(repository, edges);
  const at = edges.findIndex((edge) => same(edge.node.login, login));
  if (method === "DELETE") {
    // GitHub answers the same whether or not there was anything.
    if (at >= 0) edges.splice(at, 1);
    return GONE;
  }
  if (method !== "PUT") return NOT_FOUND;
  const member = state.members.find((edge) => same(edge.node?.login, login))?.node;
  // Whoever is no member is invited, and has to accept.
  if (member === null || member === undefined)
    return { status: 201, body: { id: 1, repository: { full_name: repository }, permissions: "write" } };
  const permission = graphqlPermission(String(body["permission"]));
  const edge = {
    permission,
    permissionSources: [
      { permission, roleName: permissionOf(permission).variant, source: { __typename: "Repository" } },
    ],
    node: { id: member.id, databaseId: member.databaseId, login: member.login },
  };
  if (at < 0) edges.push(edge);
  else edges[at] = edge;
  return GONE;
}
