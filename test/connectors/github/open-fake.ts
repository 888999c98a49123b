import { onTestFinished } from "vitest";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import type { Pace } from "../../../connectors/github/live/open-octokit.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorEnvironment, ConnectorSession } from "../../../src/contracts/connector.ts";
import type { Coverage, RecordKind } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";

/** Where the sample company lies. */
export const SAMPLE = "src/demo/acme";
/** The token the tests sign in with; it must be found in nothing that was written. */
export const TOKEN = "ghp_sampleTokenThatMustNotBeKept";
/** No pauses between calls: the fake needs none. */
const AT_ONCE: Pace = { throttled: false, second: 1 };
/** Limits are waited for, a second being a millisecond. */
export const WAITING: Pace = { throttled: true, second: 1 };

/** An environment in which one token is known, and what was said in it. */
export function environmentWith(
  token = TOKEN,
  now = "2026-11-20T08:00:00Z",
): ConnectorEnvironment & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    clock: { now: () => now },
    secrets: { read: (name) => (name === "SAMPLE_TOKEN" ? token : undefined) },
    log: { progress() {}, warn: (text) => void warnings.push(text) },
    warnings,
  };
}

/** Settings for a fake. */
export const settingsOf = (fake: FakeGitHub) => ({
  organization: "acme-sample",
  tokenFrom: "SAMPLE_TOKEN",
  baseUrl: fake.url,
});

/** A session over a fake. */
export interface OpenFake {
  readonly fake: FakeGitHub;
  readonly session: ConnectorSession;
  readonly warnings: readonly string[];
}

/** Starts a fake and opens a session over it; both end with the test. */
export async function openFake(
  bad: BadDays = {},
  options: {
    readonly recordTo?: string;
    readonly keptIn?: string;
    readonly now?: string;
    readonly token?: string;
    readonly pace?: Pace;
    readonly fake?: FakeGitHub;
  } = {},
): Promise<OpenFake> {
  const fake = options.fake ?? (await startFakeGitHub(bad));
  if (options.fake === undefined) onTestFinished(() => fake.close());
  const environment = environmentWith(options.token, options.now);
  const session = await openLiveSession(
    [settingsOf(fake)],
    {
      recordTo: options.recordTo ?? null,
      ...(options.keptIn === undefined ? {} : { keptIn: options.keptIn }),
    },
    environment,
    options.pace ?? AT_ONCE,
  );
  return { fake, session, warnings: environment.warnings };
}

/** Runs every step, or the organization and those named. */
export async function collect(session: ConnectorSession, ...only: readonly string[]): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps)
    if (only.length === 0 || one.step.id === "organization" || only.includes(one.step.id))
      parts.push((await session.run(one)).records);
  return mergeRecords(parts);
}

/** What is known about one kind. */
export const coverageOf = (records: SnapshotRecords, kind: RecordKind): Coverage | undefined =>
  records.coverage.find((row) => row.kind === kind);
