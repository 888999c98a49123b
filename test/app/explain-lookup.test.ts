import { describe, expect, test } from "vitest";
import type { Explanation } from "../../src/app/explain.ts";
import { explainForm } from "../../src/model/forms/explain.ts";
import { ACME, runCli, testWorld } from "../cli/run-cli.ts";
import { HandClock } from "./fake-provider.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));

async function explained(text: string): Promise<Explanation> {
  const { code, out, err } = await runCli(["explain", text, "--from", ACME, "--json"], world);
  expect([code, err]).toEqual([0, ""]);
  return explainForm.parse(JSON.parse(out)) as Explanation;
}

describe("what people type", () => {
  test.each([["kai.lorem@acme.example"], ["KAI.LOREM@acme.example"], ["Kai Lorem"], ["identity:p011"]])(
    "%s is a person with all that is linked to it",
    async (text) => {
      expect(await explained(text)).toMatchObject({
        kind: "person",
        person: { id: "identity:p011", displayName: "Kai Lorem", manager: "Cleo Sample", employment: "active" },
        principals: [
          { locator: "arn:aws:iam::222233334444:user/kai.lorem", tenant: "acme-production", confidence: 1 },
          { locator: "acme-kai-lorem", tenant: "acme-sample", confidence: 1 },
        ],
        findings: expect.arrayContaining([expect.objectContaining({ rule: expect.any(String) })]),
      });
    },
  );

  test.each<[text: string, expected: object]>([
    ["one for everything", { kind: "credential", credential: { hint: "one for everything" } }],
    ["web servers", { kind: "credential", credential: { kind: "deploy-key" } }],
    ["sample-ci", { kind: "principal", principal: { kind: "app" } }],
    ["sample-ci[bot]", { kind: "principal", principal: { kind: "app" } }],
    ["Acme-Kai-Lorem", { kind: "principal", principal: { locator: "acme-kai-lorem" } }],
    ["acme-sample", { kind: "tenant", tenant: { system: "github", name: "acme-sample" } }],
    ["Acme-Sample", { kind: "tenant", tenant: { name: "acme-sample" } }],
    ["acme-production", { kind: "tenant", tenant: { id: "aws:222233334444" }, owners: [] }],
  ])("%s is found", async (text, expected) => {
    expect(await explained(text)).toMatchObject(expected);
  });

  test("an organization says who owns it, what was collected of it and what was found about itself", async () => {
    const { out } = await runCli(["explain", "acme-sample", "--from", ACME], world);
    expect(out).toMatch(/^organization acme-sample$/m);
    expect(out).toMatch(/^owners {11}acme-ada-example, /m);
    expect(out).toMatch(/^collected {8}user \d+, repository \d+, /m);
    expect(out).toContain("organization `acme-sample` has 6 owners");
  });

  test("owners are told by name", async () => {
    const { out } = await runCli(["explain", "github-infrastructure", "--from", ACME], world);
    expect(out).toContain("owners           business Cleo Sample, technical Kai Lorem\n");
  });

  test.each([
    ["acme-sample/infrastructur", "did you mean `acme-sample/infrastructure`?"],
    ["kai.loren@acme.example", "did you mean `kai.lorem@acme.example`?"],
    ["nothing of that name at all", "`leastwise findings --json` has them"],
  ])("%s is nothing, and the hint says what could be meant", async (text, hint) => {
    const { code, err } = await runCli(["explain", text, "--from", ACME], world);
    expect(code).toBe(2);
    expect(err).toContain(`there is no finding, principal, repository, credential, person or tenant \`${text}\``);
    expect(err).toContain(hint);
  });
});

describe("what a repository and a person on GitHub lead to in AWS", () => {
  const rolesOf = async (text: string): Promise<readonly (readonly string[])[]> => {
    const explanation = await explained(text);
    if (explanation.kind !== "repository" && explanation.kind !== "principal") throw new Error(explanation.kind);
    return explanation.leadsTo.map(({ role, state, administers }) => [
      role.split("/").at(-1) ?? "",
      state,
      administers,
    ]);
  };

  test("a way that could not be read is said, not left out", async () => {
    expect(await rolesOf("acme-sample/network")).toContainEqual(["github-network", "unknown", "yes"]);
  });

  test("administrators come first", async () => {
    expect((await rolesOf("acme-sample/infrastructure"))[0]).toEqual(["github-infrastructure", "yes", "yes"]);
  });

  test("a person is told every role, with the surest way to it", async () => {
    const roles = await rolesOf("acme-kai-lorem");
    expect(roles).toContainEqual(["github-infrastructure", "yes", "yes"]);
    expect(roles).toContainEqual(["github-network", "unknown", "yes"]);
    expect(new Set(roles.map(([name]) => name)).size).toBe(roles.length);
  });

  test("nobody is led to what a policy of the organization refutes", async () => {
    for (const text of ["acme-sample/sandbox-one", "acme-kai-lorem"])
      expect((await rolesOf(text)).map(([name]) => name)).not.toContain("github-sandbox");
  });
});
