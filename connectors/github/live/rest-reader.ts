import type { Octokit } from "@octokit/rest";
import { filteredBySso, type Refusal } from "../classify-refusal.ts";
import { Refused, refusalOf, type ReadAnswer } from "./refused.ts";

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** What a single call gave. */
export interface Reply<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Refusal["headers"];
}

/** How a list is read. */
export interface ListOptions {
  /** The member an envelope holds its list in; the merged answer is an envelope again. */
  readonly member?: string;
  /** What to keep of the rows read so far; for lists too long to be kept whole. */
  readonly keep?: (rows: unknown[]) => unknown[];
  /** Pages after which reading stops, with a gap. */
  readonly maximumPages?: number;
}

/** REST, with pages merged and refusals told apart. */
export class RestReader {
  readonly #octokit: Octokit;
  readonly #origin: string;
  /** Says what a "not found" about a repository means; where left out, GitHub's own words have to do. */
  explainMissing: ((repository: string, refused: Refused) => Promise<string>) | undefined;

  constructor(octokit: Octokit, baseUrl: string) {
    this.#octokit = octokit;
    this.#origin = new URL(baseUrl).origin;
  }

  /** One call. Throws {@link Refused}. */
  async call<T>(
    route: string,
    parameters: Parameters,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply<T>> {
    try {
      const { data, status, headers: answered } = await this.#octokit.request(route, { ...parameters, headers });
      return { data: data as T, status, headers: answered };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** An answer without pages. */
  async one(route: string, parameters: Record<string, string>): Promise<ReadAnswer> {
    const { data, headers } = await this.#explained(parameters, () => this.call(route, parameters));
    const filtered = filteredBySso(headers);
    return { requests: [{ route, parameters, answer: data }], gaps: filtered === undefined ? [] : [filtered] };
  }

  /**
   * All pages of a list. What was read before a page was refused is kept and marked: half a list is not the list, but it is
   * not nothing. Throws {@link Refused} when the first page is refused.
   */
  async list(route: string, parameters: Record<string, string>, options: ListOptions = {}): Promise<ReadAnswer> {
    const { member, keep = (rows) => rows, maximumPages = Number.POSITIVE_INFINITY } = options;
    const gaps = new Set<string>();
    const seen = new Set<string>();
    let rows: unknown[] = [];
    let pages = 0;
    let total: unknown;
    let next: string | undefined;
    try {
      do {
        const { data, headers }: Reply<unknown> =
          next === undefined
            ? await this.#explained(parameters, () => this.call(route, { ...parameters, per_page: 100 }))
            : await this.call(`GET ${next}`, {});
        const found: unknown = member === undefined ? data : (data as Readonly<Record<string, unknown>>)[member];
        if (!Array.isArray(found))
          throw new Refused({ kind: "temporary", reason: "GitHub answered something that is no list" });
        rows = keep([...rows, ...(found as unknown[])]);
        total = (data as { readonly total_count?: unknown }).total_count ?? total;
        pages += 1;
        const filtered = filteredBySso(headers);
        if (filtered !== undefined) gaps.add(filtered);
        next = this.#nextOf(headers, gaps);
        if (next !== undefined && seen.has(next)) {
          gaps.add("GitHub named the same next page twice");
          next = undefined;
        }
        if (next !== undefined && pages >= maximumPages) {
          gaps.add(`only the newest ${pages * 100} entries were read`);
          next = undefined;
        }
        if (next !== undefined) seen.add(next);
      } while (next !== undefined);
    } catch (error) {
      const refused = refusalOf(error);
      if (pages === 0 || refused.verdict.kind === "sign-in") throw refused;
      gaps.add(refused.verdict.reason);
    }
    const answer =
      member === undefined ? rows : { total_count: typeof total === "number" ? total : rows.length, [member]: rows };
    return { requests: [{ route, parameters, answer }], gaps: [...gaps] };
  }

  /** The call, with a "not found" about a repository explained where somebody can. */
  async #explained<T>({ owner, repo }: Record<string, string>, call: () => Promise<Reply<T>>): Promise<Reply<T>> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Refused) || error.verdict.kind !== "gone" || this.explainMissing === undefined)
        throw error;
      if (owner === undefined || repo === undefined) throw error;
      throw new Refused({ ...error.verdict, reason: await this.explainMissing(`${owner}/${repo}`, error) });
    }
  }

  /** The next page. It is asked with the token, so an address elsewhere is not followed. */
  #nextOf(headers: Refusal["headers"], gaps: Set<string>): string | undefined {
    const next = /<([^>]+)>;\s*rel="next"/.exec(String(headers["link"] ?? ""))?.[1];
    if (next === undefined || (URL.canParse(next) && new URL(next).origin === this.#origin)) return next;
    gaps.add("GitHub named a next page at another address");
    return undefined;
  }
}
