import type { ConnectorEnvironment, ConnectorSession, Forecast, SessionStep, Spent } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import { addDays, dayOf, type Instant } from "../model/instant.ts";
import type { Settings } from "../model/settings.ts";
import type { Snapshot, SnapshotManifest, SnapshotRecords } from "../model/snapshot.ts";
import { chooseAsOf, openRecorded, runSessions } from "./gather.ts";
import { openLiveConnector } from "./open-live-connector.ts";

/** What was spent on one provider, beside what was foretold. */
export interface Cost extends Spent {
  /** From its first step to its last. */
  readonly seconds: number;
  readonly forecast: Forecast;
}

/** How to collect and whom to tell. */
export interface CollectOptions {
  /** Recorded input instead of the providers. */
  readonly from?: string;
  /** Keep what the providers answered here. */
  readonly record?: string;
  readonly asOf?: string;
  /** Told what it will cost before the first call. */
  readonly onForecast?: (forecast: Forecast, title: string) => void;
  /** Told after the last call what it did cost. */
  readonly onSpent?: (cost: Cost, title: string) => void;
  readonly onStep?: (step: SessionStep, done: number, total: number) => void;
  readonly onResume?: (path: string) => void;
}

/** Reads the providers (or a recording) and writes a snapshot with its coverage. */
export async function collect(
  world: World,
  data: DataDirectory,
  settings: Settings,
  environment: ConnectorEnvironment,
  options: CollectOptions,
): Promise<{ readonly manifest: SnapshotManifest; readonly snapshot: Snapshot }> {
  // What was answered is kept until the snapshot is written: a run that was cut off goes on where it was, the same day.
  const kept = options.record ?? collecting(data, world.clock.now());
  const sessions =
    options.from === undefined
      ? await live(world, settings, environment, { recordTo: kept, keptIn: `${data.path}/kept-answers` }, options)
      : await openRecorded(world, environment, options.from);
  try {
    const forecasts: Forecast[] = [];
    if (options.from === undefined)
      for (const session of sessions) {
        const forecast = await session.forecast();
        forecasts.push(forecast);
        options.onForecast?.(forecast, systemOf(session));
      }
    const recorded = sessions
      .map((session) => session.recordedAt)
      .filter((at) => at !== null)
      .sort();
    const moment = chooseAsOf(
      options.asOf,
      options.from === undefined ? null : (recorded.at(-1) ?? null),
      world.clock.now(),
    );
    const records = await runSessions(sessions, options.onStep === undefined ? {} : { onStep: options.onStep });
    for (const [at, forecast] of forecasts.entries()) {
      const session = sessions[at];
      if (session !== undefined)
        options.onSpent?.({ ...session.spent(), seconds: secondsOf(session, records), forecast }, systemOf(session));
    }
    const snapshot: Snapshot = { ...records, ...moment };
    const manifest = await data.snapshots.write(snapshot, {
      at: world.clock.now(),
      actor: world.actor,
      assurance: "attested",
    });
    if (options.from === undefined && options.record === undefined)
      // Those of the last weeks too: whoever was cut off and did not go on that day does not go on with it any more.
      for (let days = 0; days <= FORGOTTEN_DAYS; days += 1)
        await world.files.remove(collecting(data, addDays(world.clock.now(), -days)));
    return { manifest, snapshot };
  } finally {
    for (const session of sessions) await session.close();
  }
}

/** Days after which nobody looks for what a run that was cut off had collected. */
const FORGOTTEN_DAYS = 31;

const collecting = (data: DataDirectory, day: Instant): string => `${data.path}/collecting-${dayOf(day)}`;

/** How long its steps took: those of one provider run one after the other. */
function secondsOf(session: ConnectorSession, { runs }: SnapshotRecords): number {
  const steps = new Set(session.steps.map(({ step }) => step.id));
  const own = runs.filter(({ step, tenantId }) => steps.has(step) && tenantId.startsWith(`${systemOf(session)}:`));
  const begun = Math.min(...own.map(({ startedAt }) => Date.parse(startedAt)));
  const ended = Math.max(...own.map(({ endedAt }) => Date.parse(endedAt)));
  return own.length === 0 ? 0 : (ended - begun) / 1_000;
}

const systemOf = (session: ConnectorSession): string => session.steps[0]?.key.split("/")[0] ?? "";

async function live(
  world: World,
  settings: Settings,
  environment: ConnectorEnvironment,
  { recordTo, keptIn }: { readonly recordTo: string; readonly keptIn: string },
  options: CollectOptions,
): Promise<ConnectorSession[]> {
  const configured = world.connectors.filter((connector) => settings.connectors[connector.manifest.id] !== undefined);
  if (configured.length === 0) {
    throw new AuditError("settings", "nothing-configured", "no connector is configured", {
      hint: "run `leastwise init`, or read recorded answers with `leastwise collect --from <folder>`",
    });
  }
  if (options.record === undefined && (await world.files.exists(recordTo))) options.onResume?.(recordTo);
  const sessions: ConnectorSession[] = [];
  for (const connector of configured) {
    sessions.push(await openLiveConnector(connector, settings, recordTo, environment, keptIn));
  }
  return sessions;
}
