import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskError } from "./disk-error.ts";

/** Names of files that are not finished begin with this. */
export const UNFINISHED = ".unfinished-";

/**
 * Writes a private file (0600) that is whole or not there, and stays after a power cut once this answers: temporary file,
 * fsync, rename, fsync of the folder. Throws `input-file`, with nothing left behind, when the disk is full.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `${UNFINISHED}${process.pid}-${randomBytes(6).toString("hex")}`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    // What went wrong is the answer, not that there was nothing to clear up.
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError(error, path, "write");
  }
}

/** Makes the names in a folder durable. Windows cannot and need not open a folder for that. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
