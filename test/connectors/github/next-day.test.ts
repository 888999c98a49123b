import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CANARY, startFakeGitHub, type FakeGitHub } from "../../fakes/github/fake-github.ts";
import { largeState, nextDay } from "../../fakes/github/large-state.ts";
import { peopleOf } from "../../fakes/github/slices/people-state.ts";
import { day, event, FIRST, hook, NEXT, openKept, settled, temporaryFolder, type Day } from "./kept-ground.ts";
import { collect, coverageOf, openFake, TOKEN } from "./open-fake.ts";

/** Webhooks are asked of every repository: what is saved shows there best. */
const HOOKS = /\/repos\/[^/]+\/[^/]+\/hooks$/;

/** Repositories of the sample that are not archived. */
const ACTIVE = 37;

const hooksAsked = ({ asked }: Day): number => asked.filter((path) => HOOKS.test(path)).length;

const PAYMENTS = "acme-sample/payments-api";
/** What only events ask for again, of that repository. */
const EVERYTHING = [
  "hooks",
  "environments",
  "environments/production/secrets",
  "actions/secrets",
  "actions/permissions/workflow",
];

describe("the next day", () => {
  test("nothing changed: repositories are not asked again, lists are confirmed, and the records are the same", async () => {
    const { fake, keptIn } = await openKept();
    const first = await day(fake, keptIn, FIRST);
    const next = await day(fake, keptIn, NEXT);
    expect(settled(next.records)).toEqual(settled(first.records));
    expect(hooksAsked(first)).toBe(ACTIVE);
    // A seventh is asked whatever the log says.
    expect(hooksAsked(next)).toBeGreaterThan(0);
    expect(hooksAsked(next)).toBeLessThan(15);
    expect(next.asked.length).toBeLessThan(first.asked.length * 0.7);
    expect(next.notModified).toBeGreaterThan(10);
    expect(fake.problems).toEqual([]);
  });

  test("after a working day, what is read is what would be read from nothing", async () => {
    const state = largeState({ repositories: 60 });
    const fake = await startFakeGitHub({}, { state });
    onTestFinished(() => fake.close());
    const { keptIn } = await openKept();
    const { keptIn: nothing } = await openKept();
    const first = await day(fake, keptIn, FIRST);
    const changed = nextDay(state, { changed: 25 });
    const next = await day(fake, keptIn, NEXT);
    const anew = await day(fake, nothing, NEXT);
    expect(changed.length).toBe(25);
    expect(settled(next.records)).toEqual(settled(anew.records));
    expect(settled(next.records)).not.toEqual(settled(first.records));
    expect(next.asked.length).toBeLessThan(anew.asked.length * 0.7);
    expect(fake.problems).toEqual([]);
  });

  test("a repository that the log names is asked, and what changed is seen", async () => {
    const { fake, keptIn } = await openKept();
    const steps = ["repositories", "audit-log", "webhooks"] as const;
    const first = await day(fake, keptIn, FIRST, ...steps);
    const changed = notDueOn(first, "acme-sample/legacy-tools", "acme-sample/web");
    (peopleOf(fake.state).repositoryHooks[changed] ??= []).push(hook);
    fake.state.audit.push(event("hook.create", changed, "2026-11-20T15:00:00Z"));
    const next = await day(fake, keptIn, NEXT, ...steps);
    expect(next.asked).toContain(`/repos/${changed}/hooks`);
    expect(next.records.resources.map(({ id }) => id).filter((id) => id.endsWith("hook-77")).length).toBe(1);
  });

  test.each([
    ["hook.config_changed", ["hooks"]],
    ["repository_ruleset.update", []],
    ["environment.update_protection_rule", ["environments", "environments/production/secrets", "actions/secrets"]],
    ["repo.create_actions_secret", ["environments/production/secrets", "actions/secrets"]],
    ["repo.set_default_workflow_permissions", ["actions/permissions/workflow"]],
    ["issue_comment.update", []],
    ["repo.add_member", []],
    ["repo.transfer", EVERYTHING],
    ["something.new", EVERYTHING],
  ])("after %s a repository is asked for %j", async (action, wanted) => {
    const { fake, keptIn } = await openKept();
    await day(fake, keptIn, FIRST);
    const plain = await day(fake, keptIn, "2026-11-20T09:00:00Z");
    fake.state.audit.push(event(action, PAYMENTS, "2026-11-20T09:30:00Z"));
    const next = await day(fake, keptIn, "2026-11-20T10:00:00Z");
    const own = ({ asked }: Day): readonly string[] =>
      asked.flatMap((path) =>
        path.startsWith(`/repos/${PAYMENTS}/`) ? [path.slice(`/repos/${PAYMENTS}/`.length)] : [],
      );
    const always = new Set(own(plain));
    for (const one of EVERYTHING) expect(always).not.toContain(one);
    expect(
      own(next)
        .filter((one) => EVERYTHING.includes(one))
        .sort(),
    ).toEqual([...wanted].sort());
  });

  test("what the log does not name is seen within a week all the same", async () => {
    const { fake, keptIn } = await openKept();
    const steps = ["repositories", "webhooks"] as const;
    await day(fake, keptIn, FIRST, ...steps);
    for (const { nameWithOwner } of fake.state.repositories)
      (peopleOf(fake.state).repositoryHooks[nameWithOwner] ??= []).push(hook);
    const seen: number[] = [];
    for (let days = 1; days <= 7; days += 1) {
      const { records } = await day(fake, keptIn, `2026-11-${20 + days}T08:00:00Z`, ...steps);
      seen.push(records.resources.filter(({ id }) => id.endsWith("hook-77")).length);
    }
    expect(seen[0]).toBeLessThan(20);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBe(ACTIVE);
  });

  test.each([
    ["the log cannot be read", (fake: FakeGitHub) => void (fake.bad = { forbid: LOG })],
    [
      "a setting of the whole organization changed",
      (fake: FakeGitHub) =>
        void fake.state.audit.push(event("org.set_default_workflow_permissions", null, "2026-11-20T15:00:00Z")),
    ],
  ])("every repository is asked where %s, and GitHub confirms what did not change", async (_, change) => {
    const { fake, keptIn } = await openKept();
    const steps = ["repositories", "webhooks"] as const;
    const first = await day(fake, keptIn, FIRST, ...steps);
    change(fake);
    const next = await day(fake, keptIn, NEXT, ...steps);
    expect(hooksAsked(next)).toBe(ACTIVE);
    expect(next.notModified).toBeGreaterThanOrEqual(ACTIVE);
    expect(coverageOf(next.records, "webhook")).toEqual(coverageOf(first.records, "webhook"));
  });

  test("another repository under an old name does not inherit its answers", async () => {
    const { fake, keptIn } = await openKept();
    const steps = ["repositories", "webhooks"] as const;
    const first = await day(fake, keptIn, FIRST, ...steps);
    const name = notDueOn(first, "acme-sample/legacy-tools", "acme-sample/web");
    const at = fake.state.repositories.findIndex((one) => one.nameWithOwner === name);
    const other = { ...(fake.state.repositories[at] as object), databaseId: 990_001, id: "R_another" };
    fake.state.repositories[at] = other as (typeof fake.state.repositories)[number];
    const next = await day(fake, keptIn, NEXT, ...steps);
    expect(next.asked).toContain(`/repos/${name}/hooks`);
  });

  test("a run that was cut off within a step goes on where it was", async () => {
    const { fake, keptIn } = await openKept();
    const recordTo = await temporaryFolder();
    const steps = ["repositories", "webhooks"] as const;
    const begun = await openFake({}, { fake, keptIn, recordTo });
    await collect(begun.session, "repositories");
    fake.bad = { endsAfter: fake.requests.length + 20 };
    await expect(collect(begun.session, "webhooks")).rejects.toMatchObject({ kind: "sign-in" });
    fake.bad = {};
    const before = fake.requests.length;
    const again = await openFake({}, { fake, keptIn, recordTo, now: "2026-11-20T09:00:00Z" });
    const records = await collect(again.session, ...steps);
    const asked = fake.requests.slice(before).filter((one) => HOOKS.test(one)).length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(ACTIVE - 10);
    expect(coverageOf(records, "webhook")?.state).toBe("complete");
  });

  test("what is kept holds no secret, and a line that is damaged is asked for again", async () => {
    const { fake, keptIn } = await openKept();
    await day(fake, keptIn, FIRST);
    const folder = join(keptIn, "github", new URL(fake.url).host.replace(":", "_"), "acme-sample");
    const files = await readdir(folder);
    expect(files).toContain("webhooks.ndjson");
    for (const file of files) {
      const text = await readFile(join(folder, file), "utf8");
      expect(text, file).not.toContain(TOKEN);
      expect(text, file).not.toContain(CANARY);
      expect(text, file).not.toMatch(/https:\/\/hooks\./);
      await writeFile(join(folder, file), `${text.slice(0, -30)}`);
    }
    const next = await day(fake, keptIn, NEXT);
    expect(coverageOf(next.records, "webhook")?.state).toBe("complete");
  });
});

const LOG = { "/orgs/acme-sample/audit-log": { message: "Must have admin rights to Repository." } };

/** One of these whose turn it is not on the next day: asked, it would show nothing. */
function notDueOn({ records }: Day, ...names: readonly string[]): string {
  const known = new Set(records.resources.map(({ locator }) => locator));
  const name = names.find((one) => known.has(one));
  if (name === undefined) throw new Error("the sample holds none of them");
  return name;
}
