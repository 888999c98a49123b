import {
  missingScopes,
  permissionWords,
  scopeWords,
  type Needs,
  type Permission,
} from "../../../src/policy/refusal/needs.ts";
import type { Reply } from "./rest-reader.ts";
import { isSignIn, Refused } from "./refused.ts";

/**
 * What a "not found" of GitHub means (facts: the probe ladder). `gone` is said only where the credential would see it if it were
 * there; where nobody can tell, it is `unknown`.
 */
export type ProbeVerdict = "gone" | "renamed" | "not-selected" | "permission-missing" | "plan" | "unknown";

/** What the ladder found out. */
export interface ProbeAnswer {
  readonly verdict: ProbeVerdict;
  /** In words, with the next step; for a row of coverage. */
  readonly reason: string;
  /** `owner/name` under which it is now, where it was renamed. */
  readonly now: string | null;
}

/** The call that was answered "not found". */
export interface NotFound {
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's number of the repository, which survives renaming; left out where it is not known. */
  readonly repositoryId?: number;
  /** What GitHub said would have been enough (`Verdict.needs`). */
  readonly needs?: Needs;
  /** The plan the thing asked for is part of, where it is part of one. */
  readonly plan?: "team" | "enterprise";
}

/** What is known of the credential. */
export interface ProbeSettings {
  readonly organization: string;
  readonly credential: "app" | "fine-grained" | "classic" | "unknown";
  /** True where the token belongs to an owner of the organization: of a classic one nothing is hidden. */
  readonly isOwner?: boolean;
  /** Permissions the credential has, by name; asked for where `asApp` is given. */
  readonly granted?: Readonly<Record<string, string>>;
  /** Calls signed with the app's own key, for `GET /orgs/{org}/installation`. */
  readonly asApp?: ProbeReader;
  /** Calls the ladder may cost in one run, {@link MOST_CALLS} where left out. */
  readonly mostCalls?: number;
}

/** What the ladder needs of the reader of REST. */
export interface ProbeReader {
  call<T>(route: string, parameters: Readonly<Record<string, string | number | boolean>>): Promise<Reply<T>>;
}

/** Explains "not found"; what it asked once in a run it does not ask again. */
export type Probe = (missing: NotFound) => Promise<ProbeAnswer>;

/** Calls all probes of a run may cost together: a sweep of two thousand repositories is not doubled by those that went away. */
export const MOST_CALLS = 40;
/** Pages of the app's own repositories that are read at most: five thousand repositories. */
const MOST_PAGES = 50;

type Sight =
  | { readonly state: "seen"; readonly name: string }
  | { readonly state: "hidden" }
  | { readonly state: "unanswered"; readonly why: string };

const ANSWER = (verdict: ProbeVerdict, reason: string, now: string | null = null): ProbeAnswer => ({
  verdict,
  reason,
  now,
});

/**
 * The ladder: is the token alive, is the organization there, is the repository there under its number, is it among the app's
 * repositories, has the credential what is needed. Throws {@link Refused} only where the token itself is no longer accepted.
 */
export function notFoundProbe(rest: ProbeReader, settings: ProbeSettings): Probe {
  const { organization, credential, isOwner = false, granted, asApp, mostCalls = MOST_CALLS } = settings;
  const kept = new Map<string, Promise<unknown>>();
  let calls = 0;

  /** Asks once in a run; parallel probes wait for the same answer. */
  function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const before = kept.get(key) as Promise<T> | undefined;
    if (before !== undefined) return before;
    const asked = ask();
    kept.set(key, asked);
    return asked;
  }

  async function call<T>(
    reader: ProbeReader,
    route: string,
    parameters: Readonly<Record<string, string | number>>,
  ): Promise<Reply<T>> {
    if (calls >= mostCalls) throw new SpentError();
    calls += 1;
    return reader.call<T>(route, parameters);
  }

  /** The token's scopes where it has some. The call costs nothing of the budget GitHub counts. */
  const alive = () =>
    once("alive", async () => {
      const { headers } = await call<unknown>(rest, "GET /rate_limit", {});
      const scopes = headers["x-oauth-scopes"];
      return scopes === undefined ? null : String(scopes).split(/,\s*/);
    });

  const organizationPlan = () =>
    once("organization", async () => {
      const { data } = await call<{ plan?: { name?: string } }>(rest, "GET /orgs/{org}", { org: organization });
      return data.plan?.name ?? null;
    });

  const sightOf = ({ repository, repositoryId }: NotFound) =>
    once(`repository ${repositoryId ?? repository.toLowerCase()}`, async (): Promise<Sight> => {
      const [owner = organization, repo = ""] = repository.split("/");
      try {
        const { data } =
          repositoryId === undefined
            ? await call<{ full_name?: string }>(rest, "GET /repos/{owner}/{repo}", { owner, repo })
            : await call<{ full_name?: string }>(rest, "GET /repositories/{repository_id}", {
                repository_id: repositoryId,
              });
        return { state: "seen", name: data.full_name ?? repository };
      } catch (error) {
        if (isGone(error)) return { state: "hidden" };
        return { state: "unanswered", why: whyOf(error) };
      }
    });

  /** How the app's repositories were chosen, and whether they hold this one; undefined where that cannot be read whole. */
  const selection = () =>
    once("selection", async () => {
      const names = new Set<string>();
      let kind: string | undefined;
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { data } = await call<{
          total_count: number;
          repository_selection?: string;
          repositories: readonly { readonly id: number; readonly full_name: string }[];
        }>(rest, "GET /installation/repositories", { per_page: 100, page });
        kind ??= data.repository_selection;
        for (const { id, full_name: name } of data.repositories) {
          names.add(String(id));
          names.add(name.toLowerCase());
        }
        // `all` needs no list: whatever is in the organization is among them.
        if (kind === "all" || names.size >= data.total_count * 2 || data.repositories.length === 0)
          return { kind, names };
      }
      return undefined;
    });

  const permissions = () =>
    once("permissions", async (): Promise<Readonly<Record<string, string>> | undefined> => {
      if (granted !== undefined || asApp === undefined) return granted;
      const { data } = await call<{ permissions?: Readonly<Record<string, string>> }>(
        asApp,
        "GET /orgs/{org}/installation",
        { org: organization },
      );
      return data.permissions;
    });

  async function visible(missing: NotFound): Promise<ProbeAnswer> {
    const { repository, plan, needs = { permissions: [], scopes: [] } } = missing;
    const has = await permissions().catch(quiet);
    if (has !== undefined && needs.permissions.length > 0 && !needs.permissions.some((list) => covers(has, list)))
      return ANSWER(
        "permission-missing",
        `\`${repository}\` is there: ${who(credential)} lacks ${permissionWords(needs.permissions)}`,
      );
    const lacking = needs.scopes.length > 0 ? needs.scopes : [];
    if (lacking.length > 0)
      return ANSWER("permission-missing", `\`${repository}\` is there: the token lacks ${scopeWords(lacking)}`);
    if (plan !== undefined) {
      const own = await organizationPlan().catch(quiet);
      if (typeof own === "string" && !includes(own, plan))
        return ANSWER("plan", `the organization's plan \`${own}\` does not include it: nothing has to be granted`);
    }
    // What was asked under the repository is hidden, or it is not there; the repository itself is.
    if (has === undefined && needs.permissions.length > 0)
      return ANSWER(
        "permission-missing",
        `\`${repository}\` is there, what was asked of it is not shown: ${who(credential)} needs ${permissionWords(needs.permissions)}`,
      );
    return ANSWER(
      "unknown",
      `\`${repository}\` is there, what was asked of it is not shown: it is not there, or its administrators alone see it`,
    );
  }

  async function hidden({ repository, repositoryId }: NotFound): Promise<ProbeAnswer> {
    if (credential === "app") {
      const chosen = await selection().catch(quiet);
      const listed = chosen?.names.has(repositoryId === undefined ? repository.toLowerCase() : String(repositoryId));
      if (chosen?.kind === "all")
        return ANSWER("gone", `\`${repository}\` is gone: the app sees every repository of the organization, not this`);
      if (chosen?.kind === "selected" && listed === false)
        return ANSWER(
          "not-selected",
          `\`${repository}\` is not among the app's repositories: an owner adds it in the app's installation, unless it was deleted`,
        );
    }
    const scopes = await alive().catch(quiet);
    if (credential === "classic" && isOwner && scopes?.includes("repo") === true)
      return ANSWER("gone", `\`${repository}\` is gone: an owner of the organization would see it`);
    if (Array.isArray(scopes) && missingScopes(["repo"], scopes).length > 0)
      return ANSWER(
        "permission-missing",
        `the token lacks the scope \`repo\`: private repositories are hidden from it, \`${repository}\` may be one`,
      );
    return ANSWER(
      "unknown",
      `\`${repository}\` was deleted, or ${who(credential)} may not see it: look whether it is among its repositories`,
    );
  }

  return async (missing) => {
    try {
      await alive();
      try {
        await organizationPlan();
      } catch (error) {
        if (!isGone(error)) throw error;
        return ANSWER(
          "unknown",
          `the organization \`${organization}\` itself is not shown: it was renamed, or ${who(credential)} is not let in`,
        );
      }
      const sight = await sightOf(missing);
      if (sight.state === "unanswered")
        return ANSWER("unknown", `whether \`${missing.repository}\` is there cannot be told: ${sight.why}`);
      if (sight.state === "hidden") return await hidden(missing);
      if (sight.name.toLowerCase() !== missing.repository.toLowerCase())
        return ANSWER(
          "renamed",
          `\`${missing.repository}\` is \`${sight.name}\` now: read it again, and look at trust policies that name it`,
          sight.name,
        );
      return await visible(missing);
    } catch (error) {
      if (isSignIn(error)) throw error;
      return ANSWER("unknown", `why \`${missing.repository}\` was not found is not known: ${whyOf(error)}`);
    }
  };
}

/** The calls a run may spend on probes are spent. */
class SpentError extends Error {
  constructor() {
    super("this run has asked often enough about what was not found");
  }
}

const isGone = (error: unknown): boolean => error instanceof Refused && error.verdict.kind === "gone";

/** What stops a rung, in words. A dead token and our own mistakes are thrown on. */
function whyOf(error: unknown): string {
  if (error instanceof SpentError) return error.message;
  if (error instanceof Refused && !isSignIn(error)) return error.verdict.reason;
  throw error;
}

/** A rung that was refused is a rung without an answer. */
function quiet(error: unknown): undefined {
  // An app's key that is not accepted says nothing of the token.
  if (error instanceof SpentError || error instanceof Refused) return undefined;
  throw error;
}

const LEVELS: readonly string[] = ["read", "write", "admin"];

/** Whether permissions that are held are enough for every one of a list: write includes read. */
function covers(has: Readonly<Record<string, string>>, list: readonly Permission[]): boolean {
  return list.every(({ name, level }) => LEVELS.indexOf(has[name] ?? "") >= LEVELS.indexOf(level));
}

const PLANS: readonly string[] = ["free", "team", "enterprise"];

/** A plan nobody knows includes everything: nothing is then called absent because of it. */
function includes(own: string, wanted: string): boolean {
  const place = PLANS.indexOf(own.toLowerCase());
  return place < 0 || place >= PLANS.indexOf(wanted);
}

function who(credential: ProbeSettings["credential"]): string {
  return credential === "app" ? "the app" : "the token";
}
