import { constants } from "node:fs";
import {
  access,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Files } from "../contracts/files.ts";
import { AuditError } from "../model/audit-error.ts";
import { diskError } from "./disk-error.ts";

/** The person's files on this machine's disk. */
export function diskFiles(): Files {
  return {
    async write(path, content) {
      refuseEmpty(path);
      await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
        throw diskError(error, dirname(path), "write");
      });
      let temporary: string | undefined;
      try {
        const target = await fileBehind(path);
        if (target === undefined) return await writeInPlace(path, content);
        temporary = `${target}.${process.pid}.part`;
        const file = await open(temporary, "w", 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, target);
      } catch (error) {
        // What went wrong is the answer, not that there was nothing to clear up.
        if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => {});
        throw diskError(error, path, "write");
      }
    },
    async read(path) {
      try {
        return await readFile(path);
      } catch (error) {
        throw diskError(error, path, "read");
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
        return entries
          .filter((entry) => entry.isFile())
          .map((entry) => entry.name)
          .sort();
      } catch (error) {
        throw diskError(error, path, "read");
      }
    },
    async workingCopy(path) {
      const folder = await mkdtemp(join(tmpdir(), "leastwise-rehearsal-"));
      const copy = join(folder, basename(path));
      try {
        await cp(path, copy, { recursive: true });
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw diskError(error, path, "read");
      }
      return copy;
    },
    async remove(path) {
      await rm(path, { recursive: true, force: true });
      if (dirname(path).startsWith(join(tmpdir(), "leastwise-rehearsal-")))
        await rm(dirname(path), { recursive: true, force: true });
    },
  };
}

/** `--csv "$NAME"` with nothing in the variable. */
function refuseEmpty(path: string): void {
  if (path.trim() !== "") return;
  throw new AuditError("settings", "empty-path", "the path of the file to write is empty", {
    hint: "was a variable of the shell empty?",
  });
}

/**
 * The file that a path means, to be replaced whole. Undefined for what can only be written into: a device, a pipe, or what
 * the system keeps a link to (`/dev/stdout`). A file renamed over one of those would take its place for everybody.
 */
async function fileBehind(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return path;
  if (!found.isFile() && !found.isDirectory()) return undefined;
  if (!(await lstat(path)).isSymbolicLink()) return path;
  const to = resolve(dirname(path), await readlink(path));
  return /^\/(?:proc|dev)\//.test(to) ? undefined : realpath(path);
}

async function writeInPlace(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}
