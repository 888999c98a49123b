/** Reads a secret by the name the configuration gives it; never from the configuration file itself. */
export interface SecretReader {
  /** The value, or `undefined` when there is none of that name. */
  read(name: string): string | undefined;
}
