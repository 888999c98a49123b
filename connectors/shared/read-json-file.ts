import { readFile } from "node:fs/promises";
import { AuditError } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { jsonFault } from "./json-fault.ts";

/**
 * Reads a JSON file whole. Throws `input-file` with line and column for what is missing, empty, cut short or malformed.
 * For a file that may be hundreds of megabytes use {@link readJsonLists}.
 */
export async function readJsonFile(file: string): Promise<JsonValue> {
  return parseJson(await readTextFile(file), file);
}

/** Reads a text file in UTF-8 or UTF-16 (with mark). Throws `input-file` when it is missing, empty or not to be opened. */
export async function readTextFile(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw openError(error, file);
  }
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.trim() === "") throw emptyError(file);
  return text;
}

/** What a file starts with says how it is written: PowerShell's `>` writes UTF-16. */
export function encodingOf(start: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-8";
}

/** Parses JSON text; errors name file, line and column. */
export function parseJson(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const { offset, cut } = jsonFault(text) ?? { offset: text.length, cut: true };
    const before = text.slice(0, offset);
    const place = { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
    throw brokenError(file, place, cut, error);
  }
}

/** Why a file could not be opened, for people. `missing` in the code tells a file that is not there from one that is locked. */
export function openError(error: unknown, file: string): AuditError {
  const code = (error as NodeJS.ErrnoException).code;
  const what: Readonly<Record<string, string>> = {
    ENOENT: "the file does not exist",
    EACCES: "the file may not be opened",
    EISDIR: "this is a folder, not a file",
    ENOTDIR: "the file lies under something that is not a folder",
  };
  return new AuditError(
    "input-file",
    code === "ENOENT" ? "file-missing" : "file-open",
    what[code ?? ""] ?? `the file cannot be read (${String(code)})`,
    { place: { file }, hint: "check the path and who may read it", cause: error },
  );
}

/** A file without content. */
export function emptyError(file: string): AuditError {
  return new AuditError("input-file", "file-empty", "the file is empty", {
    place: { file },
    hint: "run the command that made it again and look at what it says",
  });
}

/** Text that is not JSON, with the place where it stops being JSON. */
export function brokenError(
  file: string,
  place: { readonly line: number; readonly column: number },
  cut: boolean,
  cause?: unknown,
): AuditError {
  return new AuditError(
    "input-file",
    cut ? "json-cut" : "json-broken",
    cut ? "the JSON ends too early: the file was cut short" : "this is not valid JSON",
    {
      place: { file, ...place },
      hint: cut
        ? "make the file again; was the disk full, or the command stopped?"
        : "make the file again with `--output json`, with only standard output redirected into it",
      cause,
    },
  );
}
