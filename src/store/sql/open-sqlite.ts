import { open } from "node:fs/promises";
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
  const connect = (readOnly: boolean): Promise<Kysely<StateDatabase>> =>
    withPatience(path, () => {
      const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 10_000, readOnly });
      try {
        if (!readOnly) database.exec("pragma journal_mode = wal");
        // FULL: an answered commit survives a power cut, not only a killed process.
        database.exec("pragma synchronous = full");
      } catch (error) {
        database.close();
        throw error;
      }
      return new Kysely<StateDatabase>({ dialect: sqliteDialect(database, path) });
    });

  const writer = await connect(false);
  try {
    await migrate(writer, now, path);
    // Reads have a connection of their own, so that they never wait for a transaction of this process.
    return new SqlStateStore(await connect(true), writer);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}
