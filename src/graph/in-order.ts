import { SNAPSHOT_TABLES, type Snapshot } from "../model/snapshot.ts";

/** The snapshot with every table in order of id, so that no answer depends on the order facts were read in. Costs nothing where it is in order. */
export function inOrder(snapshot: Snapshot): Snapshot {
  const tables = SNAPSHOT_TABLES.map((table) => [table, sorted(snapshot[table])] as const);
  return tables.every(([table, rows]) => rows === snapshot[table])
    ? snapshot
    : { ...snapshot, ...Object.fromEntries(tables) };
}

/** Rows by their key; the same list where it is in order already. */
function sorted(rows: readonly Row[]): readonly Row[] {
  let last = "";
  for (const row of rows) {
    const key = keyOf(row);
    if (key < last) return sortedByKey(rows);
    last = key;
  }
  return rows;
}

function sortedByKey(rows: readonly Row[]): readonly Row[] {
  return rows
    .map((row) => ({ key: keyOf(row), row }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

type Row = Snapshot[(typeof SNAPSHOT_TABLES)[number]][number];

/** The id; coverage has none of its own. */
function keyOf(row: Row): string {
  return "id" in row ? row.id : `${row.tenantId}|${row.kind}|${row.step}`;
}
