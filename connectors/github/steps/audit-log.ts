import { z } from "zod";
import { addDays, dayOf, type Instant } from "../../../src/model/instant.ts";
import { AUDIT_LOG_DAYS, AUDIT_LOG_ROUTE, withLateEntries } from "../audit-log.ts";
import { auditLog as convert } from "../convert/audit-log.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import { rawAuditEntry, type RawAuditEntry } from "../raw.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { eachOne } from "./each-one.ts";

/** 50,000 entries: above it a busy organization would be read for hours. */
const AUDIT_LOG_PAGES = 500;
/** People who are asked for one by one at most, where the pages did not show them. */
const MOST_ASKED = 3_000;
const ROUTE = AUDIT_LOG_ROUTE;
const KEY = "newest";

const NOTHING: ReadAnswer = { requests: [], gaps: [] };

/** What is kept from one run to the next: the newest entry of everybody it looked for. */
interface Newest {
  readonly people: readonly string[];
  readonly rows: readonly RawAuditEntry[];
}

/**
 * The last activity of each login, from the audit log: read from its newest entry on until everybody was seen, or until asking for
 * the rest one by one is cheaper than the pages read so far; from the second run on only what is new.
 */
export const auditLog: GitHubStep = {
  manifest: {
    id: "audit-log",
    title: "activity",
    provides: ["activity"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators", "installations"],
  },
  shapes: { [ROUTE]: z.array(rawAuditEntry) },
  usually: "the audit log is part of GitHub Enterprise Cloud and shown to owners only; ",
  async read(reader) {
    const { organization: org, clock, kept } = reader;
    const now = clock.now();
    const first = dayOf(addDays(now, -AUDIT_LOG_DAYS));
    const people = reader.sweep.people ?? [];
    const before = kept?.get(KEY);
    const earlier = (before?.data ?? null) as Newest | null;
    const looked = new Set(earlier?.people);
    const { requests, gaps } =
      before === undefined
        ? await newestOf(reader, people, first)
        : await both(
            await newestOf(
              reader,
              people.filter((login) => looked.has(login)),
              withLateEntries(before.checked),
            ),
            // Who came since the last run may have been active before it.
            () => {
              const others = people.filter((login) => !looked.has(login));
              return others.length === 0 ? Promise.resolve(NOTHING) : newestOf(reader, others, first);
            },
          );
    const found = requests.flatMap(({ answer }) => answer as readonly RawAuditEntry[]);
    // What GitHub itself would no longer show is not kept for longer.
    const still = (earlier?.rows ?? []).filter((row) => momentOf(row) >= Date.parse(first));
    const rows = newestOfEach([...still, ...found]);
    if (gaps.length === 0)
      await kept?.keep({
        key: KEY,
        at: now,
        checked: now,
        etag: null,
        next: null,
        gap: null,
        data: { people, rows: rows.map(onlyWhoAndWhen) } satisfies Newest,
      });
    // Half a log is not added to what was kept: the next run reads it again from there.
    else if (before !== undefined) kept?.useAgain(before, before.checked);
    const parameters = { org, include: "all", phrase: `created:>=${first}` };
    return { requests: [{ route: ROUTE, parameters, answer: rows }], gaps };
  },
  convert,
  // Pages until those who are left are cheaper to ask for one by one: about one person in six is.
  cost: ({ members, auditLog }) => restCalls(auditLog === true ? 10 + Math.ceil(members / 6) : 1),
};

/** The newest entry of each of them since a moment. */
async function newestOf(reader: StepReader, people: readonly string[], since: Instant): Promise<ReadAnswer> {
  const { rest, organization: org } = reader;
  const seen = new Set<string>();
  let ended = true;
  const unseen = (): readonly string[] => people.filter((login) => !seen.has(login));
  const answer = await rest.list(
    ROUTE,
    { org, include: "all", phrase: `created:>=${since}` },
    {
      keep: newestOfEach,
      enough(rows, pages) {
        for (const { actor } of rows as readonly RawAuditEntry[]) seen.add((actor ?? "").toLowerCase());
        ended = unseen().length > pages && pages < AUDIT_LOG_PAGES;
        return !ended;
      },
    },
  );
  // Read to its end, or refused half-way.
  if (ended) return answer;
  const left = unseen();
  const over = left.length - MOST_ASKED;
  const gap = over > 0 ? [`${over} of ${people.length} people were not looked for`] : [];
  return both(answer, async () => {
    const { requests, gaps } = await oneByOne(reader, left.slice(0, MOST_ASKED), since);
    return { requests, gaps: [...gaps, ...gap] };
  });
}

/** The newest entry of each, asked for by name: one call each. */
async function oneByOne(
  { rest, organization: org }: StepReader,
  people: readonly string[],
  since: Instant,
): Promise<ReadAnswer> {
  try {
    return await eachOne(people, (login) => ({
      about: login,
      ask: () =>
        rest.list(
          ROUTE,
          { org, include: "all", phrase: `created:>=${since} actor:${login}` },
          { keep: newestOfEach, enough: () => true },
        ),
    }));
  } catch (error) {
    // What the pages showed is not lost because nothing more was.
    if (!(error instanceof Refused) || isSignIn(error)) throw error;
    return { requests: [], gaps: [error.verdict.reason] };
  }
}

async function both(first: ReadAnswer, second: () => Promise<ReadAnswer>): Promise<ReadAnswer> {
  const then = await second();
  return { requests: [...first.requests, ...then.requests], gaps: [...first.gaps, ...then.gaps] };
}

const momentOf = ({ created_at: created, "@timestamp": stamp }: RawAuditEntry): number => created ?? stamp ?? 0;

const onlyWhoAndWhen = ({ actor, created_at, "@timestamp": stamp }: RawAuditEntry): RawAuditEntry => ({
  actor,
  ...(created_at === undefined ? {} : { created_at }),
  ...(stamp === undefined ? {} : { "@timestamp": stamp }),
});

/** The newest entry of each actor: nothing else of the log is needed, so nothing else is kept or recorded. */
function newestOfEach<T>(rows: readonly T[]): T[] {
  const newest = new Map<string, { readonly at: number; readonly row: T }>();
  for (const row of rows) {
    const entry = row as RawAuditEntry;
    const { actor } = entry;
    if (actor === undefined || actor === null) continue;
    const at = momentOf(entry);
    if (at >= (newest.get(actor)?.at ?? 0)) newest.set(actor, { at, row });
  }
  return [...newest.values()].map(({ row }) => row);
}
