import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import type { GitHubClient, StepAnswer } from "./client.ts";
import type { RecordedRequest, StepId } from "./raw.ts";
import { workingCopyChanges } from "./working-copy.ts";

/** What recording.json says about a step. */
type StateOf = (step: string) => { readonly state: string; readonly reason?: string } | undefined;

/** The promise to one organization, kept by the files of a folder. Changes are written to the same files: only ever to a working copy. */
export function recordedClient(
  organization: string,
  folder: string,
  stateOf: StateOf,
  changeable: boolean,
): GitHubClient {
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
    ...workingCopyChanges(folder, changeable),
  };
}

async function readStep(step: StepId, folder: string): Promise<StepAnswer> {
  const file = join(folder, `${step}.json`);
  try {
    await readFile(file, { flag: "r" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      return { state: "skipped", reason: `${step}.json was not given` };
    throw error;
  }
  const value = await readJsonFile(file);
  const requests = typeof value === "object" && value !== null && "requests" in value ? value["requests"] : undefined;
  if (!Array.isArray(requests)) {
    throw new AuditError("input-file", "github-shape", "a list of requests with their answers was expected here", {
      place: { file, pointer: "/requests" },
      hint: 'the file holds { "requests": [ { "route", "parameters", "answer" } ] }; connectors/github/README.md shows each step',
    });
  }
  requests.forEach((request: unknown, i) => {
    if (typeof request !== "object" || request === null || !("route" in request) || !("answer" in request)) {
      throw new AuditError("input-file", "github-shape", "a request needs `route`, `parameters` and `answer`", {
        place: { file, pointer: `/requests/${i}` },
        hint: "connectors/github/README.md shows each step",
      });
    }
  });
  return {
    state: "complete",
    requests: (requests as unknown as RecordedRequest[]).map((request) => ({
      ...request,
      parameters: request.parameters ?? {},
    })),
  };
}
