import { unzipSync, zipSync } from "fflate";
import type { ArchiveFile, ReadArchive } from "../../contracts/archive.ts";
import { AuditError } from "../../model/audit-error.ts";
import { isArchivePath } from "./archive-path.ts";

/**
 * Files as a zip, stored without compression (the bulk is Parquet, which is compressed already) and with fixed dates, so that
 * the same files give the same bytes, now and with any later version.
 */
export function zipFiles(files: readonly ArchiveFile[]): Uint8Array {
  // Zip knows only local time: the same local moment everywhere gives the same bytes.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, [bytes, { level: 0, mtime }]])));
}

/** The files of a zip, and what was changed around them. Throws `input-file` when it cannot be read. */
export function unzipFiles(bytes: Uint8Array, path: string): ReadArchive {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes);
  } catch (error) {
    throw new AuditError(
      "input-file",
      "archive-unreadable",
      `\`${path}\` cannot be read as a zip: it is damaged or something else`,
      {
        hint: "take another copy of the archive",
        place: { file: path },
        cause: error,
      },
    );
  }
  const names = Object.keys(entries).filter((name) => !name.endsWith("/"));
  const files = names.map((name) => ({ path: name, bytes: entries[name] ?? new Uint8Array() }));
  // What fflate gave back, written again in the same order, must be the very same bytes: then nothing is hidden in between.
  const difference = firstDifference(bytes, zipFiles(files));
  const faults =
    difference === undefined
      ? []
      : [`byte ${difference} of the zip is not what was written: it was changed or packed again`];
  const proper = files.filter((file) => isArchivePath(file.path));
  if (proper.length < files.length)
    faults.push(`${files.length - proper.length} entries of the archive have names that cannot be file names`);
  return { files: proper.sort((a, b) => (a.path < b.path ? -1 : 1)), faults };
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  if (Buffer.compare(a, b) === 0) return undefined;
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
  return shorter;
}
