/** Words for the person at the terminal while something runs. Never a secret. */
export interface Log {
  /** A step went on; shown as progress. */
  progress(text: string): void;
  /** Something the person should know but that stops nothing. */
  warn(text: string): void;
}
