/** One file of an archive; `path` is relative, with `/`, and never leaves the archive. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** An archive as it was read. */
export interface ReadArchive {
  /** In order of path. */
  readonly files: readonly ArchiveFile[];
  /** What is wrong with the container itself, one sentence each: bytes of a zip that belong to none of its files were changed. */
  readonly faults: readonly string[];
}

/** Where evidence archives are kept: a zip when the path ends in `.zip`, else a folder. */
export interface Archives {
  /**
   * Writes whole or not at all; same files, same bytes. Never overwrites: something that is there already is a `settings`
   * error. For example `write("q4.zip", [{ path: "manifest.json", bytes }])`.
   */
  write(path: string, files: readonly ArchiveFile[]): Promise<void>;
  /**
   * Makes sure that an archive could be written there: the folder above is made and tried. Throws like `write`. Asked before
   * anything is put on record about an archive.
   */
  prepare(path: string): Promise<void>;
  /** Throws `input-file` when there is nothing there, or nothing that can be read as an archive. */
  read(path: string): Promise<ReadArchive>;
}
