import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { QUERIES } from "../../../connectors/github/queries.ts";
import { githubSchema } from "../../fakes/github/graph-answers.ts";
import { collect, coverageOf, environmentWith, openFake, SAMPLE, settingsOf } from "./open-fake.ts";

/** Kinds of credentials that a personal token is not shown. */
const APP_ONLY: readonly string[] = ["fine-grained-token", "token-request"];

describe("collecting from GitHub", () => {
  test("live and recorded give the same records, but for what only an app may read", async () => {
    const fromNetwork = await collect((await openFake()).session);
    const fromFiles = await collect(
      await github.open({ mode: "recorded", path: SAMPLE, workingCopy: false }, environmentWith()),
    );
    const ofTokens = new Set(fromFiles.credentials.filter(({ kind }) => APP_ONLY.includes(kind)).map(({ id }) => id));
    const grants = fromFiles.grants.filter(({ principalId }) => !ofTokens.has(principalId));
    const held = new Set(fromNetwork.grants.map(({ entitlementId }) => entitlementId));
    const entitlements = fromFiles.entitlements.filter(({ id, kind }) => kind !== "use" || held.has(id));
    // Variables of repositories are read from recordings and not asked for.
    const resources = fromFiles.resources.filter(
      (one) => one.kind !== "variable" || one.attributes["scope"] !== "repository",
    );
    for (const [table, rows] of Object.entries({ ...fromFiles, grants, entitlements, resources }))
      if (["tenants", "resources", "entitlements", "grants", "relations"].includes(table))
        expect(fromNetwork[table as "grants"], table).toEqual(rows);
    // How far back the log was asked for is known where it was asked.
    const plain = fromNetwork.principals.map(({ attributes: { activitySince: _, ...attributes }, ...row }) => ({
      ...row,
      attributes,
    }));
    expect(plain).toEqual(fromFiles.principals);
    expect(fromNetwork.credentials).toEqual(fromFiles.credentials.filter(({ id }) => !ofTokens.has(id)));
    expect(coverageOf(fromNetwork, "fine-grained-token")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("only a GitHub App may list fine-grained tokens"),
    });
  });

  test("through the front door, at the pace GitHub asks for", async () => {
    const { fake } = await openFake();
    const session = await github.open(
      { mode: "live", settings: { organizations: [settingsOf(fake)] }, recordTo: null },
      environmentWith(),
    );
    expect(coverageOf(await collect(session, "invitations"), "invitation")?.state).toBe("complete");
    expect(fake.problems).toEqual([]);
  });

  test("every request and every answer holds against GitHub's published description", async () => {
    const { session, fake } = await openFake();
    await collect(session);
    await session.forecast();
    await session.check();
    await session.self();
    expect(fake.problems).toEqual([]);
    expect(fake.requests.length).toBeGreaterThan(15);
  });

  test("the check against the description can fail: what does not exist is named", async () => {
    const { fake } = await openFake();
    const headers = { authorization: "token sample", "content-type": "application/json", "x-github-api-version": "x" };
    const send = (path: string, method = "GET", body?: object) =>
      fetch(`${fake.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const team = "/orgs/acme-sample/teams/web";
    await send("/orgs/acme-sample/installations?nonsense=1");
    await send(`${team}/memberships/acme-uma-garply`, "PUT", { role: "superuser" });
    await send(`${team}/repos/acme-sample/web`, "PUT", { permision: "push" });
    await send("/orgs/acme-sample/shoes");
    await send("/graphql", "POST", { query: '{ organization(login: "acme-sample") { shoeSize } }', variables: {} });
    fake.state.invitations.push({ id: "not a number" } as never);
    await send("/orgs/acme-sample/invitations");
    expect(fake.problems).toEqual([
      expect.stringContaining("there is no parameter nonsense"),
      expect.stringContaining("must be equal to one of the allowed values"),
      expect.stringContaining("the body has no member permision"),
      expect.stringContaining("GET /orgs/acme-sample/shoes is not in GitHub's description"),
      expect.stringContaining("shoeSize"),
      expect.stringMatching(/invitations 200: .*must be integer/),
    ]);
  });

  test.each(Object.entries(QUERIES))("the query %s is valid in GitHub's schema", (_name, query) => {
    expect(validate(githubSchema(), parse(query))).toEqual([]);
  });

  test("only repositories that have deploy keys are asked for them", async () => {
    const { session, fake } = await openFake();
    await collect(session, "repositories", "deploy-keys");
    expect(fake.requests.filter((one) => one.endsWith("/keys")).length).toBe(5);
  });

  test("owners are among GitHub's direct collaborators, yet only what was given directly is a grant", async () => {
    const { session, fake } = await openFake();
    const records = await collect(session, "members", "collaborators");
    const direct = [...fake.state.collaborators.values()].flat().length;
    expect(records.grants.filter(({ kind }) => kind === "collaboration").length).toBe(direct);
  });

  test("lists longer than a hundred inside a team or repository are read to their end", async () => {
    const { session } = await openFake({ nestedPage: 3 });
    const whole = await collect((await openFake()).session, "members", "teams", "collaborators");
    const records = await collect(session, "members", "teams", "collaborators");
    expect(records.grants).toEqual(whole.grants);
    expect(coverageOf(records, "team")?.state).toBe("complete");
    expect(coverageOf(records, "collaborator")?.state).toBe("complete");
  });

  test("pages by number and by cursor are merged into one list", async () => {
    const { session, fake } = await openFake({ smallPages: 4 });
    const records = await collect(
      session,
      "members",
      "outside-collaborators",
      "invitations",
      "installations",
      "audit-log",
    );
    expect(coverageOf(records, "activity")).toMatchObject({ state: "complete" });
    expect(coverageOf(records, "app-installation")?.items).toBe(fake.state.installations.length);
    expect(fake.requests.filter((one) => one.endsWith("/audit-log")).length).toBeGreaterThan(3);
    expect(fake.problems).toEqual([]);
  });

  test("a token without the scope for e-mails reads the members all the same", async () => {
    const { session } = await openFake({ missingScope: "organizationVerifiedDomainEmails" });
    const records = await collect(session, "members");
    expect(coverageOf(records, "member")?.state).toBe("complete");
    expect(records.principals.some(({ email }) => email.known)).toBe(false);
    expect(records.principals.length).toBeGreaterThan(30);
  });
});

describe("before collecting", () => {
  test("the forecast is a number of calls that was not exceeded, and names the points", async () => {
    const { session, fake } = await openFake();
    const { calls, basis } = await session.forecast();
    const before = fake.requests.length;
    await collect(session);
    expect(basis).toMatch(/40 repositories.*GraphQL points of 4900 left/);
    expect(fake.requests.length - before).toBeLessThanOrEqual(calls);
    const spent = session.spent();
    expect(spent.calls).toBe(fake.requests.length);
    expect(spent.basis).toMatch(/^\d+ REST calls; \d+ GraphQL calls for \d+ points$/);
  });

  test("the session knows whom it signs in as", async () => {
    expect(await (await openFake()).session.self()).toEqual(["acme-leastwise-reader"]);
  });

  test("a session that cannot tell whom it signs in as changes nothing: not known is not nobody", async () => {
    for (const status of [500, 403]) {
      const { session } = await openFake({ forbid: { "/user": { message: "oops", status } } });
      await expect(session.self(), String(status)).rejects.toMatchObject({ code: "github-self" });
    }
  });

  test("doctor tells the kind of token, what it will not see, and never the token", async () => {
    const owner = await (await openFake()).session.check();
    expect(owner.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      "ok: `acme-sample` answers a classic personal token in `SAMPLE_TOKEN`",
      "warning: fine-grained tokens will not be readable",
      ...["token requests", "repositories of tokens"].map(() =>
        expect.stringMatching(/^warning: .* will not be readable$/),
      ),
    ]);
    const log = { "/orgs/acme-sample/audit-log": { message: "Not Found", status: 404 } };
    const busy = { "/orgs/acme-sample/audit-log": { message: "oops", status: 500 } };
    const later = await (await openFake({ forbid: busy })).session.check();
    expect(later.map(({ text }) => text)).not.toContain("the audit log is not shown");
    const small = await (await openFake({ forbid: log })).session.check();
    expect(small.map(({ text }) => text)).toContain("the audit log is not shown");
    const member = await (await openFake({ notOwner: true })).session.check();
    expect(member.map(({ text }) => text)).toContain("`acme-leastwise-reader` does not own `acme-sample`");
    expect(JSON.stringify([owner, member])).not.toContain("ghp_");
  });

  test.each([
    ["a missing scope", { "x-oauth-scopes": "repo" }, "the token lacks the scope `read:org`"],
    [
      "an early end",
      { "github-authentication-token-expiration": "2026-11-25 08:00:00 UTC" },
      "the token expires in 5 days",
    ],
    [
      "a clock that is an hour ahead",
      { date: "Fri, 20 Nov 2026 07:00:00 GMT" },
      "this machine's clock is 1 h ahead of GitHub's",
    ],
    [
      "a clock that is days behind",
      { date: "Fri, 27 Nov 2026 02:40:00 GMT" },
      "this machine's clock is 6 days 19 h behind GitHub's",
    ],
  ])("doctor warns of %s", async (_name, headers, text) => {
    const { session } = await openFake({
      first: { path: "/orgs/acme-sample", times: 1, status: 200, body: "{}", headers },
    });
    expect(await session.check()).toContainEqual(expect.objectContaining({ level: "warning", text }));
  });

  test("a token that is not there is said before any call", async () => {
    const settings = { organizations: [{ organization: "acme-sample", tokenFrom: "NOWHERE" }] };
    await expect(github.open({ mode: "live", settings, recordTo: null }, environmentWith())).rejects.toMatchObject({
      kind: "settings",
      message: expect.stringContaining("`NOWHERE`"),
    });
  });

  test.each([
    ["no organization", {}, "connectors.github.organizations"],
    [
      "a token written down",
      { organizations: [{ organization: "a", token: "x" }] },
      "`connectors.github.organizations[0]` has no key `token`",
    ],
    [
      "an address others can listen to",
      { organizations: [{ organization: "a", baseUrl: "http://ghe.example" }] },
      "must be an https address",
    ],
  ])("settings with %s are refused with the place", async (_name, settings, text) => {
    await expect(github.open({ mode: "live", settings, recordTo: null }, environmentWith())).rejects.toMatchObject({
      kind: "settings",
      message: expect.stringContaining(text),
    });
  });
});
