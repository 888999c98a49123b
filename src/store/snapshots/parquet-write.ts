import {
  BIGINT,
  BOOLEAN,
  DuckDBDataChunk,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import type { JsonValue } from "../../model/json.ts";
import type { Observed } from "../../model/observed.ts";
import { canonicalJson } from "../../text/canonical-json.ts";
import type { ColumnKind, ColumnList } from "./columns.ts";

/** Rows per block; DuckDB's own vector size. */
const CHUNK = 2_048;

/** One flat column of the table that is built in memory before it is written. */
interface FlatColumn {
  readonly name: string;
  readonly type: DuckDBType;
  readonly value: (row: Readonly<Record<string, unknown>>) => DuckDBValue;
}

/**
 * Writes rows, in the order given, as one Parquet file (zstd). The schema version and the table's name stand in the file's
 * key-value metadata. Same rows, same bytes, with one DuckDB version, however many threads.
 */
export async function writeParquet(
  connection: DuckDBConnection,
  path: string,
  rows: readonly object[],
  columns: ColumnList,
  metadata: { readonly schemaVersion: number; readonly table: string },
): Promise<void> {
  const flat = columns.flatMap(([name, kind]) => flatten(name, kind));
  const staging = `staging_${metadata.table}`;
  await connection.run(
    `create or replace table ${staging} (${flat.map(({ name, type }) => `"${name}" ${type.toString()}`).join(", ")})`,
  );
  const appender = await connection.createAppender(staging);
  const types = flat.map(({ type }) => type);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const block = rows.slice(start, start + CHUNK) as Readonly<Record<string, unknown>>[];
    const chunk = DuckDBDataChunk.create(types, block.length);
    chunk.setColumns(flat.map(({ value }) => block.map(value)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  const selected = columns.map(([name, kind]) => select(name, kind)).join(", ");
  await connection.run(
    `copy (select ${selected} from ${staging}) to ${quote(path)} ` +
      `(format parquet, compression zstd, kv_metadata {schemaVersion: '${metadata.schemaVersion}', "table": '${metadata.table}'})`,
  );
  await connection.run(`drop table ${staging}`);
}

/** A text as an SQL literal: `copy` takes no parameters. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function flatten(name: string, kind: ColumnKind): readonly FlatColumn[] {
  switch (kind) {
    case "text":
    case "flag":
      return [{ name, type: kind === "flag" ? BOOLEAN : VARCHAR, value: (row) => row[name] as DuckDBValue }];
    case "whole":
      return [{ name, type: BIGINT, value: (row) => BigInt(row[name] as number) }];
    case "json":
      return [{ name, type: VARCHAR, value: (row) => canonicalJson(row[name]) }];
    case "observed-text":
    case "observed-json": {
      const spell = kind === "observed-text" ? (value: JsonValue) => value as string | null : canonicalJson;
      const of = (row: Readonly<Record<string, unknown>>) => row[name] as Observed<JsonValue>;
      return [
        { name: `${name}_known`, type: BOOLEAN, value: (row) => of(row).known },
        { name: `${name}_value`, type: VARCHAR, value: (row) => known(of(row), spell) },
        { name: `${name}_why`, type: VARCHAR, value: (row) => why(of(row)) },
      ];
    }
  }
}

const known = (observed: Observed<JsonValue>, spell: (value: JsonValue) => string | null): string | null =>
  observed.known ? spell(observed.value) : null;

const why = (observed: Observed<JsonValue>): string | null => (observed.known ? null : observed.why);

function select(name: string, kind: ColumnKind): string {
  if (kind !== "observed-text" && kind !== "observed-json") return `"${name}"`;
  return `struct_pack(known := "${name}_known", "value" := "${name}_value", why := "${name}_why") as "${name}"`;
}
