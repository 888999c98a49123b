import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { withoutSecrets } from "../shared/recordable.ts";
import { decoded } from "./convert/parts.ts";
import { DETAIL_SECTIONS, type RawDetail } from "./raw.ts";

/** How much text is collected before it goes to the disk. */
const BLOCK = 1 << 20;

type Section = RawDetail["section"];

/** One list on its way to the disk. */
interface Part {
  readonly handle: FileHandle;
  readonly path: string;
  waiting: string[];
  count: number;
  size: number;
}

/**
 * Writes the sweep as `aws iam get-account-authorization-details` prints it, entry by entry, so that a hundred thousand of
 * them are never in memory: one temporary file for each list, put together at the end, whole or not at all.
 */
export class DetailsWriter {
  readonly #file: string;
  readonly #parts: ReadonlyMap<Section, Part>;
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string, parts: ReadonlyMap<Section, Part>) {
    this.#file = file;
    this.#parts = parts;
  }

  /** Makes the folder and the temporary files. */
  static async open(file: string): Promise<DetailsWriter> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const parts = new Map<Section, Part>();
    for (const section of DETAIL_SECTIONS) {
      const path = `${file}.${section}.part`;
      parts.set(section, { handle: await open(path, "w", 0o600), path, waiting: [], count: 0, size: 0 });
    }
    return new DetailsWriter(file, parts);
  }

  /** Takes one entry; a write that fails is reported by {@link finish}. */
  add({ section, entry }: RawDetail): void {
    const part = this.#parts.get(section);
    if (part === undefined) return;
    const text = JSON.stringify(entry, replacer);
    part.waiting.push(`${part.count === 0 ? "" : ",\n"}    ${text}`);
    part.count += 1;
    part.size += text.length;
    if (part.size >= BLOCK) this.#flush(section);
  }

  /** Puts the lists together under the final name. */
  async finish(): Promise<void> {
    for (const section of DETAIL_SECTIONS) this.#flush(section);
    await this.#written;
    const temporary = `${this.#file}.part`;
    const whole = await open(temporary, "w", 0o600);
    try {
      for (const [index, section] of DETAIL_SECTIONS.entries()) {
        await whole.appendFile(`${index === 0 ? "{" : ","}\n  "${section}": [\n`);
        const path = this.#parts.get(section)?.path;
        if (path !== undefined)
          for await (const chunk of createReadStream(path)) await whole.appendFile(chunk as Buffer);
        await whole.appendFile("\n  ]");
      }
      await whole.appendFile("\n}\n");
      await whole.sync();
    } finally {
      await whole.close();
    }
    await rename(temporary, this.#file);
  }

  /** Closes and removes the temporary files; what was finished stays. */
  async discard(): Promise<void> {
    await this.#written.catch(() => undefined);
    for (const { handle, path } of this.#parts.values()) {
      await handle.close();
      await rm(path, { force: true });
    }
  }

  #flush(section: Section): void {
    const part = this.#parts.get(section);
    if (part === undefined || part.waiting.length === 0) return;
    const text = part.waiting.join("");
    part.waiting = [];
    part.size = 0;
    this.#written = this.#written.then(() => part.handle.appendFile(text));
    // Reported by `finish`, which waits for the same promise.
    this.#written.catch(() => undefined);
  }
}

const DOCUMENTS: ReadonlySet<string> = new Set(["PolicyDocument", "AssumeRolePolicyDocument", "Document"]);

/** Documents are written decoded, as the command line prints them; one that does not parse stays as it came. */
function replacer(member: string, value: unknown): unknown {
  if (!DOCUMENTS.has(member) || typeof value !== "string") return withoutSecrets(member, value);
  try {
    return JSON.parse(decoded(value));
  } catch {
    return value;
  }
}
