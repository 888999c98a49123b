import type { DuckDBConnection } from "@duckdb/node-api";
import type { ColumnKind, ColumnList } from "./columns.ts";
import { quote } from "./parquet-write.ts";

type FlatRow = Readonly<Record<string, unknown>>;

/** The records of one Parquet file, in the order of the file. The path is ours, its bytes already checked. */
export async function readParquet(
  connection: DuckDBConnection,
  path: string,
  columns: ColumnList,
): Promise<readonly object[]> {
  const selected = columns.map(([name, kind]) => select(name, kind)).join(", ");
  const result = await connection.runAndReadAll(
    `select ${selected} from read_parquet(${quote(path)}, file_row_number = true) order by file_row_number`,
  );
  const values: FlatRow = result.getColumnsObjectJS();
  const readers = columns.map(([name, kind]) => [name, reader(name, kind, values)] as const);
  return Array.from({ length: result.currentRowCount }, (_, at) =>
    Object.fromEntries(readers.map(([name, read]) => [name, read(at)])),
  );
}

function select(name: string, kind: ColumnKind): string {
  if (kind !== "observed-text" && kind !== "observed-json") return `"${name}"`;
  return ["known", "value", "why"].map((part) => `"${name}"."${part}" as "${name}_${part}"`).join(", ");
}

function reader(name: string, kind: ColumnKind, values: FlatRow): (at: number) => unknown {
  const column = (suffix = ""): readonly unknown[] => values[`${name}${suffix}`] as readonly unknown[];
  switch (kind) {
    case "text":
    case "flag": {
      const cells = column();
      return (at) => cells[at];
    }
    case "whole": {
      const cells = column();
      return (at) => Number(cells[at]);
    }
    case "json": {
      const cells = column();
      return (at) => JSON.parse(cells[at] as string) as unknown;
    }
    case "observed-text":
    case "observed-json": {
      const [known, value, why] = [column("_known"), column("_value"), column("_why")];
      const parse =
        kind === "observed-text" ? (cell: unknown) => cell : (cell: unknown) => JSON.parse(cell as string) as unknown;
      return (at) => (known[at] === true ? { known: true, value: parse(value[at]) } : { known: false, why: why[at] });
    }
  }
}
