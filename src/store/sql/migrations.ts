import { sql, type Kysely } from "kysely";
import { AuditError } from "../../model/audit-error.ts";
import type { Instant } from "../../model/instant.ts";
import type { StateDatabase } from "./tables.ts";

/** One step of the schema: applied once, in order, never edited after a release. */
interface Migration {
  readonly version: number;
  readonly name: string;
  up(database: Kysely<StateDatabase>): Promise<void>;
}

/** Row tables of version 1, spelled out: a later version's list must not change what version 1 did. */
const ROW_TABLES_1 = [
  "snapshot",
  "campaign",
  "review_item",
  "review_export",
  "import_file",
  "decision",
  "revocation",
  "capsule",
  "verification",
  "hold",
] as const;

/** Only types and statements that SQLite and PostgreSQL both take. */
const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: "state rows and the evidence chain",
    async up(database) {
      for (const table of ROW_TABLES_1) {
        await database.schema
          .createTable(table)
          .addColumn("id", "text", (column) => column.primaryKey().notNull())
          .addColumn("parent_id", "text")
          .addColumn("state", "text")
          .addColumn("body", "text", (column) => column.notNull())
          .execute();
        await database.schema.createIndex(`${table}_by_parent`).on(table).columns(["parent_id", "state"]).execute();
      }
      // `prev` is unique as well: two writers can never both hang an event on the same one.
      let events = database.schema
        .createTable("evidence_event")
        .addColumn("seq", "integer", (column) => column.primaryKey().notNull())
        .addColumn("prev", "text", (column) => column.notNull().unique());
      for (const name of ["at", "actor", "assurance", "type", "subject", "payload_hash", "hash", "payload"] as const) {
        events = events.addColumn(name, "text", (column) => column.notNull());
      }
      await events.execute();
    },
  },
];

/** The newest schema this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

/**
 * Brings the database to {@link SCHEMA_VERSION} in one transaction, or leaves it as it was. Throws `input-file` when a
 * newer version of the product has already changed it; `place` is what people know the database by.
 */
export async function migrate(database: Kysely<StateDatabase>, now: Instant, place: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`create table if not exists schema_migration (version integer primary key, name text not null, applied_at text not null)`.execute(
      transaction,
    );
    const newest = await transaction
      .selectFrom("schema_migration")
      .select("version")
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirst();
    const version = newest?.version ?? 0;
    if (version > SCHEMA_VERSION) {
      throw new AuditError(
        "input-file",
        "data-newer",
        `\`${place}\` was made by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION})`,
        {
          hint: "update leastwise, or name another data directory with `--data`",
          place: { file: place },
        },
      );
    }
    for (const migration of MIGRATIONS.filter((candidate) => candidate.version > version)) {
      await migration.up(transaction);
      await transaction
        .insertInto("schema_migration")
        .values({ version: migration.version, name: migration.name, applied_at: now })
        .execute();
    }
  });
}
