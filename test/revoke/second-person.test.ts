import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Connector } from "../../src/contracts/connector.ts";
import type { World } from "../../src/contracts/world.ts";
import { known } from "../../src/model/observed.ts";
import type { OperationManifest } from "../../src/model/operation.ts";
import { DEFAULT_SETTINGS } from "../../src/settings/defaults.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { daysAgo, Given, NOW } from "../analyse/given.ts";
import { DEACTIVATE, FakeProvider, HandClock } from "../app/fake-provider.ts";
import { runCli, testWorld } from "../cli/run-cli.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";

/** A provider whose one change is final, and a policy that asks for it; commands are run by whoever is named. */
async function finalChange(undoClass: OperationManifest["undoClass"] = "C", more: Partial<OperationManifest> = {}) {
  const clock = new HandClock(NOW);
  const path = join(await temporaryFolder(), "data");
  const given = new Given();
  const user = given.user("ci-sample");
  given.credential("access-key", "KEYSTALE", user.id, {
    createdAt: known(daysAgo(400)),
    lastUsedAt: known(daysAgo(200)),
  });
  const data = await openDataDirectory(path, { clock });
  await data.snapshots.write(given.snapshot(), { actor: "os:robin", assurance: "attested", at: NOW });
  await data.close();
  const provider = new FakeProvider().key("KEYSTALE", known(daysAgo(200)));
  const plain = provider.connector();
  const manifest = { ...DEACTIVATE, undoClass, undoNeeds: "nobody can: the key is gone for good", ...more };
  const connector: Connector = { ...plain, manifest: { ...plain.manifest, operations: [manifest] } };
  const settings = {
    ...DEFAULT_SETTINGS,
    connectors: { aws: {} },
    revoke: {
      ...DEFAULT_SETTINGS.revoke,
      automatic: [{ rule: "idle-access-key", action: "deactivate", noticeDays: 0 }] as const,
    },
  };
  const as = (actor: string, ...args: string[]) => {
    const world: World = testWorld(clock, { actor, connectors: [connector], loadSettings: async () => settings });
    return runCli(["--data", path, ...args], world);
  };
  const events = async () => {
    const open = await openDataDirectory(path, { clock });
    const all: { type: string; actor: string; state: unknown }[] = [];
    for await (const { type, actor, payload } of open.state.events())
      if (type.startsWith("revocation.")) all.push({ type, actor, state: (payload as { state?: unknown }).state });
    await open.close();
    return all;
  };
  return { as, provider, events, clock };
}

const hashIn = (text: string): string => /--plan ([0-9a-f]{12})/.exec(text)?.[1] ?? "";
const idIn = (text: string): string => /revoke confirm ([\w-]+)/.exec(text)?.[1] ?? "";

describe("a change that cannot be undone", () => {
  test("waits for a second person, however it came onto the plan, and is carried out on their word", async () => {
    const { as, provider, events } = await finalChange();
    const plan = await as("os:robin", "revoke", "plan");
    expect(plan.out).toMatch(/\nto undo [\w]{8}: nobody can: the key is gone for good\n/);
    const approved = await as("os:robin", "revoke", "approve", "--plan", hashIn(plan.err));
    expect([approved.code, approved.out]).toEqual([0, "0 changes scheduled, 1 change held for a second person\n"]);
    const id = idIn(approved.err);
    expect(id).toHaveLength(8);
    expect((await as("os:robin", "revoke", "status")).out).toContain("held");
    expect((await as("os:robin", "revoke")).out).toContain("it cannot be undone, so it needs a second person");

    // Neither a run nor putting it back on the schedule gets around it, and the same person is not a second one.
    expect((await as("os:robin", "revoke", "run")).out).toContain("0 proven gone");
    const released = await as("os:sam", "revoke", "release", id);
    expect([released.code, released.err]).toEqual([2, expect.stringContaining("needs a second person")]);
    const same = await as("os:robin", "revoke", "confirm", id);
    expect([same.code, same.err]).toEqual([2, expect.stringContaining("`os:robin` approved it already")]);
    expect(provider.changes).toEqual([]);

    const confirmed = await as("os:sam", "revoke", "confirm", id);
    expect([confirmed.code, confirmed.out]).toEqual([0, expect.stringMatching(/^confirmed, scheduled for /)]);
    expect((await as("os:sam", "revoke", "confirm", id)).err).toContain("needs no second person");
    expect((await as("os:robin", "revoke", "run")).out).toContain("1 proven gone");
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
    expect((await events()).slice(0, 3)).toEqual([
      { type: "revocation.planned", actor: "os:robin", state: undefined },
      { type: "revocation.held", actor: "os:robin", state: "held" },
      { type: "revocation.confirmed", actor: "os:sam", state: "scheduled" },
    ]);
  });

  test("that an automatic policy announces is held too", async () => {
    const { as, provider } = await finalChange();
    const { out } = await as("os:cron", "revoke", "run");
    expect(out).toMatch(/^held .*\n +it cannot be undone, so it needs a second person/);
    await as("os:cron", "revoke", "run");
    expect(provider.changes).toEqual([]);
    expect((await as("os:robin", "revoke", "status")).out).toContain("held");
  });

  test("that somebody held after it was confirmed goes back on the schedule without a third", async () => {
    const { as, provider } = await finalChange();
    const approved = await as("os:robin", "revoke", "approve", "--plan", hashIn((await as("os:robin", "revoke")).err));
    const id = idIn(approved.err);
    await as("os:sam", "revoke", "confirm", id);
    expect((await as("os:robin", "revoke", "hold", id, "--reason", "not this week")).code).toBe(0);
    expect((await as("os:robin", "revoke", "release", id)).code).toBe(0);
    await as("os:robin", "revoke", "run");
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
  });

  test.each(["A", "B"] as const)("of class %s needs one person only", async (undoClass) => {
    const { as, provider } = await finalChange(undoClass);
    const approved = await as("os:robin", "revoke", "approve", "--plan", hashIn((await as("os:robin", "revoke")).err));
    expect(approved.out).toBe("1 change scheduled\n");
    const status = (await as("os:robin", "revoke", "status")).out;
    const confirmed = await as("os:sam", "revoke", "confirm", status.split(" ")[0] ?? "");
    expect([confirmed.code, confirmed.err]).toEqual([2, expect.stringContaining("needs no second person")]);
    await as("os:robin", "revoke", "run");
    expect(provider.changes).toEqual(["revoke KEYSTALE"]);
  });

  test("is planned with what undoing asks of people, in JSON too", async () => {
    const { as } = await finalChange();
    const { out } = await as("os:robin", "revoke", "plan", "--json");
    expect((JSON.parse(out) as { planned: unknown[] }).planned).toMatchObject([
      { undoClass: "C", undoNeeds: "nobody can: the key is gone for good" },
    ]);
  });
});
