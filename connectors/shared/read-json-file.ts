import { readFile } from "node:fs/promises";
import { AuditError } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";

/** Reads a JSON file whole. Throws `input-file` with line and column for what is empty, cut short or malformed. */
export async function readJsonFile(file: string): Promise<JsonValue> {
  return parseJson(await readTextFile(file), file);
}

/** Reads a text file (UTF-8, byte order mark taken off). Throws `input-file` when it is missing, empty or not to be opened. */
export async function readTextFile(file: string): Promise<string> {
  let text: string;
  try {
    text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw openError(error, file);
  }
  if (text.trim() === "") {
    throw new AuditError("input-file", "json-empty", "the file is empty", { place: { file }, hint: "run the command that made it again and look at what it says" });
  }
  return text;
}

/** Why a file could not be opened, for people. */
export function openError(error: unknown, file: string): AuditError {
  const code = (error as NodeJS.ErrnoException).code;
  const what = code === "ENOENT" ? "the file does not exist" : code === "EACCES" ? "the file may not be opened" : code === "EISDIR" ? "this is a folder, not a file" : `the file cannot be read (${String(code)})`;
  return new AuditError("input-file", "file-open", what, { place: { file }, hint: "check the path", cause: error });
}

/** Parses JSON text; errors name the place. */
export function parseJson(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw jsonError(error, text, file);
  }
}

function jsonError(error: unknown, text: string, file: string): AuditError {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  // Where the message names no position, the text ended too early.
  const at = position === undefined ? text.length : Number(position);
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const cut = position === undefined || text.slice(at).trim() === "";
  return new AuditError("input-file", "json-broken", cut ? "the JSON ends too early: the file was cut short" : "this is not valid JSON", {
    place: { file, line, column },
    hint: cut ? "make the file again; was the disk full, or the command stopped?" : "make the file again with `--output json` and redirect only standard output into it",
    cause: error,
  });
}
