import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ArchiveFile, Archives } from "../../contracts/archive.ts";
import { AuditError } from "../../model/audit-error.ts";
import { diskError } from "../disk-error.ts";
import { writeDurably } from "../durable-file.ts";
import { isArchivePath } from "./archive-path.ts";
import { readFolder, writeFolder } from "./folder-archive.ts";

/** Evidence archives on this machine's disk. The zip library is loaded when there is a zip. */
export function diskArchives(): Archives {
  return {
    async write(path, files) {
      for (const file of files) refuseOutside(file);
      await this.prepare(path);
      try {
        if (!path.toLowerCase().endsWith(".zip")) return await writeFolder(path, files);
        const { zipFiles } = await import("./zip-archive.ts");
        await writeDurably(path, zipFiles(files));
      } catch (error) {
        throw diskError(error, path, "write");
      }
    },
    async prepare(path) {
      try {
        if ((await kindOf(path)) !== undefined) {
          throw new AuditError("settings", "archive-exists", `\`${path}\` is there already`, {
            hint: "evidence is never overwritten: choose another name",
          });
        }
        await mkdir(dirname(path), { recursive: true });
        await rm(await mkdtemp(join(dirname(path), ".leastwise-")), { recursive: true });
      } catch (error) {
        throw diskError(error, path, "write");
      }
    },
    async read(path) {
      try {
        const kind = await kindOf(path);
        if (kind === undefined) {
          throw new AuditError("input-file", "archive-missing", `there is no archive \`${path}\``, {
            hint: "check the path; `leastwise evidence export` writes one",
          });
        }
        if (kind === "folder") return await readFolder(path);
        const { unzipFiles } = await import("./zip-archive.ts");
        return unzipFiles(await readFile(path), path);
      } catch (error) {
        throw diskError(error, path, "read");
      }
    },
  };
}

async function kindOf(path: string): Promise<"folder" | "file" | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return found === undefined ? undefined : found.isDirectory() ? "folder" : "file";
}

function refuseOutside({ path }: ArchiveFile): void {
  // INVARIANT: no file of an archive lands outside it.
  if (!isArchivePath(path))
    throw new AuditError("invariant", "archive-path", `\`${path}\` is no path inside an archive`);
}
