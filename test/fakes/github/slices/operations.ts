import type { BadDays } from "../bad-days.ts";
import type { GitHubState } from "../github-state.ts";
import type { Answer, RestRequest } from "../rest-routes.ts";
import type { FakeSlice } from "./slice.ts";

/** A repository as selections list it. */
export interface SelectedRow {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
}

/** Something that repositories are selected for. */
export interface Selection {
  visibility: "all" | "private" | "selected";
  repositories: SelectedRow[];
  /** Of a runner group: decided by the enterprise. */
  inherited?: boolean;
}

/** What the changes act on that no other part of the fake holds. Empty parts are places that GitHub does not show. */
export interface OperationsState {
  /** Under the number of the role: logins and slugs with how they came by it. */
  roles: Record<string, { users: Record<string, Assignment>; teams: Record<string, Assignment> }>;
  /** Whether whoever asks is a GitHub App: only apps see tokens. */
  asApp: boolean;
  authorizations: { credential_id: number; login: string; credential_accessed_at: string | null }[];
  /** Under `<store>/<name>`. */
  secrets: Record<string, Selection>;
  /** Under the number of the group. */
  runnerGroups: Record<string, Selection>;
  /** Under the number of the installation. */
  appRepositories: Record<string, SelectedRow[]>;
  /** Under `owner/name`. */
  repositoryInvitations: Record<string, RepositoryInvitationRow[]>;
  /** Under the login; null: no subscription is shown. */
  seats: Record<string, Seat> | null;
}

type Assignment = "direct" | "indirect" | "mixed";

/** A seat of Copilot. */
export interface Seat {
  pending_cancellation_date: string | null;
  last_activity_at: string | null;
  team?: string;
}

/** A pending invitation to a repository. */
export interface RepositoryInvitationRow {
  readonly id: number;
  readonly node_id: string;
  readonly login: string;
  readonly permissions: string;
  readonly expired: boolean;
}

/** That part of a fake's state, for tests that set it. */
export const operationsOf = (state: GitHubState): OperationsState => state.slices["operations"] as OperationsState;

const start = (): OperationsState => ({
  roles: {},
  asApp: false,
  authorizations: [],
  secrets: {},
  runnerGroups: {},
  appRepositories: {},
  repositoryInvitations: {},
  seats: null,
});

const same = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: "", status: String(status) },
});
const NOT_FOUND = refusal(404, "Not Found");
const GONE: Answer = { status: 204 };
/** An id as GitHub gives out once only. */
let lastId = 8_800_000;

/** Roles, selections, tokens, apps, invitations and seats, as far as a test put them there. */
export const operations: FakeSlice = {
  name: "operations",
  start,
  rest(state, bad, request) {
    const [top, owner = ""] = request.parts;
    if (top === "users") return userRoute(state, owner);
    if (top === "enterprises") return enterpriseRoute(state, request);
    if (top === "user" && owner === "installations") return userInstallationRoute(state, request);
    if (top === "app") return appRoute(state, request);
    if (top === "orgs" && same(owner, state.organization.login)) return organizationRoute(state, request);
    return top === "repos" ? repositoryRoute(state, bad, request) : undefined;
  },
};

/** Who was asked for by number. */
const LOGINS = new Map<unknown, string>();

function userRoute(state: GitHubState, login: string): Answer {
  const member = state.members.find(({ node }) => same(node?.login, login))?.node;
  const id =
    member?.databaseId ?? state.outside.users.find((user) => same(user.login, login))?.id ?? 4_242_000 + login.length;
  LOGINS.set(id, login);
  return { status: 200, body: { login, id } };
}

function organizationRoute(state: GitHubState, request: RestRequest): Answer | undefined {
  const own = operationsOf(state);
  const { method, parts, body } = request;
  const [, , what = "", a = "", b = ""] = parts;
  if (what === "memberships" && method === "PUT") {
    const edge = state.members.find(({ node }) => same(node?.login, a));
    if (edge === undefined) return refusal(422, "the fake invites nobody by this route");
    edge.role = body["role"] === "admin" ? "ADMIN" : "MEMBER";
    return { status: 200, body: { state: "active", role: body["role"], user: { login: a } } };
  }
  if (what === "invitations" && method !== "GET") return invitationRoute(state, request);
  if (what === "organization-roles") return roleRoute(state, request);
  if (what === "personal-access-tokens" && own.asApp) {
    if (method === "GET") return { status: 200, rows: state.tokens };
    const at = state.tokens.findIndex(({ id }) => String(id) === a);
    if (at < 0) return NOT_FOUND;
    state.tokens.splice(at, 1);
    return GONE;
  }
  if (what === "credential-authorizations") {
    if (method === "GET") return { status: 200, rows: own.authorizations };
    const at = own.authorizations.findIndex(({ credential_id: id }) => String(id) === a);
    if (at < 0) return NOT_FOUND;
    own.authorizations.splice(at, 1);
    return GONE;
  }
  if (a === "secrets" && b !== "") {
    const secret = own.secrets[`${what}/${b}`];
    // What no test put here is another part's.
    return secret === undefined ? undefined : selectionRoute(secret, request, parts.slice(5), { name: b });
  }
  if (a === "runner-groups" && b !== "") {
    const group = own.runnerGroups[b];
    return group === undefined
      ? undefined
      : selectionRoute(group, request, parts.slice(5), { id: Number(b), name: "g" });
  }
  if (what === "members" && b === "copilot") {
    const seat = own.seats?.[a.toLowerCase()];
    if (seat === undefined) return NOT_FOUND;
    const { team, ...rest } = seat;
    return { status: 200, body: { ...rest, ...(team === undefined ? {} : { assigning_team: { slug: team } }) } };
  }
  if (what === "copilot" && own.seats !== null)
    return b === "" ? { status: 200, body: {} } : seatRoute(own.seats, request);
  return undefined;
}

function seatRoute(seats: Record<string, Seat>, { method, body }: RestRequest): Answer {
  const logins = (body["selected_usernames"] as readonly string[]).map((login) => login.toLowerCase());
  for (const login of logins) {
    const seat = seats[login] ?? { pending_cancellation_date: null, last_activity_at: null };
    seats[login] = { ...seat, pending_cancellation_date: method === "DELETE" ? "2026-12-01" : null };
  }
  return method === "DELETE"
    ? { status: 200, body: { seats_cancelled: logins.length } }
    : { status: 201, body: { seats_created: logins.length } };
}

function roleRoute(state: GitHubState, { method, parts }: RestRequest): Answer | undefined {
  const { roles } = operationsOf(state);
  const [, , , a = "", b = "", c = ""] = parts;
  if (method === "GET") {
    const role = roles[a];
    if (role === undefined) return undefined;
    return b === "users"
      ? { status: 200, rows: Object.entries(role.users).map(([login, assignment]) => ({ login, assignment })) }
      : { status: 200, rows: Object.entries(role.teams).map(([slug, assignment]) => ({ slug, assignment })) };
  }
  const role = roles[c];
  if (role === undefined) return NOT_FOUND;
  const holders = a === "users" ? role.users : role.teams;
  if (method === "PUT") holders[b] = holders[b] === "indirect" ? "mixed" : (holders[b] ?? "direct");
  else if (holders[b] === "mixed") holders[b] = "indirect";
  else if (holders[b] === "direct") delete holders[b];
  const inOrder = Object.entries(holders).sort(([x], [y]) => (x < y ? -1 : 1));
  if (a === "users") role.users = Object.fromEntries(inOrder);
  else role.teams = Object.fromEntries(inOrder);
  return GONE;
}

/** Routes below a selection: itself, its list, one repository of it. */
function selectionRoute(
  selection: Selection,
  { method }: RestRequest,
  [list, repository]: readonly string[],
  shown: Readonly<Record<string, unknown>>,
): Answer {
  if (list === undefined)
    return {
      status: 200,
      body: { ...shown, visibility: selection.visibility, inherited: selection.inherited ?? false },
    };
  if (repository === undefined)
    return {
      status: 200,
      rows: selection.repositories,
      wrap: (rows) => ({ total_count: selection.repositories.length, repositories: rows }),
    };
  if (selection.visibility !== "selected") return { status: 409 };
  return choose(selection.repositories, method === "PUT", Number(repository));
}

/** Ids and names of the repositories that can be chosen. */
const KNOWN = new Map<number, SelectedRow>();

/** A repository of the sample as a selection lists it. */
export function selectable(state: GitHubState, fullName: string): SelectedRow {
  const found = state.repositories.find(({ nameWithOwner }) => same(nameWithOwner, fullName));
  if (found === undefined) throw new Error(`there is no ${fullName} in the sample`);
  const row = { id: found.databaseId ?? 0, name: found.name, full_name: found.nameWithOwner };
  KNOWN.set(row.id, row);
  return row;
}

function choose(rows: SelectedRow[], add: boolean, id: number): Answer {
  const at = rows.findIndex((row) => row.id === id);
  const known = KNOWN.get(id);
  if (add && known === undefined) return NOT_FOUND;
  if (add && at < 0 && known !== undefined) rows.push(known);
  if (!add && at >= 0) rows.splice(at, 1);
  rows.sort((a, b) => a.id - b.id);
  return GONE;
}

function enterpriseRoute(state: GitHubState, { method, parts, body }: RestRequest): Answer {
  const [, , , , , , id = "", , verb] = parts;
  const at = state.installations.findIndex((one) => String(one.id) === id);
  if (at < 0) return NOT_FOUND;
  if (method === "DELETE") {
    state.installations.splice(at, 1);
    return GONE;
  }
  const rows = operationsOf(state).appRepositories[id];
  if (rows === undefined) return NOT_FOUND;
  if (method === "GET") return { status: 200, rows };
  const names = body["repositories"] as readonly string[];
  if (verb === "remove" && rows.every(({ name }) => names.includes(name)))
    return refusal(422, "The last repository of an installation cannot be removed.");
  for (const name of names) choose(rows, verb === "add", [...KNOWN.values()].find((row) => row.name === name)?.id ?? 0);
  return { status: 200, body: rows };
}

/** What a person's classic token may do with an installation; what no test put there is another part's. */
function userInstallationRoute(state: GitHubState, { method, parts }: RestRequest): Answer | undefined {
  const rows = operationsOf(state).appRepositories[parts[2] ?? ""];
  if (rows === undefined) return undefined;
  if (method !== "GET") return choose(rows, method === "PUT", Number(parts[4]));
  return { status: 200, rows, wrap: (page) => ({ total_count: rows.length, repositories: page }) };
}

function appRoute(state: GitHubState, { method, parts }: RestRequest): Answer {
  const app = state.installations.find(({ id }) => String(id) === parts[2]);
  if (app === undefined) return NOT_FOUND;
  (app as { suspended_at: string | null }).suspended_at = method === "PUT" ? "2026-11-20T08:00:00Z" : null;
  return GONE;
}

function invitationRoute(state: GitHubState, { method, parts, body }: RestRequest): Answer {
  if (method === "DELETE") {
    const at = state.invitations.findIndex(({ id }) => String(id) === parts[3]);
    if (at < 0) return NOT_FOUND;
    state.invitations.splice(at, 1);
    return GONE;
  }
  lastId += 1;
  const member = state.members.find(({ node }) => node?.databaseId === body["invitee_id"])?.node;
  if (member !== undefined) return refusal(422, "Invitee is already a part of this organization");
  const invitation = {
    id: lastId,
    node_id: `INVITATION_${lastId}`,
    login: LOGINS.get(body["invitee_id"]) ?? null,
    email: (body["email"] as string | undefined) ?? null,
    role: String(body["role"]),
    created_at: "2026-11-20T09:00:00Z",
    inviter: { login: "acme-leastwise-reader" },
  };
  state.invitations.push(invitation);
  return { status: 201, body: invitation };
}

function repositoryRoute(state: GitHubState, bad: BadDays, { method, parts, body }: RestRequest): Answer | undefined {
  const [, owner = "", repo = "", what, login = ""] = parts;
  const name = `${owner}/${repo}`;
  const all = operationsOf(state).repositoryInvitations;
  if (same(bad.goneRepository, name)) return undefined;
  if (what === "collaborators" && method === "PUT") {
    const isMember = state.members.some(({ node }) => same(node?.login, login));
    // Who collaborates already is not invited: the permission is changed at once.
    if (isMember || all[name] === undefined) return undefined;
    lastId += 1;
    const permissions = body["permission"] === "push" ? "write" : String(body["permission"]);
    const row = { id: lastId, node_id: `REPOSITORY_INVITATION_${lastId}`, login, permissions, expired: false };
    all[name].push(row);
    return { status: 201, body: { id: row.id, node_id: row.node_id, permissions, invitee: { login } } };
  }
  if (what !== "invitations") return undefined;
  const rows = all[name];
  if (rows === undefined) return NOT_FOUND;
  if (method === "GET")
    return { status: 200, rows: rows.map(({ login: to, ...row }) => ({ ...row, invitee: { login: to } })) };
  const at = rows.findIndex(({ id }) => String(id) === parts[4]);
  if (at < 0) return NOT_FOUND;
  rows.splice(at, 1);
  return GONE;
}
