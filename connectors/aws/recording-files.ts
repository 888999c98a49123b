import { join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import { writeWhole } from "../shared/recording.ts";
import type { CallOutcome } from "./client.ts";
import { readDetailsFile } from "./details-file.ts";
import { DETAIL_SECTIONS } from "./raw.ts";
import { STEPS } from "./steps/index.ts";
import { SWEEP } from "./steps/step.ts";

/** The files of one tenant's folder that changes read and write, kept in memory after the first look. */
export class RecordingFiles {
  readonly #folder: string | null;
  readonly #workingCopy: boolean;
  readonly #contents = new Map<string, unknown>();

  /** `folder` null: there are no files beside a single file of the sweep. */
  constructor(folder: string | null, workingCopy: boolean) {
    this.#folder = folder;
    this.#workingCopy = workingCopy;
  }

  /** The parsed file, or undefined when it was not given. */
  async read<T>(file: string): Promise<T | undefined> {
    if (this.#folder === null) return undefined;
    if (!this.#contents.has(file)) this.#contents.set(file, await this.#load(file, join(this.#folder, file)));
    return this.#contents.get(file) as T | undefined;
  }

  /** Changes the file in place and writes it; `work` answers false when there was nothing to change. */
  async change<T>(file: string, work: (content: T) => boolean): Promise<CallOutcome> {
    if (!this.#workingCopy) return { state: "refused", why: "a recording is never changed, only a working copy of it" };
    const content = await this.read<T>(file);
    if (content === undefined || this.#folder === null) return { state: "refused", why: `${file} was not given` };
    if (!work(content)) return { state: "absent" };
    await writeWhole(join(this.#folder, file), `${JSON.stringify(content, null, 2)}\n`);
    return { state: "done" };
  }

  async #load(file: string, path: string): Promise<unknown> {
    try {
      if (file === `${SWEEP}.json`) return await wholeSweep(path);
      const content = await readJsonFile(path);
      return STEPS.find((step) => step.file === file)?.parse(content, path) ?? content;
    } catch (error) {
      if (error instanceof AuditError && error.code === "file-missing") return undefined;
      throw error;
    }
  }
}

/** The sweep as one document, whatever pages it was written in; a working copy is small enough. */
async function wholeSweep(path: string): Promise<Readonly<Record<string, unknown>>> {
  const lists: Record<string, unknown[]> = Object.fromEntries(DETAIL_SECTIONS.map((section) => [section, []]));
  const answer = await readDetailsFile(path, ({ section, entry }) => lists[section]?.push(entry));
  // What was cut short stays cut short.
  return { ...lists, ...(answer.state === "partial" ? { IsTruncated: true } : {}) };
}
