/** The few things use cases do with the person's files. Every failure is an `AuditError` that names the path. */
export interface Files {
  /** Writes whole or not at all (temporary file, then rename); makes the folders above. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  read(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** Names of the files directly in a folder, sorted. */
  list(path: string): Promise<readonly string[]>;
  /** Copies a folder or file to a new private place and answers its path; `remove` it when done. */
  workingCopy(path: string): Promise<string>;
  remove(path: string): Promise<void>;
}
