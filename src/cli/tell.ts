import type { Writable } from "node:stream";
import { AuditError } from "../model/audit-error.ts";
import { jsonPieces } from "../text/json-pieces.ts";

/** What the shell gets back. The first that applies, from the top. */
export const EXIT = { bug: 70, mistake: 2, refused: 3, findings: 1, done: 0 } as const;

/**
 * The one place where words reach a terminal. Answers go to standard output and nothing else does; words for people go to
 * standard error, so that `--json | jq` always works.
 */
export class Tell {
  readonly #out: Writable;
  readonly #err: Writable & { readonly isTTY?: boolean };
  readonly #redact: (text: string) => string;
  #live = false;

  constructor(
    out: Writable,
    err: Writable & { readonly isTTY?: boolean },
    redact: (text: string) => string = (text) => text,
  ) {
    this.#out = out;
    this.#err = err;
    this.#redact = redact;
  }

  /** An answer: standard output, as it is. */
  answer(text: string): void {
    this.#clear();
    this.#out.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** One JSON document and nothing else. */
  json(document: object): void {
    this.#clear();
    for (const piece of jsonPieces(document)) this.#out.write(piece);
    this.#out.write("\n");
  }

  /** A line for the person. */
  say(text: string): void {
    this.#clear();
    this.#err.write(`${this.#redact(text)}\n`);
  }

  /** Something that stops nothing but should be known. */
  warn(text: string): void {
    this.say(`warning: ${text}`);
  }

  /** Progress: one line that is written over on a terminal; elsewhere only when `milestone`. */
  progress(text: string): void {
    if (this.#err.isTTY !== true) return;
    this.#clear();
    this.#err.write(this.#redact(text).slice(0, 100));
    this.#live = true;
  }

  /** An error in the words of its kind, with place and hint; answers the exit code. */
  error(error: unknown): number {
    this.#clear();
    if (error instanceof AuditError) {
      const place = error.place;
      const where =
        place === undefined
          ? ""
          : `${place.file}${place.line === undefined ? "" : `:${place.line}${place.column === undefined ? "" : `:${place.column}`}`}${
              place.pointer === undefined ? "" : ` at ${place.pointer === "" ? "/" : place.pointer}`
            }: `;
      this.say(`error: ${where}${error.message}`);
      if (error.hint !== undefined) this.say(`  hint: ${error.hint}`);
      switch (error.kind) {
        case "settings":
        case "input-file":
          return EXIT.mistake;
        case "sign-in":
        case "permission":
        case "provider-answer":
          return EXIT.refused;
        case "invariant":
          return EXIT.bug;
      }
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.say(`error: this is a bug in leastwise: ${text}`);
    this.say("  hint: please report it with the command you ran; nothing was half-written");
    return EXIT.bug;
  }

  #clear(): void {
    if (!this.#live) return;
    this.#err.write("\r\u001b[K");
    this.#live = false;
  }
}

/** Text from a provider on a terminal: control characters could rewrite what the person sees. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the purpose
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "�");
}

/** Rows as aligned columns for a terminal; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
