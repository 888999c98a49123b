import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BlobStore } from "../../contracts/store.ts";
import { AuditError } from "../../model/audit-error.ts";
import { sha256 } from "../../text/digest.ts";
import { diskError } from "../disk-error.ts";
import { writeDurably } from "../durable-file.ts";

/** Blobs as files `<sha256>.<extension>` in one folder, which must be there. */
export function directoryBlobs(folder: string): BlobStore {
  const place = (hash: string, extension: string): string => join(folder, blobName(hash, extension));
  return {
    async put(bytes, extension) {
      const hash = sha256(bytes);
      const path = place(hash, extension);
      // A damaged file of that name is replaced, a sound one left alone.
      if ((await readIfThere(path).then((found) => found && sha256(found))) !== hash) await writeDurably(path, bytes);
      return hash;
    },
    async get(hash, extension) {
      const path = place(hash, extension);
      const bytes = await readIfThere(path);
      if (bytes === undefined) throw blobError("blob-missing", path, "is missing");
      if (sha256(bytes) !== hash)
        throw blobError("blob-damaged", path, "is damaged: its bytes do not give the hash in its name");
      return bytes;
    },
    async has(hash, extension) {
      return access(place(hash, extension)).then(
        () => true,
        () => false,
      );
    },
  };
}

/** File name of a blob, in the data directory and in an archive. */
export function blobName(hash: string, extension: string): string {
  // INVARIANT: what names a file is a hash and a short word, never a path.
  if (!/^[0-9a-f]{64}$/.test(hash) || !/^[a-z0-9]{1,12}$/.test(extension)) {
    throw new AuditError("invariant", "blob-name", `\`${hash}.${extension}\` is no name for a blob`);
  }
  return `${hash}.${extension}`;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw diskError(error, path, "read");
  }
}

function blobError(code: string, path: string, what: string): AuditError {
  return new AuditError("input-file", code, `\`${path}\` ${what}`, {
    hint: "put the file back from a copy of the data directory or from an evidence archive; everything else can still be read",
    place: { file: path },
  });
}
