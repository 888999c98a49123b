/**
 * A stateful GitHub on loopback for the real Octokit: REST and GraphQL over one seed (the sample company's recording), with
 * pages, rate-limit headers and bad days. Every request and every answer is held against GitHub's published descriptions.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BadDays } from "./bad-days.ts";
import { etagOf, isKept } from "./conditional.ts";
import { sampleState, type GitHubState } from "./github-state.ts";
import { answerGraph, queryFaults } from "./graph-answers.ts";
import { destinationOf } from "./moved.ts";
import { OpenApiContract } from "./openapi-contract.ts";
import { answerRest } from "./rest-routes.ts";

/** A value that must never be found in anything that was written. */
export const CANARY = "canary-7f3a-must-not-be-kept";

/** A running fake. */
export interface FakeGitHub {
  readonly url: string;
  readonly state: GitHubState;
  /** What was wrong with a request or an answer by GitHub's own description; empty when all was well. */
  readonly problems: string[];
  /** `METHOD /path` of every request. */
  readonly requests: string[];
  /** What each request was answered, in the order of the answers. */
  readonly answers: { readonly method: string; readonly path: string; readonly status: number }[];
  /** Changes from then on what goes wrong. */
  bad: BadDays;
  close(): Promise<void>;
}

/** How a fake is started. */
export interface FakeOptions {
  /** What it holds, itself and not a copy; the sample company where left out. */
  readonly state?: GitHubState;
  /** False leaves the check against GitHub's description out, and with it what it fills in: for measuring. */
  readonly checked?: boolean;
}

/** What requests and answers are held against. */
type Contract = Pick<OpenApiContract, "request" | "answer" | "completed" | "problems">;

let sharedContract: OpenApiContract | undefined;

const unchecked = (): Contract => ({
  problems: [],
  request: () => undefined,
  answer: () => {},
  completed: (_method, _path, _status, value) => value,
});

function checking(): Contract {
  sharedContract ??= new OpenApiContract();
  sharedContract.problems.length = 0;
  return sharedContract;
}

/** Starts a fake, over a fresh copy of the sample company where no state is given. */
export async function startFakeGitHub(bad: BadDays = {}, options: FakeOptions = {}): Promise<FakeGitHub> {
  const contract = options.checked === false ? unchecked() : checking();
  const state = options.state ?? sampleState();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    answer({ fake, contract, request, response }).catch((error: unknown) => {
      // A fake that fails must fail the test, not leave it waiting.
      contract.problems.push(`the fake failed: ${String(error)}`);
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    problems: contract.problems,
    requests,
    answers: [],
    bad,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}

/** One exchange. */
interface Exchange {
  readonly fake: FakeGitHub;
  readonly contract: Contract;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer({ fake, contract, request, response }: Exchange): Promise<void> {
  const url = new URL(request.url ?? "/", "http://x");
  const method = request.method ?? "GET";
  const body = await bodyOf(request);
  const path = url.pathname;
  fake.requests.push(`${method} ${path}`);
  const send = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
    const text = typeof value === "string";
    const sent = status === 204 ? "" : text ? value : JSON.stringify(value ?? "");
    const etag = method === "GET" && status === 200 ? etagOf(sent, request.headers.authorization ?? "") : undefined;
    const same = etag !== undefined && isKept(request.headers["if-none-match"], etag);
    fake.answers.push({ method, path, status: same ? 304 : status });
    response.writeHead(same ? 304 : status, {
      "content-type": text ? "text/html" : "application/json; charset=utf-8",
      date: new Date("2026-11-20T08:00:00Z").toUTCString(),
      "x-oauth-scopes": "admin:org, admin:org_hook, read:audit_log, repo",
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "4900",
      "x-ratelimit-reset": "4102444800",
      "x-github-request-id": "SAMPLE:1",
      ...(etag === undefined ? {} : { etag }),
      ...headers,
    });
    response.end(same || status === 204 ? undefined : sent);
  };
  const { bad } = fake;
  const { authorization } = request.headers;
  const ended = fake.requests.length >= (bad.endsAfter ?? Number.POSITIVE_INFINITY);
  if (authorization === undefined || /wrong/.test(authorization) || ended)
    return send(401, { message: "Bad credentials", documentation_url: "https://docs.github.invalid" });
  if (request.headers["x-github-api-version"] === undefined)
    fake.problems.push(`${method} ${path}: no version of the API is pinned`);
  const { first } = bad;
  const asked = (start: string): number =>
    fake.requests.filter((one) => one.split(" ")[1]?.startsWith(start) === true).length;
  if (first !== undefined && path.startsWith(first.path) && asked(first.path) <= first.times)
    return send(first.status, first.body.startsWith("{") ? JSON.parse(first.body) : first.body, first.headers);
  const forbidden = Object.entries(bad.forbid ?? {}).find(([start]) => path.startsWith(start))?.[1];
  if (forbidden !== undefined)
    return send(
      forbidden.status ?? 403,
      { message: forbidden.message, documentation_url: "https://docs.github.invalid" },
      forbidden.headers,
    );

  if (path === "/graphql") {
    const { query, variables } = body as { query: string; variables: Record<string, unknown> };
    for (const fault of queryFaults(query)) fake.problems.push(`GraphQL: ${fault}`);
    if (bad.largestPage !== undefined && Number(variables["first"] ?? 0) > bad.largestPage)
      return send(502, "<html>502 Bad Gateway</html>");
    return send(200, await answerGraph(fake.state, bad, query, variables));
  }

  const destination = destinationOf(fake.state, bad, decodeURIComponent(path).split("/").slice(1));
  if ("movedTo" in destination) {
    const location = `${fake.url}${destination.movedTo}${url.search}`;
    const documentation_url = "https://docs.github.invalid/rest#http-redirects";
    // The method of the request survives the second of these only.
    return send(
      method === "GET" ? 301 : 307,
      { message: "Moved Permanently", url: location, documentation_url },
      { location },
    );
  }
  const { parts } = destination;
  // The description knows repositories by name only.
  const described = path.startsWith("/repositories/") ? `/${parts.map(encodeURIComponent).join("/")}` : path;
  contract.request(method, described, url.searchParams, body);
  const result = answerRest(fake.state, bad, {
    method,
    parts,
    query: url.searchParams,
    accept: request.headers.accept ?? "",
    body: (body ?? {}) as Record<string, unknown>,
  });
  if (result.rows === undefined) {
    const full =
      result.body === undefined ? undefined : contract.completed(method, described, result.status, result.body);
    contract.answer(method, described, result.status, full);
    return send(result.status, planted(full));
  }
  const wrap = result.wrap ?? ((rows) => rows);
  sendPage({ fake, contract, method, url, described, rows: result.rows, wrap, send });
}

/** Lists without pages by number: GitHub names the next page by a cursor. */
const BY_CURSOR = /\/audit-log$/;

function sendPage({
  fake,
  contract,
  method,
  url,
  described,
  rows,
  wrap,
  send,
}: {
  readonly fake: FakeGitHub;
  readonly contract: Contract;
  readonly method: string;
  readonly url: URL;
  /** The path as GitHub's description has it. */
  readonly described: string;
  readonly rows: readonly unknown[];
  readonly wrap: (rows: readonly unknown[]) => unknown;
  readonly send: (status: number, value: unknown, headers?: Readonly<Record<string, string>>) => void;
}): void {
  const { bad } = fake;
  const path = url.pathname;
  const is = (start: string | undefined): boolean => start !== undefined && path.startsWith(start);
  const pageName = BY_CURSOR.test(path) ? "after" : "page";
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), bad.smallPages ?? 100);
  const page = Number(url.searchParams.get(pageName) ?? 1);
  if (page > 1 && is(bad.refuseSecondPage))
    return send(403, { message: "You must be an organization owner to see more.", documentation_url: "" });
  if (page > 1 && is(bad.goneFromSecondPage)) return send(404, { message: "Not Found", documentation_url: "" });
  const all = is(bad.ssoPartial) ? rows.filter((_, i) => i % 2 === 0) : rows;
  const full = contract.completed(method, described, 200, wrap(all.slice((page - 1) * size, page * size)));
  contract.answer(method, described, 200, full);
  const headers: Record<string, string> = {};
  const repeat = is(bad.repeatPage);
  if (page * size < all.length || repeat) {
    const next = new URL(path + url.search, is(bad.strayPage) ? "https://elsewhere.invalid" : fake.url);
    next.searchParams.set(pageName, String(repeat ? page : page + 1));
    headers["link"] = `<${next.href}>; rel="next"`;
  }
  if (is(bad.ssoPartial)) headers["x-github-sso"] = "partial-results; organizations=8000001";
  send(200, planted(full), headers);
}

/** Fields nobody asked for, with something secret in them: nothing of it may be kept. */
function planted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(planted);
  if (typeof value !== "object" || value === null) return value;
  return { ...value, temp_clone_token: CANARY, client_secret: CANARY, webhook_secret: CANARY };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}
