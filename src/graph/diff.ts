import type { Coverage } from "../model/coverage.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { canonicalJson } from "../text/canonical-json.ts";

/** Tables that people ask about when they ask what changed. */
const TABLES = ["principals", "credentials", "entitlements", "grants", "policies", "resources", "guardrails"] as const;

/** One record that differs. */
export interface Change {
  readonly table: (typeof TABLES)[number];
  readonly id: string;
  /** `not-visible`: it may still be there, but what would show it was not read this time. */
  readonly change: "added" | "removed" | "changed" | "not-visible";
  readonly name: string;
  readonly tenantId: string;
  /** Fields that differ, for `changed`. */
  readonly fields: readonly string[];
}

/** What changed between two snapshots, and how coverage changed: a record that vanished with its coverage was not removed. */
export interface SnapshotDiff {
  readonly changes: readonly Change[];
  readonly coverage: readonly { readonly tenantId: string; readonly kind: string; readonly before: string; readonly after: string }[];
}

/** A record as the diff looks at it. */
interface Row {
  readonly id: string;
  readonly tenantId: string;
  readonly kind?: string;
}

/** Fields that move without access having changed: reported elsewhere, noise here. */
const IGNORED = new Set(["lastUsedAt", "lastUsedWhere"]);

/** Compares record by record. */
export function diffSnapshots(before: Snapshot, after: Snapshot): SnapshotDiff {
  const worse = worseCoverage(before, after);
  const changes: Change[] = [];
  const [nameBefore, nameAfter] = [namer(before), namer(after)];
  for (const table of TABLES) {
    const old = new Map<string, Row>(before[table].map((row) => [row.id, row]));
    const now = new Map<string, Row>(after[table].map((row) => [row.id, row]));
    for (const [id, row] of now) {
      const was = old.get(id);
      if (was === undefined) changes.push({ table, id, change: "added", name: nameAfter(row), tenantId: row.tenantId, fields: [] });
      else {
        const fields = differing(was, row);
        if (fields.length > 0) changes.push({ table, id, change: "changed", name: nameAfter(row), tenantId: row.tenantId, fields });
      }
    }
    for (const [id, row] of old) {
      if (now.has(id)) continue;
      const change = worse.has(row.tenantId) ? "not-visible" : "removed";
      changes.push({ table, id, change, name: nameBefore(row), tenantId: row.tenantId, fields: [] });
    }
  }
  return { changes, coverage: coverageChanges(before, after) };
}

function differing(before: Row, after: Row): string[] {
  const [old, now] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => !IGNORED.has(field) && canonicalJson(old[field] ?? null) !== canonicalJson(now[field] ?? null))
    .sort();
}

/** Answers what people call a record of the snapshot. */
function namer(snapshot: Snapshot): (row: Row) => string {
  const holders = new Map(snapshot.principals.map(({ id, displayName }) => [id, displayName]));
  const entitlements = new Map(snapshot.entitlements.map(({ id, displayName }) => [id, displayName]));
  return (row) => {
    const record = row as unknown as Readonly<Record<string, unknown>>;
    const { principalId, entitlementId } = record;
    if (typeof principalId === "string" && typeof entitlementId === "string") {
      return `${holders.get(principalId) ?? principalId}: ${entitlements.get(entitlementId) ?? entitlementId}`;
    }
    const name = ["locator", "displayName", "name", "displayHint"].map((field) => record[field]).find((value) => typeof value === "string" && value !== "");
    return typeof name === "string" ? name : row.id;
  };
}

const RANK: Readonly<Record<Coverage["state"], number>> = { complete: 0, partial: 1, denied: 2, skipped: 2 };

/** Tenants of which something that was read before was not read this time. */
function worseCoverage(before: Snapshot, after: Snapshot): ReadonlySet<string> {
  const now = new Map(after.coverage.map((row) => [`${row.tenantId}|${row.kind}|${row.step}`, row]));
  return new Set(
    before.coverage
      .filter((row) => {
        const later = now.get(`${row.tenantId}|${row.kind}|${row.step}`);
        return later === undefined || RANK[later.state] > RANK[row.state];
      })
      .map((row) => row.tenantId),
  );
}

function coverageChanges(before: Snapshot, after: Snapshot): SnapshotDiff["coverage"] {
  const states = (snapshot: Snapshot): Map<string, Coverage> => new Map(snapshot.coverage.map((row) => [`${row.tenantId}|${row.kind}`, row]));
  const [old, now] = [states(before), states(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [was, is] = [old.get(key)?.state ?? "not collected", now.get(key)?.state ?? "not collected"];
    const row = now.get(key) ?? old.get(key);
    return was === is || row === undefined ? [] : [{ tenantId: row.tenantId, kind: row.kind, before: was, after: is }];
  });
}
