/**
 * The promise to one organization, kept by the network: Octokit with its throttling and retry plugins, a pinned API version,
 * pages that shrink when GitHub cannot answer them, and every refusal told apart.
 */
import type { Octokit } from "@octokit/rest";
import { AuditError } from "../../src/model/audit-error.ts";
import { classifyRefusal, filteredBySso, type Refusal } from "./classify-refusal.ts";
import type { CallOutcome, GitHubClient, Lookup, StepAnswer, SweepContext } from "./client.ts";
import { QUERIES } from "./queries.ts";
import type { RawDeployKey, RecordedRequest, StepId } from "./raw.ts";

/** Fields that hold a working secret in GitHub's answers: never kept. */
const SECRET_FIELDS = new Set(["temp_clone_token", "client_secret", "webhook_secret", "pem", "token"]);
const FIRST_PAGE = 50;
const SMALLEST_PAGE = 5;

/** An answer that was cut short, or a refusal of the whole. */
class Refused extends Error {
  readonly verdict: ReturnType<typeof classifyRefusal>;
  constructor(verdict: ReturnType<typeof classifyRefusal>) {
    super(verdict.reason);
    this.verdict = verdict;
  }
}

/** Opens the client of one organization. `onCall` counts calls for the extraction log. */
export function liveClient(octokit: Octokit, organization: string): GitHubClient {
  const org = { org: organization };
  const rest = new RestReader(octokit);
  const graph = new GraphReader(octokit, organization);
  const split = (repository: string): { owner: string; repo: string } => ({
    owner: repository.split("/")[0] ?? organization,
    repo: repository.split("/")[1] ?? repository,
  });

  const steps: Readonly<
    Record<StepId, (context: SweepContext) => Promise<{ requests: RecordedRequest[]; partial: readonly string[] }>>
  > = {
    organization: async () => rest.one("GET /orgs/{org}", org),
    members: async () => graph.pages("members", QUERIES.members, ["organization", "membersWithRole"], "edges"),
    "outside-collaborators": async () => {
      const all = await rest.list("GET /orgs/{org}/outside_collaborators", org);
      try {
        const without = await rest.list("GET /orgs/{org}/outside_collaborators", { ...org, filter: "2fa_disabled" });
        return { requests: [...all.requests, ...without.requests], partial: [...all.partial, ...without.partial] };
      } catch (error) {
        // Only owners may ask who has no second factor; who they are is known all the same.
        if (error instanceof Refused && error.verdict.kind !== "sign-in") return all;
        throw error;
      }
    },
    teams: async () => graph.teams(),
    repositories: async () =>
      graph.pages("repositories", QUERIES.repositories, ["organization", "repositories"], "nodes"),
    collaborators: async () => graph.collaborators(),
    "deploy-keys": async ({ repositoriesWithKeys }) => {
      const requests: RecordedRequest[] = [];
      const partial: string[] = [];
      for (const repository of [...repositoriesWithKeys].sort()) {
        try {
          const answer = await rest.list("GET /repos/{owner}/{repo}/keys", split(repository));
          requests.push(...answer.requests);
          partial.push(...answer.partial);
        } catch (error) {
          if (!(error instanceof Refused) || error.verdict.kind === "sign-in") throw error;
          partial.push(`${repository}: ${error.verdict.reason}`);
        }
      }
      return { requests, partial };
    },
    installations: async () => rest.envelope("GET /orgs/{org}/installations", org, "installations"),
    invitations: async () => rest.list("GET /orgs/{org}/invitations", org),
    "fine-grained-tokens": async () => rest.list("GET /orgs/{org}/personal-access-tokens", org),
    "audit-log": async () => rest.list("GET /orgs/{org}/audit-log", { ...org, include: "all" }),
  };

  return {
    organization,
    async read(step, context): Promise<StepAnswer> {
      try {
        const { requests, partial } = await steps[step](context);
        const clean = requests.map((request) => ({ ...request, answer: withoutSecrets(request.answer) }));
        return partial.length === 0
          ? { state: "complete", requests: clean }
          : { state: "partial", requests: clean, reason: [...new Set(partial)].slice(0, 3).join("; ") };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.verdict.kind === "sign-in") {
          throw new AuditError(
            "sign-in",
            "github-sign-in",
            `GitHub does not accept the token for \`${organization}\`: ${error.verdict.reason}`,
            { hint: "make a new token and put it where `tokenFrom` names it", cause: error },
          );
        }
        const personal = step === "fine-grained-tokens" ? "only a GitHub App may list fine-grained tokens; " : "";
        return { state: "denied", reason: `${personal}${error.verdict.reason}` };
      }
    },

    teamMembership: (team, login) =>
      lookup(
        () =>
          rest.call<{ role: string }>("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
            ...org,
            team_slug: team,
            username: login,
          }),
        ({ role }) => ({ role: role === "maintainer" ? "maintainer" : "member" }),
      ),
    setTeamMembership: (team, login, role) =>
      changing(() =>
        rest.call("PUT /orgs/{org}/teams/{team_slug}/memberships/{username}", {
          ...org,
          team_slug: team,
          username: login,
          role,
        }),
      ),
    removeTeamMembership: (team, login) =>
      changing(() =>
        rest.call("DELETE /orgs/{org}/teams/{team_slug}/memberships/{username}", {
          ...org,
          team_slug: team,
          username: login,
        }),
      ),
    async teamRepository(team, repository) {
      // The list names the team's own permission; the single check needs a special media type to do so.
      const found = await lookup(
        () => rest.list("GET /orgs/{org}/teams/{team_slug}/repos", { ...org, team_slug: team }),
        ({ requests }) => requests.flatMap((request) => request.answer as { full_name: string; role_name?: string }[]),
      );
      if (found.state !== "found") return found;
      const own = found.value.find((one) => one.full_name.toLowerCase() === repository.toLowerCase());
      return own === undefined
        ? { state: "absent" }
        : {
            state: "found",
            value: { permission: REST_PERMISSION[own.role_name ?? "read"] ?? own.role_name ?? "pull" },
          };
    },
    setTeamRepository: (team, repository, permission) =>
      changing(() =>
        rest.call("PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", {
          ...org,
          team_slug: team,
          ...split(repository),
          permission,
        }),
      ),
    removeTeamRepository: (team, repository) =>
      changing(() =>
        rest.call("DELETE /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", {
          ...org,
          team_slug: team,
          ...split(repository),
        }),
      ),
    async collaborator(repository, login) {
      const found = await lookup(
        () => rest.list("GET /repos/{owner}/{repo}/collaborators", { ...split(repository), affiliation: "direct" }),
        ({ requests }) => requests.flatMap((request) => request.answer as { login: string; role_name: string }[]),
      );
      if (found.state !== "found") return found;
      const own = found.value.find((one) => one.login.toLowerCase() === login.toLowerCase());
      return own === undefined
        ? { state: "absent" }
        : { state: "found", value: { permission: REST_PERMISSION[own.role_name] ?? own.role_name } };
    },
    setCollaborator: (repository, login, permission) =>
      changing(() =>
        rest.call("PUT /repos/{owner}/{repo}/collaborators/{username}", {
          ...split(repository),
          username: login,
          permission,
        }),
      ),
    removeCollaborator: (repository, login) =>
      changing(() =>
        rest.call("DELETE /repos/{owner}/{repo}/collaborators/{username}", { ...split(repository), username: login }),
      ),
    deployKeys: (repository) =>
      lookup(
        () => rest.list("GET /repos/{owner}/{repo}/keys", split(repository)),
        ({ requests }) => requests.flatMap((request) => request.answer as RawDeployKey[]),
      ),
    addDeployKey: (repository, { title, key, readOnly }) =>
      changing(() =>
        rest.call("POST /repos/{owner}/{repo}/keys", { ...split(repository), title, key, read_only: readOnly }),
      ),
    deleteDeployKey: (repository, keyId) =>
      changing(() => rest.call("DELETE /repos/{owner}/{repo}/keys/{key_id}", { ...split(repository), key_id: keyId })),
    memberRole: (login) =>
      lookup(
        () => rest.call<{ role: string }>("GET /orgs/{org}/memberships/{username}", { ...org, username: login }),
        ({ role }) => ({ role }),
      ),
    removeMember: (login) =>
      changing(() => rest.call("DELETE /orgs/{org}/members/{username}", { ...org, username: login })),
  };
}

/** Role names as the list answers them, as the change calls take them. */
const REST_PERMISSION: Readonly<Record<string, string>> = {
  read: "pull",
  triage: "triage",
  write: "push",
  maintain: "maintain",
  admin: "admin",
};

/** REST, with pages merged and refusals told apart. */
class RestReader {
  readonly #octokit: Octokit;
  constructor(octokit: Octokit) {
    this.#octokit = octokit;
  }

  async call<T>(route: string, parameters: Record<string, string | number | boolean>): Promise<T> {
    try {
      return (await this.#octokit.request(route, parameters)).data as T;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  async one(
    route: string,
    parameters: Record<string, string>,
  ): Promise<{ requests: RecordedRequest[]; partial: string[] }> {
    return { requests: [{ route, parameters, answer: await this.call(route, parameters) }], partial: [] };
  }

  /** All pages of a list. The same next page twice would go on for ever: it is refused. */
  async list(
    route: string,
    parameters: Record<string, string>,
  ): Promise<{ requests: RecordedRequest[]; partial: string[] }> {
    return this.#pages(
      route,
      parameters,
      (data) => data as unknown[],
      (all) => all,
    );
  }

  /** All pages of an answer that wraps its list. */
  async envelope(
    route: string,
    parameters: Record<string, string>,
    member: string,
  ): Promise<{ requests: RecordedRequest[]; partial: string[] }> {
    return this.#pages(
      route,
      parameters,
      (data) => (data as Record<string, unknown[]>)[member] ?? [],
      (all) => ({ total_count: all.length, [member]: all }),
    );
  }

  async #pages(
    route: string,
    parameters: Record<string, string>,
    items: (data: unknown) => unknown[],
    wrap: (all: unknown[]) => unknown,
  ): Promise<{ requests: RecordedRequest[]; partial: string[] }> {
    const all: unknown[] = [];
    const partial: string[] = [];
    const seen = new Set<string>();
    let next: string | undefined;
    try {
      do {
        const response: { data: unknown; headers: Record<string, string | number | undefined> } =
          next === undefined
            ? await this.#octokit.request(route, { ...parameters, per_page: 100 })
            : await this.#octokit.request(`GET ${next}`);
        all.push(...items(response.data));
        const filtered = filteredBySso(response.headers);
        if (filtered !== undefined) partial.push(filtered);
        next = /<([^>]+)>;\s*rel="next"/.exec(String(response.headers["link"] ?? ""))?.[1];
        if (next !== undefined && seen.has(next)) {
          partial.push("GitHub named the same next page twice");
          next = undefined;
        }
        if (next !== undefined) seen.add(next);
      } while (next !== undefined);
    } catch (error) {
      const refused = refusalOf(error);
      // Pages that were read are kept and marked: half a list is not the list, but it is not nothing.
      if (all.length === 0 || refused.verdict.kind === "sign-in") throw refused;
      partial.push(refused.verdict.reason);
    }
    return { requests: [{ route, parameters, answer: wrap(all) }], partial };
  }
}

/** A connection of a GraphQL answer. */
interface Connection {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges?: unknown[];
  readonly nodes?: unknown[];
}

type GraphAnswer = { requests: RecordedRequest[]; partial: string[] };

/** GraphQL, with pages that are halved when GitHub cannot answer them in time. */
class GraphReader {
  readonly #octokit: Octokit;
  readonly #organization: string;
  constructor(octokit: Octokit, organization: string) {
    this.#octokit = octokit;
    this.#organization = organization;
  }

  /** Every page of a connection, merged into one answer of GitHub's own shape. */
  async pages(
    operation: string,
    query: string,
    path: readonly [string, string],
    list: "edges" | "nodes",
    variables: Record<string, string> = {},
  ): Promise<GraphAnswer> {
    const all: unknown[] = [];
    const partial: string[] = [];
    let outer: Record<string, unknown> = {};
    let after: string | null = null;
    let first = FIRST_PAGE;
    const seen = new Set<string>();
    for (;;) {
      const page = await this.#page(query, { organization: this.#organization, ...variables, first, after }, partial);
      if (page === "too-deep") {
        if (first <= SMALLEST_PAGE) {
          if (all.length === 0)
            throw new Refused({ kind: "temporary", reason: "GitHub could not answer even small pages in time" });
          partial.push("GitHub could not answer some pages in time");
          break;
        }
        first = Math.max(SMALLEST_PAGE, Math.floor(first / 2));
        continue;
      }
      outer = (page[path[0]] ?? {}) as Record<string, unknown>;
      const connection = outer[path[1]] as Connection | undefined;
      if (connection === undefined || connection === null) {
        partial.push(`GitHub gave no ${path[1]}`);
        break;
      }
      all.push(...(connection[list] ?? []));
      const { hasNextPage, endCursor } = connection.pageInfo;
      if (!hasNextPage || endCursor === null) break;
      if (seen.has(endCursor)) {
        partial.push("GitHub named the same next page twice");
        break;
      }
      seen.add(endCursor);
      after = endCursor;
    }
    const answer = { [path[0]]: { ...outer, [path[1]]: { totalCount: all.length, [list]: all } } };
    return {
      requests: [
        {
          route: "POST /graphql",
          parameters: { operation, variables: { organization: this.#organization, ...variables } },
          answer,
        },
      ],
      partial,
    };
  }

  /** Teams; those with more than a hundred members or repositories are read on by themselves. */
  async teams(): Promise<GraphAnswer> {
    const answer = await this.pages("teams", QUERIES.teams, ["organization", "teams"], "nodes");
    const partial = [...answer.partial];
    for (const team of nodesOf<{ slug: string; members: Connection; repositories: Connection }>(answer, "teams")) {
      for (const [member, query] of [
        ["members", QUERIES.teamMembers],
        ["repositories", QUERIES.teamRepositories],
      ] as const) {
        if (team[member].pageInfo?.hasNextPage !== true) continue;
        const edges = await this.#rest(
          query,
          { team: team.slug },
          (data) => (data["organization"] as { team: Record<string, Connection> } | null)?.team?.[member],
          team[member],
          partial,
        );
        team[member].edges?.push(...edges);
      }
    }
    return { requests: answer.requests, partial };
  }

  /** Direct collaborators of every repository; long lists are read on by themselves. */
  async collaborators(): Promise<GraphAnswer> {
    const answer = await this.pages("collaborators", QUERIES.collaborators, ["organization", "repositories"], "nodes");
    const partial = [...answer.partial];
    for (const repository of nodesOf<{ nameWithOwner: string; collaborators: Connection | null }>(
      answer,
      "repositories",
    )) {
      // GitHub answers null where the token may not see who collaborates.
      if (repository.collaborators === null)
        partial.push("some repositories do not show their collaborators to this token");
      else if (repository.collaborators.pageInfo?.hasNextPage === true) {
        const [owner = "", name = ""] = repository.nameWithOwner.split("/");
        const edges = await this.#rest(
          QUERIES.repositoryCollaborators,
          { owner, name },
          (data) => (data["repository"] as { collaborators: Connection } | null)?.collaborators,
          repository.collaborators,
          partial,
        );
        repository.collaborators.edges?.push(...edges);
      }
    }
    return { requests: answer.requests, partial };
  }

  async #rest(
    query: string,
    variables: Record<string, string>,
    find: (data: Record<string, unknown>) => Connection | undefined,
    start: Connection,
    partial: string[],
  ): Promise<unknown[]> {
    const edges: unknown[] = [];
    let after = start.pageInfo.endCursor;
    const seen = new Set<string>();
    while (after !== null && !seen.has(after)) {
      seen.add(after);
      const page = await this.#page(
        query,
        { organization: this.#organization, ...variables, first: 100, after },
        partial,
      );
      const connection = page === "too-deep" ? undefined : find(page);
      if (connection === undefined) {
        partial.push("a long list could not be read to its end");
        break;
      }
      edges.push(...(connection.edges ?? []));
      after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
    }
    return edges;
  }

  async #page(
    query: string,
    variables: Record<string, unknown>,
    partial: string[],
  ): Promise<Record<string, unknown> | "too-deep"> {
    try {
      return await this.#octokit.graphql<Record<string, unknown>>(query, variables);
    } catch (error) {
      const graphErrors = (
        error as {
          errors?: readonly { type?: string; message: string; extensions?: { saml_failure?: boolean } }[];
          data?: Record<string, unknown> | null;
        }
      ).errors;
      const data = (error as { data?: Record<string, unknown> | null }).data;
      const headers = (error as { headers?: Refusal["headers"] }).headers ?? {};
      if (graphErrors !== undefined) {
        const saml = graphErrors.some((one) => one.extensions?.saml_failure === true);
        const reason = saml
          ? "the token is not authorised for single sign-on"
          : `GitHub left fields out: ${graphErrors[0]?.message ?? "no reason given"}`;
        // Answers with errors still hold what could be read: null fields are unknown, not empty.
        if (
          data !== null &&
          data !== undefined &&
          data["organization"] !== null &&
          data["organization"] !== undefined
        ) {
          partial.push(reason);
          return data;
        }
        throw new Refused(
          classifyRefusal({
            status: saml ? 403 : 200,
            message: saml ? "Resource protected by organization SAML enforcement" : (graphErrors[0]?.message ?? ""),
            headers,
          }),
        );
      }
      const status = (error as { status?: number }).status;
      if (status === 502 || status === 504) return "too-deep";
      throw refusalOf(error);
    }
  }
}

function nodesOf<T>(answer: GraphAnswer, connection: string): readonly T[] {
  return answer.requests
    .flatMap(
      (request) =>
        (request.answer as { organization: Record<string, { nodes?: (T | null)[] }> }).organization[connection]
          ?.nodes ?? [],
    )
    .filter((node): node is T => node !== null);
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { status, message, response } = error as {
    status?: number;
    message?: string;
    response?: { headers?: Refusal["headers"] };
  };
  if (status === undefined) throw error;
  return new Refused(classifyRefusal({ status, message: message ?? "", headers: response?.headers ?? {} }));
}

async function lookup<R, T>(read: () => Promise<R>, value: (answer: R) => T): Promise<Lookup<T>> {
  try {
    return { state: "found", value: value(await read()) };
  } catch (error) {
    const { verdict } = refusalOf(error);
    return verdict.kind === "gone" ? { state: "absent" } : { state: "unreadable", why: verdict.reason };
  }
}

async function changing(call: () => Promise<unknown>): Promise<CallOutcome> {
  try {
    await call();
    return { state: "done" };
  } catch (error) {
    const { verdict } = refusalOf(error);
    return verdict.kind === "gone" ? { state: "absent" } : { state: "refused", why: verdict.reason };
  }
}

/** The answer without fields that hold a working secret. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (SECRET_FIELDS.has(key) ? [] : [[key, withoutSecrets(inner)]])),
  );
}
