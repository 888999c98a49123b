/**
 * What reading an organization of GitHub costs: requests step by step, on the first day and on the next, counted by the stateful fake
 * at 2,000 repositories and 1,500 members. `node test/bench/collect-organization.ts [repositories]` prints the table of the README.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openLiveSession } from "../../connectors/github/live-session.ts";
import type { ConnectorEnvironment } from "../../src/contracts/connector.ts";
import { startFakeGitHub, type FakeGitHub } from "../fakes/github/fake-github.ts";
import { ENTERPRISE } from "../fakes/github/large/people.ts";
import { largeState, nextDay } from "../fakes/github/large-state.ts";

const FIRST = "2026-11-20T08:00:00Z";
const NEXT = "2026-11-21T08:00:00Z";
/** The throttling plugin's pauses are no requests. */
const AT_ONCE = { throttled: false, second: 1 };

/** What one step cost on one day. */
interface StepRequests {
  readonly title: string;
  readonly requests: number;
}

/** One day's collection. */
export interface DayCost {
  readonly steps: readonly StepRequests[];
  readonly requests: number;
  /** Those of them that were answered 304. */
  readonly notModified: number;
  readonly spent: string;
  readonly forecast: number;
  readonly seconds: number;
  /** Coverage that is not complete, in words. */
  readonly gaps: readonly string[];
}

/** Reads an organization on two days in a row, with a working day's changes between them; with its audit log, or where it is not shown. */
export async function collectTwice(repositories: number, auditLog: boolean): Promise<readonly [DayCost, DayCost]> {
  const state = repositories === 2_000 ? largeState() : largeState({ repositories });
  const refused = { [`/orgs/${state.organization.login}/audit-log`]: { message: "Not Found", status: 404 } };
  const fake = await startFakeGitHub(auditLog ? {} : { forbid: refused }, { state, checked: false });
  const keptIn = await mkdtemp(join(tmpdir(), "leastwise-bench-kept-"));
  try {
    const first = await oneDay(fake, keptIn, FIRST);
    nextDay(state);
    return [first, await oneDay(fake, keptIn, NEXT)];
  } finally {
    await fake.close();
    await rm(keptIn, { recursive: true, force: true });
  }
}

async function oneDay(fake: FakeGitHub, keptIn: string, now: string): Promise<DayCost> {
  const environment: ConnectorEnvironment = {
    clock: { now: () => now },
    secrets: { read: () => "ghp_benchTokenThatIsNone" },
    log: { progress() {}, warn() {} },
  };
  const organizations = [
    {
      organization: fake.state.organization.login,
      tokenFrom: "BENCH_TOKEN",
      baseUrl: fake.url,
      enterprise: ENTERPRISE,
    },
  ];
  const session = await openLiveSession(organizations, { recordTo: null, keptIn }, environment, AT_ONCE);
  const begun = performance.now();
  const start = fake.requests.length;
  const unchanged = fake.answers.filter(({ status }) => status === 304).length;
  const { calls: forecast } = await session.forecast();
  const steps: StepRequests[] = [{ title: "forecast", requests: fake.requests.length - start }];
  const gaps: string[] = [];
  for (const one of session.steps) {
    const before = fake.requests.length;
    const { records } = await session.run(one);
    steps.push({ title: one.step.title, requests: fake.requests.length - before });
    for (const { kind, state, reason } of records.coverage ?? [])
      if (state !== "complete") gaps.push(`${kind}: ${state} (${reason ?? ""})`);
  }
  const { basis } = session.spent();
  await session.close();
  return {
    steps,
    requests: fake.requests.length - start,
    notModified: fake.answers.filter(({ status }) => status === 304).length - unchanged,
    spent: basis,
    forecast,
    seconds: (performance.now() - begun) / 1000,
    gaps,
  };
}

/** The table of the README, as Markdown. */
export async function requestTable(repositories = 2_000): Promise<string> {
  const days = [...(await collectTwice(repositories, true)), ...(await collectTwice(repositories, false))];
  const row = (title: string, of: (day: DayCost) => number, mark = ""): string =>
    `| ${[title, ...days.map((day) => `${mark}${of(day).toLocaleString("en")}${mark}`)].join(" | ")} |`;
  const steps = (days[0]?.steps ?? []).map(({ title }, at) => row(title, (day) => day.steps[at]?.requests ?? 0));
  return [
    "| step | first day | next day | first day, no audit log | next day, no audit log |",
    "|:--|---:|---:|---:|---:|",
    ...steps,
    row("**all**", ({ requests }) => requests, "**"),
    row('of which answered "not modified"', ({ notModified }) => notModified),
    row("forecast", ({ forecast }) => forecast),
    ...days.map(({ spent, seconds }) => `\nspent ${spent}; ${seconds.toFixed(1)} s against the fake`),
    `\nnot read, on the first day: ${(days[0]?.gaps ?? []).join("; ")}`,
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(await requestTable(Number(process.argv[2] ?? 2_000)));
