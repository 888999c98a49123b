import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Instant } from "../../src/model/instant.ts";
import { openError } from "./read-json-file.ts";
import { withoutSecrets } from "./recordable.ts";
import { writeWhole } from "./recording.ts";
import { writeError } from "./write-error.ts";

/** One answer of a provider as it is kept from one collection to the next. */
export interface KeptAnswer {
  /** What was asked: `GET https://api.github.com/repos/acme/web/hooks?per_page=100`. */
  readonly key: string;
  /** When the provider gave it, or confirmed it. */
  readonly at: Instant;
  /** Up to when it is known to hold: when it was given, or later where a log of changes names none. */
  readonly checked: Instant;
  /** By what the provider recognises it (HTTP `ETag`); null where it gave nothing. */
  readonly etag: string | null;
  /** Address of the next page; null behind the last. */
  readonly next: string | null;
  /** What the provider said was left out of it, in words; null for nothing. */
  readonly gap: string | null;
  readonly data: unknown;
}

/** Raised whenever less or more of an answer is kept than before: what an older version kept is asked for again. */
const FORMAT = 1;

/**
 * Answers of one step, kept in a file of JSON lines that a run adds to as it goes on: what was answered is there when the run is cut
 * off. A line that cannot be read is an answer to ask for again, never an error: nothing here is the only copy of anything.
 */
export class KeptAnswers {
  readonly #file: string;
  readonly #before: Map<string, KeptAnswer>;
  readonly #used = new Map<string, KeptAnswer>();
  /** A run that was cut off may have left half a line: what is added must not become its end. */
  #lead: "" | "\n";
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, before: Map<string, KeptAnswer>, lead: "" | "\n") {
    this.#file = file;
    this.#before = before;
    this.#lead = lead;
  }

  /**
   * Opens the answers of a step (`<system>/<tenant>/<step>`) under a folder. What says that it is from the future was kept by a clock
   * that was wrong, and is not believed. Throws `input-file` where the file may not be read.
   */
  static async open(folder: string, key: string, now: Instant): Promise<KeptAnswers> {
    const file = join(folder, `${key}.ndjson`);
    const before = new Map<string, KeptAnswer>();
    const text = await textOf(file);
    for (const line of text.split("\n")) {
      const answer = parsed(line);
      if (answer !== undefined && answer.at <= now && answer.checked <= now) before.set(answer.key, answer);
    }
    return new KeptAnswers(file, before, text === "" || text.endsWith("\n") ? "" : "\n");
  }

  /** How many are kept. */
  get size(): number {
    return this.#before.size;
  }

  /** What was kept under a key: by this run, or by an earlier one. */
  get(key: string): KeptAnswer | undefined {
    return this.#used.get(key) ?? this.#before.get(key);
  }

  /** Keeps an answer, known secrets left out. On the disk when it returns. Throws `input-file` where it cannot be written. */
  keep(answer: KeptAnswer): Promise<void> {
    this.#used.set(answer.key, answer);
    this.#writing = this.#writing.then(() => this.#append(answer));
    return this.#writing;
  }

  /** An answer of an earlier run that is used again as it is, and known to hold up to a moment. Written at the end only. */
  useAgain(answer: KeptAnswer, checked: Instant): void {
    this.#used.set(answer.key, checked > answer.checked ? { ...answer, checked } : answer);
  }

  /** Leaves in the file what this run used and nothing else: what was asked about is gone otherwise. */
  async end(): Promise<void> {
    await this.#writing;
    if (this.#used.size === 0 && this.#before.size === 0) return;
    const lines = [...this.#used.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(lineOf);
    await writeWhole(this.#file, lines.join(""));
  }

  async #append(answer: KeptAnswer): Promise<void> {
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      await appendFile(this.#file, this.#lead + lineOf(answer), { mode: 0o600 });
      this.#lead = "";
    } catch (error) {
      throw writeError(error, this.#file);
    }
  }
}

const lineOf = (answer: KeptAnswer): string => `${JSON.stringify({ format: FORMAT, ...answer }, withoutSecrets)}\n`;

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw openError(error, file);
  }
}

/** A line as an answer; undefined for one that was cut off, or written by somebody else. */
function parsed(line: string): KeptAnswer | undefined {
  try {
    const read = JSON.parse(line) as Partial<KeptAnswer> & { readonly format?: number };
    const { format, key, at, checked, etag = null, next = null, gap = null, data } = read;
    const whole =
      format === FORMAT &&
      typeof key === "string" &&
      typeof at === "string" &&
      typeof checked === "string" &&
      data !== undefined;
    return whole ? { key, at, checked, etag, next, gap, data } : undefined;
  } catch {
    return undefined;
  }
}
