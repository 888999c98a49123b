/**
 * A stateful GitHub on loopback for the real Octokit: REST and GraphQL over one seed (the sample company's recording), with
 * pages, rate-limit headers and bad days. Every request and every answer is held against GitHub's published descriptions.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, graphql, parse, validate, type GraphQLSchema } from "graphql";
import { schema as official } from "@octokit/graphql-schema";
import type {
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
import { githubFiles } from "../../tools/acme/github.ts";
import { OpenApiContract } from "./openapi-contract.ts";

/** A value that must never be found in anything that was written. */
export const CANARY = "canary-7f3a-must-not-be-kept";

/** What goes wrong, and where. */
export interface BadDays {
  /** Path beginnings that answer 403 with these words. */
  readonly forbid?: Readonly<
    Record<string, { readonly message: string; readonly headers?: Readonly<Record<string, string>> }>
  >;
  /** The first so many requests to a path beginning answer this. */
  readonly first?: {
    readonly path: string;
    readonly times: number;
    readonly status: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** GraphQL pages larger than this answer 502, as GitHub does when it runs out of time. */
  readonly largestPage?: number;
  /** Lists of this path lack half their rows and say so in the header of single sign-on. */
  readonly ssoPartial?: string;
  /** Next page is always this page. */
  readonly repeatPage?: string;
  /** Second factors and audit log are shown to owners only: answer as to a plain member. */
  readonly notOwner?: boolean;
  /** Repository that is gone when its keys are asked for. */
  readonly goneRepository?: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Everything the fake holds; tests look at it and compare it before and after. */
export interface FakeState {
  readonly organization: RawOrganization;
  readonly members: Mutable<RawMemberEdge>[];
  readonly outside: { readonly users: RawUser[]; readonly withoutSecondFactor: ReadonlySet<string> };
  readonly teams: (Omit<RawTeam, "members" | "repositories"> & {
    members: { role: string; node: { id: string; login: string } }[];
    repositories: { permission: string; node: { id: string; nameWithOwner: string } }[];
  })[];
  readonly repositories: RawRepository[];
  readonly collaborators: Map<
    string,
    {
      permission: string;
      permissionSources: { permission: string; roleName: string | null; source: { __typename: string } }[];
      node: { id: string; databaseId: number | null; login: string };
    }[]
  >;
  readonly deployKeys: Map<string, RawDeployKey[]>;
  readonly installations: RawInstallation[];
  readonly invitations: RawInvitation[];
  readonly tokens: RawToken[];
  readonly audit: object[];
}

/** A running fake. */
export interface FakeGitHub {
  readonly url: string;
  readonly state: FakeState;
  readonly contract: OpenApiContract;
  readonly requests: string[];
  bad: BadDays;
  close(): Promise<void>;
}

let sharedSchema: GraphQLSchema | undefined;
let sharedContract: OpenApiContract | undefined;

/** Starts a fake over a fresh copy of the sample company. */
export async function startFakeGitHub(bad: BadDays = {}): Promise<FakeGitHub> {
  // The published description names two fields twice, so it is taken as valid without being checked itself.
  sharedSchema ??= buildSchema(official.idl, { assumeValid: true, assumeValidSDL: true });
  sharedContract ??= new OpenApiContract();
  sharedContract.problems.length = 0;
  const state = seed();
  const fake: { -readonly [K in keyof FakeGitHub]: FakeGitHub[K] } = {
    url: "",
    state,
    contract: sharedContract,
    requests: [],
    bad,
    close: async () => {},
  };
  const server = createServer((request, response) => {
    answer(fake, sharedSchema as GraphQLSchema, request, response).catch((error: unknown) => {
      // A fake that fails must fail the test, not leave it waiting.
      fake.contract.problems.push(`the fake failed: ${String(error)}`);
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return fake;
}

function seed(): FakeState {
  const files = JSON.parse(JSON.stringify(githubFiles())) as Record<
    string,
    { requests: { parameters: Record<string, string>; answer: unknown }[] }
  >;
  const answers = <T>(step: string): T[] =>
    (files[`github/acme-sample/${step}.json`]?.requests ?? []).map((request) => request.answer as T);
  const graph = answers<{
    organization: {
      membersWithRole: { edges: RawMemberEdge[] };
      teams: { nodes: RawTeam[] };
      repositories: { nodes: RawRepository[] };
    };
  }>;
  const [outside = [], noFactor = []] = answers<RawUser[]>("outside-collaborators");
  return {
    organization: answers<RawOrganization>("organization")[0] as RawOrganization,
    members: (graph("members")[0]?.organization.membersWithRole.edges ?? []) as Mutable<RawMemberEdge>[],
    outside: { users: outside, withoutSecondFactor: new Set(noFactor.map((user) => user.login)) },
    teams: (graph("teams")[0]?.organization.teams.nodes ?? []).map((team) => ({
      ...team,
      members: [...team.members.edges],
      repositories: [...team.repositories.edges],
    })),
    repositories: graph("repositories")[0]?.organization.repositories.nodes ?? [],
    collaborators: new Map(
      answers<{ organization: { repositories: { nodes: RawCollaborators[] } } }>(
        "collaborators",
      )[0]?.organization.repositories.nodes.map((node) => [
        node.nameWithOwner,
        [...(node.collaborators?.edges ?? [])] as never,
      ]) ?? [],
    ),
    deployKeys: new Map(
      (files["github/acme-sample/deploy-keys.json"]?.requests ?? []).map((request) => [
        `${request.parameters["owner"]}/${request.parameters["repo"]}`,
        request.answer as RawDeployKey[],
      ]),
    ),
    installations: answers<{ installations: RawInstallation[] }>("installations")[0]?.installations ?? [],
    invitations: answers<RawInvitation[]>("invitations")[0] ?? [],
    tokens: answers<RawToken[]>("fine-grained-tokens")[0] ?? [],
    audit: answers<object[]>("audit-log")[0] ?? [],
  };
}

/** A REST answer. */
interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Rows to be cut into pages; `wrap` puts them back into their envelope. */
  readonly rows?: unknown[];
  readonly wrap?: (rows: unknown[]) => unknown;
}

async function answer(
  fake: FakeGitHub,
  schema: GraphQLSchema,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://x");
  const body = await bodyOf(request);
  const method = request.method ?? "GET";
  fake.requests.push(`${method} ${url.pathname}`);
  const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
    const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
    response.writeHead(status, {
      "content-type": typeof value === "string" ? "text/html" : "application/json; charset=utf-8",
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "4900",
      "x-ratelimit-reset": "4102444800",
      "x-github-request-id": "SAMPLE:1",
      ...headers,
    });
    response.end(status === 204 ? undefined : text);
  };
  const { bad } = fake;
  if (request.headers.authorization === undefined || /wrong/.test(request.headers.authorization))
    return send(401, { message: "Bad credentials", documentation_url: "https://docs.github.invalid" });
  if (
    bad.first !== undefined &&
    url.pathname.startsWith(bad.first.path) &&
    fake.requests.filter((one) => one.split(" ")[1]?.startsWith(bad.first?.path ?? "") === true).length <=
      bad.first.times
  ) {
    return send(
      bad.first.status,
      bad.first.body.startsWith("{") ? JSON.parse(bad.first.body) : bad.first.body,
      bad.first.headers,
    );
  }
  const forbidden = Object.entries(bad.forbid ?? {}).find(([path]) => url.pathname.startsWith(path));
  if (forbidden !== undefined)
    return send(
      403,
      { message: forbidden[1].message, documentation_url: "https://docs.github.invalid" },
      forbidden[1].headers,
    );
  if (url.pathname === "/graphql")
    return graphqlAnswer(fake, schema, body as { query: string; variables: Record<string, unknown> }, send);

  fake.contract.request(method, url.pathname, url.searchParams, body);
  const result = rest(
    fake,
    method,
    decodeURIComponent(url.pathname),
    url.searchParams,
    body as Record<string, unknown> | undefined,
  );
  if (result.rows === undefined) {
    const full =
      result.body === undefined ? undefined : fake.contract.completed(method, url.pathname, result.status, result.body);
    if (result.status < 400) fake.contract.answer(method, url.pathname, result.status, full);
    return send(result.status, full);
  }
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const page = Number(url.searchParams.get("page") ?? 1);
  const partial = bad.ssoPartial !== undefined && url.pathname.startsWith(bad.ssoPartial);
  const rows = partial ? result.rows.filter((_, i) => i % 2 === 0) : result.rows;
  const cut = rows.slice((page - 1) * size, page * size);
  const full = fake.contract.completed(method, url.pathname, 200, result.wrap === undefined ? cut : result.wrap(cut));
  fake.contract.answer(method, url.pathname, 200, full);
  const headers: Record<string, string> = {};
  const repeat = bad.repeatPage !== undefined && url.pathname.startsWith(bad.repeatPage);
  if (page * size < rows.length || repeat) {
    const next = new URL(url.pathname + url.search, fake.url);
    next.searchParams.set("page", String(repeat ? page : page + 1));
    headers["link"] = `<${next.href}>; rel="next"`;
  }
  if (partial) headers["x-github-sso"] = "partial-results; organizations=8000001";
  // A field nobody asked for, with something secret in it: nothing of it may be kept.
  const planted = Array.isArray(full) ? full.map((row) => ({ ...(row as object), temp_clone_token: CANARY })) : full;
  return send(200, planted, headers);
}

const NOT_FOUND: Answer = {
  status: 404,
  body: { message: "Not Found", documentation_url: "https://docs.github.invalid" },
};
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const TO_ROLE: Readonly<Record<string, string>> = {
  READ: "read",
  TRIAGE: "triage",
  WRITE: "write",
  MAINTAIN: "maintain",
  ADMIN: "admin",
};
const TO_PERMISSION: Readonly<Record<string, string>> = {
  pull: "READ",
  triage: "TRIAGE",
  push: "WRITE",
  maintain: "MAINTAIN",
  admin: "ADMIN",
};

function rest(
  fake: FakeGitHub,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown> | undefined,
): Answer {
  const { state, bad } = fake;
  const parts = path.split("/").slice(1);
  const [top, a = "", b = "", c = "", d = "", e = "", f = ""] = parts;
  if (top === "user") return { status: 200, body: { login: "acme-leastwise-reader", id: 1, node_id: "U_reader" } };
  if (top === "orgs") {
    if (!same(a, state.organization.login)) return NOT_FOUND;
    if (b === "") return { status: 200, body: state.organization };
    if (b === "outside_collaborators") {
      if (query.get("filter") === "2fa_disabled")
        return bad.notOwner === true
          ? { status: 422, body: { message: "Only owners can use this filter.", documentation_url: "" } }
          : {
              status: 200,
              rows: state.outside.users.filter((user) => state.outside.withoutSecondFactor.has(user.login)),
            };
      return { status: 200, rows: state.outside.users };
    }
    if (b === "installations")
      return {
        status: 200,
        rows: state.installations,
        wrap: (rows) => ({ total_count: state.installations.length, installations: rows }),
      };
    if (b === "invitations") return { status: 200, rows: state.invitations };
    // As GitHub answers to a personal token.
    if (b === "personal-access-tokens")
      return {
        status: 403,
        body: { message: "Resource not accessible by personal access token", documentation_url: "" },
      };
    if (b === "audit-log") return bad.notOwner === true ? NOT_FOUND : { status: 200, rows: state.audit };
    if (b === "members" && method === "DELETE") {
      const at = state.members.findIndex((edge) => same(edge.node?.login ?? "", c));
      if (at < 0) return NOT_FOUND;
      state.members.splice(at, 1);
      return { status: 204 };
    }
    if (b === "memberships") {
      const edge = state.members.find((one) => same(one.node?.login ?? "", c));
      return edge === undefined
        ? NOT_FOUND
        : {
            status: 200,
            body: { state: "active", role: edge.role === "ADMIN" ? "admin" : "member", user: { login: c } },
          };
    }
    if (b === "teams") return teamRoute(state, method, c, d, e, f, body);
    return NOT_FOUND;
  }
  if (top === "repos") {
    const name = `${a}/${b}`;
    const repository = state.repositories.find((one) => same(one.nameWithOwner, name));
    if (repository === undefined || bad.goneRepository === name) return NOT_FOUND;
    if (c === "keys") return keyRoute(state, method, repository.nameWithOwner, d, body);
    if (c === "collaborators") return collaboratorRoute(state, method, repository.nameWithOwner, d, body);
  }
  return NOT_FOUND;
}

function teamRoute(
  state: FakeState,
  method: string,
  slug: string,
  what: string,
  first: string,
  second: string,
  body: Record<string, unknown> | undefined,
): Answer {
  const team = state.teams.find((one) => same(one.slug, slug));
  if (team === undefined) return NOT_FOUND;
  if (what === "memberships") {
    const at = team.members.findIndex((edge) => same(edge.node.login, first));
    if (method === "GET")
      return at < 0
        ? NOT_FOUND
        : {
            status: 200,
            body: {
              url: "https://github.invalid/x",
              role: team.members[at]?.role === "MAINTAINER" ? "maintainer" : "member",
              state: "active",
            },
          };
    if (method === "DELETE") {
      if (at < 0) return NOT_FOUND;
      team.members.splice(at, 1);
      return { status: 204 };
    }
    const member = state.members.find((edge) => same(edge.node?.login ?? "", first));
    if (member?.node === null || member?.node === undefined)
      return { status: 403, body: { message: "the person is not a member", documentation_url: "" } };
    const edge = {
      role: body?.["role"] === "maintainer" ? "MAINTAINER" : "MEMBER",
      node: { id: member.node.id, login: member.node.login },
    };
    if (at < 0) team.members.push(edge);
    else team.members[at] = edge;
    return {
      status: 200,
      body: { url: "https://github.invalid/x", role: String(body?.["role"] ?? "member"), state: "active" },
    };
  }
  if (what === "repos") {
    if (first === "")
      return {
        status: 200,
        rows: team.repositories.map(({ permission, node }) => ({
          id: 1,
          node_id: node.id,
          name: node.nameWithOwner.split("/")[1],
          full_name: node.nameWithOwner,
          role_name: TO_ROLE[permission],
        })),
      };
    const name = `${first}/${second}`;
    const at = team.repositories.findIndex((edge) => same(edge.node.nameWithOwner, name));
    if (method === "DELETE") {
      if (at < 0) return NOT_FOUND;
      team.repositories.splice(at, 1);
      return { status: 204 };
    }
    const repository = state.repositories.find((one) => same(one.nameWithOwner, name));
    if (repository === undefined) return NOT_FOUND;
    const edge = {
      permission: TO_PERMISSION[String(body?.["permission"])] ?? "WRITE",
      node: { id: repository.id, nameWithOwner: repository.nameWithOwner },
    };
    if (at < 0) team.repositories.push(edge);
    else team.repositories[at] = edge;
    return { status: 204 };
  }
  return NOT_FOUND;
}

function keyRoute(
  state: FakeState,
  method: string,
  repository: string,
  id: string,
  body: Record<string, unknown> | undefined,
): Answer {
  const keys = state.deployKeys.get(repository) ?? [];
  state.deployKeys.set(repository, keys);
  if (method === "GET") return { status: 200, rows: keys };
  if (method === "DELETE") {
    const at = keys.findIndex((key) => String(key.id) === id);
    if (at < 0) return NOT_FOUND;
    keys.splice(at, 1);
    return { status: 204 };
  }
  // GitHub gives a new id and forgets when the key was used.
  const key: RawDeployKey = {
    id: 9_999_000 + keys.length,
    key: String(body?.["key"]),
    title: String(body?.["title"]),
    read_only: body?.["read_only"] === true,
    created_at: "2026-11-20T09:00:00Z",
    last_used: null,
    added_by: "acme-leastwise-reader",
    enabled: true,
  };
  keys.push(key);
  return { status: 201, body: { ...key, url: "https://github.invalid/x", verified: true } };
}

function collaboratorRoute(
  state: FakeState,
  method: string,
  repository: string,
  login: string,
  body: Record<string, unknown> | undefined,
): Answer {
  const edges = state.collaborators.get(repository) ?? [];
  state.collaborators.set(repository, edges);
  if (method === "GET")
    return {
      status: 200,
      rows: edges.map(({ permission, node }) => ({
        login: node.login,
        id: node.databaseId ?? 1,
        node_id: node.id,
        role_name: TO_ROLE[permission],
        permissions: {
          pull: true,
          triage: false,
          push: permission !== "READ",
          maintain: false,
          admin: permission === "ADMIN",
        },
      })),
    };
  const at = edges.findIndex((edge) => same(edge.node.login, login));
  if (method === "DELETE") {
    if (at >= 0) edges.splice(at, 1);
    return { status: 204 };
  }
  const member = state.members.find((edge) => same(edge.node?.login ?? "", login))?.node;
  const permission = TO_PERMISSION[String(body?.["permission"])] ?? "WRITE";
  const edge = {
    permission,
    permissionSources: [
      { permission, roleName: null, source: { __typename: "Repository", nameWithOwner: repository } },
    ],
    node: { id: member?.id ?? "U_new", databaseId: member?.databaseId ?? null, login },
  };
  if (at < 0) edges.push(edge);
  else edges[at] = edge;
  return { status: 204 };
}

async function graphqlAnswer(
  fake: FakeGitHub,
  schema: GraphQLSchema,
  { query, variables }: { query: string; variables: Record<string, unknown> },
  send: (status: number, value: unknown) => void,
): Promise<void> {
  const { state, bad } = fake;
  for (const error of validate(schema, parse(query))) fake.contract.problems.push(`GraphQL: ${error.message}`);
  if (bad.largestPage !== undefined && Number(variables["first"] ?? 0) > bad.largestPage)
    return send(502, "<html>502 Bad Gateway</html>");
  const connection =
    <T>(list: readonly T[], asNodes: boolean) =>
    ({ first, after }: { first?: number; after?: string | null }) => {
      const start = after === null || after === undefined ? 0 : Number(Buffer.from(after, "base64").toString("utf8"));
      const rows = list.slice(start, start + (first ?? 30));
      const end = start + rows.length;
      return {
        totalCount: list.length,
        pageInfo: {
          hasNextPage: end < list.length,
          endCursor: rows.length === 0 ? null : Buffer.from(String(end)).toString("base64"),
        },
        ...(asNodes ? { nodes: rows } : { edges: rows }),
      };
    };
  const teamNode = (team: FakeState["teams"][number]) => ({
    ...team,
    members: connection(team.members, false),
    repositories: connection(team.repositories, false),
  });
  const repositoryNode = (repository: RawRepository) => ({
    ...repository,
    deployKeys: { totalCount: (state.deployKeys.get(repository.nameWithOwner) ?? []).length },
    collaborators: connection(state.collaborators.get(repository.nameWithOwner) ?? [], false),
  });
  const members = state.members.map((edge) => ({
    ...edge,
    hasTwoFactorEnabled: bad.notOwner === true ? null : edge.hasTwoFactorEnabled,
    node:
      edge.node === null
        ? null
        : {
            ...edge.node,
            email: edge.node.email ?? "",
            organizationVerifiedDomainEmails: edge.node.organizationVerifiedDomainEmails ?? [],
          },
  }));
  const rootValue = {
    organization: ({ login }: { login: string }) =>
      same(login, state.organization.login)
        ? {
            id: state.organization.node_id,
            membersWithRole: connection(members, false),
            teams: connection(state.teams.map(teamNode), true),
            team: ({ slug }: { slug: string }) =>
              state.teams.filter((team) => same(team.slug, slug)).map(teamNode)[0] ?? null,
            repositories: connection(state.repositories.map(repositoryNode), true),
          }
        : null,
    repository: ({ owner, name }: { owner: string; name: string }) =>
      state.repositories.filter((one) => same(one.nameWithOwner, `${owner}/${name}`)).map(repositoryNode)[0] ?? null,
  };
  send(
    200,
    await graphql({
      schema,
      source: query,
      rootValue,
      variableValues: variables,
      typeResolver: (value) => (value as { __typename: string }).__typename,
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}
