import { emptyRecords, SNAPSHOT_TABLES, type SnapshotRecords } from "../model/snapshot.ts";
import type { Observed } from "../model/observed.ts";

/** Tables whose rows have no id of their own. */
const KEYLESS = { coverage: (row: SnapshotRecords["coverage"][number]) => `${row.tenantId}|${row.kind}|${row.step}` };

/**
 * Puts together what the steps gave. The same record from several steps becomes one, field by field: a known value wins over
 * an unknown one, a value over null, the later step otherwise. Every table comes out in order of id, so that the order of
 * steps changes nothing but ties.
 */
export function mergeRecords(parts: readonly Partial<SnapshotRecords>[]): SnapshotRecords {
  const merged = emptyRecords() as unknown as Record<keyof SnapshotRecords, unknown[]>;
  for (const table of SNAPSHOT_TABLES) {
    const rows = new Map<string, object>();
    for (const part of parts) {
      for (const row of part[table] ?? []) {
        const key = table === "coverage" ? KEYLESS.coverage(row as SnapshotRecords["coverage"][number]) : (row as { id: string }).id;
        const before = rows.get(key);
        rows.set(key, before === undefined ? row : richer(before, row));
      }
    }
    merged[table] = [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
  return merged as unknown as SnapshotRecords;
}

/** One record out of two accounts of the same thing. */
function richer(before: object, after: object): object {
  const result: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(after)) {
    const known = result[field];
    if (field === "attributes" && isPlain(known) && isPlain(value)) result[field] = richerAttributes(known, value);
    else if (isObserved(known) && isObserved(value)) result[field] = value.known || !known.known ? value : known;
    else if (field === "name" && value === result["nativeId"]) continue; // a number is no name where a name is known
    else if (value !== null && value !== undefined && value !== "") result[field] = value;
  }
  return result;
}

function richerAttributes(before: object, after: object): object {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after)) if (value !== null || result[key] === undefined) result[key] = value;
  return result;
}

const isPlain = (value: unknown): value is object => typeof value === "object" && value !== null;

const isObserved = (value: unknown): value is Observed<unknown> => isPlain(value) && "known" in value;
