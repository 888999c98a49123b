import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { approvePlan, planRevocationsFor } from "../../src/app/revoke-plan.ts";
import { runRevocations } from "../../src/app/revoke-run.ts";
import type { DataDirectory } from "../../src/contracts/store.ts";
import type { World } from "../../src/contracts/world.ts";
import type { Decision } from "../../src/model/decision.ts";
import { known } from "../../src/model/observed.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { daysAgo, Given, NOW } from "../analyse/given.ts";
import { SAMPLE_ROWS, sampleDecision, sampleItem } from "../store/sample-state.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { FakeProvider, HandClock } from "./fake-provider.ts";
import { providerWorld } from "./provider-world.ts";

const KEY = "aws:111122223333:KEYSAMPLE";
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  connectors: { aws: {} },
  revoke: { ...DEFAULT_SETTINGS.revoke, noticeDays: 0 },
};
const ENVIRONMENT = {
  clock: { now: () => NOW },
  secrets: { read: () => undefined },
  log: { progress: () => {}, warn: () => {} },
};

/** A data directory with a key of a user, and a world whose provider has it. */
async function ground(): Promise<{ world: World; data: DataDirectory; provider: FakeProvider; clock: HandClock }> {
  const clock = new HandClock(NOW);
  const data = await openDataDirectory(join(await temporaryFolder(), "data"), { clock });
  onTestFinished(() => data.close());
  const given = new Given();
  given.credential("access-key", "KEYSAMPLE", given.user("ci-sample").id, { lastUsedAt: known(daysAgo(60)) });
  await data.snapshots.write(given.snapshot(), { actor: "os:robin", assurance: "attested", at: NOW });
  const provider = new FakeProvider().key("KEYSAMPLE", known(daysAgo(60)));
  const world = providerWorld(provider, clock);
  return { world, data, provider, clock };
}

/** One campaign in which the key was decided about. */
async function decided(
  data: DataDirectory,
  campaign: string,
  outcome: Decision["outcome"],
  decidedAt: string,
): Promise<void> {
  const item = { id: `item-of-${campaign}`, campaignId: campaign, subjectKind: "credential" as const, subjectId: KEY };
  await data.state.transaction(async (writer) => {
    await writer.insert("campaign", { ...SAMPLE_ROWS.campaign.row, id: campaign });
    await writer.insert("review_item", sampleItem({ ...item, outcome, state: "decided" }));
    await writer.insert(
      "decision",
      sampleDecision({ id: `decision-of-${campaign}`, campaignId: campaign, itemId: item.id, outcome, decidedAt }),
    );
  });
}

const [OCTOBER, NOVEMBER] = ["2026-10-15T08:00:00Z", "2026-11-15T08:00:00Z"];

describe("what reviewers decided, as a plan", () => {
  // The ids are in the other order than the months: what was decided last counts, not what is listed last.
  test.each<[string, Decision["outcome"], Decision["outcome"], readonly string[]]>([
    ["what was kept in November is not revoked because of October", "revoke", "keep", []],
    ["what was kept in October is revoked because of November", "keep", "revoke", ["decision-of-a"]],
    ["revoked twice is one change, asked for by the later answer", "revoke", "revoke", ["decision-of-a"]],
    ["who was unsure in November did not take October back", "revoke", "unsure", ["decision-of-b"]],
  ])("%s", async (_name, october, november, planned) => {
    const { world, data } = await ground();
    await decided(data, "b", october, OCTOBER);
    await decided(data, "a", november, NOVEMBER);
    const plan = await planRevocationsFor(world, data, SETTINGS);
    expect(plan.planned.map(({ decisionId }) => decisionId)).toEqual(planned);
  });

  test("the plan of one campaign holds nothing that a later one kept", async () => {
    const { world, data } = await ground();
    await decided(data, "b", "revoke", OCTOBER);
    await decided(data, "a", "keep", NOVEMBER);
    expect((await planRevocationsFor(world, data, SETTINGS, { campaignId: "b" })).planned).toEqual([]);
  });

  test("less of it is for people to do: it stands on the plan by hand", async () => {
    const { world, data } = await ground();
    await decided(data, "a", "reduce", NOVEMBER);
    const plan = await planRevocationsFor(world, data, SETTINGS);
    expect(plan.planned).toEqual([]);
    expect(plan.byHand.map(({ wanted, why }) => [wanted.subjectId, why])).toEqual([
      [KEY, "the reviewer wants less of it, not none: narrow it"],
    ]);
  });

  test("what was undone in one review can be revoked in the next", async () => {
    const { world, data, provider, clock } = await ground();
    await decided(data, "b", "revoke", OCTOBER);
    const first = await planRevocationsFor(world, data, SETTINGS);
    await approvePlan(world, data, first, first.hash);
    await runRevocations(world, data, SETTINGS, ENVIRONMENT);
    provider.key("KEYSAMPLE", known(daysAgo(60)));
    for (const done of await data.state.list("revocation"))
      await data.state.transaction((writer) => writer.update("revocation", { ...done, state: "undone" }));
    const same = await planRevocationsFor(world, data, SETTINGS);
    expect([same.planned, same.standing.map(({ state }) => state)]).toEqual([[], ["undone"]]);
    await decided(data, "a", "revoke", NOVEMBER);
    const next = await planRevocationsFor(world, data, SETTINGS);
    expect(await approvePlan(world, data, next, next.hash)).toHaveLength(1);
    clock.at = "2026-11-20T08:01:00Z";
    await runRevocations(world, data, SETTINGS, ENVIRONMENT);
    expect(provider.changes).toEqual(["revoke KEYSAMPLE", "revoke KEYSAMPLE"]);
  });

  test("what a later review kept is held on its day, although it is on the schedule", async () => {
    const { world, data, provider } = await ground();
    await decided(data, "b", "revoke", OCTOBER);
    const plan = await planRevocationsFor(world, data, SETTINGS);
    await approvePlan(world, data, plan, plan.hash);
    await decided(data, "a", "keep", NOVEMBER);
    const { executed } = await runRevocations(world, data, SETTINGS, ENVIRONMENT);
    expect(executed.map(({ revocation }) => [revocation.state, revocation.stateReason])).toEqual([
      ["held", "a later decision does not ask for it any more"],
    ]);
    expect(provider.changes).toEqual([]);
  });

  test("what a later review wants gone as well goes on its day: the answer is the same", async () => {
    const { world, data, provider } = await ground();
    await decided(data, "b", "revoke", OCTOBER);
    const plan = await planRevocationsFor(world, data, SETTINGS);
    await approvePlan(world, data, plan, plan.hash);
    await decided(data, "a", "revoke", NOVEMBER);
    const { executed } = await runRevocations(world, data, SETTINGS, ENVIRONMENT);
    expect(executed.map(({ revocation }) => revocation.state)).toEqual(["verified"]);
    expect(provider.changes).toEqual(["revoke KEYSAMPLE"]);
  });

  test("approved by two at once it is on the schedule once, and what is under way is left alone", async () => {
    const { world, data } = await ground();
    await decided(data, "a", "revoke", NOVEMBER);
    const plan = await planRevocationsFor(world, data, SETTINGS);
    expect(await approvePlan(world, data, plan, plan.hash)).toHaveLength(1);
    await runRevocations(world, data, SETTINGS, ENVIRONMENT);
    expect(await approvePlan(world, data, plan, plan.hash)).toEqual([]);
    expect((await data.state.list("revocation")).map(({ state }) => state)).toEqual(["verified"]);
  });
});
