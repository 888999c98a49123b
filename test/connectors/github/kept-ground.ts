import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { setSampleControls } from "../../fakes/github/slices/controls-sample.ts";
import { setPeople } from "../../fakes/github/slices/people-sample.ts";
import { collect, openFake } from "./open-fake.ts";

/** Two days in a row. */
export const FIRST = "2026-11-20T08:00:00Z";
export const NEXT = "2026-11-21T08:00:00Z";

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-kept-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One collection. */
export interface Day {
  readonly records: SnapshotRecords;
  /** Paths asked for. */
  readonly asked: readonly string[];
  readonly notModified: number;
}

/** A fake with some of everything, and a folder in which answers are kept. */
export async function openKept(bad: BadDays = {}) {
  const fake = await startFakeGitHub(bad);
  onTestFinished(() => fake.close());
  setSampleControls(fake.state);
  setPeople(fake.state);
  // GitHub forgets what is older than 180 days; the sample remembers some of it.
  const { audit } = fake.state;
  audit.splice(0, audit.length, ...audit.filter((one) => momentOf(one) > Date.parse("2026-05-26T00:00:00Z")));
  return { fake, keptIn: await temporaryFolder() };
}

const momentOf = (entry: object): number => Number((entry as { readonly created_at?: number }).created_at ?? 0);

/** One collection at a moment. */
export async function day(fake: FakeGitHub, keptIn: string, now: string, ...only: readonly string[]): Promise<Day> {
  const before = fake.requests.length;
  const { session } = await openFake({}, { fake, keptIn, now });
  const records = await collect(session, ...only);
  const asked = fake.requests.slice(before).map((one) => one.split(" ")[1] ?? "");
  return { records, asked, notModified: Number(/(\d+) of them answered/.exec(session.spent().basis)?.[1] ?? 0) };
}

/** Records without what tells when they were read. */
export const settled = ({ runs: _, ...records }: SnapshotRecords): unknown =>
  JSON.parse(JSON.stringify(records, (name, value: unknown) => (name.endsWith("Since") ? undefined : value)));

/** A webhook that somebody adds. */
export const hook = {
  id: 77,
  name: "web",
  active: true,
  events: ["push"],
  config: { url: "https://hooks.acme.invalid/x" },
};
/** An entry of the audit log. */
export const event = (action: string, repo: string | null, at: string): object => ({
  action,
  ...(repo === null ? {} : { repo }),
  created_at: Date.parse(at),
});
