import { open } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { StateStore } from "../../contracts/store.ts";
import type { Instant } from "../../model/instant.ts";
import { diskError } from "../disk-error.ts";
import { migrate } from "./migrations.ts";
import { sqliteDialect, withPatience } from "./sqlite-dialect.ts";
import { SqlStateStore } from "./sql-state-store.ts";
import type { StateDatabase } from "./tables.ts";

/**
 * State in one SQLite file, made with mode 0600 when it is not there and brought up to date. Several processes may have it
 * open. Throws `input-file` when it is no database, damaged, or made by a newer version.
 */
export async function openSqlite(path: string, now: Instant): Promise<StateStore> {
  // Made first, so that SQLite's own files beside it get the same mode.
  await open(path, "a", 0o600).then(
    (file) => file.close(),
    (error: unknown) => {
      throw diskError(error, path, "write");
    },
  );
  const { DatabaseSync } = await import("node:sqlite");
  const connect = (readOnly: boolean): Promise<DatabaseSync> =>
    withPatience(path, () => {
      const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 10_000, readOnly });
      try {
        if (!readOnly) database.exec("pragma journal_mode = wal");
        // FULL: an answered commit survives a power cut, not only a killed process.
        database.exec("pragma synchronous = full");
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    });
  const kysely = (database: DatabaseSync) => new Kysely<StateDatabase>({ dialect: sqliteDialect(database, path) });

  const writer = await connect(false);
  try {
    await migrate(kysely(writer), now, path);
    // Reads have a connection of their own, so that they never wait for a transaction of this process.
    const reader = await connect(true);
    return new SqlStateStore(kysely(reader), kysely(writer), async () => {
      if (reader.isOpen) reader.close();
      // Last, because the last one to leave folds the log into the file.
      if (writer.isOpen) writer.close();
    });
  } catch (error) {
    writer.close();
    throw error;
  }
}
