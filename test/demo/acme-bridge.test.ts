import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { githubBridge } from "../../src/graph/bridge/github-bridge.ts";
import { pushedRoles } from "../../src/graph/bridge/pushed-roles.ts";
import type { FourValued } from "../../src/model/four-valued.ts";
import type { PushedRole } from "../../src/model/pushed-role.ts";
import { loadActionTable } from "../../src/policy/aws/action-table.ts";
import { readSample, SAMPLE, type ReadSample } from "./read-sample.ts";

/** Every role that trusts GitHub, by name. */
async function rolesOf({ graph }: ReadSample): Promise<ReadonlyMap<string, PushedRole>> {
  const bridge = githubBridge(graph, await loadActionTable());
  return new Map(pushedRoles(graph, bridge, () => "yes").map((role) => [role.roleName, role]));
}

const stateOf = (role: PushedRole | undefined, place: string): FourValued | undefined =>
  role?.places.find((one) => `${one.place} of ${one.repository}` === place)?.state;

let sample: ReadSample;
let roles: ReadonlyMap<string, PushedRole>;
beforeAll(async () => {
  sample = await readSample();
  roles = await rolesOf(sample);
});

describe("who can become administrator of production by pushing to which branch", () => {
  test("each finding shows one way hop by hop, from somebody on GitHub to administration", () => {
    const findings = sample.analysis.findings.filter(({ rule }) => rule === "push-to-admin");
    expect(findings.length).toBeGreaterThan(2);
    for (const { subject, path = [], summary } of findings) {
      expect(path[0]?.fromId, summary).toMatch(/^github:/);
      expect(path[0]?.toId).toBe(subject.id);
      expect(path.at(-1)?.to).toBe("admin");
      const role = /through the role `([^`]+)`/.exec(summary)?.[1] ?? "none";
      expect(
        path.some(({ to }) => to.endsWith(`/${role}`)),
        summary,
      ).toBe(true);
    }
  });

  test.each([
    ["yes", "github-infrastructure", "any branch of acme-sample/infrastructure", /.*/, "pushes to branch"],
    [
      "conditional",
      "github-release-tools",
      "branch `main` of acme-sample/release-tools",
      /1 approval from among \d+ people/,
      "ask for 1 approval",
    ],
    [
      "unknown",
      "github-network",
      "branch `main` of acme-sample/network",
      /GitHub shows who bypasses ruleset `the network is changed by release managers` only to those who may change it/,
      "restricts who may push",
    ],
    [
      "no",
      "github-sandbox",
      "any branch of acme-sample/sandbox-one",
      /^$/,
      "a resource control policy of the organization does not let the token in",
    ],
  ] as const)("%s: %s from %s", (state, name, place, says, why) => {
    const role = roles.get(name);
    expect(stateOf(role, place)).toBe(state);
    const [surest] = role?.places.find((one) => `${one.place} of ${one.repository}` === place)?.by ?? [];
    expect([...(surest?.needs ?? []), ...(surest?.missing ?? [])].join("; ")).toMatch(says);
    expect(surest?.why).toContain(why);
  });

  test("a platform engineer who owns nothing pushes to the infrastructure, its readers do not", () => {
    const place = roles.get("github-infrastructure")?.places.find(({ place: words }) => words === "any branch");
    const pushers = place?.by.filter(({ state }) => state === "yes").flatMap(({ who }) => who);
    expect(pushers).toContain("acme-mo-dolor");
    expect(pushers).not.toContain("acme-joy-testwell");
  });

  test("deployments of payments need one of the reviewers, unless an owner changes the rules first", () => {
    const [place] = roles.get("github-payments")?.places ?? [];
    const pia = place?.by.find(({ who }) => who.includes("acme-pia-foobar"));
    expect(pia).toMatchObject({ state: "conditional" });
    expect(pia?.needs).toContain("approval of `acme-dee-fixture` or `payments` for environment `production`");
    const owners = place?.by.filter(({ state }) => state === "yes");
    for (const one of owners ?? []) expect(one.why).toContain("by first changing protection");
  });

  test.each([
    ["github-release-tools", /^take the trust .* if nothing needs it/, /require an approval|with reviewers/],
    ["github-payments", /^let fewer administer: .* as owners of the organization/, /reviewers|require an approval/],
    ["github-network", /let nobody bypass .*release managers/, /reviewers|require an approval/],
    ["github-infrastructure", /^correct the trust policy/, /require an approval/],
  ] as const)("the cut of %s is none that holds already", (name, says, holds) => {
    const cuts = roles.get(name)?.cuts ?? [];
    expect(cuts[0]?.what).toMatch(says);
    for (const { what, closes } of cuts) {
      expect(what).not.toMatch(holds);
      expect(closes).toBeGreaterThan(0);
    }
  });

  test("what is told of one place names one ref", () => {
    for (const { places } of roles.values())
      for (const { by, subject } of places) {
        const [, said] = /^pushes to (?:branch|tag) `([^`]+)`/.exec(by[0]?.why ?? "") ?? [];
        if (said !== undefined && subject?.includes(":ref:") === true) expect(subject).toMatch(new RegExp(`/${said}$`));
      }
  });

  test("what the log of tokens kept stands beside who could", () => {
    expect(roles.get("github-infrastructure")?.did?.map(({ subject, times }) => [subject, times])).toEqual([
      ["repo:acme-sample/infrastructure:ref:refs/heads/main", 3],
      ["repo:acme-sample/infrastructure:pull_request", 1],
    ]);
    expect(roles.get("github-sandbox")?.did).toEqual([]);
  });
});

describe("what decides is what it is said to be", () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    [
      "without its Deny the resource control policy closes nothing",
      "aws/111122223333/organization.json",
      /("Sid": "SandboxesBecomeNobody",\s+"Effect": )"Deny"/,
      '$1"Allow"',
      ["github-sandbox", "any branch of acme-sample/sandbox-one", "yes"],
    ],
    [
      "with its bypass shown the ruleset on the network is closed to all",
      "github/acme-sample/rulesets.json",
      /("id": 503,[^]*?"conditions")/g,
      '"bypass_actors": [], $1',
      ["github-network", "branch `main` of acme-sample/network", "no"],
    ],
    [
      "without the approval that the enterprise asks for main takes every push",
      "github/acme-sample/rulesets.json",
      /"required_approving_review_count": 1,([^}]*?)"require_code_owner_review": true/g,
      '"required_approving_review_count": 0,$1"require_code_owner_review": false',
      ["github-release-tools", "branch `main` of acme-sample/release-tools", "yes"],
    ],
  ] as const)("%s", async (_name, file, what, becomes, [name, place, state]) => {
    folder = mkdtempSync(join(tmpdir(), "leastwise-bridge-"));
    cpSync(SAMPLE, folder, { recursive: true });
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(what, becomes);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
    const changed = await rolesOf(await readSample(folder));
    expect(stateOf(changed.get(name), place)).toBe(state);
  });
});
