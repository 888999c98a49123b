import { SNAPSHOT_TABLES, type Snapshot } from "../model/snapshot.ts";

/** The snapshot with every table in order of id, so that no answer depends on the order facts were read in. Costs nothing where it is in order. */
export function inOrder(snapshot: Snapshot): Snapshot {
  const tables = SNAPSHOT_TABLES.map((table) => [table, sorted(snapshot[table])] as const);
  return tables.every(([table, rows]) => rows === snapshot[table]) ? snapshot : { ...snapshot, ...Object.fromEntries(tables) };
}

/** Rows by their key; the same list where it is in order already. */
function sorted(rows: Snapshot[(typeof SNAPSHOT_TABLES)[number]]): readonly object[] {
  const keys = rows.map(keyOf);
  if (keys.every((key, i) => i === 0 || (keys[i - 1] ?? "") <= key)) return rows;
  return keys
    .map((key, i) => ({ key, row: rows[i] ?? {} }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

/** The id; coverage has none of its own. */
function keyOf(row: Snapshot[(typeof SNAPSHOT_TABLES)[number]][number]): string {
  return "id" in row ? row.id : `${row.tenantId}|${row.kind}|${row.step}`;
}
