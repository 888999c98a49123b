import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { collect, coverageOf, openFake, WAITING } from "./open-fake.ts";

const INVITATIONS = "/orgs/acme-sample/invitations";

describe("bad days", () => {
  test("pages that GitHub cannot answer in time are halved, nothing is lost", async () => {
    const { session, fake } = await openFake({ largestPage: 12 });
    const records = await collect(session, "repositories");
    expect(records.resources.filter(({ kind }) => kind === "repository").length).toBe(40);
    expect(coverageOf(records, "repository")?.state).toBe("complete");
    // 50 and 25 were too deep, four pages of 12 were not.
    expect(fake.requests.filter((one) => one === "POST /graphql").length).toBe(2 + 4);
  });

  test("when even small pages are too deep the step is denied and the others go on", async () => {
    const { session } = await openFake({ largestPage: 1 });
    const records = await collect(session, "members", "invitations");
    expect(coverageOf(records, "member")).toMatchObject({
      state: "denied",
      reason: "GitHub could not answer even small pages in time",
      items: 0,
    });
    expect(coverageOf(records, "invitation")?.state).toBe("complete");
  });

  test("a list that single sign-on filtered is partial", async () => {
    const { session } = await openFake({ ssoPartial: INVITATIONS });
    const records = await collect(session, "invitations");
    expect(coverageOf(records, "invitation")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("single sign-on"),
    });
  });

  test("a permission the token lacks is denied coverage with what it needs, and the run goes on", async () => {
    const { session } = await openFake({
      forbid: {
        "/orgs/acme-sample/installations": {
          message: "Resource not accessible by personal access token",
          headers: { "x-accepted-github-permissions": "organization_administration=read" },
        },
      },
    });
    const records = await collect(session, "installations", "invitations");
    expect(coverageOf(records, "app-installation")).toMatchObject({
      state: "denied",
      reason:
        "the token lacks `organization_administration:read`: add it to the token, whose resource owner must be the organization",
    });
    expect(coverageOf(records, "invitation")?.state).toBe("complete");
  });

  test("single sign-on over GraphQL denies what is asked there, and nothing else", async () => {
    const { session } = await openFake({ graphSso: true });
    const records = await collect(session);
    for (const kind of ["member", "second-factor", "team", "repository", "collaborator"] as const)
      expect(coverageOf(records, kind), kind).toMatchObject({
        state: "denied",
        reason: expect.stringContaining("not authorised for single sign-on"),
        items: 0,
      });
    expect(coverageOf(records, "invitation")?.state).toBe("complete");
  });

  test("without the list of repositories nobody is asked for deploy keys, and that is no answer", async () => {
    const { session } = await openFake({ graphSso: true });
    const records = await collect(session, "repositories", "deploy-keys");
    expect(coverageOf(records, "deploy-key")).toMatchObject({
      state: "skipped",
      reason: expect.stringContaining("the repositories are not known"),
    });
  });

  test("who has no second factor is unknown to a plain member, not everybody and not nobody", async () => {
    const { session } = await openFake({ notOwner: true });
    const records = await collect(session, "members", "outside-collaborators", "audit-log");
    const people = records.principals.filter(({ kind, nativeType }) => kind === "user" && nativeType !== "invited");
    expect(people.length).toBeGreaterThan(30);
    expect(people.filter(({ secondFactor }) => secondFactor.known)).toEqual([]);
    expect(coverageOf(records, "second-factor")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("owners only"),
    });
    expect(coverageOf(records, "member")?.state).toBe("complete");
    expect(coverageOf(records, "outside-collaborator")?.state).toBe("complete");
    expect(coverageOf(records, "activity")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("Enterprise Cloud"),
    });
  });

  test("deploy keys that may be hidden from the token leave the keys partial, not none", async () => {
    const { session } = await openFake({ notOwner: true });
    const records = await collect(session, "repositories", "deploy-keys");
    expect(coverageOf(records, "deploy-key")).toMatchObject({
      state: "partial",
      reason: "40 repositories may hide deploy keys: the token does not administer them",
    });
  });

  test("a repository that vanished after the sweep leaves the keys partial, the others read", async () => {
    const { session } = await openFake({ goneRepository: "acme-sample/web" });
    const records = await collect(session, "repositories", "deploy-keys");
    expect(coverageOf(records, "deploy-key")).toMatchObject({
      state: "partial",
      // Asked by its number, which survives renaming, it is hidden: gone or not shown.
      reason: expect.stringMatching(/^acme-sample\/web: `acme-sample\/web` was deleted, or the token may not see it/),
    });
    expect(records.credentials.filter(({ kind }) => kind === "deploy-key").length).toBe(4);
  });

  test("a repository and a team that vanished between two pages do not end the step", async () => {
    const { session } = await openFake({
      nestedPage: 2,
      goneRepository: "acme-sample/infrastructure",
      goneTeam: "web",
    });
    const records = await collect(session, "members", "teams", "collaborators");
    expect(coverageOf(records, "collaborator")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("acme-sample/infrastructure"),
    });
    expect(coverageOf(records, "team")).toMatchObject({ state: "partial", reason: expect.stringContaining("web") });
    expect(records.grants.filter(({ kind }) => kind === "collaboration").length).toBeGreaterThan(2);
    expect(records.grants.filter(({ kind }) => kind === "membership").length).toBeGreaterThan(20);
  });

  test("a repository that was renamed after the sweep is read all the same, and is itself", async () => {
    const plain = await openFake();
    const before = await collect(plain.session, "repositories", "deploy-keys");
    const { session, fake } = await openFake({ renamed: { from: "acme-sample/web", to: "acme-sample/web-shop" } });
    const records = await collect(session, "repositories", "deploy-keys");
    expect(fake.answers.some(({ status }) => status === 301)).toBe(true);
    expect(records.credentials).toEqual(before.credentials);
    expect(coverageOf(records, "deploy-key")).toEqual(coverageOf(before, "deploy-key"));
  });

  test("a list whose place is gone from its second page on is kept as far as it was read", async () => {
    const { session } = await openFake({ smallPages: 1, goneFromSecondPage: INVITATIONS });
    const records = await collect(session, "invitations");
    expect(coverageOf(records, "invitation")).toMatchObject({ state: "partial", items: 1 });
  });

  test("a token that runs out within a run ends it with words, and what was recorded is not asked for again", async () => {
    const recordTo = await mkdtemp(join(tmpdir(), "leastwise-recording-"));
    onTestFinished(() => rm(recordTo, { recursive: true, force: true }));
    const { session, fake } = await openFake({}, { recordTo });
    await collect(session, "members", "repositories");
    fake.bad = { endsAfter: fake.requests.length };
    await expect(collect(session, "invitations")).rejects.toMatchObject({
      kind: "sign-in",
      hint: expect.stringContaining("what was read is kept"),
    });
    fake.bad = {};
    const asked = fake.requests.length;
    const again = await openFake({}, { fake, recordTo });
    const records = await collect(again.session, "members", "repositories", "invitations");
    expect(fake.requests.slice(asked)).toEqual(["GET /orgs/acme-sample/invitations"]);
    expect(records.principals.length).toBeGreaterThan(30);
  });

  test("collaborators that the token may not see are a gap of that repository only", async () => {
    const { session } = await openFake({ hiddenRepository: "acme-sample/web" });
    const records = await collect(session, "members", "collaborators");
    expect(coverageOf(records, "collaborator")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("1 repository does not show collaborators"),
    });
    expect(records.grants.filter(({ kind }) => kind === "collaboration").length).toBeGreaterThan(2);
  });

  test.each([
    ["the same next page twice ends the list", { repeatPage: INVITATIONS }, "GitHub named the same next page twice"],
    [
      "a next page elsewhere is not followed with the token",
      { strayPage: INVITATIONS, smallPages: 1 },
      "GitHub named a next page at another address",
    ],
    [
      "what was read before a page was refused is kept",
      { refuseSecondPage: INVITATIONS, smallPages: 1 },
      "the token's owner has to be an owner of the organization",
    ],
  ])("%s, and says so", async (_name, bad, reason) => {
    const { session } = await openFake(bad);
    const records = await collect(session, "invitations");
    expect(coverageOf(records, "invitation")).toMatchObject({ state: "partial", reason });
    expect(records.principals.length).toBeGreaterThan(0);
  });

  test("somebody the list of members does not hold is not lost where a team names them", async () => {
    const { session } = await openFake({
      forbid: {},
      first: { path: "/graphql", times: 1, status: 403, body: '{"message":"no"}' },
    });
    const records = await collect(session, "members", "teams");
    expect(coverageOf(records, "member")?.state).toBe("denied");
    const known = new Set(records.principals.map(({ id }) => id));
    expect(records.grants.filter(({ kind }) => kind === "membership").length).toBeGreaterThan(20);
    expect(records.grants.filter(({ principalId }) => !known.has(principalId))).toEqual([]);
  });

  test.each([
    [500, '{"message":"oops"}'],
    [502, "<html>502 Bad Gateway</html>"],
    [429, "<html><body>Whoa there! You have triggered an abuse detection mechanism.</body></html>"],
  ])("a %i is asked again", async (status, body) => {
    const { session } = await openFake({ first: { path: INVITATIONS, times: 1, status, body } });
    expect(coverageOf(await collect(session, "invitations"), "invitation")?.state).toBe("complete");
  });

  test("a 429 that stays, with a page for people in it, is coverage with a way on", async () => {
    const { session } = await openFake({
      first: { path: INVITATIONS, times: 99, status: 429, body: "<html>Whoa there!</html>" },
    });
    expect(coverageOf(await collect(session, "invitations"), "invitation")).toMatchObject({
      state: "denied",
      reason: "GitHub's rate limit was reached and did not end in time: run again later, it goes on from there",
    });
  });

  test.each([
    [
      "secondary",
      { "retry-after": "1" },
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    ],
    [
      "primary",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" },
      "API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID.",
    ],
  ])("a %s rate limit is waited for, in GitHub's own words", async (_name, headers, message) => {
    const first = { path: INVITATIONS, times: 1, status: 403, body: JSON.stringify({ message }), headers };
    const { session, warnings } = await openFake({ first }, { pace: WAITING });
    expect(coverageOf(await collect(session, "invitations"), "invitation")?.state).toBe("complete");
    expect(warnings.join()).toMatch(/rate limit was reached: waiting \d+ s/);
  });

  test("GraphQL's own limit is waited for too", async () => {
    const body = JSON.stringify({
      errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for user ID 1." }],
    });
    const first = {
      path: "/graphql",
      times: 1,
      status: 200,
      body,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" },
    };
    const { session, warnings } = await openFake({ first }, { pace: WAITING });
    expect(coverageOf(await collect(session, "members"), "member")?.state).toBe("complete");
    expect(warnings.length).toBe(1);
  });

  test("a GitHub that cannot be reached ends the run at once, with the address", async () => {
    const { session, fake } = await openFake();
    await fake.close();
    const gone = { kind: "provider-answer", code: "github-unreachable", message: expect.stringContaining(fake.url) };
    await expect(session.forecast()).rejects.toMatchObject(gone);
    await expect(collect(session, "organization")).rejects.toMatchObject(gone);
    await expect(collect(session, "members")).rejects.toMatchObject(gone);
    expect(await session.check()).toMatchObject([
      { level: "problem", text: expect.stringContaining("cannot be reached"), hint: expect.stringContaining("proxy") },
    ]);
  });

  test("a wrong token stops the run with words", async () => {
    const { session } = await openFake({}, { token: "wrong" });
    await expect(collect(session, "organization")).rejects.toMatchObject({
      kind: "sign-in",
      message: expect.stringContaining("does not accept the token"),
    });
  });
});
