import type { Observed } from "../../model/observed.ts";
import type { SnapshotRecords } from "../../model/snapshot.ts";

/**
 * How a field is stored in Parquet: `text` VARCHAR (null where the model says null) · `whole` BIGINT · `flag` BOOLEAN ·
 * `observed-text` STRUCT(known BOOLEAN, value VARCHAR, why VARCHAR) · `observed-json` the same with the value as JSON text ·
 * `json` JSON text for what is nested.
 */
export type ColumnKind = "text" | "whole" | "flag" | "observed-text" | "observed-json" | "json";

/** The one kind that can hold a field of that type without loss. */
type KindOf<T> = [T] extends [string | null]
  ? "text"
  : [T] extends [number]
    ? "whole"
    : [T] extends [boolean]
      ? "flag"
      : [T] extends [Observed<string | null>]
        ? "observed-text"
        : [T] extends [Observed<unknown>]
          ? "observed-json"
          : "json";

/** Every field of a record and how it is stored; a field of the model that is not listed does not compile. */
type Columns<Row> = { readonly [Field in keyof Row]-?: KindOf<Row[Field]> };

/** The columns of every table of one schema version. */
export type SnapshotColumns = { readonly [Table in keyof SnapshotRecords]: Columns<SnapshotRecords[Table][number]> };

/** Columns without their record type, in the order in which they are written. */
export type ColumnList = readonly (readonly [name: string, kind: ColumnKind])[];
