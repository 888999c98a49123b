import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { claimRevocation } from "../../src/app/claim-revocation.ts";
import { hold, findRevocation, runRevocations, undoOne, type RunResult } from "../../src/app/revoke-run.ts";
import { approvePlan, planRevocationsFor } from "../../src/app/revoke-plan.ts";
import type { ConnectorEnvironment } from "../../src/contracts/connector.ts";
import type { DataDirectory } from "../../src/contracts/store.ts";
import type { World } from "../../src/contracts/world.ts";
import { readSnapshot } from "../../src/app/latest-snapshot.ts";
import { buildGraph } from "../../src/graph/build-graph.ts";
import { describeTarget } from "../../src/revoke/describe-target.ts";
import { AuditError } from "../../src/model/audit-error.ts";
import { addDays } from "../../src/model/instant.ts";
import { known, unknown } from "../../src/model/observed.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { allow, daysAgo, document, Given, NOW } from "../analyse/given.ts";
import { aRevocation, aTarget } from "../revoke/a-revocation.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { FakeProvider, HandClock } from "./fake-provider.ts";
import { providerWorld } from "./provider-world.ts";

const IDLE_KEYS: Settings["revoke"]["automatic"] = [{ rule: "idle-access-key", action: "deactivate", noticeDays: 14 }];

/** A user with one key that nobody used for 200 days, and one that was used yesterday. */
function twoKeys(given: Given): void {
  const user = given.user("ci-sample");
  given.credential("access-key", "KEYSTALE", user.id, {
    createdAt: known(daysAgo(400)),
    lastUsedAt: known(daysAgo(200)),
  });
  given.credential("access-key", "KEYFRESH", user.id, { createdAt: known(daysAgo(40)), lastUsedAt: known(daysAgo(1)) });
}

interface Ground {
  readonly world: World;
  readonly data: DataDirectory;
  readonly provider: FakeProvider;
  readonly clock: HandClock;
  readonly settings: Settings;
  readonly environment: ConnectorEnvironment;
  run(revoke?: Partial<Settings["revoke"]>): Promise<RunResult>;
  states(): Promise<Record<string, string>>;
  eventTypes(): Promise<string[]>;
}

/** A data directory with a snapshot of what is given, and a world whose only connector is the provider in memory. */
async function ground(give: (given: Given) => void, revoke: Partial<Settings["revoke"]> = {}): Promise<Ground> {
  const clock = new HandClock(NOW);
  const data = await openDataDirectory(join(await temporaryFolder(), "data"), { clock });
  onTestFinished(() => data.close());
  const given = new Given();
  give(given);
  await data.snapshots.write(given.snapshot(), { actor: "os:robin", assurance: "attested", at: NOW });
  const provider = new FakeProvider();
  for (const credential of given.records.credentials) provider.key(credential.nativeId, credential.lastUsedAt);
  const world = providerWorld(provider, clock);
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    connectors: { aws: {} },
    revoke: { ...DEFAULT_SETTINGS.revoke, ...revoke },
  };
  const environment: ConnectorEnvironment = {
    clock,
    secrets: world.secrets,
    log: { progress: () => {}, warn: () => {} },
  };
  return {
    world,
    data,
    provider,
    clock,
    settings,
    environment,
    run: (more = {}) =>
      runRevocations(world, data, { ...settings, revoke: { ...settings.revoke, ...more } }, environment),
    async states() {
      return Object.fromEntries(
        (await data.state.list("revocation")).map(({ target, state }) => [
          target.credential?.nativeId ?? target.subjectId,
          state,
        ]),
      );
    },
    async eventTypes() {
      const types: string[] = [];
      for await (const { type } of data.state.events()) types.push(type);
      return types.filter((type) => type !== "snapshot.written");
    },
  };
}

/** Puts one revocation per key on the schedule. */
async function schedule(data: DataDirectory, keys: Readonly<Record<string, string>>): Promise<void> {
  const user = {
    id: "aws:111122223333:ci-sample",
    kind: "user",
    nativeId: "ci-sample",
    locator: "arn:aws:iam::111122223333:user/ci-sample",
    displayName: "ci-sample",
  };
  await data.state.transaction(async (writer) => {
    for (const [key, dueAt] of Object.entries(keys)) {
      const subjectId = `aws:111122223333:${key}`;
      const target = aTarget({
        subjectId,
        principal: user,
        credential: { id: subjectId, kind: "access-key", nativeId: key, locator: key, displayName: key },
      });
      await writer.insert(
        "revocation",
        aRevocation({ id: `revocation:${key.toLowerCase()}`, target, dueAt, lastUsedAtPlanned: null }),
      );
    }
  });
}

const manyKeys = (count: number) => (given: Given) => {
  const user = given.user("ci-sample");
  for (let i = 1; i <= count; i += 1) given.credential("access-key", `KEY${i}`, user.id);
};

describe("a run", () => {
  test("executes what is due to the second and lets the rest wait", async () => {
    const { data, provider, run, states } = await ground(manyKeys(3));
    await schedule(data, { KEY1: daysAgo(1), KEY2: NOW, KEY3: "2026-11-20T08:00:01Z" });
    const result = await run();
    expect(result.executed.map(({ revocation }) => revocation.state)).toEqual(["verified", "verified"]);
    expect(result.waiting.map(({ id }) => id)).toEqual(["revocation:key3"]);
    expect(result.refused).toBe(null);
    expect(provider.changes).toEqual(["revoke KEY1", "revoke KEY2"]);
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "verified", KEY3: "scheduled" });
  });

  test("twice does nothing twice", async () => {
    const { data, provider, run, eventTypes } = await ground(manyKeys(2));
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    await run();
    const [calls, events] = [provider.calls.length, await eventTypes()];
    const again = await run();
    expect(again).toEqual({
      executed: [],
      stopped: [],
      broken: [],
      elsewhere: [],
      waiting: [],
      announced: [],
      refused: null,
    });
    expect(provider.calls.length).toBe(calls);
    expect(await eventTypes()).toEqual(events);
  });

  test.each([
    [
      "one more than the limit refuses the whole run, not the one too many",
      { maximumPerRun: 2 },
      "3 changes are due and one run may make 2: nothing is changed",
    ],
    ["the kill switch refuses the run", { killSwitch: true }, "the kill switch is on: nothing is changed"],
  ])("%s", async (_name, revoke, why) => {
    const { data, provider, run, states } = await ground(manyKeys(3));
    await schedule(data, { KEY1: NOW, KEY2: NOW, KEY3: NOW });
    expect(await run(revoke)).toMatchObject({ executed: [], stopped: [], refused: why });
    expect(provider.calls).toEqual([]);
    expect(await states()).toEqual({ KEY1: "scheduled", KEY2: "scheduled", KEY3: "scheduled" });
    expect(await run({ maximumPerRun: 3, killSwitch: false })).toMatchObject({ refused: null });
    expect(provider.changes.length).toBe(3);
  });

  test("what waits for its day does not count towards the limit", async () => {
    const { data, provider, run } = await ground(manyKeys(3));
    await schedule(data, { KEY1: NOW, KEY2: addDays(NOW, 1), KEY3: addDays(NOW, 1) });
    expect((await run({ maximumPerRun: 1 })).refused).toBe(null);
    expect(provider.changes).toEqual(["revoke KEY1"]);
  });

  test("a file called STOP in the data directory stops everything until it is gone", async () => {
    const { data, world, provider, run } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    await writeFile(join(data.path, "STOP"), "");
    expect((await run()).refused).toBe("the kill switch is on: nothing is changed");
    expect(provider.calls).toEqual([]);
    await world.files.remove(join(data.path, "STOP"));
    expect((await run()).refused).toBe(null);
    expect(provider.changes).toEqual(["revoke KEY1"]);
  });

  test("a guard looks again on the day: what became protected, or is oneself, is held with the reason", async () => {
    const { data, provider, run } = await ground(manyKeys(2));
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    provider.self = ["arn:aws:iam::111122223333:user/ci-sample"];
    const result = await run();
    expect(result.stopped.map(({ why }) => why)).toEqual(
      Array(2).fill("leastwise itself signs in as this principal: it never takes away its own access"),
    );
    expect(provider.calls).toEqual([]);
    expect((await data.state.list("revocation")).map(({ state, stateReason }) => [state, stateReason])).toEqual(
      result.stopped.map(({ why }) => ["held", why]),
    );
  });

  test("of the last two administrators' keys that are due together, one stays", async () => {
    const { data, provider, run, states } = await ground((given) => {
      const user = given.user("ci-sample");
      given.attach(user, "Admin", document(allow("*")));
      for (const key of ["KEY1", "KEY2"]) given.credential("access-key", key, user.id);
    });
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    await run();
    expect(provider.changes).toEqual(["revoke KEY1"]);
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "held" });
  });

  test("a system that is not configured here stays on the schedule, and the others go on", async () => {
    const { data, provider, run, states } = await ground(manyKeys(2));
    await schedule(data, { KEY1: NOW });
    await data.state.transaction((writer) =>
      writer.insert(
        "revocation",
        aRevocation({
          id: "revocation:elsewhere",
          operation: "github/remove-team-membership",
          target: aTarget({ system: "github", subjectId: "grant-elsewhere", credential: null }),
        }),
      ),
    );
    const result = await run();
    expect(result.executed.map(({ revocation }) => [revocation.state, revocation.stateReason])).toEqual([
      ["verified", null],
    ]);
    expect(result.broken.map(({ why }) => why)).toEqual(["`github` is not configured here"]);
    expect(await states()).toEqual({ KEY1: "verified", "grant-elsewhere": "scheduled" });
    expect(provider.closed).toBe(provider.opened);
  });

  test("a provider that breaks down at one change keeps back no other, and the next run tries again", async () => {
    const { data, clock, provider, run, states } = await ground(manyKeys(3));
    await schedule(data, { KEY1: NOW, KEY2: NOW, KEY3: NOW });
    const { revoke } = provider.operation;
    provider.operation.revoke = async (target, preImage) => {
      if (target.credential?.nativeId === "KEY2")
        throw new AuditError("provider-answer", "test", "AWS answered with half a page");
      return revoke(target, preImage);
    };
    const result = await run();
    expect(result.executed.map(({ revocation }) => revocation.state)).toEqual(["verified", "verified"]);
    expect(result.broken.map(({ revocation, why }) => [revocation.id, why])).toEqual([
      ["revocation:key2", "AWS answered with half a page"],
    ]);
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "scheduled", KEY3: "verified" });
    provider.operation.revoke = revoke;
    clock.at = addDays(NOW, 1);
    await run();
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "verified", KEY3: "verified" });
  });

  test("what could not be read again is asked about by the next run, even when nothing may be changed any more", async () => {
    const { data, clock, provider, run, states, eventTypes } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    provider.answers.isGone = unknown("throttled");
    const first = await run();
    expect(first.executed.map(({ revocation }) => [revocation.state, revocation.stateReason])).toEqual([
      ["executed", "could not be read again: throttled"],
    ]);
    await run();
    expect(await states()).toEqual({ KEY1: "executed" });
    delete provider.answers.isGone;
    clock.at = addDays(NOW, 1);
    const later = await run({ killSwitch: true });
    expect(later.executed.map(({ revocation }) => [revocation.state, revocation.stateReason])).toEqual([
      ["verified", null],
    ]);
    expect(await states()).toEqual({ KEY1: "verified" });
    expect(provider.changes).toEqual(["revoke KEY1"]);
    expect((await eventTypes()).filter((type) => type === "revocation.unproven").length).toBe(2);
  });

  test("a provider that breaks down between the change and its proof leaves both to the next run", async () => {
    const { data, provider, run, states } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    const { isGone } = provider.operation;
    provider.operation.isGone = () =>
      Promise.reject(new AuditError("provider-answer", "test", "AWS answered with half a page"));
    expect((await run()).broken.map(({ why }) => why)).toEqual(["AWS answered with half a page"]);
    expect(await states()).toEqual({ KEY1: "executed" });
    provider.operation.isGone = isGone;
    await run();
    expect(await states()).toEqual({ KEY1: "verified" });
    expect(provider.changes).toEqual(["revoke KEY1"]);
  });

  test.each([
    ["the direct grant first: the way through the group is still there", [0, 1], [1, 0]],
    ["the membership first: then the direct grant is the last way", [1, 0], [0, 0]],
  ])("the proof names the other ways to the same access, %s", async (_name, order, expected) => {
    let grants: readonly { readonly id: string }[] = [];
    const { data, provider, run } = await ground((given) => {
      const user = given.user("ci-sample");
      const group = given.group("deployers");
      const policy = document(allow("s3:*"));
      grants = [given.attach(user, "PowerSample", policy), given.join(user, group)];
      given.attach(group, "PowerSample", policy);
    });
    const graph = buildGraph((await readSnapshot(data)).snapshot);
    await data.state.transaction(async (writer) => {
      for (const [i, which] of order.entries()) {
        const id = grants[which]?.id ?? "";
        provider.key(id);
        const described = describeTarget(graph, "grant", id);
        if (described === undefined) throw new Error(`there is no ${id}`);
        await writer.insert("revocation", aRevocation({ id: `revocation:${i}`, target: described.target }));
      }
    });
    const { executed } = await run();
    expect(executed.map(({ revocation }) => revocation.state)).toEqual(["verified", "verified"]);
    expect(executed.map(({ verification }) => verification?.remainingGrants.length)).toEqual(expected);
    const stored = (await data.state.list("verification")).map(({ remainingGrants }) => remainingGrants.length);
    expect(stored.sort()).toEqual([...expected].sort());
  });

  test("an error of our own ends the run at once, and sessions are closed all the same", async () => {
    const { data, provider, run, states } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    provider.operation.capture = () => Promise.reject(new TypeError("x is undefined"));
    await expect(run()).rejects.toThrow("x is undefined");
    expect(provider.closed).toBe(1);
    expect(await states()).toEqual({ KEY1: "scheduled" });
  });
});

describe("the kill switch", () => {
  test("switched on in the middle of a run stops what is left of it", async () => {
    const { data, provider, run, states } = await ground(manyKeys(3));
    await schedule(data, { KEY1: NOW, KEY2: NOW, KEY3: NOW });
    const { revoke } = provider.operation;
    provider.operation.revoke = async (target, preImage) => {
      await writeFile(join(data.path, "STOP"), "");
      return revoke(target, preImage);
    };
    const result = await run();
    expect(result.refused).toBe("the kill switch is on: the run was stopped and the rest is not changed");
    expect(result.executed.map(({ revocation }) => revocation.state)).toEqual(["verified"]);
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "scheduled", KEY3: "scheduled" });
  });
});

describe("two runs at the same time", () => {
  test("make each change once, and keep its proof and its undo", async () => {
    const one = await ground(manyKeys(4));
    const { world, data, provider, settings, environment, states } = one;
    await schedule(data, { KEY1: NOW, KEY2: NOW, KEY3: NOW, KEY4: NOW });
    // A second process has a connection of its own to the same state.
    const other = await openDataDirectory(data.path, { clock: one.clock });
    onTestFinished(() => other.close());
    const began = new Set<DataDirectory>();
    const both = Promise.withResolvers<void>();
    const { capture } = provider.operation;
    // Nobody looks at anything before both have read the schedule.
    provider.operation.capture = async (target) => {
      await both.promise;
      return capture(target);
    };
    const start = (of: DataDirectory) =>
      runRevocations(world, of, settings, environment, () => {
        began.add(of);
        if (began.size === 2) both.resolve();
      });
    const runs = await Promise.all([start(data), start(other)]);
    expect([...provider.changes].sort()).toEqual(["revoke KEY1", "revoke KEY2", "revoke KEY3", "revoke KEY4"]);
    expect(await states()).toEqual({ KEY1: "verified", KEY2: "verified", KEY3: "verified", KEY4: "verified" });
    expect(runs.flatMap(({ executed }) => executed.map(({ revocation }) => revocation.id)).sort()).toEqual([
      "revocation:key1",
      "revocation:key2",
      "revocation:key3",
      "revocation:key4",
    ]);
    expect((await data.state.list("capsule")).length).toBe(4);
    expect((await undoOne(world, data, settings, environment, "revocation:key3")).revocation.state).toBe("undone");
  });

  test("what the other run held first is that one's to tell, and the rest goes on", async () => {
    const { world, data, provider, settings, environment, states } = await ground(manyKeys(2), { protected: ["KEY1"] });
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    const state: DataDirectory["state"] = Object.create(data.state) as DataDirectory["state"];
    let first = true;
    state.transaction = async (work) => {
      if (first) await hold(world, data, await findRevocation(data, "revocation:key1"), "by the other run");
      first = false;
      return data.state.transaction(work);
    };
    const result = await runRevocations(world, { ...data, state }, settings, environment);
    expect(result.elsewhere.map(({ id }) => id)).toEqual(["revocation:key1"]);
    expect(result.stopped).toEqual([]);
    expect(await states()).toEqual({ KEY1: "held", KEY2: "verified" });
    expect(provider.changes).toEqual(["revoke KEY2"]);
  });

  test("a run that died is given up on after a quarter of an hour, not before", async () => {
    const { data, clock, provider, run, states } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    const [revocation] = await data.state.list("revocation");
    if (revocation === undefined) throw new Error("nothing is scheduled");
    await claimRevocation(data, revocation, clock.at);
    await clock.pause(14 * 60);
    expect((await run()).elsewhere.map(({ id }) => id)).toEqual(["revocation:key1"]);
    expect(provider.calls).toEqual([]);
    await clock.pause(60);
    expect((await run()).elsewhere).toEqual([]);
    expect(await states()).toEqual({ KEY1: "verified" });
  });

  test("what a run has in hand cannot be held any more, and what broke down is in nobody's hand", async () => {
    const { world, data, clock, provider, settings, environment, run } = await ground(manyKeys(1));
    await schedule(data, { KEY1: NOW });
    const revocation = await findRevocation(data, "revocation:key1");
    await claimRevocation(data, revocation, clock.at);
    await expect(hold(world, data, revocation, "still needed")).rejects.toMatchObject({ code: "in-hand" });
    await expect(undoOne(world, data, settings, environment, revocation.id)).rejects.toMatchObject({ code: "in-hand" });
    await clock.pause(15 * 60);
    provider.operation.capture = () => Promise.reject(new AuditError("provider-answer", "test", "half a page"));
    expect((await run()).broken).toHaveLength(1);
    expect((await hold(world, data, revocation, "still needed")).state).toBe("held");
  });
});

describe("the automatic policy", () => {
  test("two keys, one stale: only the stale one is ever touched", async () => {
    const { clock, provider, run, states } = await ground(twoKeys, { automatic: IDLE_KEYS });
    for (const day of [0, 1, 7, 13, 14, 15, 30, 60]) {
      clock.at = addDays(NOW, day);
      await run();
    }
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
    expect(provider.calls.filter((call) => !call.endsWith(" KEYSTALE"))).toEqual([]);
    expect(provider.keys.get("KEYSTALE")?.active).toBe(false);
    expect(provider.keys.get("KEYFRESH")?.active).toBe(true);
    expect(await states()).toEqual({ KEYSTALE: "verified" });
  });

  test("announces first, once, and deactivates only when the notice has run out", async () => {
    const { clock, provider, run, eventTypes } = await ground(twoKeys, { automatic: IDLE_KEYS });
    const first = await run();
    expect(first.announced.map(({ target, dueAt, reason }) => [target.credential?.nativeId, dueAt, reason])).toEqual([
      ["KEYSTALE", addDays(NOW, 14), expect.stringContaining("automatic policy `idle-access-key`")],
    ]);
    expect(first.executed).toEqual([]);
    expect(await eventTypes()).toEqual(["revocation.planned", "notice.written"]);

    clock.at = addDays(NOW, 13);
    expect(await run()).toMatchObject({ announced: [], executed: [], waiting: [{ state: "scheduled" }] });
    expect(provider.changes).toEqual([]);
    expect(await eventTypes()).toEqual(["revocation.planned", "notice.written"]);

    clock.at = addDays(NOW, 14);
    expect((await run()).executed.map(({ revocation }) => revocation.state)).toEqual(["verified"]);
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
  });

  test("a key that is used while the notice runs stays", async () => {
    const { clock, provider, run, states } = await ground(twoKeys, { automatic: IDLE_KEYS });
    await run();
    provider.key("KEYSTALE", known(addDays(NOW, 3)));
    clock.at = addDays(NOW, 14);
    await run();
    expect(provider.changes).toEqual([]);
    expect(await states()).toEqual({ KEYSTALE: "held" });
  });

  test("a key that was used once after its notice is announced again when it is idle again", async () => {
    const { data, clock, provider, run, states } = await ground(twoKeys, { automatic: IDLE_KEYS });
    await run();
    provider.key("KEYSTALE", known(addDays(NOW, 3)));
    clock.at = addDays(NOW, 14);
    await run();
    expect(await states()).toEqual({ KEYSTALE: "held" });
    const later = new Given();
    later.credential("access-key", "KEYSTALE", later.user("ci-sample").id, {
      createdAt: known(daysAgo(400)),
      lastUsedAt: known(addDays(NOW, 3)),
    });
    clock.at = addDays(NOW, 100);
    await data.snapshots.write(
      { ...later.snapshot(), asOf: clock.at },
      { actor: "os:robin", assurance: "attested", at: clock.at },
    );
    expect((await run()).announced.map(({ target }) => target.credential?.nativeId)).toEqual(["KEYSTALE"]);
    clock.at = addDays(NOW, 114);
    await run();
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
  });

  test("who was held, or put back, is not announced again by the next run", async () => {
    const { world, data, clock, settings, environment, provider, run, states } = await ground(twoKeys, {
      automatic: IDLE_KEYS,
    });
    const [announced] = (await run()).announced;
    if (announced === undefined) throw new Error("nothing was announced");
    clock.at = addDays(NOW, 14);
    await run();
    await undoOne(world, data, settings, environment, announced.id);
    expect(provider.keys.get("KEYSTALE")?.active).toBe(true);
    clock.at = addDays(NOW, 40);
    expect(await run()).toEqual({
      executed: [],
      stopped: [],
      broken: [],
      elsewhere: [],
      waiting: [],
      announced: [],
      refused: null,
    });
    expect(await states()).toEqual({ KEYSTALE: "undone" });
  });

  test.each([
    ["idle for the reporting limit but not yet for the later one", 60, false],
    ["idle for the later limit, to the day", 90, true],
  ])("a key that is %s is announced: %s days → %s", async (_name, days, announced) => {
    const { run } = await ground(
      (given) =>
        void given.credential("access-key", "KEYSTALE", given.user("ci-sample").id, {
          createdAt: known(daysAgo(400)),
          lastUsedAt: known(daysAgo(days)),
        }),
      { automatic: IDLE_KEYS },
    );
    expect((await run()).announced.length).toBe(announced ? 1 : 0);
  });

  test("no policy, no announcement; and no policy announces what reviewers did not decide", async () => {
    const { run, provider } = await ground(twoKeys);
    expect(await run()).toEqual({
      executed: [],
      stopped: [],
      broken: [],
      elsewhere: [],
      waiting: [],
      announced: [],
      refused: null,
    });
    expect(provider.changes).toEqual([]);
  });

  test("a key on the protected list is neither announced nor touched", async () => {
    const { clock, run, provider } = await ground(twoKeys, { automatic: IDLE_KEYS, protected: ["ci-*"] });
    expect((await run()).announced).toEqual([]);
    clock.at = addDays(NOW, 30);
    await run();
    expect(provider.calls).toEqual([]);
  });
});

describe("a plan and its approval", () => {
  test("planning writes nothing; approving holds the approver to what was seen", async () => {
    const { world, data, settings, states, eventTypes } = await ground(twoKeys, { automatic: IDLE_KEYS });
    const plan = await planRevocationsFor(world, data, settings);
    expect(plan.planned.map(({ target }) => target.credential?.nativeId)).toEqual(["KEYSTALE"]);
    expect(await states()).toEqual({});
    await expect(approvePlan(world, data, plan, "0123456789ab")).rejects.toMatchObject({
      kind: "settings",
      code: "plan-changed",
    });
    expect(await states()).toEqual({});
    for (const short of ["", plan.hash.slice(0, 7)])
      await expect(approvePlan(world, data, plan, short)).rejects.toMatchObject({ code: "plan-changed" });
    expect(await approvePlan(world, data, plan, plan.hash.slice(0, 12))).toHaveLength(1);
    expect(await states()).toEqual({ KEYSTALE: "scheduled" });
    expect(await eventTypes()).toEqual(["revocation.planned"]);
    const again = await planRevocationsFor(world, data, settings);
    expect(await approvePlan(world, data, again, again.hash)).toEqual([]);
    expect(await eventTypes()).toEqual(["revocation.planned"]);
  });
});

describe("what people say to a revocation", () => {
  test("a hold stops what is scheduled; what was done is held no more", async () => {
    const { world, data, provider, run, states } = await ground(manyKeys(2));
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    await hold(world, data, await findRevocation(data, "key1"), "still needed until March");
    await run();
    expect(provider.changes).toEqual(["revoke KEY2"]);
    expect(await states()).toEqual({ KEY1: "held", KEY2: "verified" });
    await expect(
      findRevocation(data, "key2").then((done) => hold(world, data, done, "too late")),
    ).rejects.toMatchObject({ kind: "settings", code: "not-scheduled" });
  });

  test.each([
    ["an id nobody has", "nothing", "there is no revocation `nothing`"],
    ["a beginning that fits two", "key", "`key` fits 2 revocations"],
  ])("%s is said in words", async (_name, id, message) => {
    const { data } = await ground(manyKeys(2));
    await schedule(data, { KEY1: NOW, KEY2: NOW });
    await expect(findRevocation(data, id)).rejects.toMatchObject({ kind: "settings", message });
  });

  test("what was never executed cannot be undone", async () => {
    const { world, data, settings, environment, provider } = await ground(manyKeys(1));
    await schedule(data, { KEY1: addDays(NOW, 7) });
    await expect(undoOne(world, data, settings, environment, "key1")).rejects.toMatchObject({
      kind: "settings",
      code: "nothing-to-undo",
    });
    expect(provider.opened).toBe(0);
  });
});
