import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { approvePlan, planRevocationsFor } from "../../src/app/revoke-plan.ts";
import { runRevocations } from "../../src/app/revoke-run.ts";
import type { World } from "../../src/contracts/world.ts";
import type { Decision } from "../../src/model/decision.ts";
import { known } from "../../src/model/observed.ts";
import type { RevocationOutcome } from "../../src/model/revocation.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { daysAgo, Given, NOW } from "../analyse/given.ts";
import { DEACTIVATE, FakeProvider, HandClock } from "../app/fake-provider.ts";
import { providerWorld } from "../app/provider-world.ts";
import { SAMPLE_ROWS, sampleDecision, sampleItem } from "../store/sample-state.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  connectors: { aws: {} },
  revoke: { ...DEFAULT_SETTINGS.revoke, noticeDays: 0 },
};

/** A key whose operation answers these wishes, decided about as said, in that order. */
async function decided(outcomes: readonly RevocationOutcome[], ...answers: readonly Decision["outcome"][]) {
  const clock = new HandClock(NOW);
  const data = await openDataDirectory(join(await temporaryFolder(), "data"), { clock });
  onTestFinished(() => data.close());
  const given = new Given();
  const key = given.credential("access-key", "KEYSAMPLE", given.user("ci-sample").id, {
    lastUsedAt: known(daysAgo(60)),
  });
  await data.snapshots.write(given.snapshot(), { actor: "os:robin", assurance: "attested", at: NOW });
  const provider = new FakeProvider().key("KEYSAMPLE", known(daysAgo(60)));
  const plain = provider.connector();
  const operations = [{ ...DEACTIVATE, appliesTo: { ...DEACTIVATE.appliesTo, outcomes } }];
  const world: World = {
    ...providerWorld(provider, clock),
    connectors: [{ ...plain, manifest: { ...plain.manifest, operations } }],
  };
  let campaigns = 0;
  const decide = (outcome: Decision["outcome"]): Promise<void> =>
    data.state.transaction(async (writer) => {
      campaigns += 1;
      const [campaignId, itemId] = [`campaign-${campaigns}`, `item-${campaigns}`];
      const item = { id: itemId, campaignId, subjectKind: "credential" as const, subjectId: key.id };
      await writer.insert("campaign", { ...SAMPLE_ROWS.campaign.row, id: campaignId });
      await writer.insert("review_item", sampleItem({ ...item, outcome, state: "decided" }));
      await writer.insert(
        "decision",
        sampleDecision({
          id: `decision-${campaigns}`,
          campaignId,
          itemId,
          outcome,
          decidedAt: `2026-1${campaigns - 1}-15T08:00:00Z`,
        }),
      );
    });
  for (const answer of answers) await decide(answer);
  const plan = await planRevocationsFor(world, data, SETTINGS);
  const run = () => {
    const log = { progress: () => {}, warn: () => {} };
    return runRevocations(world, data, SETTINGS, { clock, secrets: world.secrets, log });
  };
  const approve = () => approvePlan(world, data, plan, plan.hash);
  return { plan, approve, decide, run, provider };
}

test("less of it is carried out where an operation lessens", async () => {
  const { plan, approve, run, provider } = await decided(["reduce"], "reduce");
  expect(plan.planned.map(({ operation }) => operation)).toEqual([DEACTIVATE.id]);
  await approve();
  await run();
  expect(provider.changes).toEqual(["revoke KEYSAMPLE"]);
});

test("an operation that lessens does not stand for taking away", async () => {
  const { plan } = await decided(["reduce"], "revoke");
  expect([plan.planned, plan.byHand.map(({ why }) => why)]).toEqual([[], ["no operation takes this away yet"]]);
});

test.each<[Decision["outcome"], readonly string[]]>([
  ["keep", []],
  // What is to go altogether now is no errand for an operation that lessens.
  ["revoke", []],
  ["reduce", ["revoke KEYSAMPLE"]],
])("what was to be lessened and is answered with %s later is done accordingly", async (later, changes) => {
  const { approve, decide, run, provider } = await decided(["reduce"], "reduce");
  await approve();
  await decide(later);
  await run();
  expect(provider.changes).toEqual(changes);
});
