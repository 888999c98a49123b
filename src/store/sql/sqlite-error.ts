import { AuditError } from "../../model/audit-error.ts";

/** Primary SQLite result codes (https://sqlite.org/rescode.html) that a person can do something about. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;
/** Extended: the file beside the log could not grow. SQLite's own words for it: the volume is out of space. */
const SQLITE_IOERR_SHMSIZE = 4_874;

const WORDS: Readonly<Record<number, readonly [code: string, what: string, hint: string]>> = {
  [SQLITE_BUSY]: [
    "state-busy",
    "is being written by another process for too long",
    "wait for the other leastwise command to end, then run this one again",
  ],
  [SQLITE_READONLY]: ["state-readonly", "may not be changed", "check who owns it and its mode"],
  [SQLITE_IOERR]: [
    "state-io",
    "could not be read or written: the disk reported an error",
    "check the disk; nothing was half-written",
  ],
  [SQLITE_CORRUPT]: [
    "state-damaged",
    "is damaged",
    "put back a copy of the data directory; `leastwise evidence verify` checks an archive that was exported before",
  ],
  [SQLITE_FULL]: [
    "disk-full",
    "cannot be written: the disk is full",
    "free some space and run the same command again; nothing was half-written",
  ],
  [SQLITE_CANTOPEN]: ["state-open", "cannot be opened", "check that the folder exists and may be written"],
  [SQLITE_NOTADB]: [
    "state-not-a-database",
    "is not a database",
    "name another data directory with `--data`, or put back a copy of this one",
  ],
};

/** The primary result code of an error that SQLite raised, or undefined. */
function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  if (code === SQLITE_IOERR_SHMSIZE) return SQLITE_FULL;
  return typeof code === "number" ? code & 0xff : undefined;
}

/** Whether another writer holds the lock right now. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === SQLITE_BUSY;
}

/** What SQLite said, in words for people; anything it did not say is passed on unchanged. */
export function sqliteError(error: unknown, path: string): unknown {
  const [code, what, hint] = WORDS[sqliteCode(error) ?? -1] ?? [];
  if (code === undefined || what === undefined || hint === undefined) return error;
  return new AuditError("input-file", code, `\`${path}\` ${what}`, { hint, place: { file: path }, cause: error });
}
