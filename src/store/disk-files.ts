import { constants } from "node:fs";
import { access, cp, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Files } from "../contracts/files.ts";
import { AuditError } from "../model/audit-error.ts";

/** The person's files on this machine's disk. */
export function diskFiles(): Files {
  return {
    async write(path, content) {
      const temporary = `${path}.${process.pid}.part`;
      try {
        await mkdir(dirname(path), { recursive: true });
        const file = await open(temporary, "w", 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw fileError(error, path, "write");
      }
    },
    async read(path) {
      try {
        return await readFile(path);
      } catch (error) {
        throw fileError(error, path, "read");
      }
    },
    async exists(path) {
      return access(path, constants.F_OK).then(
        () => true,
        () => false,
      );
    },
    async list(path) {
      try {
        const entries = await readdir(path, { withFileTypes: true });
        return entries.filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
      } catch (error) {
        throw fileError(error, path, "read");
      }
    },
    async workingCopy(path) {
      const folder = await mkdtemp(join(tmpdir(), "leastwise-rehearsal-"));
      const copy = join(folder, basename(path));
      try {
        await cp(path, copy, { recursive: true });
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw fileError(error, path, "read");
      }
      return copy;
    },
    async remove(path) {
      await rm(path, { recursive: true, force: true });
      if (dirname(path).startsWith(join(tmpdir(), "leastwise-rehearsal-"))) await rm(dirname(path), { recursive: true, force: true });
    },
  };
}

const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ["does not exist", "check the path"],
  EACCES: ["may not be opened", "check who owns it and its mode"],
  EPERM: ["may not be changed", "check who owns it and its mode"],
  EISDIR: ["is a folder, not a file", "name a file"],
  ENOTDIR: ["lies under something that is not a folder", "check the path"],
  ENOSPC: ["cannot be written: the disk is full", "free some space and run the same command again; nothing was half-written"],
  EROFS: ["cannot be written: the disk is read-only", "choose another folder"],
};

function fileError(error: unknown, path: string, doing: "read" | "write"): AuditError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const [what, hint] = WORDS[code] ?? [`could not be ${doing === "read" ? "read" : "written"} (${code})`, "check the path"];
  return new AuditError("input-file", `file-${code.toLowerCase()}`, `\`${path}\` ${what}`, { hint, cause: error });
}
