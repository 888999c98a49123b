import type { DuckDBConnection } from "@duckdb/node-api";

/** Runs `work` on a DuckDB of its own, in memory: nothing is shared, so that any number of processes may. */
export async function withDuckdb<T>(
  threads: number | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", threads === undefined ? {} : { threads: String(threads) });
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
