import { AuditError } from "../model/audit-error.ts";

const WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ["does not exist", "check the path"],
  EACCES: ["may not be opened", "check who owns it and its mode"],
  EPERM: ["may not be changed", "check who owns it and its mode"],
  EISDIR: ["is a folder, not a file", "name a file"],
  EEXIST: ["is a file, not a folder", "name a folder"],
  ENOTDIR: ["lies under something that is not a folder", "check the path"],
  ENOSPC: [
    "cannot be written: the disk is full",
    "free some space and run the same command again; nothing was half-written",
  ],
  EDQUOT: [
    "cannot be written: the disk quota is used up",
    "free some space and run the same command again; nothing was half-written",
  ],
  EROFS: ["cannot be written: the disk is read-only", "choose another folder"],
};

/** What the operating system said about a path, in words for people. An `AuditError` is passed on as it is. */
export function diskError(error: unknown, path: string, doing: "read" | "write"): AuditError {
  if (error instanceof AuditError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  const [what, hint] = WORDS[code] ?? [
    `could not be ${doing === "read" ? "read" : "written"} (${code})`,
    "check the path",
  ];
  return new AuditError("input-file", `file-${code.toLowerCase()}`, `\`${path}\` ${what}`, { hint, cause: error });
}
