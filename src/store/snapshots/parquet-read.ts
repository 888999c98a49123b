import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../../model/observed.ts";
import type { ColumnKind, ColumnList } from "./columns.ts";
import { quote } from "./parquet-write.ts";

/** Columns of one block of rows, in the order in which they were selected. */
type Block = readonly (readonly unknown[])[];

/** Reads the field of one row of a block. */
type FieldReader = (block: Block, at: number) => unknown;

/**
 * The records of one Parquet file, in the order of the file, read block by block so that only the records themselves are
 * held. The path is ours, its bytes already checked.
 */
export async function readParquet(
  connection: DuckDBConnection,
  path: string,
  columns: ColumnList,
): Promise<readonly object[]> {
  const selected = columns.map(([name, kind]) => select(name, kind)).join(", ");
  // DuckDB keeps the order of a single file (preserve_insertion_order), with any number of threads.
  const result = await connection.stream(`select ${selected} from read_parquet(${quote(path)})`);
  let width = 0;
  const readers = columns.map(([name, kind]) => {
    const first = width;
    width += isObserved(kind) ? 3 : 1;
    return [name, reader(kind, first)] as const;
  });
  const records: object[] = [];
  for await (const chunk of result) {
    const block = chunk.getColumns();
    for (let at = 0; at < chunk.rowCount; at++) {
      records.push(Object.fromEntries(readers.map(([name, read]) => [name, read(block, at)])));
    }
  }
  return records;
}

const isObserved = (kind: ColumnKind): boolean => kind === "observed-text" || kind === "observed-json";

function select(name: string, kind: ColumnKind): string {
  if (!isObserved(kind)) return `"${name}"`;
  return ["known", "value", "why"].map((part) => `"${name}"."${part}" as "${name}_${part}"`).join(", ");
}

function reader(kind: ColumnKind, first: number): FieldReader {
  switch (kind) {
    case "text": {
      const share = sharing((text: string) => text);
      return (block, at) => {
        const cell = block[first]?.[at];
        return typeof cell === "string" ? share(cell) : null;
      };
    }
    case "flag":
      return (block, at) => block[first]?.[at];
    case "whole":
      return (block, at) => Number(block[first]?.[at]);
    case "json":
      return (block, at) => parse(block[first]?.[at]);
    case "observed-text":
    case "observed-json": {
      const why = sharing(unknown);
      const read = kind === "observed-text" ? (cell: unknown) => cell : parse;
      return (block, at) => {
        if (block[first]?.[at] === true) return { known: true, value: read(block[first + 1]?.[at]) };
        return why(block[first + 2]?.[at] as string);
      };
    }
  }
}

const parse = (cell: unknown): unknown => JSON.parse(cell as string);

/** Most columns say the same few things over and over: one copy of each is enough, as records never change. */
function sharing<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const before = made.get(text);
    if (before !== undefined) return before;
    const fresh = make(text);
    if (made.size < 4_096) made.set(text, fresh);
    return fresh;
  };
}
