import { createHash } from "node:crypto";
import type { SnapshotRecords } from "../../model/snapshot.ts";
import { canonicalJson } from "../../text/canonical-json.ts";

/** A table in the one order it is written in, and the digest over its canonical rows. */
export interface OrderedTable {
  readonly rows: readonly object[];
  readonly digest: string;
}

/**
 * Rows in total order: by id (coverage and runs by tenant, kind, step), then by their canonical text, so that shuffled input
 * gives the same table. Digest: SHA-256 over one canonical line per row.
 */
export function orderTable<T extends keyof SnapshotRecords>(table: T, rows: SnapshotRecords[T]): OrderedTable {
  const keyed = rows.map((row) => ({ key: orderKey(row), row }));
  // Spelled out only where two keys are the same: a million canonical rows would not fit beside the rows.
  keyed.sort((a, b) => compare(a.key, b.key) || compare(canonicalJson(a.row), canonicalJson(b.row)));
  const digest = createHash("sha256");
  for (const { row } of keyed) digest.update(canonicalJson(row)).update("\n");
  return { rows: keyed.map(({ row }) => row), digest: digest.digest("hex") };
}

function orderKey(row: SnapshotRecords[keyof SnapshotRecords][number]): string {
  if ("kind" in row && "items" in row) return JSON.stringify([row.tenantId, row.kind, row.step]);
  if ("calls" in row) return JSON.stringify([row.tenantId, row.step, row.id]);
  return row.id;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
