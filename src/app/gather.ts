import type { Connector, ConnectorEnvironment, ConnectorSession, SessionStep } from "../contracts/connector.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { AsOfSource, Snapshot, SnapshotRecords } from "../model/snapshot.ts";
import { toInstant, type Instant } from "../model/instant.ts";
import { mergeRecords } from "../collect/merge-records.ts";
import { orderSteps } from "../collect/order-steps.ts";

/** Told as collecting goes on. */
export interface GatherProgress {
  onStep?(step: SessionStep, done: number, total: number): void;
}

/** Moment that `now` stands for: the flag, else when the recording was made, else today. */
export function chooseAsOf(
  flag: string | undefined,
  recordedAt: Instant | null,
  today: Instant,
): { asOf: Instant; asOfSource: AsOfSource } {
  if (flag !== undefined) {
    const asOf = toInstant(flag);
    if (asOf === undefined) {
      throw new AuditError("settings", "as-of", `\`${flag}\` is not a date`, {
        hint: "write it as 2026-11-30 or 2026-11-30T08:00:00Z",
      });
    }
    return { asOf, asOfSource: "flag" };
  }
  return recordedAt === null ? { asOf: today, asOfSource: "today" } : { asOf: recordedAt, asOfSource: "recording" };
}

/** Opens a recorded path with every connector that recognises something in it. */
export async function openRecorded(
  world: World,
  environment: ConnectorEnvironment,
  path: string,
  workingCopy = false,
): Promise<ConnectorSession[]> {
  if (!(await world.files.exists(path))) {
    throw new AuditError("input-file", "missing", `\`${path}\` does not exist`, {
      hint: "give the file that `aws iam get-account-authorization-details` printed, or a recording folder",
      place: { file: path },
    });
  }
  const sessions: ConnectorSession[] = [];
  const recognised: Connector[] = [];
  for (const connector of world.connectors) if (await connector.recognises(path)) recognised.push(connector);
  // A file that no connector knows still gets a precise sentence: the first connector reads it and says what is wrong.
  if (recognised.length === 0) {
    const first = world.connectors[0];
    if (first !== undefined) recognised.push(first);
  }
  for (const connector of recognised)
    sessions.push(await connector.open({ mode: "recorded", path, workingCopy }, environment));
  return sessions;
}

/** Runs every step of every session and merges what they gave. */
export async function runSessions(
  sessions: readonly ConnectorSession[],
  progress: GatherProgress = {},
): Promise<SnapshotRecords> {
  const steps = sessions.flatMap((session) => dependenciesFirst(session).map((step) => ({ session, step })));
  const parts: Partial<SnapshotRecords>[] = [];
  let done = 0;
  for (const { session, step } of steps) {
    progress.onStep?.(step, done, steps.length);
    parts.push((await session.run(step)).records);
    done += 1;
  }
  return mergeRecords(parts);
}

/** The steps of a session, each behind those of its tenant that it depends on. */
function dependenciesFirst({ steps }: ConnectorSession): readonly SessionStep[] {
  const ordered = orderSteps(
    steps.map((step) => {
      const tenant = step.key.slice(0, -step.step.id.length);
      return { id: step.key, dependsOn: step.step.dependsOn.map((id) => `${tenant}${id}`), step };
    }),
  );
  return ordered.map(({ step }) => step);
}

/** Recorded input, from any number of paths, as one snapshot. */
export async function gatherRecorded(
  world: World,
  environment: ConnectorEnvironment,
  paths: readonly string[],
  asOfFlag: string | undefined,
  progress: GatherProgress = {},
): Promise<Snapshot> {
  const sessions: ConnectorSession[] = [];
  try {
    for (const path of paths) sessions.push(...(await openRecorded(world, environment, path)));
    const recorded = sessions
      .map((session) => session.recordedAt)
      .filter((at) => at !== null)
      .sort();
    const moment = chooseAsOf(asOfFlag, recorded.at(-1) ?? null, world.clock.now());
    return { ...(await runSessions(sessions, progress)), ...moment };
  } finally {
    for (const session of sessions) await session.close();
  }
}
