import { AuditError } from "../../model/audit-error.ts";
import { SNAPSHOT_TABLES, type SnapshotRecords } from "../../model/snapshot.ts";
import type { ColumnList, SnapshotColumns } from "./columns.ts";
import { SCHEMA_V1 } from "./schema-v1.ts";

/** The version that is written today. */
export const SNAPSHOT_SCHEMA_VERSION = 1;

/** Every version that was ever written; readers of old ones are never removed. */
const SCHEMAS: ReadonlyMap<number, SnapshotColumns> = new Map([[1, SCHEMA_V1]]);

/** The columns of a table in one schema version. Throws `input-file` for a version that is newer than this program. */
export function columnsOf(version: number, table: keyof SnapshotRecords): ColumnList {
  const schema = SCHEMAS.get(version);
  // A table name that comes out of a stored manifest goes into file names and SQL: only known ones do.
  if (schema === undefined || !SNAPSHOT_TABLES.includes(table)) {
    throw new AuditError(
      "input-file",
      "snapshot-newer",
      `the snapshot has schema version ${version}, this leastwise reads ${[...SCHEMAS.keys()].join(", ")}`,
      {
        hint: "update leastwise",
      },
    );
  }
  return Object.entries(schema[table]);
}
