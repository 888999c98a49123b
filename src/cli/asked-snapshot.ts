import { gatherRecorded } from "../app/gather.ts";
import { readSnapshot } from "../app/latest-snapshot.ts";
import { questioned, readingOfAnswers, type Questioned } from "../app/questions.ts";
import type { Settings } from "../model/settings.ts";
import { exitOfReading, warnMalformed } from "./findings-output.ts";
import { connectorEnvironment, withData } from "./open.ts";
import type { CommandContext, CommonOptions } from "./program.ts";
import { EXIT } from "./tell.ts";

/** Where the facts come from: recorded input, a snapshot by id, or the newest snapshot. */
export interface SnapshotOptions {
  readonly from?: string;
  readonly snapshot?: string;
}

/** Makes ready what a question about access is asked of. */
export async function askedSnapshot(
  context: CommandContext,
  common: CommonOptions,
  { from, snapshot }: SnapshotOptions,
): Promise<{ readonly questioned: Questioned; readonly settings: Settings }> {
  if (from !== undefined) {
    const settings = await context.world.loadSettings(common.config);
    const gathered = await gatherRecorded(context.world, connectorEnvironment(context), [from], undefined);
    return { questioned: await questioned(gathered, `in \`${from}\``), settings };
  }
  return withData(context, common, async (data, settings) => {
    const read = await readSnapshot(data, snapshot);
    const where = snapshot === undefined ? "in the newest snapshot" : `in snapshot \`${snapshot}\``;
    return { questioned: await questioned(read.snapshot, where), settings };
  });
}

/**
 * After the answer: names documents that cannot be judged, says where AWS was not read at all, and ends as every command that reads
 * does. Ways from one principal to another (`paths`) rest on more facts than what each holds.
 */
export async function tellReading(
  context: CommandContext,
  { graph }: Questioned,
  from: string | undefined,
  paths = false,
): Promise<void> {
  // "Nobody" would be no answer where nothing was read that somebody could hold.
  if (!graph.snapshot.tenants.some(({ system }) => system === "aws")) {
    context.tell.warn("no tenant of AWS was read: nothing is said of who can do what in AWS");
    context.exit(EXIT.refused);
    return;
  }
  const reading = readingOfAnswers(graph, paths);
  await warnMalformed(context, reading, from === undefined ? [] : [from]);
  const code = exitOfReading(reading);
  if (code !== EXIT.done) context.exit(code);
}
