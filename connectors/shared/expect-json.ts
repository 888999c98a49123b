import { AuditError } from "../../src/model/audit-error.ts";
import type { JsonValue } from "../../src/model/json.ts";

/** A JSON object. */
export type JsonRecord = { readonly [member: string]: JsonValue };

/** Whether a JSON value is an object (not a list, not null). */
export function isJsonRecord(value: JsonValue | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object; throws `input-file` that says where one was expected. */
export function expectRecord(value: JsonValue | undefined, file: string, pointer = ""): JsonRecord {
  if (isJsonRecord(value)) return value;
  throw shapeError("an object", file, pointer);
}

/** The value as a list of objects; throws `input-file` that says where one was expected. */
export function expectRecords(value: JsonValue | undefined, file: string, pointer = ""): readonly JsonRecord[] {
  if (!Array.isArray(value)) throw shapeError("a list", file, pointer);
  return (value as readonly JsonValue[]).map((entry, index) => expectRecord(entry, file, `${pointer}/${index}`));
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerPart(member: string): string {
  return `/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** An error for a file that holds something else than it should. */
export function shapeError(expected: string, file: string, pointer: string): AuditError {
  return new AuditError("input-file", "json-shape", `${expected} was expected here`, {
    place: { file, pointer },
    hint: "the README of the connector shows what the file holds",
  });
}
