import { basename, join } from "node:path";
import { AuditError } from "../../src/model/audit-error.ts";
import { readJsonFile } from "../shared/read-json-file.ts";
import type { StepState } from "../shared/recording.ts";
import type { Answer, AwsClient, Part, Parts } from "./client.ts";
import { readCredentialReport } from "./credential-report-file.ts";
import { readDetailsFile } from "./details-file.ts";
import type { RawStep, RawSteps } from "./raw.ts";
import { STEPS } from "./steps/index.ts";
import { SWEEP, type AwsStep } from "./steps/step.ts";
import { workingCopyChanges } from "./working-copy.ts";

/** What the manifest of a recording says of a step, by step id. */
export type StateOf = (step: string) => StepState | undefined;

/** Files answer more steps than AWS is asked for. */
export interface RecordedClient extends AwsClient {
  readFile(step: AwsStep): Promise<Answer<unknown>>;
}

/** Folder of a tenant's answers inside a recording. */
export function tenantFolder(recording: string, tenant: string): string {
  return join(recording, "aws", tenant);
}

/**
 * The promise to one tenant, kept by the files of a folder. A missing file is `skipped`, never an empty answer. Changes are
 * written to the same files, and refused unless they are a working copy.
 */
export function recordedClient(tenant: string, folder: string, stateOf: StateOf, workingCopy: boolean): RecordedClient {
  const readFile = async (step: AwsStep): Promise<Answer<unknown>> => {
    const answer = await asRecorded<unknown>(stateOf(step.id), () =>
      ifThere(join(folder, step.file), async (file) => {
        const content = step.id === "credential-report" ? await readCredentialReport(file) : await readJsonFile(file);
        return { state: "complete", value: step.parse(content, file) };
      }),
    );
    const parts = partsOf(step, stateOf);
    return parts !== undefined && (answer.state === "complete" || answer.state === "partial")
      ? { ...answer, parts }
      : answer;
  };
  return {
    tenant,
    readFile,
    details: (sink) =>
      asRecorded(stateOf(SWEEP), () =>
        ifThere(join(folder, `${SWEEP}.json`), (file) => readDetailsFile(file, sink, tenant)),
      ),
    async read<S extends RawStep>(id: S) {
      const step = STEPS.find((one) => one.id === id);
      if (step === undefined) return { state: "skipped", reason: `\`${id}\` is no step` };
      // The step parsed its own file, so the value is of its shape.
      return (await readFile(step)) as Answer<RawSteps[S]>;
    },
    ...workingCopyChanges(folder, workingCopy),
  };
}

/** A single file of the sweep: there is nothing else to read, and nothing that may be changed. */
export function singleFileClient(tenant: string): RecordedClient {
  const nothing = (file: string): Promise<Answer<never>> =>
    Promise.resolve({ state: "skipped", reason: `${file} was not given` });
  return {
    tenant,
    readFile: (step) => nothing(step.file),
    details: () => nothing(`${SWEEP}.json`),
    read: (id) => nothing(STEPS.find((step) => step.id === id)?.file ?? id),
    ...workingCopyChanges(null, false),
  };
}

/** Key of one type of resource of a step, beside the step itself: `resources/lambda:function`. */
export const partKey = (step: string, type: string): string => `${step}/${type}`;

/** What a recording tells of each type of resource. Nothing of any: the file was given, and holds for every type there is. */
function partsOf(step: AwsStep, stateOf: StateOf): Parts | undefined {
  const told = (step.perType?.types ?? []).map((type) => [type, stateOf(partKey(step.id, type))] as const);
  if (told.every(([, state]) => state === undefined)) return undefined;
  return Object.fromEntries(
    told.map(([type, part]): [string, Part] => [
      type,
      part?.state === "complete"
        ? { state: "complete" }
        : { state: part?.state ?? "skipped", reason: part?.reason ?? "the recording does not tell of this type" },
    ]),
  );
}

/** What the recording says of the step goes before what its file shows: a refused call left no file, a cut one looks whole. */
async function asRecorded<T>(recorded: StepState | undefined, read: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const reason = recorded?.reason ?? "the recording says so, without a reason";
  if (recorded?.state === "denied" || recorded?.state === "skipped") return { state: recorded.state, reason };
  const answer = await read();
  return recorded?.state === "partial" && answer.state === "complete"
    ? { ...answer, state: "partial", reason }
    : answer;
}

async function ifThere<T>(file: string, read: (file: string) => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof AuditError && error.code === "file-missing")
      return { state: "skipped", reason: `${basename(file)} was not given` };
    throw error;
  }
}
