import { AuditError } from "../../src/model/audit-error.ts";

const FULL = "free some space and run the same command again: what is recorded already is not asked again";

const WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ["the disk is full", FULL],
  EDQUOT: ["the disk quota is used up", FULL],
  EROFS: ["the disk is read-only", "record into another folder"],
  EACCES: ["it may not be opened", "check who owns the folder and its mode"],
  EEXIST: ["a file is where its folder should be", "record into another folder"],
  ENOTDIR: ["a file is where its folder should be", "record into another folder"],
  EISDIR: ["a folder is in its place", "record into another folder"],
};

/** Why a file of a recording could not be written, for people. */
export function writeError(error: unknown, file: string): AuditError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  const [why, hint] = WORDS[code] ?? [code, "check the path"];
  return new AuditError("input-file", "recording-write", `the recording cannot be written: ${why}`, {
    place: { file },
    hint,
    cause: error,
  });
}
