import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { ArchiveFile, ReadArchive } from "../../contracts/archive.ts";
import { writeDurably } from "../durable-file.ts";

/** Writes the files into a new folder: built beside its place under another name, then renamed. */
export async function writeFolder(path: string, files: readonly ArchiveFile[]): Promise<void> {
  const building = `${path}.unfinished-${randomBytes(6).toString("hex")}`;
  try {
    for (const file of files) {
      const target = join(building, ...file.path.split("/"));
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeDurably(target, file.bytes);
    }
    await rename(building, path);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

/** Every file under the folder. Links are reported: what they point at is not part of the archive. */
export async function readFolder(path: string): Promise<ReadArchive> {
  const files: ArchiveFile[] = [];
  const faults: string[] = [];
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const name = relative(path, full).split(sep).join("/");
    if (entry.isFile()) files.push({ path: name, bytes: await readFile(full) });
    else if (!entry.isDirectory()) faults.push(`\`${name}\` is a link or a device, not a file`);
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), faults: faults.sort() };
}
