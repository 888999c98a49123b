/** GraphQL, with pages that are halved when GitHub cannot answer them in time, and half an answer kept as half an answer. */
import type { Octokit } from "@octokit/rest";
import { classifyGraphErrors, filteredBySso, type GraphError, type Refusal } from "../classify-refusal.ts";
import { QUERIES } from "../queries.ts";
import { Refused, refusalOf, type ReadAnswer } from "./refused.ts";

const FIRST_PAGE = 50;
const SMALLEST_PAGE = 5;
/** Rows asked for when one team's or repository's list is read on by itself. */
const SINGLE_LIST_PAGE = 100;
/** Things asked for one by one that GitHub could not answer, after which it is not asked for more of them. */
const FAILURES_IN_A_ROW = 3;

/** A connection of a GraphQL answer. */
interface Connection {
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges?: unknown[];
  nodes?: unknown[];
}

type Data = Readonly<Record<string, unknown>>;
type Page =
  | { readonly state: "page"; readonly data: Data; readonly gaps: readonly string[] }
  | { readonly state: "too-deep" };
type Variables = Readonly<Record<string, string | number | null | readonly string[]>>;

/** Where a list lies in the answers: the names down to its connection, and what its rows are called. */
interface ListPlace {
  readonly path: readonly string[];
  readonly list: "edges" | "nodes";
}

/** How reading a list went on. */
interface Walk {
  readonly rows: unknown[];
  readonly gaps: string[];
  readonly outer: Data;
  readonly last: Connection | undefined;
}

export class GraphReader {
  readonly #octokit: Octokit;
  readonly #organization: string;
  readonly #base: string;
  readonly #onPoints: (points: number) => void;

  /** `onPoints` is told what GitHub says an answer cost. */
  constructor(octokit: Octokit, organization: string, baseUrl: string, onPoints: (points: number) => void = () => {}) {
    this.#octokit = octokit;
    this.#organization = organization;
    this.#onPoints = onPoints;
    // GitHub Enterprise Server has REST under /api/v3 and GraphQL under /api.
    this.#base = baseUrl.replace(/\/v3\/?$/, "");
  }

  /** One question without pages; what could be read of it. Throws {@link Refused}. */
  async ask(query: string, variables: Variables): Promise<Data> {
    const page = await this.#page(query, { organization: this.#organization, ...variables }, undefined);
    if (page.state === "too-deep") throw new Refused({ kind: "temporary", reason: TOO_SLOW });
    return page.data;
  }

  async members(): Promise<ReadAnswer> {
    const place: ListPlace = { path: ["organization", "membersWithRole"], list: "edges" };
    try {
      return await this.#list("members", QUERIES.members, place);
    } catch (error) {
      // Verified e-mails need a scope of their own; who the members are does not.
      if (!(error instanceof Refused) || error.verdict.kind !== "scopes") throw error;
      return this.#list("members", QUERIES.membersPlain, place);
    }
  }

  repositories(): Promise<ReadAnswer> {
    return this.#list("repositories", QUERIES.repositories, { path: ["organization", "repositories"], list: "nodes" });
  }

  /** Teams; those with more than a hundred members or repositories are read on by themselves. */
  async teams(): Promise<ReadAnswer> {
    const answer = await this.#list("teams", QUERIES.teams, { path: ["organization", "teams"], list: "nodes" });
    for (const team of nodesOf<{ slug: string; members: Connection; repositories: Connection }>(answer, "teams")) {
      for (const [name, query] of [
        ["members", QUERIES.teamMembers],
        ["repositories", QUERIES.teamRepositories],
      ] as const)
        await this.#readOn(query, { team: team.slug }, ["organization", "team", name], team[name], answer.gaps);
    }
    return answer;
  }

  /** Direct collaborators of every repository; long lists are read on by themselves. */
  async collaborators(): Promise<ReadAnswer> {
    const place: ListPlace = { path: ["organization", "repositories"], list: "nodes" };
    const answer = await this.#list("collaborators", QUERIES.collaborators, place);
    for (const repository of nodesOf<{ nameWithOwner: string; collaborators: Connection | null }>(
      answer,
      "repositories",
    )) {
      // GitHub answers null where the token may not see who collaborates: the conversion counts these.
      if (repository.collaborators === null) continue;
      const [owner = "", name = ""] = repository.nameWithOwner.split("/");
      const path = ["repository", "collaborators"];
      await this.#readOn(QUERIES.repositoryCollaborators, { owner, name }, path, repository.collaborators, answer.gaps);
    }
    return answer;
  }

  /** A connection of the organization, all pages; `query` takes `$organization`, `$first` and `$after`. Throws {@link Refused}. */
  list(operation: string, query: string, connection: string): Promise<ReadAnswer> {
    return this.#list(operation, query, { path: ["organization", connection], list: "nodes" });
  }

  /** One question without pages as an answer to keep, with what GitHub left out of it. Throws {@link Refused}. */
  async answer(operation: string, query: string, variables: Variables = {}): Promise<ReadAnswer> {
    const page = await this.#page(query, { organization: this.#organization, ...variables }, undefined);
    if (page.state === "too-deep") throw new Refused({ kind: "temporary", reason: TOO_SLOW });
    const parameters = { operation, variables: { organization: this.#organization, ...variables } };
    return { requests: [{ route: "POST /graphql", parameters, answer: page.data }], gaps: [...page.gaps] };
  }

  /** A connection that lies deeper, all pages, with nothing but the way to it; `query` takes `$first` and `$after`. Throws {@link Refused}. */
  async below(
    operation: string,
    query: string,
    path: readonly string[],
    variables: Variables = {},
  ): Promise<ReadAnswer> {
    const { rows, gaps, last } = await this.#walk(query, variables, { path, list: "nodes" }, FIRST_PAGE, null);
    const connection: unknown = { totalCount: last?.totalCount ?? rows.length, nodes: rows };
    const answer = path.reduceRight((inner, name) => ({ [name]: inner }), connection);
    const parameters = { operation, variables: { organization: this.#organization, ...variables } };
    return { requests: [{ route: "POST /graphql", parameters, answer }], gaps };
  }

  /**
   * Things by their ids, so many at a time and half as many where GitHub cannot answer in time, as one answer in the order of the
   * ids; `query` takes `$ids` and asks for `nodes(ids: $ids)`. What GitHub does not show is null there, and a gap. Throws
   * {@link Refused} where nothing at all was shown.
   */
  async nodes(operation: string, query: string, ids: readonly string[], pageSize: number): Promise<ReadAnswer> {
    const nodes: unknown[] = [];
    const gaps = new Set<string>();
    let refused: Refused | undefined;
    let size = pageSize;
    let failures = 0;
    while (nodes.length < ids.length) {
      const some = ids.slice(nodes.length, nodes.length + size);
      const page = await this.#nodesPage(query, some, size);
      if (page === "too-deep" && some.length > 1) {
        size = Math.floor(some.length / 2);
        continue;
      }
      if (page === "too-deep" || page instanceof Refused) {
        refused = page === "too-deep" ? new Refused({ kind: "temporary", reason: TOO_SLOW }) : page;
        gaps.add(refused.verdict.reason);
        failures += 1;
        size = pageSize;
        // One thing too large says nothing of the next; several in a row do, and who is refused once is refused again.
        const over = page !== "too-deep" || failures === FAILURES_IN_A_ROW;
        nodes.push(...(over ? ids.slice(nodes.length) : some).map(() => null));
        continue;
      }
      failures = 0;
      for (const gap of page.gaps) gaps.add(gap);
      nodes.push(...page.nodes);
    }
    if (refused !== undefined && nodes.every((node) => node === null)) throw refused;
    const hidden = nodes.filter((node) => node === null).length;
    if (hidden > 0 && gaps.size === 0) gaps.add(`GitHub does not show ${hidden} of ${ids.length} to this token`);
    const parameters = { operation, variables: { ids: [...ids] } };
    return { requests: [{ route: "POST /graphql", parameters, answer: { nodes } }], gaps: [...gaps] };
  }

  /** One page of {@link nodes}, as long as what was asked for; a refusal is a value, so that other pages go on. */
  async #nodesPage(
    query: string,
    ids: readonly string[],
    size: number,
  ): Promise<"too-deep" | Refused | { readonly nodes: readonly unknown[]; readonly gaps: readonly string[] }> {
    try {
      const page = await this.#page(query, { ids }, size);
      if (page.state === "too-deep") return "too-deep";
      const nodes = page.data["nodes"] as readonly unknown[] | null | undefined;
      return { nodes: ids.map((_, at) => nodes?.[at] ?? null), gaps: page.gaps };
    } catch (error) {
      if (!(error instanceof Refused) || error.verdict.kind === "sign-in") throw error;
      return error;
    }
  }

  /** Every page of a connection, merged into one answer of GitHub's own shape. */
  async #list(operation: string, query: string, place: ListPlace): Promise<ReadAnswer> {
    const { rows, gaps, outer, last } = await this.#walk(query, {}, place, FIRST_PAGE, null);
    const [top = "", name = ""] = place.path;
    const answer = { [top]: { ...outer, [name]: { totalCount: last?.totalCount ?? rows.length, [place.list]: rows } } };
    const parameters = { operation, variables: { organization: this.#organization } };
    return { requests: [{ route: "POST /graphql", parameters, answer }], gaps };
  }

  /** Reads the rest of a nested list that was cut at a hundred, into the list itself. */
  async #readOn(
    query: string,
    variables: Variables,
    path: readonly string[],
    list: Connection,
    gaps: string[],
  ): Promise<void> {
    if (!list.pageInfo.hasNextPage || list.pageInfo.endCursor === null) return;
    try {
      const rest = await this.#walk(
        query,
        variables,
        { path, list: "edges" },
        SINGLE_LIST_PAGE,
        list.pageInfo.endCursor,
      );
      list.edges?.push(...rest.rows);
      gaps.push(...rest.gaps);
      if (rest.gaps.length === 0) list.pageInfo = { hasNextPage: false, endCursor: null };
    } catch (error) {
      // Gone or hidden since the first page: that is a gap of one list, not the end of the step.
      if (!(error instanceof Refused) || error.verdict.kind === "sign-in") throw error;
      gaps.push(`${Object.values(variables).join("/")}: ${error.verdict.reason}`);
    }
  }

  /** All pages from a cursor on. Pages that were read are kept when a later one is refused. */
  async #walk(
    query: string,
    variables: Variables,
    { path, list }: ListPlace,
    size: number,
    from: string | null,
  ): Promise<Walk> {
    const rows: unknown[] = [];
    const gaps = new Set<string>();
    const seen = new Set<string>();
    let outer: Data = {};
    let last: Connection | undefined;
    let after = from;
    let first = size;
    const result = (): Walk => ({ rows, gaps: [...gaps], outer, last });
    for (;;) {
      let page: Page;
      try {
        page = await this.#page(query, { organization: this.#organization, ...variables, first, after }, first);
      } catch (error) {
        if (last === undefined || !(error instanceof Refused) || error.verdict.kind === "sign-in") throw error;
        gaps.add(error.verdict.reason);
        return result();
      }
      if (page.state === "too-deep") {
        if (first > SMALLEST_PAGE) {
          first = Math.max(SMALLEST_PAGE, Math.floor(first / 2));
          continue;
        }
        if (last === undefined) throw new Refused({ kind: "temporary", reason: TOO_SLOW });
        gaps.add("GitHub could not answer some pages in time");
        return result();
      }
      for (const gap of page.gaps) gaps.add(gap);
      const connection = path.reduce<unknown>((at, name) => (at as Data | null | undefined)?.[name], page.data) as
        | Connection
        | null
        | undefined;
      if (connection === undefined || connection === null) {
        const reason = page.gaps[0] ?? `GitHub does not show the ${path.at(-1) ?? "list"} to this token`;
        if (last === undefined) throw new Refused({ kind: "denied", reason });
        gaps.add(reason);
        return result();
      }
      outer = page.data[path[0] ?? ""] as Data;
      last = connection;
      rows.push(...(connection[list] ?? []));
      const { hasNextPage, endCursor } = connection.pageInfo;
      if (!hasNextPage || endCursor === null) return result();
      if (seen.has(endCursor)) {
        gaps.add("GitHub named the same next page twice");
        return result();
      }
      seen.add(endCursor);
      after = endCursor;
    }
  }

  /** One call. `size` is that of a page which can be asked again smaller; undefined where there is nothing to shrink. */
  async #page(query: string, variables: Variables, size: number | undefined): Promise<Page> {
    // A page that was too deep is asked again smaller, not again as it is.
    const retries = size === undefined || size <= SMALLEST_PAGE ? 2 : 0;
    let answer: { data?: Data | null; errors?: readonly GraphError[] };
    let headers: Refusal["headers"];
    try {
      const response = await this.#octokit.request("POST /graphql", {
        baseUrl: this.#base,
        query: withCost(query),
        variables,
        request: { retries },
      });
      answer = response.data as typeof answer;
      headers = response.headers;
    } catch (error) {
      const refused = refusalOf(error);
      if (!refused.unreachable && ((error as { status?: number }).status ?? 0) >= 500) return { state: "too-deep" };
      throw refused;
    }
    const { errors = [] } = answer;
    const { rateLimit, ...data } = answer.data ?? {};
    this.#onPoints((rateLimit as { readonly cost?: number } | null | undefined)?.cost ?? 0);
    const filtered = filteredBySso(headers);
    const gaps = filtered === undefined ? [] : [filtered];
    if (errors.length === 0) return { state: "page", data, gaps };
    const verdict = classifyGraphErrors(errors, headers);
    // Answers with errors still hold what could be read: null fields are unknown, not empty.
    if (Object.values(data).every((value) => value === null)) throw new Refused(verdict);
    return { state: "page", data, gaps: [...gaps, `GitHub left fields out: ${verdict.reason}`] };
  }
}

/** The question, and what it costs: GitHub counts GraphQL by points. */
const withCost = (query: string): string => query.replace(/\}\s*$/, "  rateLimit { cost }\n}");

const TOO_SLOW = "GitHub could not answer even small pages in time";

function nodesOf<T>(answer: ReadAnswer, connection: string): readonly T[] {
  return answer.requests
    .flatMap(
      (request) =>
        (request.answer as { organization: Record<string, { nodes?: (T | null)[] }> }).organization[connection]
          ?.nodes ?? [],
    )
    .filter((node): node is T => node !== null);
}
