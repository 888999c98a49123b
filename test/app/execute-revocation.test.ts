import { describe, expect, onTestFinished, test } from "vitest";
import { executeRevocation, undoRevocation, type Executed, type Execution } from "../../src/app/execute-revocation.ts";
import type { DataDirectory, StateWriter } from "../../src/contracts/store.ts";
import { known, unknown } from "../../src/model/observed.ts";
import type { Revocation } from "../../src/model/revocation.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { sha256 } from "../../src/text/digest.ts";
import { aRevocation } from "../revoke/a-revocation.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { FakeProvider, HandClock } from "./fake-provider.ts";

const PLANNED_ON = "2026-05-04T08:00:00Z";
const LATER = "2026-11-19T08:00:00Z";

interface Ground {
  readonly data: DataDirectory;
  readonly provider: FakeProvider;
  readonly clock: HandClock;
  readonly execution: Execution;
  run(revocation?: Revocation, more?: Partial<Execution>): Promise<Executed>;
  undo(): Promise<Executed>;
  stored(): Promise<Revocation | undefined>;
  events(): Promise<string[]>;
}

/** A data directory with one scheduled revocation, and a provider with its key and another one of the same user. */
async function ground(revocation = aRevocation({ lastUsedAtPlanned: PLANNED_ON })): Promise<Ground> {
  const clock = new HandClock("2026-11-20T08:00:00Z");
  const data = await openDataDirectory(await temporaryFolder(), { clock });
  onTestFinished(() => data.close());
  await data.state.transaction((writer) => writer.insert("revocation", revocation));
  const provider = new FakeProvider().key("KEYSAMPLE1", known(PLANNED_ON)).key("KEYSAMPLE2", known(LATER));
  const execution = { data, clock, pause: clock.pause, actor: "os:robin", simulated: false };
  const stored = () => data.state.get("revocation", revocation.id);
  return {
    data,
    provider,
    clock,
    execution,
    stored,
    run: async (what, more) =>
      executeRevocation(what ?? (await stored()) ?? revocation, provider.operation, { ...execution, ...more }),
    async undo() {
      const [capsule] = await data.state.list("capsule", { parentId: revocation.id });
      const current = await stored();
      if (capsule === undefined || current === undefined) throw new Error("nothing was captured");
      return undoRevocation(current, capsule, provider.operation, execution);
    },
    async events() {
      const types: string[] = [];
      for await (const { type } of data.state.events()) types.push(type);
      return types;
    },
  };
}

/** The same data directory, whose writer fails where it is told to. */
function failing(data: DataDirectory, fail: (call: string, subject: string) => boolean): DataDirectory {
  const state: DataDirectory["state"] = Object.create(data.state) as DataDirectory["state"];
  state.transaction = (work) =>
    data.state.transaction((writer) => {
      const wrapped = Object.create(writer) as StateWriter;
      wrapped.insert = async (table, row) => {
        if (fail("insert", table)) throw new Error("the disk is full");
        await writer.insert(table, row);
      };
      wrapped.update = async (table, row) => {
        if (fail("update", table)) throw new Error("the disk is full");
        await writer.update(table, row);
      };
      wrapped.append = async (event) => {
        if (fail("append", event.type)) throw new Error("the disk is full");
        return writer.append(event);
      };
      return work(wrapped);
    });
  return { ...data, state };
}

describe("one change", () => {
  test("is captured before, made, read again, and on record step by step; the other key is not even looked at", async () => {
    const { run, provider, data, stored, events } = await ground();
    const { revocation, verification } = await run();
    expect(revocation.state).toBe("verified");
    expect(verification).toMatchObject({
      kind: "after-revoke",
      passed: true,
      simulated: false,
      observed: "gone when read again",
    });
    expect(await stored()).toEqual(revocation);
    expect(provider.calls).toEqual(["capture KEYSAMPLE1", "revoke KEYSAMPLE1", "isGone KEYSAMPLE1"]);
    expect(await events()).toEqual(["revocation.captured", "revocation.executed", "revocation.verified"]);
    expect(await data.state.list("capsule")).toEqual([
      expect.objectContaining({
        revocationId: revocation.id,
        preImage: { status: "Active" },
        preImageHash: sha256('{"status":"Active"}'),
        simulated: false,
      }),
    ]);
    expect(await data.state.list("verification")).toEqual([verification]);
  });

  test.each([
    ["the capsule cannot be written", "insert", "capsule"],
    ["the capsule cannot be put on record", "append", "revocation.captured"],
  ])("no capsule, no change: when %s the provider is never asked to change anything", async (_name, call, subject) => {
    const { run, provider, data, stored, events } = await ground();
    const broken = failing(data, (what, of) => what === call && of === subject);
    await expect(run(undefined, { data: broken })).rejects.toThrow("the disk is full");
    expect(provider.calls).toEqual(["capture KEYSAMPLE1"]);
    expect(provider.keys.get("KEYSAMPLE1")?.active).toBe(true);
    expect((await stored())?.state).toBe("scheduled");
    expect(await events()).toEqual([]);
    expect(await data.state.list("capsule")).toEqual([]);
  });

  test("the capsule is stored before the provider is asked, not after", async () => {
    const { provider, data, execution } = await ground();
    const seen: number[] = [];
    const watched = {
      ...provider.operation,
      revoke: async (...given: Parameters<typeof provider.operation.revoke>) => {
        seen.push((await data.state.list("capsule")).length);
        return provider.operation.revoke(...given);
      },
    };
    const { revocation } = await executeRevocation(aRevocation(), watched, execution);
    expect(revocation.state).toBe("verified");
    expect(seen).toEqual([1]);
  });

  test.each([
    ["a use after the one the plan was made on holds it", PLANNED_ON, known(LATER), "held"],
    ["a first use of what was never used holds it", "never", known(LATER), "held"],
    ["the same use as planned does not", PLANNED_ON, known(PLANNED_ON), "verified"],
    ["an older use than planned does not", LATER, known(PLANNED_ON), "verified"],
    ["never used, as planned, does not", "never", known("never"), "verified"],
    ["a use that cannot be read holds it: it may be in use", PLANNED_ON, unknown("not answered"), "held"],
    ["who decided without knowing any use decided about the access", null, known(LATER), "verified"],
  ])("%s", async (_name, lastUsedAtPlanned, lastUsed, state) => {
    const { run, provider, stored, events } = await ground(aRevocation({ lastUsedAtPlanned }));
    provider.key("KEYSAMPLE1", lastUsed);
    expect((await run()).revocation.state).toBe(state);
    if (state !== "held") return;
    expect(await stored()).toMatchObject({
      state: "held",
      stateReason: lastUsed.known
        ? "it was used on 2026-11-19, after it was planned"
        : "when it was last used could not be read",
    });
    expect(provider.changes).toEqual([]);
    expect(await events()).toEqual(["revocation.held"]);
  });

  test("who releases it was told of that use: only a newer one holds it again", async () => {
    const { run, data, provider, stored } = await ground();
    provider.key("KEYSAMPLE1", known(LATER));
    await run();
    const released = async (): Promise<Revocation> => {
      const held = await stored();
      if (held === undefined) throw new Error("it is gone");
      const again = { ...held, state: "scheduled" as const, stateReason: null };
      await data.state.transaction((writer) => writer.update("revocation", again));
      return again;
    };
    provider.key("KEYSAMPLE1", known("2026-11-19T20:00:00Z"));
    expect((await run(await released())).revocation.state).toBe("held");
    expect((await run(await released())).revocation.state).toBe("verified");
  });

  test("what failed and was then done by hand is not ours", async () => {
    const { run, data, provider, stored, events } = await ground();
    provider.answers.revoke = { state: "refused", why: "access denied" };
    await run();
    const failed = await stored();
    if (failed === undefined) throw new Error("it is gone");
    const again = { ...failed, state: "scheduled" as const, stateReason: null };
    await data.state.transaction((writer) => writer.update("revocation", again));
    provider.key("KEYSAMPLE1", unknown("not asked"), false);
    expect((await run(again)).revocation.state).toBe("already-absent");
    expect((await events()).filter((type) => type === "revocation.verified")).toEqual([]);
  });

  test("what cannot be read now is held, never changed blindly", async () => {
    const { run, provider, data, stored } = await ground();
    provider.answers.capture = "the provider refused";
    await run();
    expect(await stored()).toMatchObject({
      state: "held",
      stateReason: "what is there now could not be read: the provider refused",
    });
    expect(provider.changes).toEqual([]);
    expect(await data.state.list("capsule")).toEqual([]);
  });

  test("what is gone already is an outcome, not an error, and leaves nothing to undo", async () => {
    const { run, provider, data, stored, undo } = await ground();
    provider.key("KEYSAMPLE1", unknown("not asked"), false);
    expect((await run()).revocation.state).toBe("already-absent");
    expect((await stored())?.state).toBe("already-absent");
    expect(provider.changes).toEqual([]);
    expect(await data.state.list("capsule")).toEqual([]);
    await expect(undo()).rejects.toThrow("nothing was captured");
  });

  test("what went between looking and acting is already absent as well", async () => {
    const { run, provider, stored } = await ground();
    provider.answers.revoke = { state: "already-absent" };
    await run();
    expect((await stored())?.state).toBe("already-absent");
  });

  test("a refusal fails with the provider's reason and proves nothing", async () => {
    const { run, provider, data, stored, events } = await ground();
    provider.answers.revoke = { state: "refused", why: "access denied: iam:UpdateAccessKey" };
    await run();
    expect(await stored()).toMatchObject({ state: "failed", stateReason: "access denied: iam:UpdateAccessKey" });
    expect(await data.state.list("verification")).toEqual([]);
    expect(await events()).toEqual(["revocation.captured", "revocation.failed"]);
  });

  test("what is still there afterwards is not verified, whatever the provider answered", async () => {
    const { run, provider, data, clock, stored, events } = await ground();
    provider.answers.isGone = known(false);
    const { verification } = await run();
    const observed = "still there when read again";
    expect(verification).toMatchObject({ passed: false, observed });
    expect(await data.state.list("verification")).toEqual([verification]);
    expect(await stored()).toMatchObject({ state: "failed", stateReason: observed });
    expect(await events()).toEqual(["revocation.captured", "revocation.executed", "revocation.failed"]);
    // Asked five times over a quarter of a minute, and then no more.
    expect(provider.calls.filter((call) => call.startsWith("isGone")).length).toBe(5);
    expect(clock.at).toBe("2026-11-20T08:00:15Z");
  });

  test("what the provider shows a few seconds late is waited for, when undoing too", async () => {
    const { run, undo, provider, clock } = await ground();
    provider.answers.late = 2;
    expect((await run()).revocation.state).toBe("verified");
    expect(clock.at).toBe("2026-11-20T08:00:03Z");
    provider.answers.late = 1;
    expect((await undo()).revocation.state).toBe("undone");
    expect(clock.at).toBe("2026-11-20T08:00:04Z");
  });

  test("what cannot be read again is neither proven nor failed, and is not waited for", async () => {
    const { run, provider, data, clock, stored, events } = await ground();
    provider.answers.isGone = unknown("throttled");
    const { verification } = await run();
    const observed = "could not be read again: throttled";
    expect(verification).toMatchObject({ passed: false, observed });
    expect(await stored()).toMatchObject({ state: "executed", stateReason: observed });
    expect(await events()).toEqual(["revocation.captured", "revocation.executed", "revocation.unproven"]);
    expect(clock.at).toBe("2026-11-20T08:00:00Z");
    expect(await data.state.list("verification")).toEqual([verification]);
  });

  test("two readings within one second are both on record", async () => {
    const { run, undo, provider, data } = await ground();
    await run();
    provider.answers.isGone = unknown("throttled");
    await undo();
    delete provider.answers.isGone;
    await undo();
    expect((await data.state.list("verification")).map(({ kind, passed }) => `${kind} ${passed}`).sort()).toEqual([
      "after-revoke true",
      "after-undo false",
      "after-undo true",
    ]);
  });
});

describe("a run that died in the middle", () => {
  test("after the change and before its record: the next run finishes it, and it can be undone", async () => {
    const { run, undo, provider, data, clock, stored, events } = await ground();
    const dying = failing(data, (_call, of) => of === "revocation" || of === "revocation.executed");
    await expect(run(undefined, { data: dying })).rejects.toThrow("the disk is full");
    expect(provider.keys.get("KEYSAMPLE1")?.active).toBe(false);
    expect((await stored())?.state).toBe("scheduled");

    clock.at = "2026-11-20T09:00:00Z";
    expect((await run()).revocation.state).toBe("verified");
    expect((await stored())?.state).toBe("verified");
    expect(provider.changes).toEqual(["revoke KEYSAMPLE1"]);
    expect(await events()).toEqual(["revocation.captured", "revocation.executed", "revocation.verified"]);

    expect((await undo()).revocation.state).toBe("undone");
    expect(provider.keys.get("KEYSAMPLE1")?.active).toBe(true);
  });

  test("before the change: the next run captures anew and makes it", async () => {
    const { run, provider, data, clock, stored } = await ground();
    provider.answers.revoke = { state: "done" };
    const dying = failing(data, (call, of) => call === "update" && of === "revocation");
    await expect(run(undefined, { data: dying })).rejects.toThrow();
    delete provider.answers.revoke;
    clock.at = "2026-11-20T09:00:00Z";
    await run();
    expect((await stored())?.state).toBe("verified");
    expect((await data.state.list("capsule")).map(({ capturedAt }) => capturedAt).sort()).toEqual([
      "2026-11-20T08:00:00Z",
      "2026-11-20T09:00:00Z",
    ]);
  });
});

describe("undoing", () => {
  test("puts back what the capsule holds, reads it again, and nothing else changes", async () => {
    const { run, undo, provider, stored, events } = await ground();
    await run();
    const { revocation, verification } = await undo();
    expect(verification).toMatchObject({ kind: "after-undo", passed: true, observed: "back when read again" });
    expect(await stored()).toEqual(revocation);
    expect(revocation.state).toBe("undone");
    expect(provider.changes).toEqual(["revoke KEYSAMPLE1", "restore KEYSAMPLE1"]);
    expect(provider.keys.get("KEYSAMPLE2")).toEqual({ active: true, lastUsed: known(LATER) });
    expect((await events()).at(-1)).toBe("revocation.undone");
  });

  test("a refusal leaves it as it was, with the reason and on record", async () => {
    const { run, undo, provider, stored, events } = await ground();
    await run();
    provider.answers.restore = { state: "refused", why: "the user has two keys again" };
    const { revocation, verification } = await undo();
    expect(revocation).toMatchObject({ state: "verified", stateReason: "the user has two keys again" });
    expect(verification).toBe(null);
    expect((await stored())?.state).toBe("verified");
    expect((await events()).at(-1)).toBe("revocation.failed");
  });

  test("what is still missing when read again is not called undone, and undoing may be tried again", async () => {
    const { run, undo, provider, stored } = await ground();
    await run();
    provider.answers.isGone = known(true);
    expect((await undo()).verification).toMatchObject({
      kind: "after-undo",
      passed: false,
      observed: "still missing when read again",
    });
    expect((await stored())?.state).toBe("verified");
    delete provider.answers.isGone;
    expect((await undo()).revocation.state).toBe("undone");
  });

  test("twice is a mistake of the person, said before anything is touched", async () => {
    const { run, undo, provider } = await ground();
    await run();
    await undo();
    const before = provider.calls.length;
    await expect(undo()).rejects.toMatchObject({ kind: "settings", code: "nothing-to-undo" });
    expect(provider.calls.length).toBe(before);
  });
});

describe("a rehearsal", () => {
  test("leaves the stored revocation alone and marks everything simulated", async () => {
    const { run, data, stored } = await ground();
    const before = await stored();
    const { revocation, verification } = await run(undefined, { simulated: true });
    expect(revocation).toMatchObject({ state: "executed", simulated: true });
    expect(verification).toMatchObject({ passed: true, simulated: true });
    expect(await stored()).toEqual(before);
    expect((await data.state.list("capsule")).map(({ simulated }) => simulated)).toEqual([true]);
    expect((await data.state.list("verification")).map(({ simulated }) => simulated)).toEqual([true]);
    const payloads: unknown[] = [];
    for await (const { payload } of data.state.events()) payloads.push(payload);
    expect(payloads.length).toBeGreaterThan(0);
    for (const payload of payloads) expect(payload).toMatchObject({ simulated: true });
  });

  test("does not make a later run believe that it was interrupted", async () => {
    const { run, provider, stored } = await ground();
    await run(undefined, { simulated: true });
    provider.key("KEYSAMPLE1", unknown("not asked"), false);
    await run();
    expect((await stored())?.state).toBe("already-absent");
  });
});
