import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import type { CoverageState } from "../../src/model/coverage.ts";
import { daysBetween, toInstant, type Instant } from "../../src/model/instant.ts";
import type { JsonValue } from "../../src/model/json.ts";
import { isJsonRecord } from "./expect-json.ts";
import { openError, parseJson } from "./read-json-file.ts";
import { writeError } from "./write-error.ts";

/** How one step of a recording ended. */
export interface StepState {
  readonly state: CoverageState;
  /** In words unless complete. */
  readonly reason?: string;
}

/** `recording.json`: when it was recorded and how each step ended. Optional beside the answers. */
export interface RecordingManifest {
  /** Null where the folder has no `recording.json`. */
  readonly recordedAt: Instant | null;
  /** Keyed `<system>/<tenant>/<step>`. */
  readonly steps: Readonly<Record<string, StepState>>;
}

const FILE = "recording.json";
const STATES: readonly string[] = ["complete", "partial", "denied", "skipped"] satisfies CoverageState[];

/**
 * Reads `recording.json` of a folder; a folder without one is a recording of unknown date. Throws `input-file` with the JSON
 * pointer of what is not as it should be.
 */
export async function readRecordingManifest(folder: string): Promise<RecordingManifest> {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { recordedAt: null, steps: {} };
    throw openError(error, file);
  }
  const manifest = parseJson(text, file);
  if (!isJsonRecord(manifest) || manifest["format"] !== 1) {
    throw new AuditError("input-file", "recording-format", "this recording has a format that is not known here", {
      place: { file, pointer: "/format" },
      hint: "`format` must be 1; a recording made by a newer version needs that version",
    });
  }
  const recordedAt = typeof manifest["recordedAt"] === "string" ? toInstant(manifest["recordedAt"]) : undefined;
  if (recordedAt === undefined) {
    throw new AuditError("input-file", "recording-date", "`recordedAt` is not a date", {
      place: { file, pointer: "/recordedAt" },
      hint: "write it as 2026-11-30T08:00:00Z",
    });
  }
  return { recordedAt, steps: stepStates(manifest["steps"], file) };
}

function stepStates(value: JsonValue | undefined, file: string): Record<string, StepState> {
  const steps: Record<string, StepState> = {};
  for (const [key, entry] of Object.entries(isJsonRecord(value) ? value : {})) {
    const state = isJsonRecord(entry) ? entry["state"] : undefined;
    if (!isJsonRecord(entry) || typeof state !== "string" || !STATES.includes(state)) {
      throw new AuditError("input-file", "recording-step", `the state of \`${key}\` is not known`, {
        place: { file, pointer: `/steps/${key.replaceAll("~", "~0").replaceAll("/", "~1")}/state` },
        hint: `write one of ${STATES.join(", ")}`,
      });
    }
    const reason = entry["reason"];
    steps[key] = { state: state as CoverageState, ...(typeof reason === "string" ? { reason } : {}) };
  }
  return steps;
}

/** Whether a path is a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

let written = 0;

/**
 * Writes a file whole or not at all: temporary file beside it, fsync, rename. Makes the folders above, private. Throws
 * `input-file` when it cannot be written.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  // Two runs may write the same file: each its own beginning of it.
  written += 1;
  const temporary = `${file}.${process.pid}-${written}.part`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    // What went wrong is the answer, not that there was nothing to clear up.
    await rm(temporary, { force: true }).catch(() => {});
    throw writeError(error, file);
  }
}

/**
 * Keeps what a provider answered, step by step, so that an interrupted run can go on and others can read the same answers.
 * Give the content without secrets: see `recordable`.
 */
export class RecordingWriter {
  readonly folder: string;
  readonly #steps: Record<string, StepState>;
  readonly #startedAt: Instant;

  private constructor(folder: string, startedAt: Instant, steps: Record<string, StepState>) {
    this.folder = folder;
    this.#startedAt = startedAt;
    this.#steps = steps;
  }

  /**
   * Opens a recording to write into, going on with what is complete in it. Throws `settings` where it was begun more than a day ago:
   * what it would be completed with is of another day.
   */
  static async open(folder: string, now: Instant): Promise<RecordingWriter> {
    const before = await readRecordingManifest(folder);
    if (before.recordedAt !== null && daysBetween(before.recordedAt, now) >= 1)
      throw new AuditError("settings", "recording-old", `a recording of ${before.recordedAt} is in \`${folder}\``, {
        hint: "record into another folder, or read this one with `--from`",
        place: { file: folder },
      });
    return new RecordingWriter(folder, before.recordedAt ?? now, { ...before.steps });
  }

  /** Moment the recording was begun: what it shows is not older. */
  get startedAt(): Instant {
    return this.#startedAt;
  }

  /** Whether the step (`<system>/<tenant>/<step>`) was answered in full already: it need not be asked again. */
  isComplete(key: string): boolean {
    return this.#steps[key]?.state === "complete";
  }

  /**
   * Writes the answer (null: there is none, or its file is written already) and the step's state after it: a state never
   * promises a file that is not there. `file` is relative to the recording.
   */
  async write(key: string, file: string, content: string | null, state: StepState): Promise<void> {
    if (content !== null) await writeWhole(join(this.folder, file), content);
    // Read again: another connector records into the same folder.
    const now = await readRecordingManifest(this.folder);
    this.#steps[key] = state;
    const steps = Object.fromEntries(
      Object.entries({ ...now.steps, ...this.#steps }).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    const manifest = { format: 1, recordedAt: now.recordedAt ?? this.#startedAt, tool: "leastwise", steps };
    await writeWhole(join(this.folder, FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
