import { readFile } from "node:fs/promises";
import { AuditError } from "../../src/model/audit-error.ts";
import { toInstant, type Instant } from "../../src/model/instant.ts";
import { readCsv } from "../../src/text/csv.ts";
import { openError } from "../shared/read-json-file.ts";

/** A row of one of the company's lists, with the means to complain about it precisely. */
export interface ListRow {
  readonly line: number;
  /** The cell, trimmed; empty when there is nothing in it. */
  text(column: string): string;
  /** The cell as null when it is empty. */
  optional(column: string): string | null;
  /** The cell as a date; null when empty; throws for anything but ISO 8601. */
  date(column: string): Instant | null;
  /** An error at this row. */
  error(code: string, message: string, hint: string): AuditError;
}

/** Reads a list; undefined when the file is not there. Throws `input-file` for missing columns. */
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
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new AuditError("input-file", "list-columns", `the column${missing.length === 1 ? "" : "s"} ${missing.map((name) => `\`${name}\``).join(", ")} ${missing.length === 1 ? "is" : "are"} missing`, {
      place: { file, line: 1 },
      hint: `the first line must name ${required.join(",")}`,
    });
  }
  return table.rows.map(({ line, cells }) => {
    const text = (column: string): string => (cells[header.indexOf(column)] ?? "").replace(/\u00a0/g, " ").trim();
    const error = (code: string, message: string, hint: string): AuditError => new AuditError("input-file", code, message, { place: { file, line }, hint });
    return {
      line,
      text,
      optional: (column) => (text(column) === "" ? null : text(column)),
      error,
      date(column) {
        const value = text(column);
        if (value === "") return null;
        const instant = toInstant(value);
        if (instant !== undefined) return instant;
        throw error("list-date", `\`${value}\` in \`${column}\` is not a date that has one meaning${twoReadings(value)}`, "write it as 2026-11-30");
      },
    };
  });
}

/** `03/04/2026` means two days, depending on who reads it. */
function twoReadings(value: string): string {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(value);
  if (match?.[1] === undefined || match[2] === undefined) return "";
  const two = (n: string): string => n.padStart(2, "0");
  return ` (${match[3]}-${two(match[2])}-${two(match[1])} or ${match[3]}-${two(match[1])}-${two(match[2])})`;
}
