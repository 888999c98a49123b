import { readFile } from "node:fs/promises";
import { AuditError } from "../../src/model/audit-error.ts";
import { toInstant, type Instant } from "../../src/model/instant.ts";
import { readCsv } from "../../src/text/csv.ts";
import { openError } from "../shared/read-json-file.ts";
import { dateReadings } from "./date-readings.ts";

/** A row of one of the company's lists, with the means to complain about it precisely. */
export interface ListRow {
  readonly line: number;
  /** The cell, trimmed; empty when there is nothing in it. */
  text(column: string): string;
  /** The cell as null when it is empty. */
  optional(column: string): string | null;
  /** The cell in lower case, which must be one of the words; throws `input-file` otherwise. */
  word<Word extends string>(column: string, words: readonly Word[]): Word;
  /** The cell as a date; null when empty; throws `input-file` for anything but ISO 8601. */
  date(column: string): Instant | null;
  /** An error at this row. */
  error(code: string, message: string, hint: string): AuditError;
}

/**
 * Reads a list; undefined when the file is not there. Columns may stand in any order, others beside them are left alone.
 * Throws `input-file` with the line for an empty file, a column that is missing or stands there twice, and a line with more
 * cells than columns, because from the extra comma on everything would be read into the wrong column.
 */
export async function readList(file: string, required: readonly string[]): Promise<readonly ListRow[] | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw openError(error, file);
  }
  const table = readCsv(bytes, file);
  const header = table.header.map((name) => name.toLowerCase());
  checkHeader(header, required, file);
  return table.rows.map(({ line, cells }) => {
    const row = listRow(file, line, (column) => (cells[header.indexOf(column)] ?? "").replaceAll("\u00a0", " ").trim());
    if (cells.length > header.length) {
      throw row.error(
        "list-cells",
        `the line has ${cells.length} cells, the first line names ${header.length} columns`,
        `put a cell that holds a \`${table.delimiter === "\t" ? "tab" : table.delimiter}\` in quotes`,
      );
    }
    return row;
  });
}

function checkHeader(header: readonly string[], required: readonly string[], file: string): void {
  const place = { file, line: 1 };
  const missing = required.filter((column) => !header.includes(column)).map((column) => `\`${column}\``);
  if (missing.length > 0) {
    const one = missing.length === 1;
    throw new AuditError(
      "input-file",
      "list-columns",
      `the column${one ? "" : "s"} ${missing.join(", ")} ${one ? "is" : "are"} missing`,
      { place, hint: `the first line must name ${required.join(",")}` },
    );
  }
  const twice = required.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined) {
    throw new AuditError("input-file", "list-columns", `the column \`${twice}\` stands there twice`, {
      place,
      hint: "keep one of them: only you know which is right",
    });
  }
}

function listRow(file: string, line: number, text: (column: string) => string): ListRow {
  const error = (code: string, message: string, hint: string): AuditError =>
    new AuditError("input-file", code, message, { place: { file, line }, hint });
  return {
    line,
    text,
    optional: (column) => (text(column) === "" ? null : text(column)),
    error,
    word(column, words) {
      const found = words.find((word) => word === text(column).toLowerCase());
      if (found !== undefined) return found;
      const what = text(column) === "" ? `\`${column}\` is empty` : `\`${text(column)}\` in \`${column}\` is not known`;
      throw error("list-word", what, `use ${words.join(", ")}`);
    },
    date(column) {
      const value = text(column);
      if (value === "") return null;
      const instant = toInstant(value);
      if (instant !== undefined) return instant;
      throw error(
        "list-date",
        `\`${value}\` in \`${column}\` ${dateReadings(value) ?? "is not a date"}`,
        "write dates as 2026-11-30; in a spreadsheet, format the column that way before saving it as CSV",
      );
    },
  };
}
