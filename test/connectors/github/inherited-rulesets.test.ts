import { describe, expect, test } from "vitest";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import { github } from "../../../connectors/github/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { repositoryControls } from "../../../src/graph/github/repository-controls.ts";
import type { RawRuleset } from "../../../connectors/github/raw-controls.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Snapshot, SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { FakeGitHub } from "../../fakes/github/fake-github.ts";
import { ruleset, setSampleControls } from "../../fakes/github/slices/controls-sample.ts";
import { controlsOf } from "../../fakes/github/slices/controls-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { coverageOf, environmentWith, openFake, settingsOf, type OpenFake } from "./open-fake.ts";

const T = "github:O_sample0001";
const [WEB, DESIGN, PAYMENTS] = [`${T}:R_sample001`, `${T}:R_sample003`, `${T}:R_sample006`];
const REFUSED = { "/orgs/acme-sample/rulesets": { message: "Resource not accessible by personal access token" } };
const LISTS = {
  "/repos/acme-sample/web/rulesets": { message: "no" },
  "/repos/acme-sample/payments-api/rulesets": { message: "no" },
};

/** The organization's ruleset as its repositories show it: what it is about is not told there. */
const GATE = ruleset(501, "gate", {
  source_type: "Organization",
  source: "acme-sample",
  rules: [{ type: "update" }],
});

const MINTING = `on: push
permissions: { id-token: write }
jobs: { deploy: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }
`;

/** Runs all steps as somebody who is refused that, if anything; repositories say what they inherit. */
async function collectRefused(
  { session, fake }: Pick<OpenFake, "session" | "fake">,
  forbid: NonNullable<OpenFake["fake"]["bad"]["forbid"]> | null,
  given: Readonly<Record<string, RawRuleset>> = { "acme-sample/web": GATE, "acme-sample/payments-api": GATE },
): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps) {
    // The sweep counts a repository's own rulesets only.
    if (one.step.id === "rulesets") {
      const { rulesets } = controlsOf(fake.state);
      for (const [name, one] of Object.entries(given)) rulesets[name] = [...(rulesets[name] ?? []), one];
      fake.bad = forbid === null ? {} : { forbid, notOwner: true };
    }
    parts.push((await session.run(one)).records);
    fake.bad = {};
  }
  return mergeRecords(parts);
}

async function collectAll(session: ConnectorSession): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps) parts.push((await session.run(one)).records);
  return mergeRecords(parts);
}

/** The sample's controls, with two repositories whose jobs may ask for tokens. */
async function openSample(recordTo?: string): Promise<OpenFake> {
  const opened = await openFake({}, recordTo === undefined ? {} : { recordTo });
  setSampleControls(opened.fake.state);
  const { files } = controlsOf(opened.fake.state);
  files["acme-sample/web"] = { ...files["acme-sample/web"], ".github/workflows/deploy.yml": MINTING };
  return opened;
}

/** The same where the settings name an enterprise. */
async function openInEnterprise(
  recordTo: string | null = null,
  day: { readonly keptIn?: string; readonly now?: string; readonly fake?: FakeGitHub } = {},
): Promise<OpenFake> {
  const { now, keptIn, fake = (await openSample()).fake } = day;
  const settings = { ...settingsOf(fake), enterprise: "acme" };
  const options = { recordTo, ...(keptIn === undefined ? {} : { keptIn }) };
  const pace = { throttled: false, second: 1 };
  const session = await openLiveSession([settings], options, environmentWith(undefined, now), pace);
  return { fake, warnings: [], session };
}

const controlsIn = (records: SnapshotRecords, repository: string) =>
  repositoryControls(
    buildGraph({
      ...records,
      id: "s",
      takenAt: "2026-11-20T08:00:00Z",
      asOf: "2026-11-20T08:00:00Z",
    } as unknown as Snapshot),
  )(repository)?.protections;

describe("rulesets of an organization that does not show them", () => {
  test("are those that repositories which may mint tokens inherit, each read once, with bypass unknown", async () => {
    const opened = await openSample();
    const records = await collectRefused(opened, REFUSED);
    const found = records.policies.filter(({ id }) => id === `${T}:ruleset-501`);
    expect(found).toMatchObject([{ holderId: T, name: "gate", document: { known: true } }]);
    const text = found[0]?.document.known === true ? found[0].document.value : "{}";
    expect(JSON.parse(text) as Protection).toMatchObject({
      level: "organization",
      repositories: { include: ["payments-api", "web"], exclude: [], ids: null, byProperty: false },
      rules: [{ kind: "update", bypass: { known: false } }],
    });
    expect(opened.fake.requests.filter((one) => one.endsWith("/rulesets/501"))).toHaveLength(1);
    expect(opened.fake.requests.filter((one) => one.endsWith("/rulesets")).sort()).toEqual([
      "GET /orgs/acme-sample/rulesets",
      "GET /repos/acme-sample/payments-api/rulesets",
      "GET /repos/acme-sample/web/rulesets",
    ]);
    expect(coverageOf(records, "ruleset")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("rulesets of the organization: the token lacks"),
    });
  });

  test("are known layers of those repositories, and unknown of all others", async () => {
    const records = await collectRefused(await openSample(), REFUSED);
    const names = (id: string): unknown => {
      const protections = controlsIn(records, id);
      return protections?.known === true ? protections.value.map(({ name }) => name) : protections?.why;
    };
    expect(names(WEB)).toEqual(["main", "gate"]);
    expect(names(PAYMENTS)).toEqual(["main", "release/*", "gate"]);
    expect(names(DESIGN)).toBe("rulesets of the organization were not read");
  });

  test("stay unread where repositories do not tell either", async () => {
    const records = await collectRefused(await openSample(), { ...REFUSED, ...LISTS });
    expect(coverageOf(records, "ruleset")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("the token lacks"),
    });
    for (const id of [WEB, PAYMENTS, DESIGN]) expect(controlsIn(records, id)?.known, id).toBe(false);
  });

  test("of a repository that alone does not tell are unknown there", async () => {
    const lists = { "/repos/acme-sample/payments-api/rulesets": { message: "no" } };
    const records = await collectRefused(await openSample(), { ...REFUSED, ...lists });
    expect([WEB, PAYMENTS, DESIGN].map((id) => controlsIn(records, id)?.known)).toEqual([true, false, false]);
  });

  test("read back from the recording the same", async () => {
    const folder = await temporaryFolder();
    const live = await collectRefused(await openSample(folder), REFUSED);
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const recorded = await collectAll(again);
    const those = ({ policies }: SnapshotRecords) => policies.filter(({ kind }) => kind === "ruleset");
    expect(those(recorded)).toEqual(those(live));
    expect(coverageOf(recorded, "ruleset")).toEqual(coverageOf(live, "ruleset"));
  });
});

describe("rulesets of the enterprise, which the organization's list need not hold", () => {
  const OURS = ruleset(701, "company", {
    source_type: "Enterprise",
    source: "acme",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [{ type: "update" }],
  });
  const ON_WEB = { "acme-sample/web": OURS };
  const layersOf = (records: SnapshotRecords, id: string): unknown => {
    const protections = controlsIn(records, id);
    if (protections?.known !== true) return protections?.why;
    return protections.value
      .filter(({ level }) => level === "enterprise")
      .map(({ name, repositories }) => [name, repositories?.byProperty === true ? "perhaps" : "certainly"]);
  };
  const listsAsked = ({ fake }: OpenFake): readonly string[] =>
    fake.requests.filter((one) => one.startsWith("GET /repos/") && one.endsWith("/rulesets")).sort();

  test("are read where the settings name one: of repositories that may mint tokens, each ruleset once", async () => {
    const opened = await openInEnterprise();
    const records = await collectRefused(opened, null, { ...ON_WEB, "acme-sample/payments-api": OURS });
    expect(listsAsked(opened)).toEqual([
      "GET /repos/acme-sample/payments-api/rulesets",
      "GET /repos/acme-sample/web/rulesets",
    ]);
    expect(opened.fake.requests.filter((one) => one.endsWith("/rulesets/701"))).toHaveLength(1);
    expect([WEB, PAYMENTS].map((id) => layersOf(records, id))).toEqual([
      [["company", "certainly"]],
      [["company", "certainly"]],
    ]);
    expect(coverageOf(records, "ruleset")).toMatchObject({ state: "complete" });
  });

  test("are about those that name them; about those that were not asked, perhaps", async () => {
    const records = await collectRefused(await openInEnterprise(), null, ON_WEB);
    expect([WEB, PAYMENTS, DESIGN].map((id) => layersOf(records, id))).toEqual([
      [["company", "certainly"]],
      [],
      [["company", "perhaps"]],
    ]);
  });

  const names: readonly (readonly [string, RawRuleset["conditions"], unknown])[] = [
    ["all", { repository_name: { include: ["~ALL"], exclude: [] } }, [["company", "certainly"]]],
    ["others", { repository_name: { include: ["pay*"], exclude: [] } }, []],
    ["those with a property", { repository_property: {} }, [["company", "perhaps"]]],
  ];
  test.each(names)("that say they are about %s are not guessed at", async (_name, conditions, expected) => {
    const one = { ...OURS, conditions: { ...OURS.conditions, ...conditions } };
    const records = await collectRefused(await openInEnterprise(), null, { "acme-sample/web": one });
    expect(layersOf(records, DESIGN)).toEqual(expected);
  });

  test("are asked of nobody without an enterprise, or where the organization's list tells them", async () => {
    const without = await openSample();
    await collectRefused(without, null, ON_WEB);
    expect(listsAsked(without)).toEqual([]);
    const told = await openInEnterprise();
    controlsOf(told.fake.state).organizationRulesets.push(OURS);
    const records = await collectRefused(told, null, ON_WEB);
    expect(listsAsked(told)).toEqual([]);
    expect(layersOf(records, WEB)).toEqual([]);
  });

  test("of a repository that does not tell are unknown there, and nowhere else", async () => {
    const lists = { "/repos/acme-sample/payments-api/rulesets": { message: "no" } };
    const records = await collectRefused(await openInEnterprise(), lists, ON_WEB);
    expect(layersOf(records, PAYMENTS)).toBe("rulesets of the enterprise were not read");
    expect(layersOf(records, WEB)).toEqual([["company", "certainly"]]);
    expect(coverageOf(records, "ruleset")?.state).toBe("partial");
  });

  test("that no repository tells leave everything above the repositories unknown", async () => {
    const records = await collectRefused(await openInEnterprise(), LISTS, ON_WEB);
    expect(coverageOf(records, "ruleset")?.reason).toContain("rulesets of the enterprise: ");
    expect([WEB, PAYMENTS, DESIGN].map((id) => controlsIn(records, id)?.known)).toEqual([false, false, false]);
  });

  test("on the next day: lists hold like other answers, what they name is read anew", async () => {
    const keptIn = await temporaryFolder();
    const first = await openInEnterprise(null, { keptIn });
    await collectRefused(first, null, ON_WEB);
    await first.session.close();
    const { rulesets } = controlsOf(first.fake.state);
    rulesets["acme-sample/web"] = (rulesets["acme-sample/web"] ?? []).filter(({ id }) => id !== OURS.id);
    first.fake.requests.length = 0;
    const next = await openInEnterprise(null, { keptIn, now: "2026-11-21T08:00:00Z", fake: first.fake });
    const records = await collectRefused(next, null, { "acme-sample/web": { ...OURS, rules: [{ type: "creation" }] } });
    // Today is the turn of neither.
    expect(listsAsked(next)).toEqual([]);
    const document = records.policies.find(({ id }) => id === `${T}:ruleset-701`)?.document;
    expect(document?.known === true ? document.value : "").toContain('"kind":"creation"');
  });

  test("read back from the recording the same", async () => {
    const folder = await temporaryFolder();
    const live = await collectRefused(await openInEnterprise(folder), null, ON_WEB);
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const those = ({ policies }: SnapshotRecords) => policies.filter(({ kind }) => kind === "ruleset");
    expect(those(await collectAll(again))).toEqual(those(live));
  });
});
