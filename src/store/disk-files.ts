import { constants } from "node:fs";
import { access, cp, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Files } from "../contracts/files.ts";
import { diskError } from "./disk-error.ts";

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
