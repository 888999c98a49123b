/** Careful reading of JSON nobody vouches for: what has another form than expected is not there. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** An object that is no list; null for anything else. */
export function record(value: unknown): JsonRecord | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null;
}

/** The text under a name, or null; an empty text is none. */
export function textAt(from: JsonRecord | null, name: string): string | null {
  const value = from === null || !Object.hasOwn(from, name) ? null : from[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The object under a name, or null. */
export function recordAt(from: JsonRecord | null, name: string): JsonRecord | null {
  return from === null || !Object.hasOwn(from, name) ? null : record(from[name]);
}

/** The list under a name; empty where there is none. */
export function listAt(from: JsonRecord | null, name: string): readonly unknown[] {
  const value = from === null || !Object.hasOwn(from, name) ? null : from[name];
  return Array.isArray(value) ? value : [];
}

/** The value of a JSON text; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
