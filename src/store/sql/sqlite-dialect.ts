import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { isBusy, sqliteError } from "./sqlite-error.ts";

/** How long a writer waits for the one before it. */
const LOCK_PATIENCE_MS = 30_000;

/** Kysely over one open `node:sqlite` database. `path` is for messages. */
export function sqliteDialect(database: DatabaseSync, path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(database, path),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
  };
}

/** One connection; kysely's own mutex lets one transaction at a time onto it. */
class SqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #connection: SqliteConnection;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
    this.#connection = new SqliteConnection(database, path);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    await withPatience(this.#path, () => {
      // SQLite's own waiting would stop the whole process, and with it a writer in the same process that has to finish first.
      this.#database.exec("pragma busy_timeout = 0");
      try {
        // IMMEDIATE: a plain `begin` that reads first cannot become a writer when another one was faster.
        this.#database.exec("begin immediate");
      } finally {
        this.#database.exec("pragma busy_timeout = 10000");
      }
    });
  }

  async commitTransaction(): Promise<void> {
    guarded(this.#path, () => this.#database.exec("commit"));
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would hide the first error.
    if (this.#database.isTransaction) this.#database.exec("rollback");
  }

  async releaseConnection(): Promise<void> {}

  // Whoever opened the database closes it.
  async destroy(): Promise<void> {}
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #path: string;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return guarded(this.#path, () => {
      const statement = this.#database.prepare(sql);
      const values = parameters as readonly SQLInputValue[];
      if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    });
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("streaming is not supported: read in pages");
  }
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteError(error, path);
  }
}

/** Tries again while another process holds the lock, without stopping this one; throws `state-busy` in the end. */
export async function withPatience<T>(path: string, work: () => T): Promise<T> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (let pause = 1; ; pause = Math.min(pause * 2, 16)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw sqliteError(error, path);
    }
    // A random share keeps two writers from meeting again and again.
    await wait(pause * (0.5 + Math.random()));
  }
}
