import { join } from "node:path";
import type { Clock } from "../../src/contracts/clock.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import type { StepState } from "../shared/recording.ts";
import type { GitHubClient, StepAnswer } from "./client.ts";
import type { StepId } from "./raw.ts";
import { parseStepFile } from "./recorded-shapes.ts";
import { workingCopyChanges } from "./working-copy.ts";

/** What the answers of one organization are read from. */
export interface RecordedOrganization {
  readonly organization: string;
  readonly folder: string;
  /** What recording.json says about a step, if anything. */
  stateOf(step: StepId): StepState | undefined;
  /** Whether operations may change the files: only ever true for a working copy. */
  readonly changeable: boolean;
  readonly clock: Clock;
}

/**
 * The promise to one organization, kept by the files of a folder. A file that is not there is skipped; one that is not in
 * GitHub's shape throws `input-file` with its place.
 */
export function recordedClient({
  organization,
  folder,
  stateOf,
  changeable,
  clock,
}: RecordedOrganization): GitHubClient {
  return {
    organization,
    async read(step) {
      const state = stateOf(step);
      if (state?.state === "denied" || state?.state === "skipped")
        return { state: state.state, reason: state.reason ?? "the recording says so" };
      const answer = await readStep(step, folder);
      return state?.state === "partial" && answer.state === "complete"
        ? { ...answer, state: "partial", reason: state.reason ?? "the recording says so" }
        : answer;
    },
    ...workingCopyChanges(folder, changeable, clock),
  };
}

async function readStep(step: StepId, folder: string): Promise<StepAnswer> {
  const file = join(folder, `${step}.json`);
  try {
    return { state: "complete", requests: parseStepFile(step, await readJsonFile(file), file) };
  } catch (error) {
    if (error instanceof AuditError && error.code === "file-missing")
      return { state: "skipped", reason: `${step}.json was not given` };
    throw error;
  }
}
