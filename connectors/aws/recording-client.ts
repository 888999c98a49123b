import { join } from "node:path";
import { writeCsv } from "../../src/text/csv.ts";
import { recordable } from "../shared/recordable.ts";
import type { RecordingWriter, StepState } from "../shared/recording.ts";
import { limitedBy, type Answer, type AwsClient } from "./client.ts";
import { DetailsWriter } from "./details-writer.ts";
import type { RawReportRow } from "./raw.ts";
import { partKey, recordedClient, tenantFolder } from "./recorded.ts";
import { STEPS } from "./steps/index.ts";
import { SWEEP } from "./steps/step.ts";

/**
 * Keeps what a client answers in a recording. A step that is complete there is read from it and not asked again; one that was
 * refused or cut short is. Changes go to the provider alone.
 */
export function recordingClient(client: AwsClient, writer: RecordingWriter): AwsClient {
  const folder = join("aws", client.tenant);
  const key = (step: string): string => `aws/${client.tenant}/${step}`;
  const kept = recordedClient(
    client.tenant,
    tenantFolder(writer.folder, client.tenant),
    (step) => (writer.isComplete(key(step)) ? { state: "complete" } : undefined),
    false,
  );
  return {
    ...client,
    async details(sink) {
      if (writer.isComplete(key(SWEEP))) {
        const answer = await kept.details(sink);
        // A recording whose file somebody deleted: ask again.
        if (answer.state !== "skipped") return answer;
      }
      const details = await DetailsWriter.open(join(writer.folder, folder, `${SWEEP}.json`));
      let answer: Answer<null>;
      try {
        answer = await client.details((detail) => {
          details.add(detail);
          sink(detail);
        });
        if (answer.state === "complete" || answer.state === "partial") await details.finish();
      } finally {
        await details.discard();
      }
      await writer.write(key(SWEEP), `${SWEEP}.json`, null, stateOf(answer));
      return answer;
    },
    async read(id, context) {
      const step = STEPS.find((one) => one.id === id);
      if (step === undefined) return client.read(id, context);
      if (writer.isComplete(key(id))) {
        const answer = await kept.read(id, context);
        if (answer.state !== "skipped") return answer;
      }
      const answer = limitedBy(await client.read(id, context), context.gap);
      const answered = answer.state === "complete" || answer.state === "partial";
      const content = !answered
        ? null
        : id === "credential-report"
          ? reportText(answer.value as readonly RawReportRow[])
          : recordable(answer.value);
      // Before the step itself, which without them would speak for every type there is.
      for (const [type, part] of Object.entries(answered ? (answer.parts ?? {}) : {}))
        await writer.write(key(partKey(id, type)), "", null, part);
      await writer.write(key(id), join(folder, step.file), content, stateOf(answer));
      return answer;
    },
  };
}

const stateOf = (answer: Answer<unknown>): StepState =>
  answer.state === "complete" ? { state: answer.state } : { state: answer.state, reason: answer.reason };

/** The report as CSV again, its columns in the order in which AWS answered them. */
function reportText(rows: readonly RawReportRow[]): string {
  const columns = Object.keys(rows[0] ?? { user: "", arn: "" });
  return writeCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? "")),
  );
}
