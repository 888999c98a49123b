import { AuditError } from "../model/audit-error.ts";
import type { LastUse } from "../model/instant.ts";
import type { Observed } from "../model/observed.ts";
import { emptyRecords, SNAPSHOT_TABLES, type SnapshotRecords } from "../model/snapshot.ts";

/** Tables whose rows have no id of their own. */
const KEYLESS = { coverage: (row: SnapshotRecords["coverage"][number]) => `${row.tenantId}|${row.kind}|${row.step}` };

/**
 * Puts together what the steps gave. The same record from several steps becomes one, field by field: a known value wins over
 * an unknown one, a value over null, the later of two uses, the later step otherwise. Every table comes out in order of id,
 * so that the order of steps changes nothing but ties. Throws `invariant` where one id stands for two kinds of things; the
 * same thing twice in one file is caught where the file is read, which knows the line.
 */
export function mergeRecords(parts: readonly Partial<SnapshotRecords>[]): SnapshotRecords {
  const merged = emptyRecords() as unknown as Record<keyof SnapshotRecords, unknown[]>;
  for (const table of SNAPSHOT_TABLES) {
    const rows = new Map<string, object>();
    for (const part of parts) {
      for (const row of part[table] ?? []) {
        const key =
          table === "coverage"
            ? KEYLESS.coverage(row as SnapshotRecords["coverage"][number])
            : (row as { id: string }).id;
        const before = rows.get(key);
        rows.set(key, before === undefined || before === row ? row : richer(table, key, before, row));
      }
    }
    merged[table] = [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
  return merged as unknown as SnapshotRecords;
}

/** One record out of what two steps say about the same thing. */
function richer(table: string, key: string, before: object, after: object): object {
  const result: Record<string, unknown> = { ...before };
  const [was, is] = [result["kind"], (after as { readonly kind?: unknown }).kind];
  if (was !== is) {
    throw new AuditError(
      "invariant",
      "record-conflict",
      `\`${key}\` in ${table} is \`${String(was)}\` in one answer and \`${String(is)}\` in another`,
      {
        hint: "two steps give one id to different things",
      },
    );
  }
  for (const [field, value] of Object.entries(after)) {
    const known = result[field];
    if (field === "attributes" && isPlain(known) && isPlain(value)) result[field] = richerAttributes(known, value);
    else if (isObserved(known) && isObserved(value))
      result[field] = field === "lastUsedAt" ? laterUse(known, value) : value.known || !known.known ? value : known;
    else if (field === "name" && value === result["nativeId"]) continue; // a number is no name where a name is known
    else if (value !== null && value !== undefined && value !== "") result[field] = value;
  }
  return result;
}

/** Two answers about one last use are both true: each source sees some uses only, so the latest counts and `never` the least. */
function laterUse(before: Observed<unknown>, after: Observed<unknown>): Observed<unknown> {
  if (!before.known || !after.known) return after.known ? after : before;
  const moment = (use: unknown): LastUse => (use === "never" ? "" : String(use));
  return moment(after.value) >= moment(before.value) ? after : before;
}

function richerAttributes(before: object, after: object): object {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after))
    if (value !== null || result[key] === undefined) result[key] = value;
  return result;
}

const isPlain = (value: unknown): value is object => typeof value === "object" && value !== null;

const isObserved = (value: unknown): value is Observed<unknown> => isPlain(value) && "known" in value;
