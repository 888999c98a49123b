import { describe, expect, onTestFinished, test } from "vitest";
import type { BadDays } from "./bad-days.ts";
import { startFakeGitHub, type FakeGitHub } from "./fake-github.ts";

const SETTINGS = { "x-github-api-version": "2022-11-28" };
const WEB = "/repos/acme-sample/web";

async function started(bad: BadDays = {}): Promise<FakeGitHub> {
  const fake = await startFakeGitHub(bad);
  onTestFinished(() => fake.close());
  return fake;
}

const get = (
  fake: FakeGitHub,
  path: string,
  headers: Record<string, string> = {},
  redirect: "follow" | "manual" = "follow",
) => fetch(`${fake.url}${path}`, { headers: { ...SETTINGS, authorization: "token sample", ...headers }, redirect });

describe("conditional requests to the fake", () => {
  const LIST = "/orgs/acme-sample/installations?per_page=2";

  test.each([
    { name: "the same token is answered 304", headers: {}, change: false, status: 304 },
    { name: "another token is answered whole", headers: { authorization: "token other" }, change: false, status: 200 },
    { name: "what changed is answered whole", headers: {}, change: true, status: 200 },
  ])("$name", async ({ headers, change, status }) => {
    const fake = await started();
    const first = await get(fake, LIST);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    await first.text();
    if (change) fake.state.installations[0]!.app_slug = "renamed-app";
    const second = await get(fake, LIST, { "if-none-match": etag, ...headers });
    expect(second.status).toBe(status);
    expect((await second.text()).length > 0).toBe(status === 200);
    expect(second.headers.get("link")).toBe(first.headers.get("link"));
    expect(second.headers.get("link")).toContain('rel="next"');
    expect(second.headers.get("x-ratelimit-remaining")).toBe("4900");
    expect(fake.answers.map((one) => one.status)).toEqual([200, status]);
    expect(fake.requests.length).toBe(2);
    expect(fake.problems).toEqual([]);
  });

  test("GraphQL and refusals carry no ETag", async () => {
    const fake = await started();
    expect((await get(fake, "/repos/acme-sample/nothing")).headers.get("etag")).toBeNull();
    const body = JSON.stringify({ query: "{ viewer { login } }", variables: {} });
    const headers = { ...SETTINGS, authorization: "token sample" };
    expect((await fetch(`${fake.url}/graphql`, { method: "POST", headers, body })).headers.get("etag")).toBeNull();
  });
});

describe("repositories by number, and renamed ones", () => {
  test("a number leads to the repository, and one that is gone to nothing", async () => {
    const fake = await started();
    const { databaseId } = fake.state.repositories.find((one) => one.nameWithOwner === "acme-sample/web") ?? {};
    const at = `/repositories/${databaseId}`;
    expect(await (await get(fake, at)).json()).toMatchObject({ full_name: "acme-sample/web", id: databaseId });
    expect((await get(fake, `${at}/hooks`)).status).toBe(200);
    fake.bad = { goneRepository: "acme-sample/web" };
    expect((await get(fake, at)).status).toBe(404);
    expect((await get(fake, WEB)).status).toBe(404);
    expect((await get(fake, "/repositories/1")).status).toBe(404);
    expect(await (await get(fake, "/rate_limit")).json()).toMatchObject({ resources: { core: { remaining: 4_900 } } });
    expect(fake.problems).toEqual([]);
  });

  test("the old name is answered with the address by number, whose query is kept", async () => {
    const fake = await started({ renamed: { from: "acme-sample/web", to: "acme-sample/web-now" } });
    const { databaseId } = fake.state.repositories.find((one) => one.nameWithOwner === "acme-sample/web") ?? {};
    const moved = await get(fake, `${WEB}/hooks?per_page=5`, {}, "manual");
    expect(moved.status).toBe(301);
    const location = `${fake.url}/repositories/${databaseId}/hooks?per_page=5`;
    expect(moved.headers.get("location")).toBe(location);
    expect(await moved.json()).toMatchObject({ message: "Moved Permanently", url: location });
    expect(await (await get(fake, WEB)).json()).toMatchObject({ full_name: "acme-sample/web-now", id: databaseId });
    expect((await get(fake, "/repos/acme-sample/web-now/hooks")).status).toBe(200);
    expect(fake.requests).toContain(`GET /repositories/${databaseId}`);
    expect(fake.problems).toEqual([]);
  });
});

test("a token ends in the middle of a run", async () => {
  const fake = await started({ endsAfter: 3 });
  const statuses = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await get(fake, WEB)).status);
  expect(statuses).toEqual([200, 200, 401, 401]);
});

test("a list is deleted between two of its pages", async () => {
  const list = "/orgs/acme-sample/installations";
  const fake = await started({ goneFromSecondPage: list, smallPages: 2 });
  expect((await get(fake, list)).status).toBe(200);
  expect((await get(fake, `${list}?page=2`)).status).toBe(404);
});

/** Points by GitHub's rule: one request per connection and per node above it, divided by a hundred. */
test.each([
  ["one list", "membersWithRole(first: 100) { totalCount }", 1, 100],
  ["five lists below each of fifty", `repositories(first: 50) { nodes { ${fiveLists()} } }`, 3, 50],
  ["lists below lists", "teams(first: 100) { nodes { members(first: 10) { nodes { id } } } }", 1, 1_100],
])("GraphQL counts %s", async (_name, fields, cost, nodeCount) => {
  const fake = await started();
  const query = `{ organization(login: "acme-sample") { ${fields} } rateLimit { cost nodeCount } }`;
  const answer = await fetch(`${fake.url}/graphql`, {
    method: "POST",
    headers: { ...SETTINGS, authorization: "token sample" },
    body: JSON.stringify({ query, variables: {} }),
  });
  expect(await answer.json()).toMatchObject({ data: { rateLimit: { cost, nodeCount } } });
});

function fiveLists(): string {
  const totals = ["branchProtectionRules", "rulesets", "environments", "deployKeys"];
  return ["collaborators { totalCount }", ...totals.map((name) => `${name} { totalCount }`)].join(" ");
}

describe("the search of the audit log", () => {
  const entry = (action: string, actor: string, at: string, repo?: string) => ({
    action,
    actor,
    created_at: Date.parse(at),
    ...(repo === undefined ? {} : { repo }),
  });
  const LOG = {
    push: entry("git.push", "acme-ada-example", "2026-11-18T10:00:00Z", "acme-sample/web"),
    run: entry("workflows.completed_workflow_run", "acme-bo-placeholder", "2026-11-18T11:00:00Z", "acme-sample/web"),
    hook: entry("hook.create", "acme-ada-example", "2026-11-19T00:00:00Z", "acme-sample/web"),
    other: entry("hook.destroy", "acme-ada-example", "2026-11-19T23:59:59Z", "acme-sample/handbook"),
    org: entry("org.update_member", "acme-uma-garply", "2026-11-20T07:00:00Z"),
  } as const;

  test.each([
    ["", {}, "org other hook run"],
    ["", { include: "all" }, "org other hook run push"],
    ["", { include: "git" }, "push"],
    ["", { include: "all", order: "asc" }, "push run hook other org"],
    ["created:>=2026-11-19", { include: "all" }, "org other hook"],
    ["created:>=2026-11-19T00:00:01Z", { include: "all" }, "org other"],
    ["created:<=2026-11-18", { include: "all" }, "run push"],
    ["created:<=2026-11-18T10:30:00Z", { include: "all" }, "push"],
    ["created:2026-11-19", { include: "all" }, "other hook"],
    ["created:>=2026-11-18 created:<=2026-11-19", { include: "web" }, "other hook run"],
    ["actor:ACME-ada-example", { include: "all" }, "other hook push"],
    ["action:hook", {}, "other hook"],
    ["action:hook.create", {}, "hook"],
    ["-action:hook -action:org.update_member", {}, "run"],
    ["-action:hook.create", {}, "org other run"],
    ['repo:"acme-sample/web" -action:git', { include: "all" }, "hook run"],
    ["repo:acme-sample/nothing", { include: "all" }, ""],
  ])("%s with %o finds %s", async (phrase, more, found) => {
    const fake = await started();
    fake.state.audit.splice(0, Number.POSITIVE_INFINITY, ...Object.values(LOG));
    const query = new URLSearchParams({ ...more, ...(phrase === "" ? {} : { phrase }) });
    const rows = (await (await get(fake, `/orgs/acme-sample/audit-log?${query.toString()}`)).json()) as object[];
    const names = rows.map((row) => {
      const { action, actor } = row as { action: string; actor: string };
      return Object.entries(LOG).find(([, one]) => one.action === action && one.actor === actor)?.[0];
    });
    expect(names.join(" ")).toBe(found);
    expect(fake.problems).toEqual([]);
  });

  test("a qualifier that GitHub does not have is a problem, not passed over", async () => {
    const fake = await started();
    expect((await get(fake, "/orgs/acme-sample/audit-log?phrase=created_at:2026-11-19")).status).toBe(400);
    expect(fake.problems).toEqual([expect.stringContaining("created_at")]);
  });
});
