import { describe, expect, test } from "vitest";
import { escalationsOf } from "../../src/analyse/escalations.ts";
import { explain, type Explanation } from "../../src/app/explain.ts";
import type { FindingsDocument } from "../../src/model/findings-document.ts";
import { explainForm } from "../../src/model/forms/explain.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { HandClock } from "./fake-provider.ts";
import { ACME, runCli, testWorld } from "../cli/run-cli.ts";
import { Organization } from "../graph/github/organization-of.ts";

const table = await loadActionTable();

/** The explanation as it is printed, checked against its form. */
function explained(text: string, organization: Organization): Explanation {
  const document = { asOf: "2026-11-20T08:00:00Z", findings: [] } as unknown as FindingsDocument;
  const graph = organization.graph();
  const explanation = explain(text, graph, document, [], escalationsOf(graph, table));
  expect(explainForm.parse(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation);
  return explanation;
}

function sample(base: string | null = "write"): Organization {
  const organization = new Organization(base);
  const [api, web] = [organization.repository("api"), organization.repository("web", { visibility: "internal" })];
  const engineering = organization.team("engineering");
  const platform = organization.team("platform", engineering);
  const everywhere = organization.team("everywhere", null, "enterprise-team");
  const ana = organization.member("ana");
  organization.join(ana, platform);
  organization.join(ana, everywhere);
  organization.on(api, engineering, "admin");
  organization.on(api, everywhere, "read");
  organization.customRole("releaser", { base: "maintain" });
  organization.on(web, ana, "releaser");
  organization.assign(platform, "auditors", { base: "read" });
  organization.member("boss", "owner");
  organization.member("ben");
  organization.on(api, organization.outsider("zoe"), "triage");
  organization.app("bot", { permissions: "contents:write, workflows:write", repositorySelection: "selected" });
  organization.credential("deploy-key", "ci", api, { attributes: { readOnly: false } });
  organization.credential("fine-grained-token", "pat", ana, {
    attributes: { permissions: "administration:write", repositorySelection: "all" },
  });
  return organization;
}

describe("a person of GitHub", () => {
  const repositoriesOf = (text: string, organization = sample()) => {
    const explanation = explained(text, organization);
    return explanation.kind === "principal" ? explanation.repositories : undefined;
  };
  const lines = (text: string, organization = sample()): readonly string[] => {
    const found = repositoriesOf(text, organization);
    const told = (sources: readonly { readonly role: string; readonly how: string }[]): string =>
      sources.map(({ role, how }) => `${role} ${how}`).join("; ");
    return [
      `everywhere: ${told(found?.everywhere ?? [])}`,
      ...(found?.on ?? []).map(({ name, role, sources }) => `${name} ${role}: ${told(sources)}`),
    ];
  };

  test("each source is named, with the way through teams", () => {
    expect(lines("ana")).toEqual([
      "everywhere: write by base permission; read by organization role auditors through team platform",
      "sample/api admin: admin through team platform, child of engineering; write by base permission; read through enterprise team everywhere; read by organization role auditors through team platform",
      "sample/web maintain: maintain as direct collaborator (role releaser); write by base permission; read since the repository is internal; read by organization role auditors through team platform",
    ]);
  });
  test("an owner has everything, everywhere", () => {
    expect(lines("boss")[0]).toBe("everywhere: admin as organization owner");
  });
  test("a team has what it and its parents were given", () => {
    expect(lines("platform")).toEqual([
      "everywhere: read by organization role auditors",
      "sample/api admin: admin through its parent engineering; read by organization role auditors",
    ]);
    expect(lines("engineering")).toEqual(["everywhere: ", "sample/api admin: admin given to the team"]);
  });
  test("an app has no such section", () => {
    expect(repositoriesOf("bot")).toBeNull();
  });
  test("what was not read is told, and not of an owner", () => {
    const organization = sample(null).cannotRead("team", "partial", "2 hidden");
    expect(repositoriesOf("ana", organization)?.notRead).toEqual([
      "the organization's base permission was not read",
      "not all teams were read: 2 hidden",
    ]);
    expect(repositoriesOf("boss", organization)?.notRead).toEqual([]);
  });
});

describe("a repository", () => {
  const of = (text: string, organization = sample()) => {
    const explanation = explained(text, organization);
    if (explanation.kind !== "repository") throw new Error(`a ${explanation.kind} was explained`);
    return explanation;
  };
  test("who has it, highest first, those with the base permission only counted", () => {
    const { people, otherMembers, repository } = of("sample/api");
    expect(repository).toMatchObject({ kind: "repository", locator: "sample/api", tenant: "sample" });
    expect(people.map(({ name, role, sources }) => [name, role, sources.length])).toEqual([
      ["ana", "admin", 4],
      ["boss", "admin", 1],
      ["zoe", "triage", 1],
    ]);
    expect(otherMembers).toEqual({ role: "write", count: 1 });
  });
  test("what every member has where it is internal, or where nobody could read it", () => {
    expect(of("sample/web", sample("none")).otherMembers).toEqual({ role: "read", count: 1 });
    expect(of("sample/api", sample("none")).otherMembers).toEqual({ role: "none", count: 1 });
    expect(of("sample/api", sample(null)).otherMembers).toEqual({ role: null, count: 1 });
  });
  test("apps, keys and tokens that change it, with what was not read of them", () => {
    expect(of("sample/api", sample().cannotRead("installation-repository")).machines).toEqual([
      {
        kind: "app",
        name: "bot",
        writes: ["contents", "workflows"],
        missing: ["which repositories app `bot` is open to was not read: refused"],
      },
      { kind: "deploy-key", name: "ci", writes: ["contents", "workflows"], missing: [] },
      { kind: "token", name: "pat", writes: ["administration"], missing: [] },
    ]);
  });
  test("kinds that were not read", () => {
    expect(of("sample/api", sample().cannotRead("collaborator").cannotRead("deploy-key")).notRead).toEqual([
      "direct collaborators were not read: refused",
      "deploy keys were not read: refused",
    ]);
  });
});

describe("on a terminal", () => {
  const asked = async (text: string): Promise<string> =>
    (await runCli(["explain", text, "--from", ACME], testWorld(new HandClock("2026-11-20T10:00:00Z")))).out;

  test("a repository of the sample company", async () => {
    const out = await asked("acme-sample/web");
    expect(out).toMatch(/^repository acme-sample\/web in acme-sample\n/);
    expect(out).toMatch(/\n {2}acme-ada-example +admin +admin as organization owner\n/);
    expect(out).toMatch(/ admin as direct collaborator; write through team web; read by base permission\n/);
    expect(out).toMatch(/\n\d+ more members, like every member: read\n/);
    expect(out).toMatch(/\n {2}token +one for everything +writes contents, administration/);
  });
  test("a person of it", async () => {
    const out = await asked("acme-uma-garply");
    expect(out).toMatch(/\non every repository\n {2}read by base permission\n\non repositories\n/);
    expect(out).toMatch(
      /\n {2}acme-sample\/examples +write +write through team web, child of engineering; read by base permission\n/,
    );
  });
});
