import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HandClock } from "../app/fake-provider.ts";
import { ACME, runCli, testWorld, type CliRun } from "./run-cli.ts";

const clock = new HandClock("2026-11-20T10:00:00Z");
let folder: string;

/** One command line on the sample's snapshot, with a policy that switches idle keys off by itself. */
const run = (...args: string[]): Promise<CliRun> =>
  runCli(["--config", join(folder, "leastwise.yaml"), "--data", join(folder, "data"), ...args], testWorld(clock));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  await writeFile(
    join(folder, "leastwise.yaml"),
    "revoke:\n  noticeDays: 7\n  automatic:\n    - rule: idle-access-key\n      action: deactivate\n      noticeDays: 14\n",
  );
  // The sample was refused something, as companies are.
  expect((await run("collect", "--from", ACME)).code).toBe(3);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A person's way through the commands: each test goes on where the one before stopped. */
describe("from a plan to the schedule, on the command line", () => {
  let hash: string;
  let count: number;

  test("`revoke` alone shows the plan, changes nothing, and says how to go on", async () => {
    const { code, out, err } = await run("revoke");
    expect(code).toBe(0);
    count = Number(
      /^(\d+) changes planned, 0 on the schedule, 0 stopped by a guard, 0 to be done by hand\n/.exec(out)?.[1],
    );
    expect(count).toBeGreaterThan(0);
    expect(out.match(/^planned .* deactivate access key: /gm)?.length).toBe(count);
    expect(out.match(/2026-12-04/g)?.length).toBe(count);
    hash =
      /^nothing is changed yet; `leastwise revoke approve --plan ([0-9a-f]{12})` puts this on the schedule\n$/.exec(
        err,
      )?.[1] ?? "";
    expect(hash).not.toBe("");
    expect((await run("revoke", "status")).out).toBe("nothing is planned and nothing was done\n");
    expect(await run("revoke", "plan")).toEqual({ code, out, err });
  });

  test("a plan that is not the one that was seen is not approved", async () => {
    const { code, err } = await run("revoke", "approve", "--plan", "0123456789ab");
    expect([code, err]).toEqual([2, expect.stringContaining("error: the plan is not `0123456789ab` any more")]);
    expect((await run("revoke", "status")).out).toBe("nothing is planned and nothing was done\n");
  });

  test("the one that was seen is, and the chain's head is told", async () => {
    const { code, out, err } = await run("revoke", "approve", "--plan", hash);
    expect([code, out]).toEqual([0, `${count} changes scheduled\n`]);
    expect(err).toMatch(/\nevidence chain: event \d+, head [0-9a-f]{16}\n$/);
    expect((await run("revoke", "approve", "--plan", hash)).out).toBe("0 changes scheduled\n");
    const after = await run("revoke");
    expect(after.err).toBe("");
    expect(after.out).toMatch(new RegExp(`^0 changes planned, ${count} on the schedule, `));
    expect(after.out.match(/^scheduled .* deactivate access key: /gm)?.length).toBe(count);
  });

  test("before its day a run does nothing", async () => {
    const { code, out } = await run("revoke", "run");
    expect([code, out]).toEqual([0, `0 proven gone, 0 not, 0 stopped, 0 announced, ${count} waiting for their day\n`]);
  });

  test("a rehearsal shows what would be gone, and that it proves nothing", async () => {
    const { code, out } = await run("revoke", "run", "--rehearse", "--from", ACME);
    expect(code).toBe(0);
    expect(out).toContain(
      `rehearsed ${count} changes on a working copy (simulated: this proves nothing about the provider)`,
    );
    expect(out.match(/^ {2}would be gone /gm)?.length).toBe(count);
    // Judged as of the recording, like the findings the plan was made on, so only the changes make a difference.
    expect(out).toMatch(/\nfindings \d+ → \d+: \d+ gone, 0 new\n$/);
  });

  test("a hold stops one, for a reason", async () => {
    const [first = ""] = (await run("revoke", "status")).out.split("\n");
    const id = first.split(" ")[0] ?? "";
    const { code, out } = await run("revoke", "hold", id, "--reason", "needed until the migration is over");
    expect([code, out.startsWith("held: deactivate access key: ")]).toEqual([0, true]);
    expect((await run("revoke", "status")).out).toMatch(new RegExp(`^${id} +held `));
    const again = await run("revoke", "hold", id, "--reason", "twice");
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringMatching(/^error: `revocation:[a-z2-7]+` is `held`: only what is scheduled can be held\n {2}hint: /),
    ]);
  });

  test("what was not done cannot be undone, and an id that nobody has is said so", async () => {
    const second = ((await run("revoke", "status")).out.split("\n")[1] ?? "").split(" ")[0] ?? "";
    const undone = await run("revoke", "undo", second);
    expect([undone.code, undone.err]).toEqual([
      2,
      expect.stringContaining("was never executed, so there is nothing to undo\n  hint: "),
    ]);
    const nobody = await run("revoke", "undo", "zzzzzz");
    expect([nobody.code, nobody.err]).toEqual([
      2,
      "error: there is no revocation `zzzzzz`\n  hint: `leastwise revoke status` lists them\n",
    ]);
  });

  test("what was held is stood by in the plan, and goes back on the schedule when it is released", async () => {
    const held = /^([a-z2-7]{8}) +held /m.exec((await run("revoke", "status")).out)?.[1] ?? "";
    expect((await run("revoke")).out).toMatch(
      new RegExp(`^held +${held} {2}deactivate access key: .*\\n +needed until the migration is over$`, "m"),
    );
    const { code, out } = await run("revoke", "release", held);
    expect([code, out]).toEqual([0, expect.stringMatching(/^scheduled for 2026-12-04: deactivate access key: /)]);
    expect((await run("revoke", "status")).out).not.toContain(" held ");
    const again = await run("revoke", "release", held);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("is `scheduled`: only what was held, failed")]);
  });

  test("on its day, without a connector to do it, a change stays on the schedule and says why", async () => {
    clock.at = "2026-12-05T10:00:00Z";
    const { code, out } = await run("revoke", "run");
    expect(code).toBe(3);
    expect(out.match(/^broke down {5}deactivate access key: /gm)?.length).toBe(count);
    expect(out).toContain("\n               `aws` is not configured here; the next run tries again\n");
    expect(out).toContain(`0 proven gone, ${count} not, 0 stopped, 0 announced, 0 waiting for their day\n`);
    expect((await run("revoke", "status")).out.match(/ scheduled /g)?.length).toBe(count);
  });
});

describe("findings of one tenant or rule", () => {
  test.each([
    ["a tenant by name", ["--tenant", "acme-sandbox"], "333344445555"],
    ["a tenant by digits", ["--tenant", "333344445555"], "333344445555"],
  ])("%s", async (_name, args, tenant) => {
    const { findings } = JSON.parse((await run("findings", "--json", ...args)).out) as {
      findings: { subject: { tenant: string } }[];
    };
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ subject }) => subject.tenant))).toEqual(new Set([`aws:${tenant}`]));
  });

  test("a rule", async () => {
    const { findings } = JSON.parse((await run("findings", "--json", "--rule", "idle-role")).out) as {
      findings: { rule: string }[];
    };
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["idle-role"]));
  });

  test.each([
    ["tenant", "acme-sandbx", "acme-sandbox"],
    ["rule", "idle-rol", "idle-role"],
  ])("a %s that is not there is a mistake, never a clean answer", async (what, name, real) => {
    const { code, out, err } = await run("findings", `--${what}`, name);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`error: there is no ${what} \`${name}\`\n  hint: there are `);
    expect(err).toContain(real);
  });
});
