import { nearestWord } from "../text/nearest-word.ts";

/** What is wrong with a line of input, in the words its error line gives. */
export class LineError extends Error {}

/** A value as JSON.parse answers it. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

/** The object a value is; `what` is how the error calls it. */
export function objectOf(value: Json, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new LineError(value === undefined ? `${what} is missing` : `${what} is not an object`);
  return value as JsonObject;
}

/** The list a value is. */
export function listOf(value: Json, place: string): readonly Json[] {
  if (!Array.isArray(value)) throw new LineError(`\`${place}\` is not a list`);
  return value as readonly Json[];
}

/** One text or several; numbers and truth values as AWS writes them. */
export function textsOf(value: Json, place: string): readonly string[] {
  return (Array.isArray(value) ? (value as Json[]) : [value]).map((one) => {
    if (typeof one === "string") return one;
    if (typeof one === "number" || typeof one === "boolean") return String(one);
    throw new LineError(`\`${place}\` is neither text nor a list of texts`);
  });
}

/** A field that is none, with the nearest one. */
export function unknownField(key: string, there: readonly string[], place: string): LineError {
  const near = nearestWord(key, there);
  return new LineError(`\`${place}${key}\` is no field${near === undefined ? "" : `, did you mean \`${near}\``}`);
}

/** The value behind a message, where it is text. */
export function shown(value: Json): string {
  return typeof value === "string" ? `: \`${value.slice(0, 100)}\`` : "";
}
