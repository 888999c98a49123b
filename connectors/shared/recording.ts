import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import type { CoverageState } from "../../src/model/coverage.ts";
import { toInstant, type Instant } from "../../src/model/instant.ts";
import { parseJson } from "./read-json-file.ts";

/** How one step of a recording ended. */
export interface StepState {
  readonly state: CoverageState;
  readonly reason?: string;
}

/** `recording.json`: what was recorded, when, and how each step ended. Optional beside the answers. */
export interface RecordingManifest {
  readonly recordedAt: Instant | null;
  /** Keyed `<system>/<tenant>/<step>`. */
  readonly steps: Readonly<Record<string, StepState>>;
}

const FILE = "recording.json";

/** Reads `recording.json` of a folder; a folder without one is a recording of unknown date. */
export async function readRecordingManifest(folder: string): Promise<RecordingManifest> {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return { recordedAt: null, steps: {} };
  }
  const manifest = parseJson(text, file) as { format?: unknown; recordedAt?: unknown; steps?: unknown };
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest) || manifest.format !== 1) {
    throw new AuditError("input-file", "recording-format", "this recording has a format that is not known here", {
      place: { file, pointer: "/format" },
      hint: "it was made by a newer version; update leastwise",
    });
  }
  const recordedAt = typeof manifest.recordedAt === "string" ? toInstant(manifest.recordedAt) : undefined;
  if (recordedAt === undefined) {
    throw new AuditError("input-file", "recording-date", "`recordedAt` is not a date", { place: { file, pointer: "/recordedAt" }, hint: "write it as 2026-11-30T08:00:00Z" });
  }
  return { recordedAt, steps: (manifest.steps ?? {}) as Record<string, StepState> };
}

/** Whether a path is a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Writes a file whole or not at all: temporary file, fsync, rename. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.part`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

/** Keeps what a provider answered, step by step, so that an interrupted run can go on and others can read the same answers. */
export class RecordingWriter {
  readonly folder: string;
  readonly #steps: Record<string, StepState>;
  readonly #startedAt: Instant;

  private constructor(folder: string, startedAt: Instant, steps: Record<string, StepState>) {
    this.folder = folder;
    this.#startedAt = startedAt;
    this.#steps = steps;
  }

  /** Opens a recording to write into, going on with what is complete in it. */
  static async open(folder: string, now: Instant): Promise<RecordingWriter> {
    const before = await readRecordingManifest(folder);
    return new RecordingWriter(folder, before.recordedAt ?? now, { ...before.steps });
  }

  /** Whether the step was answered in full already. */
  isComplete(key: string): boolean {
    return this.#steps[key]?.state === "complete";
  }

  /** Writes the answer first and the step's state after it: a state never promises a file that is not there. */
  async write(key: string, file: string, content: string | null, state: StepState): Promise<void> {
    if (content !== null) await writeWhole(join(this.folder, file), content);
    // Read again: another connector records into the same folder.
    const now = await readRecordingManifest(this.folder);
    this.#steps[key] = state;
    const steps = Object.fromEntries(Object.entries({ ...now.steps, ...this.#steps }).sort(([a], [b]) => (a < b ? -1 : 1)));
    await writeWhole(join(this.folder, FILE), `${JSON.stringify({ format: 1, recordedAt: this.#startedAt, tool: "leastwise", steps }, null, 2)}\n`);
  }
}
