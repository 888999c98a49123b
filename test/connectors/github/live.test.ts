import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildSchema, parse, validate } from "graphql";
import { schema as official } from "@octokit/graphql-schema";
import { github } from "../../../connectors/github/index.ts";
import { QUERIES } from "../../../connectors/github/queries.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { describeTarget } from "../../../src/revoke/describe-target.ts";
import { CANARY, startFakeGitHub, type BadDays, type FakeGitHub } from "../../fakes/github/fake-github.ts";

let fake: FakeGitHub;
let folder: string;
const warnings: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leastwise-github-"));
  warnings.length = 0;
});
afterEach(async () => {
  await fake?.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (token = "sample-token") => ({
  clock: { now: () => "2026-11-20T08:00:00Z" },
  secrets: { read: (name: string) => (name === "SAMPLE_TOKEN" ? token : undefined) },
  log: { progress() {}, warn: (text: string) => void warnings.push(text) },
});

async function live(
  bad: BadDays = {},
  options: { recordTo?: string | null; token?: string } = {},
): Promise<ConnectorSession> {
  fake = await startFakeGitHub(bad);
  return github.open(
    {
      mode: "live",
      settings: { organizations: [{ organization: "acme-sample", tokenFrom: "SAMPLE_TOKEN", baseUrl: fake.url }] },
      recordTo: options.recordTo ?? null,
    },
    environment(options.token),
  );
}

/** Runs every step, or the organization and those named: the plugin paces each GraphQL query by a second. */
async function collect(session: ConnectorSession, ...only: string[]): Promise<SnapshotRecords> {
  const parts = [];
  for (const one of session.steps)
    if (only.length === 0 || one.step.id === "organization" || only.includes(one.step.id))
      parts.push((await session.run(one)).records);
  return mergeRecords(parts);
}
const stateOf = (records: SnapshotRecords, kind: string) => records.coverage.find((row) => row.kind === kind);
const graphOf = (records: SnapshotRecords) =>
  buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });

describe("collecting from GitHub", () => {
  test("live and recorded give the same records, but for what only an app may read", async () => {
    const fromNetwork = await collect(await live());
    const recorded = await github.open({ mode: "recorded", path: "src/demo/acme", workingCopy: false }, environment());
    const fromFiles = await collect(recorded);
    for (const table of ["tenants", "principals", "resources", "entitlements", "grants", "relations"] as const)
      expect(fromNetwork[table], table).toEqual(fromFiles[table]);
    expect(fromNetwork.credentials).toEqual(fromFiles.credentials.filter(({ kind }) => kind !== "fine-grained-token"));
    expect(stateOf(fromNetwork, "fine-grained-token")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("only a GitHub App may list fine-grained tokens"),
    });
  });

  test("every request and every answer holds against GitHub's published description", async () => {
    await collect(await live());
    expect(fake.contract.problems).toEqual([]);
    expect(fake.requests.length).toBeGreaterThan(10);
  });

  test("the check against the description can fail: a parameter and a body that do not exist are named", async () => {
    await live();
    const headers = { authorization: "token sample", "content-type": "application/json" };
    await fetch(`${fake.url}/orgs/acme-sample/installations?nonsense=1`, { headers });
    await fetch(`${fake.url}/orgs/acme-sample/teams/web/memberships/acme-uma-garply`, {
      method: "PUT",
      headers,
      body: JSON.stringify({ role: "superuser" }),
    });
    await fetch(`${fake.url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: '{ organization(login: "acme-sample") { shoeSize } }', variables: {} }),
    });
    expect(fake.contract.problems.join("\n")).toMatch(
      /no parameter nonsense[\s\S]*superuser|allowed values[\s\S]*shoeSize/,
    );
    expect(fake.contract.problems.length).toBeGreaterThanOrEqual(3);
  });

  test("every query is valid in GitHub's schema", () => {
    const schema = buildSchema(official.idl, { assumeValid: true, assumeValidSDL: true });
    for (const [name, query] of Object.entries(QUERIES)) expect(validate(schema, parse(query)), name).toEqual([]);
  });

  test("the number of deploy keys decides which repositories are asked", async () => {
    await collect(await live(), "repositories", "deploy-keys");
    expect(fake.requests.filter((one) => one.endsWith("/keys")).length).toBe(5);
  });

  test("the forecast is a number of calls that was not wildly exceeded", async () => {
    const session = await live();
    const { calls, basis } = await session.forecast();
    const before = fake.requests.length;
    await collect(session);
    expect(basis).toContain("40 repositories");
    expect(fake.requests.length - before).toBeLessThanOrEqual(calls * 2);
  });
});

describe("bad days", () => {
  test("pages that GitHub cannot answer in time are halved, nothing is lost", async () => {
    const records = await collect(await live({ largestPage: 24 }), "repositories");
    expect(records.resources.filter(({ kind }) => kind === "repository").length).toBe(40);
    expect(stateOf(records, "repository")?.state).toBe("complete");
  });
  test("a list that single sign-on filtered is partial", async () => {
    const records = await collect(await live({ ssoPartial: "/orgs/acme-sample/invitations" }), "invitations");
    expect(stateOf(records, "invitation")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("single sign-on"),
    });
  });
  test("a permission the token lacks is denied coverage with what it needs, and the run goes on", async () => {
    const records = await collect(
      await live({
        forbid: {
          "/orgs/acme-sample/installations": {
            message: "Resource not accessible by personal access token",
            headers: { "x-accepted-github-permissions": "organization_administration=read" },
          },
        },
      }),
      "installations",
      "invitations",
    );
    expect(stateOf(records, "app-installation")).toMatchObject({
      state: "denied",
      reason: "the token lacks a permission; it needs `organization_administration=read`",
    });
    expect(stateOf(records, "invitation")?.state).toBe("complete");
  });
  test("single sign-on names where to authorise the token", async () => {
    const records = await collect(
      await live({
        forbid: {
          "/orgs/acme-sample/invitations": {
            message: "Resource protected by organization SAML enforcement.",
            headers: { "x-github-sso": "required; url=https://github.invalid/sso" },
          },
        },
      }),
      "invitations",
    );
    expect(stateOf(records, "invitation")?.reason).toContain("authorise it at https://github.invalid/sso");
  });
  test("who has no second factor is unknown to a plain member, not everybody and not nobody", async () => {
    const records = await collect(await live({ notOwner: true }), "members", "outside-collaborators", "audit-log");
    expect(
      records.principals
        .filter(({ kind }) => kind === "user")
        .every(({ secondFactor, nativeType }) => nativeType === "invited" || !secondFactor.known),
    ).toBe(true);
    expect(stateOf(records, "outside-collaborator")?.state).toBe("complete");
    expect(stateOf(records, "activity")?.state).toBe("denied");
  });
  test("a repository that vanished between two pages leaves the keys partial, the others read", async () => {
    const records = await collect(await live({ goneRepository: "acme-sample/web" }), "repositories", "deploy-keys");
    expect(stateOf(records, "deploy-key")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("acme-sample/web"),
    });
    expect(records.credentials.filter(({ kind }) => kind === "deploy-key").length).toBe(4);
  });
  test("the same next page twice ends the list and says so", async () => {
    const records = await collect(await live({ repeatPage: "/orgs/acme-sample/invitations" }), "invitations");
    expect(stateOf(records, "invitation")).toMatchObject({
      state: "partial",
      reason: "GitHub named the same next page twice",
    });
  });
  test("a server error is asked again", async () => {
    const records = await collect(
      await live({
        first: { path: "/orgs/acme-sample/invitations", times: 1, status: 500, body: '{"message":"oops"}' },
      }),
      "invitations",
    );
    expect(stateOf(records, "invitation")?.state).toBe("complete");
  });
  test("a secondary rate limit is waited for, in GitHub's own words", async () => {
    const records = await collect(
      await live({
        first: {
          path: "/orgs/acme-sample/invitations",
          times: 1,
          status: 403,
          body: '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}',
          headers: { "retry-after": "1" },
        },
      }),
      "invitations",
    );
    expect(stateOf(records, "invitation")?.state).toBe("complete");
    expect(warnings.join()).toContain("secondary rate limit");
  });
  test("a wrong token stops the run with words", async () => {
    const session = await live({}, { token: "wrong" });
    await expect(collect(session, "organization")).rejects.toMatchObject({
      kind: "sign-in",
      message: expect.stringContaining("does not accept the token"),
    });
  });
  test("a token that is not there is said before any call", async () => {
    await expect(
      github.open(
        {
          mode: "live",
          settings: { organizations: [{ organization: "acme-sample", tokenFrom: "NOWHERE" }] },
          recordTo: null,
        },
        environment(),
      ),
    ).rejects.toMatchObject({ kind: "sign-in", message: expect.stringContaining("`NOWHERE`") });
  });
});

describe("recording and going on", () => {
  const written = (): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");

  test("answers are kept without what is secret in them, and read back the same", async () => {
    const records = await collect(await live({}, { recordTo: folder }));
    expect(written()).toContain("acme-uma-garply");
    expect(written()).not.toContain(CANARY);
    expect(written()).not.toContain("sample-token");
    const again = await collect(
      await github.open({ mode: "recorded", path: folder, workingCopy: false }, environment()),
    );
    expect(again.grants).toEqual(records.grants);
    expect(stateOf(again, "fine-grained-token")?.state).toBe("denied");
  });

  test("a run that was cut off does not ask again for what it has", async () => {
    const first = await live({}, { recordTo: folder });
    for (const step of first.steps.slice(0, 5)) await first.run(step);
    await fake.close();
    const second = await live({}, { recordTo: folder });
    const records = await collect(second);
    expect(fake.requests.filter((one) => one === "GET /orgs/acme-sample").length).toBe(0);
    expect(records.resources.filter(({ kind }) => kind === "repository").length).toBe(40);
  });
});

describe("changes", () => {
  /** Every class-A operation with something of the sample it acts on. */
  const CASES = [
    ["github/remove-team-membership", "acme-rex-awaiter", "team platform"],
    ["github/remove-team-repository", "legacy-tools", "write on acme-sample/payments-api"],
    ["github/remove-direct-collaborator", "acme-rex-awaiter", "admin on acme-sample/infrastructure"],
    ["github/delete-deploy-key", "acme-sample/archive-site", "old web server"],
  ] as const;
  const targetOf = (records: SnapshotRecords, holder: string, what: string) => {
    const graph = graphOf(records);
    const credential = records.credentials.find(
      ({ displayHint, holderId }) => displayHint === what && graph.resource(holderId ?? "")?.displayName === holder,
    );
    const grant = records.grants.find(
      ({ principalId, entitlementId }) =>
        graph.principal(principalId)?.displayName === holder && graph.entitlement(entitlementId)?.displayName === what,
    );
    const described =
      credential !== undefined
        ? describeTarget(graph, "credential", credential.id)
        : describeTarget(graph, "grant", grant?.id ?? "");
    if (described === undefined) throw new Error(`${holder}: ${what} is not in the sample`);
    return described.target;
  };
  /** The fake as text; a key that was put back has a new id and forgot its use, which GitHub does too. */
  const dump = (): string =>
    JSON.stringify({
      ...fake.state,
      collaborators: [...fake.state.collaborators].filter(([, edges]) => edges.length > 0).sort(),
      deployKeys: [...fake.state.deployKeys].map(([name, keys]) => [
        name,
        keys.map(({ title, key, read_only }) => [title, key, read_only]),
      ]),
      teams: fake.state.teams.map((team) => ({
        ...team,
        members: [...team.members].sort((a, b) => (a.node.login < b.node.login ? -1 : 1)),
        repositories: [...team.repositories].sort((a, b) => (a.node.nameWithOwner < b.node.nameWithOwner ? -1 : 1)),
      })),
    });

  test.each(CASES)(
    "%s: capture, revoke and restore bring the organization back as it was",
    async (id, holder, what) => {
      const session = await live();
      const target = targetOf(await collect(session), holder, what);
      const before = dump();
      const operation = session.operation(id);
      if (operation === undefined) throw new Error(`there is no operation ${id}`);
      const captured = await operation.capture(target);
      if (captured.state !== "present") throw new Error(captured.state);
      expect(await operation.revoke(target, captured.preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: true });
      expect(dump()).not.toBe(before);
      expect((await operation.capture(target)).state).toBe("already-absent");
      expect(await operation.restore(target, captured.preImage)).toMatchObject({ state: "done" });
      expect(await operation.restore(target, captured.preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: false });
      expect(dump()).toBe(before);
      expect(fake.contract.problems).toEqual([]);
    },
  );

  test.each(CASES)(
    "%s works the same on a copy of a recording, and never on the recording itself",
    async (id, holder, what) => {
      cpSync("src/demo/acme", folder, { recursive: true });
      const original = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environment());
      const target = targetOf(await collect(original), holder, what);
      expect(await original.operation(id)?.revoke(target, {})).toMatchObject({
        state: id === "github/delete-deploy-key" ? "refused" : "refused",
      });
      const copy = await github.open({ mode: "recorded", path: folder, workingCopy: true }, environment());
      const operation = copy.operation(id);
      const captured = await operation?.capture(target);
      if (operation === undefined || captured?.state !== "present") throw new Error("nothing to revoke");
      expect(await operation.revoke(target, captured.preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: true });
      const after = await collect(
        await github.open({ mode: "recorded", path: folder, workingCopy: false }, environment()),
      );
      expect(
        after.grants.some(({ id: grant }) => grant === target.subjectId) ||
          after.credentials.some(({ id: credential }) => credential === target.subjectId),
      ).toBe(false);
      expect(await operation.restore(target, captured.preImage)).toMatchObject({ state: "done" });
      expect(await operation.isGone(target, captured.preImage)).toEqual({ known: true, value: false });
    },
  );

  test("what only a rehearsal may do does not exist for the provider", async () => {
    const session = await live();
    expect(session.operation("github/remove-organization-member")).toBeUndefined();
    expect(session.operation("github/remove-outside-collaborator")).toBeUndefined();
  });

  test("the session knows whom it signs in as", async () =>
    expect(await (await live()).self()).toEqual(["acme-leastwise-reader"]));
});
