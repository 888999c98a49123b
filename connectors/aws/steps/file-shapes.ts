/** How the files of the steps are laid out: AWS's own records, with or without the envelope of the call. */
import type { JsonValue } from "../../../src/model/json.ts";
import {
  expectRecord,
  expectRecords,
  isJsonRecord,
  pointerPart,
  shapeError,
  type JsonRecord,
} from "../../shared/expect-json.ts";

/**
 * `{ "<user name>": [records] }`. Accepts the envelope of the call around each list, and one answer of the call itself, whose
 * records name their user.
 */
export function listsByUser(envelope: string) {
  return (content: JsonValue, file: string): Readonly<Record<string, readonly JsonRecord[]>> => {
    const users = expectRecord(content, file);
    if (Array.isArray(users[envelope]))
      return groupedByUser(expectRecords(users[envelope], file, pointerPart(envelope)), file, envelope);
    return Object.fromEntries(
      Object.entries(users).map(([user, entry]) => {
        const pointer = pointerPart(user);
        return isJsonRecord(entry) && envelope in entry
          ? [user, expectRecords(entry[envelope], file, pointer + pointerPart(envelope))]
          : [user, expectRecords(entry, file, pointer)];
      }),
    );
  };
}

function groupedByUser(records: readonly JsonRecord[], file: string, envelope: string): Record<string, JsonRecord[]> {
  const users: Record<string, JsonRecord[]> = {};
  for (const [index, record] of records.entries()) {
    const user = record["UserName"];
    if (typeof user !== "string")
      throw shapeError("a record with its `UserName`", file, `${pointerPart(envelope)}/${index}`);
    (users[user] ??= []).push(record);
  }
  return users;
}

/** `{ "<name>": record }`; accepts the envelope of the call around each record, and `null` where `nullable`. */
export function recordsByName(envelope: string, nullable = false) {
  return (content: JsonValue, file: string): Readonly<Record<string, JsonRecord | null>> =>
    Object.fromEntries(
      Object.entries(expectRecord(content, file)).map(([name, entry]) => {
        if (nullable && entry === null) return [name, null];
        const pointer = pointerPart(name);
        const record = expectRecord(entry, file, pointer);
        return envelope in record
          ? [name, expectRecord(record[envelope], file, pointer + pointerPart(envelope))]
          : [name, record];
      }),
    );
}

/** A list of records; accepts the envelope of the call around it. */
export function recordList(envelope?: string) {
  return (content: JsonValue, file: string): readonly JsonRecord[] => {
    const wrapped = envelope !== undefined && isJsonRecord(content) && envelope in content;
    return wrapped ? expectRecords(content[envelope], file, pointerPart(envelope)) : expectRecords(content, file);
  };
}

/** One record; accepts the envelope of the call around it. */
export function oneRecord(envelope?: string) {
  return (content: JsonValue, file: string): JsonRecord => {
    const record = expectRecord(content, file);
    return envelope !== undefined && envelope in record
      ? expectRecord(record[envelope], file, pointerPart(envelope))
      : record;
  };
}

/** One record whose named members, where they are there, are lists of records. */
export function recordOfLists(members: readonly string[]) {
  return (content: JsonValue, file: string): JsonRecord => {
    const record = expectRecord(content, file);
    for (const member of members)
      if (record[member] !== undefined) expectRecords(record[member], file, pointerPart(member));
    return record;
  };
}
