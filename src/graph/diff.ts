import type { Coverage } from "../model/coverage.ts";
import type { Credential } from "../model/credential.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { shownBy, stepOf, type Filed } from "./shown-by.ts";

/** Tables that people ask about when they ask what changed. */
const TABLES = ["principals", "credentials", "entitlements", "grants", "policies", "resources", "guardrails"] as const;

/** One record that differs. */
export interface Change {
  readonly table: (typeof TABLES)[number];
  readonly id: string;
  /** `not-visible`: it may still be there, but what would show it was not read this time. */
  readonly change: "added" | "removed" | "changed" | "not-visible";
  /** False where coverage leaves it open: `not-visible`, and `added` where what shows it was not read the time before. */
  readonly certain: boolean;
  readonly name: string;
  readonly tenantId: string;
  /** Fields that differ, for `changed`. */
  readonly fields: readonly string[];
}

/** What changed between two snapshots, and how coverage changed: a record that vanished with its coverage was not removed. */
export interface SnapshotDiff {
  readonly changes: readonly Change[];
  readonly coverage: readonly {
    readonly tenantId: string;
    readonly kind: string;
    /** Null: the best answer for the kind. Else one of several steps that answer for it, where it went another way. */
    readonly step: string | null;
    readonly before: string;
    readonly after: string;
  }[];
}

/** Fields that move without access having changed: reported elsewhere, noise here. */
const IGNORED = new Set(["lastUsedAt", "lastUsedWhere"]);

/** Compares record by record; changes come in order of table and id. */
export function diffSnapshots(before: Snapshot, after: Snapshot): SnapshotDiff {
  const [covered, coveredNow] = [coverageOf(before), coverageOf(after)];
  const [visibleBefore, visibleNow] = [visibility(coveredNow, covered), visibility(covered, coveredNow)];
  const [nameBefore, nameAfter] = [namer(before), namer(after)];
  const changes: Change[] = [];
  for (const table of TABLES) {
    const old = filedById(before, table);
    const now = filedById(after, table);
    for (const [id, filed] of now) {
      const { tenantId } = filed.row;
      const was = old.get(id);
      if (was === undefined) {
        changes.push({
          table,
          id,
          change: "added",
          certain: visibleBefore(filed),
          name: nameAfter(filed),
          tenantId,
          fields: [],
        });
        continue;
      }
      const { changed, hidden } = differing(was.row, filed.row);
      if (changed.length > 0)
        changes.push({
          table,
          id,
          change: "changed",
          certain: true,
          name: nameAfter(filed),
          tenantId,
          fields: changed,
        });
      // Other fields hide with their coverage, which is told once; a document can hide alone.
      else if (hidden.includes("document"))
        changes.push({
          table,
          id,
          change: "not-visible",
          certain: false,
          name: nameAfter(filed),
          tenantId,
          fields: ["document"],
        });
    }
    for (const [id, filed] of old) {
      if (now.has(id)) continue;
      const gone = visibleNow(filed);
      changes.push({
        table,
        id,
        change: gone ? "removed" : "not-visible",
        certain: gone,
        name: nameBefore(filed),
        tenantId: filed.row.tenantId,
        fields: [],
      });
    }
  }
  const order = new Map<string, number>(TABLES.map((table, place) => [table, place]));
  changes.sort((a, b) => (order.get(a.table) ?? 0) - (order.get(b.table) ?? 0) || (a.id < b.id ? -1 : 1));
  return { changes, coverage: coverageChanges(covered, coveredNow) };
}

function filedById(snapshot: Snapshot, table: (typeof TABLES)[number]): ReadonlyMap<string, Filed> {
  return new Map(snapshot[table].map((row) => [row.id, { table, row } as Filed]));
}

/** Most records: no list is made for them. */
const UNCHANGED: { readonly changed: readonly string[]; readonly hidden: readonly string[] } = {
  changed: [],
  hidden: [],
};

/**
 * Fields that differ: `changed` where both sides were read, `hidden` where only the earlier one was. Never a change: a value
 * that was read for the first time, because nobody knows what it was before.
 */
function differing(before: object, after: object): typeof UNCHANGED {
  const [old, now] = [before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>];
  const different: string[] = [];
  for (const field in old) if (!IGNORED.has(field) && !same(old[field], now[field])) different.push(field);
  for (const field in now) if (!(field in old) && !same(null, now[field])) different.push(field);
  if (different.length === 0) return UNCHANGED;
  different.sort();
  const unread = (value: unknown): boolean =>
    typeof value === "object" && value !== null && "known" in value && value.known === false;
  const visible = (field: string): boolean => !unread(old[field]) && !unread(now[field]);
  // The hash goes with the document: it is empty where that was not read.
  const changed = different.filter((field) => visible(field) && (field !== "documentHash" || visible("document")));
  return { changed, hidden: different.filter((field) => unread(now[field]) && !unread(old[field])) };
}

/** Whether two field values say the same; a field left out says what null says. */
function same(a: unknown, b: unknown): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, other] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  for (const key in one) if (!same(one[key], other[key])) return false;
  for (const key in other) if (!(key in one) && !same(undefined, other[key])) return false;
  return true;
}

/** Answers what people call a record of the snapshot. */
function namer(snapshot: Snapshot): (filed: Filed) => string {
  // A deploy key opens a repository: that is its holder.
  const holders = new Map(
    [...snapshot.resources, ...snapshot.principals].map(({ id, displayName }) => [id, displayName]),
  );
  const entitlements = new Map(snapshot.entitlements.map(({ id, displayName }) => [id, displayName]));
  return ({ table, row }) => {
    if (table === "grants")
      return `${holders.get(row.principalId) ?? row.principalId}: ${entitlements.get(row.entitlementId) ?? row.entitlementId}`;
    if (table === "credentials") {
      const holder = row.holderId === null ? undefined : (holders.get(row.holderId) ?? row.holderId);
      return holder === undefined ? credentialName(row) : `${holder}: ${credentialName(row)}`;
    }
    const record: Readonly<Record<string, unknown>> = { ...row };
    const name = ["locator", "displayName", "name"]
      .map((field) => record[field])
      .find((value) => typeof value === "string" && value !== "");
    return typeof name === "string" ? name : row.id;
  };
}

/** What it is with what its owner knows it by: `access key …2X7Q`, and `console password` of which each has one. */
function credentialName({ kind, displayHint }: Credential): string {
  const words = kind.replaceAll("-", " ");
  const noun = words.slice(words.lastIndexOf(" ") + 1);
  if (displayHint === words || displayHint === "") return words;
  return displayHint.startsWith(`${noun} `) ? `${words}${displayHint.slice(noun.length)}` : `${words} ${displayHint}`;
}

const RANK: Readonly<Record<Coverage["state"], number>> = { complete: 0, partial: 1, denied: 2, skipped: 3 };

/** What was read of each kind. */
interface CoverageOf {
  /** Best row per tenant and kind: where several steps answer for one kind, one good answer is enough. */
  readonly best: ReadonlyMap<string, Coverage>;
  /** The row of every step, by tenant, kind and step. */
  readonly steps: ReadonlyMap<string, Coverage>;
}

const kindKey = ({ tenantId, kind }: Pick<Coverage, "tenantId" | "kind">): string => `${tenantId}|${kind}`;
const stepKey = (row: Pick<Coverage, "tenantId" | "kind" | "step">): string => `${kindKey(row)}|${row.step}`;

function coverageOf(snapshot: Snapshot): CoverageOf {
  const best = new Map<string, Coverage>();
  const steps = new Map<string, Coverage>();
  for (const row of snapshot.coverage) {
    for (const [rows, key] of [
      [best, kindKey(row)],
      [steps, stepKey(row)],
    ] as const) {
      const before = rows.get(key);
      if (before === undefined || RANK[row.state] < RANK[before.state]) rows.set(key, row);
    }
  }
  return { best, steps };
}

/**
 * Answers whether the other snapshot would show a record, seen in one with coverage `seen`, if it existed there: every list
 * that showed it was read whole. Where coverage does not say what showed it, all that was read of the tenant has to be.
 */
function visibility(seen: CoverageOf, other: CoverageOf): (filed: Filed) => boolean {
  const remembered = new Map<string, boolean>();
  return (filed) => {
    const kinds = shownBy(filed);
    const step = stepOf(filed);
    const { tenantId } = filed.row;
    const key = `${tenantId}|${kinds.join("|")}|${step ?? ""}`;
    const known =
      remembered.get(key) ??
      (step === null ? undefined : stepWouldShow(tenantId, kinds, step, seen, other)) ??
      wouldShow(tenantId, kinds, seen, other);
    remembered.set(key, known);
    return known;
  };
}

/** Whether that very step was read whole the other time as well; undefined where this time it is not what showed the record. */
function stepWouldShow(
  tenantId: string,
  kinds: readonly Coverage["kind"][],
  step: string,
  seen: CoverageOf,
  other: CoverageOf,
): boolean | undefined {
  const keys = kinds
    .map((kind) => stepKey({ tenantId, kind, step }))
    .filter((key) => ["complete", "partial"].includes(seen.steps.get(key)?.state ?? ""));
  return keys.length === 0 ? undefined : keys.every((key) => other.steps.get(key)?.state === "complete");
}

function wouldShow(tenantId: string, kinds: readonly string[], seen: CoverageOf, other: CoverageOf): boolean {
  const readable = [...seen.best.values()].filter(({ state }) => state === "complete" || state === "partial");
  const showing = readable.filter((row) => kinds.includes(row.kind));
  // Identity Center and organizations are covered in one tenant and speak of others; so do AWS's own policies.
  const own = showing.filter((row) => row.tenantId === tenantId);
  const relevant =
    own.length > 0 ? own : showing.length > 0 ? showing : readable.filter((row) => row.tenantId === tenantId);
  return relevant.every((row) => other.best.get(kindKey(row))?.state === "complete");
}

function coverageChanges(before: CoverageOf, after: CoverageOf): SnapshotDiff["coverage"] {
  return [...new Set([...before.best.keys(), ...after.best.keys()])].sort().flatMap((key) => {
    const [was, is] = [before.best.get(key)?.state ?? "not collected", after.best.get(key)?.state ?? "not collected"];
    const row = after.best.get(key) ?? before.best.get(key);
    if (row === undefined) return [];
    const { tenantId, kind } = row;
    const whole = was === is ? [] : [{ tenantId, kind, step: null, before: was, after: is }];
    return [...whole, ...stepChanges(key, before, after).filter((one) => one.before !== was || one.after !== is)];
  });
}

/** Steps whose answer for a kind came out otherwise: another step may have kept the kind as good as it was. */
function stepChanges(key: string, before: CoverageOf, after: CoverageOf): SnapshotDiff["coverage"] {
  return [...before.steps]
    .filter(([step]) => step.startsWith(`${key}|`))
    .flatMap(([step, { tenantId, kind, step: name, state: was }]) => {
      const is = after.steps.get(step)?.state;
      return is === undefined || is === was ? [] : [{ tenantId, kind, step: name, before: was, after: is }];
    })
    .sort((a, b) => (a.step < b.step ? -1 : 1));
}
