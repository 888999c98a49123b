import type { Octokit } from "@octokit/rest";
import { filteredBySso, type Refusal } from "../classify-refusal.ts";
import type { KeptPages } from "./kept-pages.ts";
import { Refused, refusalOf, type ReadAnswer } from "./refused.ts";

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** What a single call gave. */
export interface Reply<T> {
  readonly data: T;
  readonly status: number;
  readonly headers: Refusal["headers"];
}

/** Rows a page is asked for: GitHub's most. */
const PAGE = 100;

/** How a list is read. */
export interface ListOptions {
  /** The member an envelope holds its list in; the merged answer is an envelope again. */
  readonly member?: string;
  /** What of a row may be kept: the rest is seen by nobody and written nowhere. */
  readonly row?: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** What to keep of the rows read so far; for lists too long to be kept whole. */
  readonly keep?: (rows: unknown[]) => unknown[];
  /** Whether what was read so far is enough; asked where there are more pages. */
  readonly enough?: (rows: readonly unknown[], pages: number) => boolean;
  /** Pages after which reading stops, with a gap. */
  readonly maximumPages?: number;
}

/** What a reader may be given beside the SDK. */
export interface ReaderSettings {
  /** Says what a "not found" about a repository means; where left out, GitHub's own words have to do. */
  readonly explainMissing?: (repository: string, refused: Refused) => Promise<string>;
  /** Answers of earlier runs; where left out, everything is asked for. */
  readonly kept?: KeptPages;
}

/** A page: its body as it may be kept, what follows it, what GitHub left out of it, and whether it was not asked for. */
interface Page {
  readonly held?: boolean;
  readonly data: unknown;
  readonly next: string | null;
  readonly gap: string | null;
}

/** REST, with pages merged, refusals told apart, and what is known to hold not asked for again. */
export class RestReader {
  readonly #octokit: Octokit;
  readonly #base: string;
  readonly #settings: ReaderSettings;

  constructor(octokit: Octokit, baseUrl: string, settings: ReaderSettings = {}) {
    this.#octokit = octokit;
    this.#base = baseUrl;
    this.#settings = settings;
  }

  /** Whether this is GitHub Enterprise Server, which has REST under a path of its own. */
  get isServer(): boolean {
    return /\/v3\/?$/.test(this.#base);
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

  /** An answer without pages; with `options` one that holds a list, cut to what may be kept. */
  async one(
    route: string,
    parameters: Record<string, string>,
    options?: Pick<ListOptions, "member" | "row">,
  ): Promise<ReadAnswer> {
    const { data, gap } = await this.#explained(parameters, () => this.#page(route, parameters, parameters, options));
    return { requests: [{ route, parameters, answer: data }], gaps: gap === null ? [] : [gap] };
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
    let next: string | null = null;
    // Once a page was asked for, those behind it are: a row may have moved from one to the next.
    let mayHold = true;
    try {
      do {
        const address: string | null = next;
        const page: Page =
          address === null
            ? await this.#explained(parameters, () =>
                this.#page(route, { ...parameters, per_page: PAGE }, parameters, options),
              )
            : await this.#page(`GET ${address}`, {}, parameters, options, mayHold);
        mayHold &&= page.held === true;
        rows = keep([...rows, ...(rowsOf(page.data, member) ?? [])]);
        total = (page.data as { readonly total_count?: unknown }).total_count ?? total;
        pages += 1;
        if (page.gap !== null) gaps.add(page.gap);
        next = this.#ownAddress(page.next, gaps);
        if (next !== null && seen.has(next)) {
          gaps.add("GitHub named the same next page twice");
          next = null;
        }
        if (next !== null && options.enough?.(rows, pages) === true) next = null;
        if (next !== null && pages >= maximumPages) {
          gaps.add(`only the newest ${pages * 100} entries were read`);
          next = null;
        }
        if (next !== null) seen.add(next);
      } while (next !== null);
    } catch (error) {
      const refused = refusalOf(error);
      if (pages === 0 || refused.verdict.kind === "sign-in") throw refused;
      gaps.add(refused.verdict.reason);
    }
    const answer =
      member === undefined ? rows : { total_count: typeof total === "number" ? total : rows.length, [member]: rows };
    return { requests: [{ route, parameters, answer }], gaps: [...gaps] };
  }

  /** A page, from what was kept where that is known to hold or GitHub says so. Throws {@link Refused}. */
  async #page(
    route: string,
    parameters: Parameters,
    about: Parameters,
    options?: ListOptions,
    mayHold = true,
  ): Promise<Page> {
    const { kept } = this.#settings;
    // What is only kept in part is not what GitHub answered.
    if (kept === undefined || options?.keep !== undefined) return pageOf(await this.call(route, parameters), options);
    const { method, url } = this.#octokit.request.endpoint(route, parameters);
    const key = [`${method} ${url}`, kept.identity(about)].filter((part) => part !== "").join(" ");
    const before = kept.answers.get(key);
    const until = before === undefined || !mayHold ? null : kept.holds(before, about);
    if (before !== undefined && until !== null) {
      kept.answers.useAgain(before, until);
      kept.onKept("again");
      return { ...before, held: true };
    }
    // A full page that was the last may be followed by another now, and GitHub does not promise that its ETag tells.
    const full = before?.next === null && (rowsOf(before.data, options?.member)?.length ?? 0) >= PAGE;
    const reply = await this.#unlessSame(route, parameters, full ? null : (before?.etag ?? null));
    const now = kept.clock.now();
    if ("sameWith" in reply) {
      if (before === undefined) throw new RangeError(`GitHub confirmed ${key}, which was not kept`);
      kept.onKept("not-modified");
      const confirmed = { ...before, next: nextIn(reply.sameWith) ?? before.next, at: now, checked: now };
      await kept.answers.keep(confirmed);
      return confirmed;
    }
    const page = pageOf(reply, options);
    const etag = reply.headers["etag"];
    await kept.answers.keep({ key, at: now, checked: now, etag: etag === undefined ? null : String(etag), ...page });
    return page;
  }

  /** One call that GitHub need not answer where nothing changed: status 304, which does not count against the primary limit. */
  async #unlessSame(
    route: string,
    parameters: Parameters,
    etag: string | null,
  ): Promise<Reply<unknown> | { readonly sameWith: Refusal["headers"] }> {
    try {
      const headers = etag === null ? {} : { "if-none-match": etag };
      const { data, status, headers: answered } = await this.#octokit.request(route, { ...parameters, headers });
      return { data: data as unknown, status, headers: answered };
    } catch (error) {
      const { status, response } = error as {
        readonly status?: number;
        readonly response?: { readonly headers?: Refusal["headers"] };
      };
      if (status === 304) return { sameWith: response?.headers ?? {} };
      throw refusalOf(error);
    }
  }

  /** The call, with a "not found" about a repository explained where somebody can. */
  async #explained<T>({ owner, repo }: Record<string, string>, call: () => Promise<T>): Promise<T> {
    const { explainMissing } = this.#settings;
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Refused) || error.verdict.kind !== "gone" || explainMissing === undefined) throw error;
      if (owner === undefined || repo === undefined) throw error;
      throw new Refused({ ...error.verdict, reason: await explainMissing(`${owner}/${repo}`, error) });
    }
  }

  /** The next page. It is asked with the token, so an address elsewhere is not followed. */
  #ownAddress(next: string | null, gaps: Set<string>): string | null {
    if (next === null || (URL.canParse(next) && new URL(next).origin === new URL(this.#base).origin)) return next;
    gaps.add("GitHub named a next page at another address");
    return null;
  }
}

function rowsOf(data: unknown, member: string | undefined): readonly unknown[] | undefined {
  const found: unknown = member === undefined ? data : (data as Readonly<Record<string, unknown>> | null)?.[member];
  return Array.isArray(found) ? (found as readonly unknown[]) : undefined;
}

const nextIn = (headers: Refusal["headers"]): string | null =>
  /<([^>]+)>;\s*rel="next"/.exec(String(headers["link"] ?? ""))?.[1] ?? null;

/** What a reply holds of a page. `options` is given for lists. */
function pageOf({ data, headers }: Reply<unknown>, options: ListOptions | undefined): Page {
  const next = nextIn(headers);
  const gap = filteredBySso(headers) ?? null;
  if (options === undefined) return { data, next, gap };
  const { member, row } = options;
  const rows = rowsOf(data, member);
  if (rows === undefined) throw new Refused({ kind: "temporary", reason: "GitHub answered something that is no list" });
  if (row === undefined) return { data, next, gap };
  const kept = (rows as readonly Readonly<Record<string, unknown>>[]).map(row);
  return { data: member === undefined ? kept : { ...(data as object), [member]: kept }, next, gap };
}
