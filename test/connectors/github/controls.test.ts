import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { github } from "../../../connectors/github/index.ts";
import { CONTROL_QUERIES } from "../../../connectors/github/queries-controls.ts";
import type { RecordKind } from "../../../src/model/coverage.ts";
import type { GitHubPolicyKind, Policy } from "../../../src/model/policy.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Snapshot, SnapshotRecords } from "../../../src/model/snapshot.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { repositoryControls } from "../../../src/graph/github/repository-controls.ts";
import type { BadDays } from "../../fakes/github/bad-days.ts";
import { githubSchema } from "../../fakes/github/graph-answers.ts";
import { branchRule, LEAKED, ruleset, setSampleControls } from "../../fakes/github/slices/controls-sample.ts";
import { controlsOf } from "../../fakes/github/slices/controls-state.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";
import { collect, coverageOf, environmentWith, openFake, type OpenFake } from "./open-fake.ts";

const KINDS: readonly (readonly [step: string, kind: GitHubPolicyKind, path: string])[] = [
  ["rulesets", "ruleset", "/rulesets"],
  ["branch-protections", "branch-protection", "/graphql"],
  ["environments", "environment", "/environments"],
  ["workflows", "workflow", "/graphql"],
  ["code-owners", "code-owners", "/graphql"],
  ["actions-settings", "actions-settings", "/actions/permissions"],
  ["subject-templates", "subject-template", "/actions/oidc/customization/sub"],
];
const CONTROL = /\/(rulesets|environments|actions\/(permissions|oidc))/;
const T = "github:O_sample0001";
const PAYMENTS = `${T}:R_sample006`;
const WEB = `${T}:R_sample001`;

async function openSample(bad: BadDays = {}, recordTo?: string) {
  const opened = await openFake(bad, recordTo === undefined ? {} : { recordTo });
  setSampleControls(opened.fake.state);
  return opened;
}

/** Runs all steps, from the one named on with something going wrong. */
async function collectWith({ session, fake }: Pick<OpenFake, "session" | "fake">, from: string, bad: BadDays) {
  const parts: Partial<SnapshotRecords>[] = [];
  for (const one of session.steps) {
    if (one.step.id === from) fake.bad = bad;
    parts.push((await session.run(one)).records);
    if (one.step.id === from) fake.bad = {};
  }
  return {
    policies: parts.flatMap(({ policies = [] }) => policies),
    coverage: parts.flatMap(({ coverage = [] }) => coverage),
  };
}

const rows = ({ policies }: Pick<SnapshotRecords, "policies">, kind: GitHubPolicyKind): readonly Policy[] =>
  policies.filter((policy) => policy.kind === kind).toSorted((a, b) => (a.id < b.id ? -1 : 1));

function document<T>(records: Pick<SnapshotRecords, "policies">, id: string): T {
  const policy = records.policies.find((one) => one.id === id);
  if (policy?.document.known !== true) throw new Error(`no document ${id}: ${JSON.stringify(policy)}`);
  return JSON.parse(policy.document.value) as T;
}

describe("controls of GitHub", () => {
  test.each(Object.entries(CONTROL_QUERIES))("the query %s is valid in GitHub's schema", (_name, query) => {
    expect(validate(githubSchema(), parse(query))).toEqual([]);
  });

  test("all are read, by GitHub's own description, and the recording reads back the same", async () => {
    const folder = await temporaryFolder();
    const { session, fake } = await openSample({}, folder);
    const live = await collect(session);
    expect(fake.problems).toEqual([]);
    for (const [, kind] of KINDS)
      expect(coverageOf(live, kind as RecordKind), kind).toMatchObject({ state: "complete" });
    expect(coverageOf(live, "bypass-actor")).toMatchObject({ state: "complete", items: 4 });
    expect(coverageOf(live, "ip-allow-list")).toMatchObject({ state: "complete", items: 1 });
    expect(rows(live, "ruleset").map(({ id, holderId, name }) => [id, holderId, name])).toEqual([
      [`${T}:ruleset-501`, T, "releases"],
      [`${T}:ruleset-601`, WEB, "main"],
    ]);
    expect(rows(live, "branch-protection").map(({ id, locator }) => [id, locator])).toEqual([
      [`${PAYMENTS}/branch-protection/BPR_1`, "acme-sample/payments-api branch protection main"],
      [`${PAYMENTS}/branch-protection/BPR_2`, "acme-sample/payments-api branch protection release/*"],
    ]);
    expect(rows(live, "workflow").map(({ id }) => id)).toEqual([
      `${WEB}/workflow/.github/workflows/test.yml`,
      `${PAYMENTS}/workflow/.github/workflows/broken.yaml`,
      `${PAYMENTS}/workflow/.github/workflows/deploy.yml`,
    ]);
    expect(live.policies.filter(({ document: own }) => !own.known)).toEqual([]);
    expect(live.tenants[0]).toMatchObject({
      name: "acme-sample",
      attributes: { ipAllowListEnabled: true, immutableSubjects: false, defaultRepositoryPermission: "read" },
    });
    const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
    const recorded = await collect(again);
    for (const table of ["policies", "resources", "tenants", "coverage"] as const)
      expect(recorded[table], table).toEqual(live[table]);
  });

  test("the graph finds each control where it looks for it", async () => {
    const records = await collect((await openSample()).session);
    const snapshot = { ...records, id: "s", takenAt: "2026-11-20T08:00:00Z", asOf: "2026-11-20T08:00:00Z" };
    const of = repositoryControls(buildGraph({ ...snapshot, asOfSource: "today" } as unknown as Snapshot));
    const { protections, environments, workflows, codeOwners, subject, settings, ...payments } = of(PAYMENTS) ?? {};
    expect(payments).toMatchObject({ name: "acme-sample/payments-api", repositoryId: 7_000_006 });
    const names = (list: typeof protections) => list?.known === true && list.value.map(({ name }) => name);
    expect(names(protections)).toEqual(["main", "release/*", "releases"]);
    expect(names(of(WEB)?.protections)).toEqual(["main", "releases"]);
    // Excluded from the organization's ruleset by its name.
    expect(names(of(`${T}:R_sample002`)?.protections)).toEqual([]);
    expect(environments).toMatchObject({ known: true, value: [{ name: "preview" }, { name: "production" }] });
    expect(workflows).toMatchObject({
      known: true,
      value: [{ unreadable: expect.stringContaining("no YAML") }, { name: "deploy" }],
    });
    expect(codeOwners).toMatchObject({ known: true, value: { path: "CODEOWNERS" } });
    expect(subject).toMatchObject({ known: true, value: { claims: ["repo", "job_workflow_ref"] } });
    expect(settings).toMatchObject({ defaultPermissions: { known: true, value: "write" } });
  });

  test("only repositories with something to see are asked, and only where tokens are minted for more", async () => {
    const { session, fake } = await openSample();
    await collect(session);
    const asked = fake.requests.filter((one) => CONTROL.test(one) && !/\/(secrets|variables|runner)/.test(one)).sort();
    const own = "GET /repos/acme-sample";
    expect(asked).toEqual(
      [
        "GET /orgs/acme-sample/actions/oidc/customization/sub",
        "GET /orgs/acme-sample/actions/permissions",
        "GET /orgs/acme-sample/actions/permissions/fork-pr-workflows-private-repos",
        "GET /orgs/acme-sample/actions/permissions/workflow",
        "GET /orgs/acme-sample/rulesets",
        "GET /orgs/acme-sample/rulesets/501",
        `${own}/payments-api/actions/oidc/customization/sub`,
        `${own}/payments-api/actions/permissions/access`,
        `${own}/payments-api/actions/permissions/fork-pr-workflows-private-repos`,
        `${own}/payments-api/actions/permissions/workflow`,
        `${own}/payments-api/environments`,
        `${own}/payments-api/environments/production/deployment-branch-policies`,
        `${own}/payments-api/environments/production/deployment_protection_rules`,
        `${own}/web/actions/permissions/workflow`,
        `${own}/web/rulesets/601`,
      ].sort(),
    );
  });

  test("what a file leaks is neither in the recording nor in a record", async () => {
    const folder = await temporaryFolder();
    const { session } = await openSample({}, folder);
    const records = await collect(session);
    const recorded = await readFile(join(folder, "github/acme-sample/workflows.json"), "utf8");
    expect(recorded).toContain("role-to-assume");
    expect(recorded).not.toContain(LEAKED);
    expect(JSON.stringify(records)).not.toContain("release.sh");
  });

  test.each(KINDS)("%s refused altogether is denied with the reason, never an empty list", async (step, kind, path) => {
    const why = { message: "Resource not accessible by personal access token" };
    const { session, fake } = await openSample();
    const starts = [
      `/orgs/acme-sample${path}`,
      ...fake.state.repositories.map((one) => `/repos/${one.nameWithOwner}${path}`),
    ];
    const forbid = Object.fromEntries([path, ...starts].map((start) => [start, why]));
    const records = await collectWith({ session, fake }, step, { forbid });
    expect(rows(records, kind)).toEqual([]);
    expect(records.coverage.find((row) => row.kind === kind)).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("the token lacks a permission"),
    });
  });

  test.each(KINDS)("%s: one repository that refuses is unknown and the others are read", async (step, kind, path) => {
    const { session, fake } = await openSample();
    const controls = controlsOf(fake.state);
    // Two repositories with everything, one of which refuses.
    const [all, other] = ["acme-sample/payments-api", "acme-sample/web"];
    controls.rulesets[all] = [ruleset(602, "other")];
    controls.branchRules[other] = [branchRule("BPR_3", "main")];
    controls.environments[other] = [{ name: "production", deployment_branch_policy: null }];
    controls.files[other] = { ...controls.files[all], CODEOWNERS: "* @acme-ada-example" };
    const bad =
      path === "/graphql" ? { goneRepository: other } : { forbid: { [`/repos/${other}${path}`]: { message: "no" } } };
    const records = await collectWith({ session, fake }, step, bad);
    const own = rows(records, kind).filter(({ holderId }) => holderId === WEB);
    // The sweep names rulesets: what one demands is unknown then, not that it is there.
    const [id, name] =
      kind === "ruleset" ? [expect.stringMatching(/:ruleset-601$/), "main"] : [`${WEB}/${kind}/?`, "?"];
    expect(own).toEqual([expect.objectContaining({ id, name, document: { known: false, why: expect.any(String) } })]);
    expect(rows(records, kind).some(({ holderId, document: one }) => holderId === PAYMENTS && one.known)).toBe(true);
    expect(records.coverage.find((row) => row.kind === kind)).toMatchObject({ state: "partial" });
  });

  test.each([...KINDS.map(([step, kind]) => [step, kind] as const), ["ip-allow-list", "ip-allow-list"] as const])(
    "a recording without %s skips it",
    async (step, kind) => {
      const folder = await temporaryFolder();
      await collect((await openSample({}, folder)).session);
      await rm(join(folder, `github/acme-sample/${step}.json`));
      const again = await github.open({ mode: "recorded", path: folder, workingCopy: false }, environmentWith());
      expect(coverageOf(await collect(again), kind as RecordKind)).toMatchObject({
        state: "skipped",
        reason: `${step}.json was not given`,
      });
    },
  );

  test("the IP allow list that only owners are shown is denied, not empty", async () => {
    const { session } = await openSample({ notOwner: true });
    const records = await collect(session, "ip-allow-list");
    expect(coverageOf(records, "ip-allow-list")).toMatchObject({
      state: "denied",
      reason: expect.stringContaining("owner"),
    });
    expect(records.tenants[0]?.attributes["ipAllowListEnabled"]).toBeUndefined();
  });
});

describe("what a token does not see", () => {
  test("bypass that GitHub shows to nobody but those who may change it is unknown, not nobody", async () => {
    const { session, fake } = await openSample();
    const records = await collectWith({ session, fake }, "rulesets", { notOwner: true });
    const { rules } = document<Protection>(records, `${T}:ruleset-501`);
    expect(rules.map(({ bypass }) => bypass)).toEqual(
      rules.map(() => ({
        known: false,
        why: "GitHub shows who bypasses ruleset `releases` only to those who may change it",
      })),
    );
    expect(records.coverage.find(({ kind }) => kind === "ruleset")).toMatchObject({ state: "complete", items: 2 });
    expect(records.coverage.find(({ kind }) => kind === "bypass-actor")).toMatchObject({ state: "denied" });
  });

  test("one ruleset that keeps its bypass back makes bypass partial", async () => {
    const { session, fake } = await openSample();
    delete controlsOf(fake.state).organizationRulesets[0]?.bypass_actors;
    const records = await collect(session, "repositories", "rulesets");
    expect(coverageOf(records, "bypass-actor")).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("`releases`"),
    });
  });

  test("a repository with more rulesets than the sweep names is asked for their list", async () => {
    const { session, fake } = await openSample();
    controlsOf(fake.state).rulesets["acme-sample/web"] = [1, 2, 3, 4, 5, 6].map((n) => ruleset(700 + n, `rules ${n}`));
    const records = await collect(session, "repositories", "rulesets");
    expect(fake.requests).toContain("GET /repos/acme-sample/web/rulesets");
    const own = rows(records, "ruleset").filter(({ holderId }) => holderId === WEB);
    expect(own.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `rules ${n}`));
  });

  test("rulesets of the organization that are refused, by those that inherit them too, leave a row that says so", async () => {
    const { session, fake } = await openSample();
    const forbid = {
      "/orgs/acme-sample/rulesets": { message: "Must have admin rights" },
      "/repos/acme-sample/payments-api/rulesets": { message: "no" },
    };
    const records = await collectWith({ session, fake }, "rulesets", { forbid });
    expect(rows(records, "ruleset").map(({ id, document: own }) => [id, own.known])).toEqual([
      [`${T}/ruleset/?`, false],
      [`${T}:ruleset-601`, true],
    ]);
  });

  test("no classic rules of a repository that the token does not administer may mean hidden", async () => {
    const { session } = await openSample({ notOwner: true });
    const records = await collect(session, "repositories", "branch-protections");
    expect(rows(records, "branch-protection").every(({ document: own }) => !own.known)).toBe(true);
    expect(rows(records, "branch-protection").length).toBe(40);
    expect(coverageOf(records, "branch-protection")).toMatchObject({ state: "partial", items: 0 });
  });

  test("patterns of an environment that are refused are unknown, and the environment is there", async () => {
    const { session, fake } = await openSample();
    const place = "/repos/acme-sample/payments-api/environments/production/deployment-branch-policies";
    const records = await collectWith({ session, fake }, "environments", {
      forbid: { [place]: { message: "no" } },
    });
    expect(document(records, `${PAYMENTS}/environment/production`)).toMatchObject({
      refs: { kind: "patterns", patterns: { known: false } },
      reviewers: [{ name: "acme-ada-example" }, { name: "platform" }],
    });
  });

  test("a page that is too deep is asked again in halves, in the order it was asked", async () => {
    const { session, fake } = await openSample();
    const whole = await collect(session);
    const { session: again, fake: slow } = await openSample();
    const records = await collectWith({ session: again, fake: slow }, "code-owners", {
      first: { path: "/graphql", times: 9, status: 502, body: "<html>" },
    });
    expect(rows(records, "code-owners")).toEqual(rows(whole, "code-owners"));
    expect(slow.requests.length).toBeGreaterThan(fake.requests.length);
  });

  test("a GitHub that answers no page in time is denied after a few tries", async () => {
    const opened = await openSample();
    const records = await collectWith(opened, "code-owners", {
      first: { path: "/graphql", times: 10_000, status: 502, body: "<html>" },
    });
    expect(records.coverage.find(({ kind }) => kind === "code-owners")).toMatchObject({
      state: "denied",
      reason: "GitHub could not answer even small pages in time",
    });
    expect(opened.fake.requests.filter((one) => one === "POST /graphql").length).toBeLessThan(60);
  });
});
