import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { AuditError } from "../model/audit-error.ts";

/** First characters a spreadsheet takes for a formula (OWASP ASVS 5 §1.2.10, CWE-1236), full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r\0＝＋－＠]/;
/** The same behind our guard, so that exactly what was added is taken off again. */
const GUARDED = /^'(?=[=+\-@\t\r\0＝＋－＠'])/;

/** One line of a CSV file; `line` starts at 1 and counts the header. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file as people send it. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly delimiter: "," | ";" | "\t";
  readonly rows: readonly CsvRow[];
}

/**
 * CSV for a spreadsheet: UTF-8 with byte order mark, CRLF, one line per cell, every cell that could be taken for a formula
 * guarded with an apostrophe. A cell that starts with an apostrophe before such a character is guarded too, so that reading
 * takes off exactly what was added.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = stringify(
    [columns, ...rows].map((row) => row.map(guardCell)),
    { record_delimiter: "\r\n" },
  );
  return `\uFEFF${body}`;
}

/** One cell: line breaks become spaces, what looks like a formula (or like our guard) gets the guard. */
export function guardCell(text: string): string {
  const line = text.replace(/\r\n|[\r\n\u2028\u2029]/g, " ");
  return FORMULA_START.test(line) || GUARDED.test(line) ? `'${line}` : line;
}

/** Takes off the guard that {@link guardCell} puts on, and nothing else. */
export function unguardCell(text: string): string {
  return text.replace(GUARDED, "");
}

/**
 * Reads CSV as spreadsheets save it: UTF-8 with or without mark, UTF-16 with mark, Windows-1252; separated by comma,
 * semicolon or tab. Blank lines are left out. Throws `input-file` with the line for a broken quote, and for XLSX.
 */
export function readCsv(input: string | Uint8Array, file = "the CSV file"): CsvTable {
  const text = (typeof input === "string" ? input : decode(input, file)).replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new AuditError("input-file", "csv-empty", "the file is empty", {
      place: { file },
      hint: "the first line must name the columns",
    });
  }
  const delimiter = sniff(text);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      bom: true,
    }) as unknown as typeof records;
  } catch (error) {
    const lines = (error as { lines?: number }).lines;
    throw new AuditError("input-file", "csv-broken", "a quoted cell does not end or has text behind its quote", {
      place: lines === undefined ? { file } : { file, line: lines },
      hint: 'write a quote inside a quoted cell twice: `""`',
      cause: error,
    });
  }
  const [header, ...rows] = records;
  return {
    header: (header?.record ?? []).map((cell) => unguardCell(cell).trim()),
    delimiter,
    rows: rows
      .map(({ record, info }) => ({ line: info.lines, cells: record.map(unguardCell) }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== "")),
  };
}

/** The separator that splits the first line into the most cells; quoted text does not count. */
function sniff(text: string): CsvTable["delimiter"] {
  const end = text.search(/[\r\n]/);
  const line = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  const count = (delimiter: string): number => line.split(delimiter).length;
  const [best] = ([",", ";", "\t"] as const).toSorted((a, b) => count(b) - count(a));
  return best ?? ",";
}

function decode(bytes: Uint8Array, file: string): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new AuditError("input-file", "csv-xlsx", "this is an Excel workbook, not CSV", {
      place: { file },
      hint: "save it as CSV (comma or semicolon separated) and import that",
    });
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: what Excel writes in western locales.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
