import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { CANARY } from "../../fakes/github/fake-github.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith, openFake, SAMPLE, TOKEN } from "./open-fake.ts";

const readBack = (path: string) => github.open({ mode: "recorded", path, workingCopy: false }, environmentWith());

async function written(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
}

describe("recording and going on", () => {
  test("answers are kept without what is secret in them, and read back the same", async () => {
    const folder = await temporaryFolder();
    const records = await collect((await openFake({}, { recordTo: folder })).session);
    const text = await written(folder);
    expect(text).toContain("acme-uma-garply");
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(TOKEN);
    expect(JSON.stringify(records)).not.toContain(CANARY);

    const again = await collect(await readBack(folder));
    for (const table of [
      "tenants",
      "principals",
      "credentials",
      "resources",
      "entitlements",
      "grants",
      "relations",
    ] as const)
      expect(again[table], table).toEqual(records[table]);
    expect(again.coverage).toEqual(records.coverage);
  });

  test("of the audit log only the newest entry of each login is kept", async () => {
    const folder = await temporaryFolder();
    const { session, fake } = await openFake({}, { recordTo: folder });
    fake.state.audit.push({ action: "git.push", actor: "acme-uma-garply", created_at: 1_000_000_000_000 });
    await collect(session, "members", "audit-log");
    const content = JSON.parse(await readFile(join(folder, "github/acme-sample/audit-log.json"), "utf8")) as {
      requests: { parameters: object; answer: { actor: string }[] }[];
    };
    const actors = content.requests[0]?.answer.map(({ actor }) => actor) ?? [];
    expect(actors.length).toBe(new Set(actors).size);
    expect(content.requests[0]?.parameters).toEqual({
      org: "acme-sample",
      include: "all",
      phrase: "created:>=2026-05-24",
    });
  });

  test("a run that was cut off does not ask again for what it has", async () => {
    const folder = await temporaryFolder();
    const first = await openFake({}, { recordTo: folder });
    for (const step of first.session.steps.slice(0, 5)) await first.session.run(step);
    const second = await openFake({}, { recordTo: folder });
    const records = await collect(second.session);
    expect(second.fake.requests.filter((one) => one === "GET /orgs/acme-sample")).toEqual([]);
    expect(records.resources.filter(({ kind }) => kind === "repository").length).toBe(40);
    expect(coverageOf(records, "deploy-key")).toMatchObject({ state: "complete", items: 5 });
  });

  test("what was partial or refused is asked again", async () => {
    const folder = await temporaryFolder();
    await collect((await openFake({ ssoPartial: "/orgs/acme-sample/invitations" }, { recordTo: folder })).session);
    const records = await collect((await openFake({}, { recordTo: folder })).session);
    expect(coverageOf(records, "invitation")?.state).toBe("complete");
  });
});

describe("files that people give", () => {
  async function sampleWith(step: string, content: unknown): Promise<string> {
    const folder = await temporaryFolder();
    await cp(SAMPLE, folder, { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(join(folder, `github/acme-sample/${step}.json`), text);
    return folder;
  }
  const graph = (organization: object) => ({
    requests: [{ route: "POST /graphql", parameters: {}, answer: { organization } }],
  });
  const team = {
    id: "T_1",
    slug: "one",
    name: "one",
    parentTeam: null,
    members: { edges: [] },
    repositories: { edges: [] },
  };

  test.each([
    [
      "another list where teams belong",
      "teams",
      { requests: [{ route: "GET /orgs/{org}/teams", answer: [] }] },
      "/requests/0/route",
    ],
    [
      "the answer of another question",
      "invitations",
      { requests: [{ route: "GET /orgs/{org}/members", answer: [] }] },
      "/requests/0/route",
    ],
    ["a bare answer", "members", { organization: {} }, "/requests"],
    ["no answer at all", "repositories", { requests: [] }, "/requests"],
    [
      "a team without a slug",
      "teams",
      graph({ teams: { nodes: [{ ...team, slug: undefined }] } }),
      "/requests/0/answer/organization/teams/nodes/0/slug",
    ],
    [
      "a key without its public half",
      "deploy-keys",
      {
        requests: [
          { route: "GET /repos/{owner}/{repo}/keys", parameters: { owner: "a", repo: "b" }, answer: [{ id: 1 }] },
        ],
      },
      "/requests/0/answer/0/key",
    ],
  ])("%s is refused with the place, and never read as none", async (_name, step, content, pointer) => {
    const session = await readBack(await sampleWith(step, content));
    await expect(collect(session)).rejects.toMatchObject({
      kind: "input-file",
      place: { file: expect.stringContaining(`${step}.json`), pointer },
    });
  });

  test("a file that was cut short is refused with line and column", async () => {
    const session = await readBack(await sampleWith("teams", '{ "requests": ['));
    await expect(collect(session)).rejects.toMatchObject({ kind: "input-file", code: "json-cut", place: { line: 1 } });
  });

  test.each([
    ["a page is missing", { teams: { pageInfo: { hasNextPage: true }, nodes: [team] } }, "the next page is missing"],
    ["GitHub counted more", { teams: { totalCount: 3, nodes: [team] } }, "GitHub counts 3 and gave 1"],
    [
      "rows were hidden from the token",
      { teams: { nodes: [team, null] } },
      "GitHub does not show 1 of them to this token",
    ],
    [
      "a team has more members than a page",
      { teams: { nodes: [{ ...team, members: { pageInfo: { hasNextPage: true }, edges: [] } }] } },
      "team `one` has more members than were read",
    ],
  ])("where %s the list is partial", async (_name, organization, reason) => {
    const records = await collect(await readBack(await sampleWith("teams", graph(organization))), "teams");
    expect(coverageOf(records, "team")).toMatchObject({ state: "partial", reason });
  });

  test("an audit log that was read only in part calls nobody inactive", async () => {
    const folder = await sampleWith("audit-log", {
      requests: [{ route: "GET /orgs/{org}/audit-log", parameters: {}, answer: [] }],
    });
    const file = join(folder, "recording.json");
    const manifest = JSON.parse(await readFile(file, "utf8")) as { steps: Record<string, object> };
    manifest.steps["github/acme-sample/audit-log"] = { state: "partial", reason: "cut" };
    await writeFile(file, JSON.stringify(manifest));
    const records = await collect(await readBack(folder), "members", "audit-log");
    expect(records.principals.filter(({ lastUsedAt }) => lastUsedAt.known)).toEqual([]);
    expect(records.principals.length).toBeGreaterThan(30);
  });

  test("a folder without a file says which was not given", async () => {
    const records = await collect(await readBack(await sampleWith("notes", "{}")));
    expect(coverageOf(records, "team")?.state).toBe("complete");
  });
});
