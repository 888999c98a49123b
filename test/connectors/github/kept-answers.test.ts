import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { RestReader } from "../../../connectors/github/live/rest-reader.ts";
import { Refused } from "../../../connectors/github/live/refused.ts";
import { auditLog } from "../../../connectors/github/steps/audit-log.ts";
import { KeptAnswers } from "../../../connectors/shared/kept-answers.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { invitationEvent } from "../../fakes/github/github-state.ts";
import { controlsOf } from "../../fakes/github/slices/controls-state.ts";
import { peopleOf } from "../../fakes/github/slices/people-state.ts";
import { day, event, FIRST, hook, NEXT, openKept, temporaryFolder } from "./kept-ground.ts";
import { collect, coverageOf, openFake } from "./open-fake.ts";

const WEB = "acme-sample/web";
const HOOKS = ["repositories", "webhooks"] as const;
const INVITED = ["members", "outside-collaborators", "repositories", "repository-invitations"] as const;

const hooksOf = ({ resources }: SnapshotRecords, repository: string): readonly string[] =>
  resources
    .filter(({ kind, locator }) => kind === "webhook" && locator.startsWith(`${repository} `))
    .map(({ nativeId }) => nativeId);
const invited = ({ grants }: SnapshotRecords): number => grants.filter(({ kind }) => kind === "invitation").length;
const hooks = (...ids: readonly number[]) => ids.map((id) => ({ ...hook, id }));
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => 1_000 + at);

describe("what is kept never outlives what it says", () => {
  test("an invitation that is sent or taken back the next day is seen", async () => {
    const { fake, keptIn } = await openKept();
    const all = peopleOf(fake.state).invitations;
    const [one] = all[WEB] ?? [];
    if (one === undefined) throw new Error("the sample invites nobody");
    expect(invited((await day(fake, keptIn, FIRST, ...INVITED)).records)).toBe(1);
    const another = { ...one, id: 99_123, invitee: null, created_at: "2026-11-20T15:00:00Z" };
    all[WEB] = [one, another];
    fake.state.audit.push(invitationEvent(another));
    expect(invited((await day(fake, keptIn, NEXT, ...INVITED)).records)).toBe(2);
    all[WEB] = [];
    fake.state.audit.push(event("repository_invitation.cancel", WEB, "2026-11-21T12:00:00Z"));
    expect(invited((await day(fake, keptIn, "2026-11-22T08:00:00Z", ...INVITED)).records)).toBe(0);
  });

  test("an invitation is found in a repository that was renamed since", async () => {
    const { fake, keptIn } = await openKept();
    for (const one of fake.state.audit as { action?: string; repo?: string }[])
      if (one.action === "repository_invitation.create" && one.repo === WEB) one.repo = "acme-sample/old-web";
    const { records } = await day(fake, keptIn, FIRST, ...INVITED);
    expect(invited(records)).toBe(1);
    expect(coverageOf(records, "repository-invitation")?.state).toBe("complete");
  });

  test("a row behind a full page is seen though the page itself did not change", async () => {
    const { fake, keptIn } = await openKept();
    const own = peopleOf(fake.state).repositoryHooks;
    own[WEB] = hooks(...upTo(100));
    expect(hooksOf((await day(fake, keptIn, FIRST, ...HOOKS)).records, WEB).length).toBe(100);
    own[WEB] = hooks(...upTo(101));
    fake.state.audit.push(event("hook.create", WEB, "2026-11-20T15:00:00Z"));
    expect(hooksOf((await day(fake, keptIn, NEXT, ...HOOKS)).records, WEB).length).toBe(101);
  });

  test("what a clock that was a month ahead has kept is not believed", async () => {
    const { fake, keptIn } = await openKept();
    await day(fake, keptIn, "2026-12-20T08:00:00Z", ...HOOKS);
    peopleOf(fake.state).repositoryHooks[WEB] = hooks(5_000);
    fake.state.audit.push(event("hook.create", WEB, "2026-11-20T15:00:00Z"));
    expect(hooksOf((await day(fake, keptIn, NEXT, ...HOOKS)).records, WEB)).toEqual(["5000"]);
  });

  test("a recording of another day is not gone on with", async () => {
    const { fake, keptIn } = await openKept();
    const recordTo = await temporaryFolder();
    await collect((await openFake({}, { fake, keptIn, recordTo })).session, ...HOOKS);
    await expect(openFake({}, { fake, keptIn, recordTo, now: "2026-12-10T08:00:00Z" })).rejects.toMatchObject({
      kind: "settings",
      code: "recording-old",
    });
  });

  test("the same organization of another server has answers of its own", async () => {
    const [one, other] = [await openKept(), await openKept()];
    const steps = ["members", "outside-collaborators", "audit-log"] as const;
    await day(one.fake, one.keptIn, FIRST, ...steps);
    other.fake.state.audit.splice(0, other.fake.state.audit.length);
    const { records } = await day(other.fake, one.keptIn, NEXT, ...steps);
    const used = records.principals.filter(({ lastUsedAt }) => lastUsedAt.known && lastUsedAt.value !== "never");
    expect(used).toEqual([]);
  });

  test("half a list is not gone on with: what was on its first page may have moved", async () => {
    const { fake, keptIn } = await openKept({ smallPages: 2 });
    const recordTo = await temporaryFolder();
    const own = peopleOf(fake.state).repositoryHooks;
    own[WEB] = hooks(1, 2, 3, 4);
    const begun = await openFake({}, { fake, keptIn, recordTo });
    await collect(begun.session, "repositories");
    fake.bad = { smallPages: 2, refuseSecondPage: `/repos/${WEB}/hooks` };
    expect(hooksOf(await collect(begun.session, "webhooks"), WEB)).toEqual(["1", "2"]);
    fake.bad = { smallPages: 2 };
    own[WEB] = hooks(2, 3, 4);
    const again = await openFake({}, { fake, keptIn, recordTo, now: "2026-11-20T20:00:00Z" });
    expect(hooksOf(await collect(again.session, ...HOOKS), WEB)).toEqual(["2", "3", "4"]);
  });

  test("a list that single sign-on filtered is asked for until it is not", async () => {
    const { fake, keptIn } = await openKept();
    peopleOf(fake.state).repositoryHooks[WEB] = hooks(1, 2, 3, 4);
    fake.bad = { ssoPartial: `/repos/${WEB}/hooks` };
    expect(hooksOf((await day(fake, keptIn, FIRST, ...HOOKS)).records, WEB).length).toBe(2);
    fake.bad = {};
    const { records } = await day(fake, keptIn, "2026-11-20T10:00:00Z", ...HOOKS);
    expect(hooksOf(records, WEB).length).toBe(4);
  });

  test("a ruleset whose bypass actors were not shown is asked for until they are", async () => {
    const { fake, keptIn } = await openKept();
    const steps = ["members", "teams", "repositories", "rulesets"] as const;
    const own = controlsOf(fake.state).rulesets[WEB]?.[0];
    if (own === undefined) throw new Error("the sample has no ruleset here");
    const { bypass_actors: actors = [] } = own;
    delete own.bypass_actors;
    expect(coverageOf((await day(fake, keptIn, FIRST, ...steps)).records, "bypass-actor")?.state).toBe("partial");
    own.bypass_actors = actors;
    const { records } = await day(fake, keptIn, "2026-11-20T10:00:00Z", ...steps);
    expect(coverageOf(records, "bypass-actor")?.state).toBe("complete");
  });

  test("a recording that another run cleared away is asked for again", async () => {
    const { fake, keptIn } = await openKept();
    const recordTo = await temporaryFolder();
    await collect((await openFake({}, { fake, keptIn, recordTo })).session, "members");
    const other = await openFake({}, { fake, keptIn, recordTo });
    await rm(recordTo, { recursive: true });
    const records = await collect(other.session, "members");
    expect(coverageOf(records, "member")?.state).toBe("complete");
    expect(records.principals.length).toBeGreaterThan(30);
  });

  test("two runs that end at once both end, and what one of them kept is there", async () => {
    const folder = await temporaryFolder();
    const fill = async (): Promise<KeptAnswers> => {
      const answers = await KeptAnswers.open(folder, "github/a/webhooks", NEXT);
      for (let at = 0; at < 50; at += 1)
        await answers.keep({ key: `k${at}`, at: FIRST, checked: FIRST, etag: null, next: null, gap: null, data: "x" });
      return answers;
    };
    const [one, other] = [await fill(), await fill()];
    await Promise.all([one.end(), other.end(), one.end()]);
    expect((await KeptAnswers.open(folder, "github/a/webhooks", NEXT)).size).toBe(50);
    expect((await KeptAnswers.open(folder, "github/a/webhooks", "2026-11-19T08:00:00Z")).size).toBe(0);
  });
});

describe("the last activity", () => {
  const clock = { now: () => FIRST };
  type List = RestReader["list"];

  /** Reads with a log that is made of one call for pages and one for each person. */
  const read = (people: readonly string[], list: List) =>
    auditLog.read({
      ...({ rest: { list }, organization: "acme-sample", clock, kept: null } as unknown as Parameters<
        typeof auditLog.read
      >[0]),
      sweep: { people } as unknown as Parameters<typeof auditLog.read>[0]["sweep"],
    });

  const rows = (...actors: readonly string[]) =>
    actors.map((actor, at) => ({ actor, created_at: Date.parse(FIRST) - at }));

  test("what the pages showed is kept where asking for the others one by one is refused", async () => {
    const answer = await read(["ada", "ben", "cleo"], (route, parameters, options) => {
      if (parameters["phrase"]?.includes("actor:") === true)
        return Promise.reject(new Refused({ kind: "temporary", reason: "secondary rate limit" }));
      options?.enough?.(rows("ada", "ben"), 5);
      return Promise.resolve({ requests: [{ route, parameters, answer: rows("ada", "ben") }], gaps: [] });
    });
    expect(answer.requests[0]?.answer).toHaveLength(2);
    expect(answer.gaps).toEqual(["secondary rate limit"]);
  });

  test("a log that is too long to be read is left for one question a person", async () => {
    const people = ["ada", ...Array.from({ length: 600 }, (_, at) => `person-${at}`)];
    const asked: string[] = [];
    let pages = 0;
    const answer = await read(people, (route, parameters, options) => {
      const actor = /actor:(\S+)/.exec(parameters["phrase"] ?? "")?.[1];
      if (actor !== undefined) asked.push(actor);
      else
        do pages += 1;
        while (options?.enough?.(rows("ada"), pages) !== true);
      return Promise.resolve({ requests: [{ route, parameters, answer: rows(actor ?? "ada") }], gaps: [] });
    });
    expect(pages).toBe(500);
    expect(asked.length).toBe(600);
    expect(answer.gaps).toEqual([]);
  });
});
