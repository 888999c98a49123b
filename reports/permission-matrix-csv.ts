import type { PermissionMatrix } from "../src/model/permission-matrix.ts";
import { writeCsv } from "../src/text/csv.ts";

/** The permission matrix in long form: one row per granted cell, so that a pivot table makes any picture of it. */
export function permissionMatrixCsv(matrix: PermissionMatrix): string {
  const titles = new Map(matrix.columns.map((column) => [column.id, column]));
  return writeCsv(
    ["who", "kind", "tenant", "identity", "group", "what", "level", "use", "principal_id", "as_of"],
    matrix.rows.flatMap((row) =>
      Object.entries(row.cells).map(([id, cell]) => [
        row.who,
        row.kind,
        row.tenant,
        row.identity,
        titles.get(id)?.group ?? "",
        titles.get(id)?.title ?? id,
        cell.level,
        cell.use,
        row.id,
        matrix.asOf,
      ]),
    ),
  );
}
