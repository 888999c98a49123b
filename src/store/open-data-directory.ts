import { chmod, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Clock } from "../contracts/clock.ts";
import type { DataDirectory } from "../contracts/store.ts";
import { AuditError } from "../model/audit-error.ts";
import { directoryBlobs } from "./blobs/directory-blobs.ts";
import { diskError } from "./disk-error.ts";
import { UNFINISHED } from "./durable-file.ts";
import { readSigningKey } from "./signing-key.ts";
import { parquetSnapshots } from "./snapshots/parquet-snapshots.ts";
import { openSqlite } from "./sql/open-sqlite.ts";

/** What killed processes left behind is removed after this: nothing takes that long to write. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/**
 * Opens a data directory, making it (mode 0700) when it is not there: `state.db`, `blobs/`, `keys/`, `work/`. Several
 * processes may have it open. Throws `input-file` when it cannot be used or was made by a newer version,
 * `settings` for an empty path.
 */
export async function openDataDirectory(
  path: string,
  options: { readonly clock: Clock; readonly signingKey?: string | undefined },
): Promise<DataDirectory> {
  // `--data "$NAME"` with nothing in the variable: it must not become the folder one happens to be in.
  if (path.trim() === "") {
    throw new AuditError("settings", "empty-path", "the path of the data directory is empty", {
      hint: "was a variable of the shell empty?",
    });
  }
  const root = resolve(path);
  const [blobFolder, keyFolder, workFolder] = [join(root, "blobs"), join(root, "keys"), join(root, "work")];
  for (const folder of [root, blobFolder, keyFolder, workFolder]) await makePrivate(folder);
  const state = await openSqlite(join(root, "state.db"), options.clock.now());
  await removeLeftBehind(workFolder, "");
  await removeLeftBehind(blobFolder, UNFINISHED);
  const blobs = directoryBlobs(blobFolder);
  let key: Promise<Uint8Array> | undefined;
  return {
    path: root,
    state,
    blobs,
    snapshots: parquetSnapshots({ blobs, state, workFolder }),
    signingKey: () => (key ??= readSigningKey(keyFolder, options.signingKey)),
    close: () => state.close(),
  };
}

async function makePrivate(folder: string): Promise<void> {
  try {
    // Only what we make ourselves gets its mode: a folder that was there may be shared on purpose.
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await chmod(folder, 0o700);
  } catch (error) {
    throw diskError(error, folder, "write");
  }
}

async function removeLeftBehind(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name);
    // Another process may clear up at the same moment.
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(path, { recursive: true, force: true });
  }
}
