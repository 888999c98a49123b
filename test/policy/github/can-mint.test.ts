// Long because its cases are one table, a field to a line.
import { describe, expect, test } from "vitest";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { TokenDemand } from "../../../src/policy/bridge/token-demand.ts";
import { canMint, type MintOptions } from "../../../src/policy/github/can-mint.ts";
import { passiveWays } from "../../../src/policy/github/passive-ways.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import {
  actorOf,
  classic,
  controlsOf,
  environmentOf,
  names,
  reviews,
  rule,
  ruleset,
  workflowOf,
} from "./controls-of.ts";

const wren = actorOf("wren", { userId: 7 });
const ann = actorOf("ann");
const admin = actorOf("ada", { role: "admin" });
const rae = actorOf("rae", { role: "read", writesContents: false });
const app = actorOf("shipper", { kind: "app", role: "none", login: null });
const codeOnly = actorOf("builder", { kind: "app", role: "none", login: null, editsWorkflows: known(false) });
const key = actorOf("release key", { kind: "deploy-key", role: "none", login: null });
const both = { approvers: [wren, ann] };
const settings = controlsOf().settings;

const demandOf = (given: Partial<TokenDemand> = {}): TokenDemand => ({
  statement: 0,
  job: "branch",
  environment: null,
  ref: names("main"),
  refKind: "branch",
  workflow: null,
  jobWorkflow: null,
  actor: null,
  actorIds: null,
  event: null,
  needs: [],
  missing: [],
  ...given,
});
const closed = known([ruleset("main", [rule(reviews(1))])]);
const sealed = known([ruleset("~ALL", [rule(reviews(1)), rule({ kind: "creation" })])]);
const pulls: Partial<TokenDemand> = { job: "pull-request", ref: names("*"), pullRequest: names("*") };
const production: Partial<TokenDemand> = { job: "environment", environment: names("production"), ref: names("*") };
const forks = { ...settings, forksGetWriteTokens: known(true), forksNeedApproval: known(false) };
const forked: Partial<TokenDemand> = { ...pulls, job: "environment", environment: names("production") };
const shared = { jobWorkflow: names("acme/shared/.github/workflows/deploy.yml@refs/heads/main") };
const there = (controls: Partial<RepositoryControls>, actor: PushActor | null = wren): MintOptions => ({
  otherRepository: (name) =>
    name === "acme/shared" ? { controls: controlsOf({ ...controls, name }), actor, others: both } : undefined,
});

interface Row {
  readonly name: string;
  readonly actor?: PushActor;
  readonly controls?: Partial<RepositoryControls>;
  readonly demand?: Partial<TokenDemand>;
  readonly options?: MintOptions;
  readonly state: FourValued;
  readonly says: string;
}

const ROWS: readonly Row[] = [
  { name: "a writer on an open branch", state: "yes", says: "pushes to branch `main`" },
  { name: "a reader", actor: rae, state: "no", says: "no role" },
  {
    name: "a closed branch takes an approval",
    controls: { protections: closed },
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "an administrator changes the protection first",
    actor: admin,
    controls: { protections: closed },
    state: "yes",
    says: "by first changing protection",
  },
  {
    name: "unless that is left out",
    actor: admin,
    controls: { protections: closed },
    options: { protectionsAsTheyAre: true },
    state: "conditional",
    says: "1 approval",
  },
  {
    name: "whether rules may be edited decides where nothing else helps",
    actor: actorOf("odd", { permissions: unknown("roles") }),
    controls: { protections: known([ruleset("main", [rule({ kind: "update" })])]) },
    state: "unknown",
    says: "roles",
  },
  {
    name: "an open branch beside a closed one",
    controls: { protections: closed },
    demand: { ref: names("main", "next") },
    state: "yes",
    says: "`next`",
  },
  {
    name: "a slash more (O17)",
    controls: { protections: known([classic("release/*", [rule(reviews(1)), rule({ kind: "creation" })])]) },
    demand: { ref: names("release/*") },
    state: "yes",
    says: "release/x/x",
  },
  {
    name: "a new branch under a required pull request",
    controls: { protections: known([ruleset("release/**/*", [rule(reviews(1))])]) },
    demand: { ref: names("release/*") },
    state: "yes",
    says: "creates branch",
  },
  {
    name: "a tag",
    demand: { job: "tag", refKind: "tag", ref: names("v*") },
    controls: { protections: sealed },
    state: "yes",
    says: "tag `v",
  },
  {
    name: "a tag that is closed has no pull request",
    demand: { job: "tag", refKind: "tag", ref: names("v*") },
    controls: {
      protections: known([ruleset("~ALL", [rule({ kind: "creation" }), rule({ kind: "update" })], { target: "tag" })]),
    },
    state: "no",
    says: "ruleset `gate`",
  },
  { name: "an archived repository", controls: { archived: true }, state: "no", says: "archived" },
  {
    name: "Actions switched off",
    controls: { settings: { ...settings, enabled: known(false) } },
    state: "no",
    says: "switched off",
  },
  {
    name: "protections that were not read",
    controls: { protections: unknown("rulesets") },
    state: "unknown",
    says: "rulesets",
  },
  {
    name: "an app that may not edit workflows, and none is there",
    actor: codeOnly,
    state: "no",
    says: "may not change workflows",
  },
  {
    name: "but one asks for the token already",
    actor: codeOnly,
    controls: { workflows: known([workflowOf()]) },
    state: "conditional",
    says: "to run what was pushed",
  },
  {
    name: "not one that is disabled",
    actor: codeOnly,
    controls: { workflows: known([workflowOf({ enabled: false })]) },
    state: "no",
    says: "may not change workflows",
  },
  {
    name: "nor one that asks for none",
    actor: codeOnly,
    controls: { workflows: known([workflowOf({}, { mintsToken: false })]) },
    state: "no",
    says: "may not change workflows",
  },
  {
    name: "nor one of pull requests",
    actor: codeOnly,
    controls: { workflows: known([workflowOf({ events: ["pull_request"] })]) },
    state: "no",
    says: "may not",
  },
  {
    name: "nor one in an environment",
    actor: codeOnly,
    controls: { workflows: known([workflowOf({}, { environment: "production" })]) },
    state: "no",
    says: "may not",
  },
  {
    name: "workflows that were not read",
    actor: codeOnly,
    controls: { workflows: unknown("contents") },
    state: "unknown",
    says: "contents",
  },
  {
    name: "a workflow that could not be parsed",
    actor: codeOnly,
    controls: { workflows: known([workflowOf({ unreadable: "not YAML" })]) },
    state: "unknown",
    says: "not YAML",
  },
  {
    name: "paths that are closed leave the workflow that is there",
    controls: {
      workflows: known([workflowOf()]),
      protections: known([ruleset("", [rule({ kind: "file-paths", paths: [".github/**/*"] })], { target: "push" })]),
    },
    state: "conditional",
    says: "to run what was pushed",
  },
  {
    name: "a pull request takes any branch",
    controls: { protections: closed },
    demand: pulls,
    state: "yes",
    says: "opens a pull request",
  },
  {
    name: "a pull request where no branch is open",
    controls: { protections: sealed },
    demand: pulls,
    state: "no",
    says: "asks for a pull request",
  },
  { name: "a key opens none", actor: key, demand: pulls, state: "conditional", says: "a pull request that is open" },
  { name: "a fork gets none", actor: rae, demand: pulls, state: "no", says: "no role" },
  {
    name: "a fork gets one where that is set, and its run waits for nobody",
    actor: rae,
    controls: { settings: forks },
    demand: pulls,
    state: "yes",
    says: "pull requests of forks",
  },
  {
    name: "its run may have to be approved",
    actor: rae,
    controls: { settings: { ...forks, forksNeedApproval: known(true) } },
    demand: pulls,
    state: "conditional",
    says: "somebody who writes to `acme/api` to approve",
  },
  {
    name: "whether it has to may not be known",
    actor: rae,
    controls: { settings: { ...forks, forksNeedApproval: unknown("approvals") } },
    demand: pulls,
    state: "conditional",
    says: "where one is asked for",
  },
  {
    name: "who writes waits for nobody with a fork",
    controls: {
      protections: sealed,
      settings: { ...forks, forksNeedApproval: known(true) },
    },
    demand: pulls,
    state: "yes",
    says: "pull requests of forks",
  },
  {
    name: "what nobody may fork has no forks",
    actor: rae,
    controls: { settings: forks, forking: known(false) },
    demand: pulls,
    state: "no",
    says: "no role",
  },
  {
    name: "whether it may be forked may not be known",
    actor: rae,
    controls: { settings: forks, forking: unknown("forking") },
    demand: pulls,
    state: "unknown",
    says: "forking",
  },
  {
    name: "who cannot read cannot fork",
    actor: actorOf("out", { role: "none", writesContents: false }),
    controls: { settings: forks },
    demand: pulls,
    state: "no",
    says: "no role",
  },
  {
    name: "a fork's job in an environment that does not exist",
    actor: rae,
    controls: { settings: forks },
    demand: forked,
    state: "yes",
    says: "pull requests of forks",
  },
  {
    name: "in one with reviewers",
    actor: rae,
    controls: {
      settings: forks,
      environments: known([
        environmentOf("production", { reviewers: [{ type: "user", id: "github:O_1:ann", name: "ann" }] }),
      ]),
    },
    demand: forked,
    state: "conditional",
    says: "approval of `ann`",
  },
  {
    name: "rules of another environment are nothing to it",
    actor: rae,
    controls: {
      settings: forks,
      environments: known([
        environmentOf("stage", { reviewers: [{ type: "user", id: "github:O_1:ann", name: "ann" }] }),
        environmentOf("production"),
      ]),
    },
    demand: forked,
    state: "yes",
    says: "pull requests of forks",
  },
  {
    name: "in environments nobody read",
    actor: rae,
    controls: { settings: forks, environments: unknown("environments") },
    demand: forked,
    state: "unknown",
    says: "environments",
  },
  {
    name: "a fork's own workflow may be asked for",
    actor: rae,
    controls: { settings: forks },
    demand: { ...pulls, jobWorkflow: names("acme/api/.github/workflows/*") },
    state: "yes",
    says: "pull requests of forks",
  },
  {
    name: "one of a branch is out of its reach",
    actor: rae,
    controls: { settings: forks },
    demand: { ...pulls, jobWorkflow: names("acme/api/.github/workflows/x.yml@refs/heads/main") },
    state: "no",
    says: "no role",
  },
  {
    name: "but never in public",
    actor: rae,
    controls: { visibility: "public", settings: { ...settings, forksGetWriteTokens: known(true) } },
    demand: pulls,
    state: "no",
    says: "no role",
  },
  {
    name: "whether it is set may not be known",
    actor: rae,
    controls: { settings: { ...settings, forksGetWriteTokens: unknown("settings") } },
    demand: pulls,
    state: "unknown",
    says: "settings",
  },
  {
    name: "a fork is for pull requests only",
    actor: rae,
    controls: { settings: { ...settings, forksGetWriteTokens: known(true) } },
    state: "no",
    says: "no role",
  },
  {
    name: "an environment that does not exist",
    controls: { protections: closed },
    demand: production,
    state: "yes",
    says: "does not exist",
  },
  {
    name: "an environment with a reviewer",
    controls: {
      environments: known([environmentOf("production", { reviewers: [{ type: "team", id: "t", name: "platform" }] })]),
    },
    demand: production,
    state: "conditional",
    says: "approval of `platform`",
  },
  {
    name: "an environment of a closed branch",
    controls: {
      protections: closed,
      environments: known([
        environmentOf("production", {
          refs: { kind: "patterns", patterns: known([{ type: "branch", pattern: "main" }]) },
        }),
      ]),
    },
    demand: production,
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "an administrator changes the environment first",
    actor: admin,
    controls: {
      environments: known([environmentOf("production", { reviewers: [{ type: "team", id: "t", name: "platform" }] })]),
    },
    demand: production,
    state: "yes",
    says: "by first changing protection, then: environment `production` has no reviewers",
  },
  {
    name: "the workflow that is asked for",
    demand: { workflow: names(".github/workflows/deploy.yml") },
    state: "yes",
    says: "pushes",
  },
  {
    name: "a workflow that cannot be",
    demand: { workflow: names("deploy.yml") },
    state: "no",
    says: "no workflow file",
  },
  {
    name: "the very path is closed",
    controls: {
      protections: known([
        ruleset("", [rule({ kind: "file-paths", paths: [".github/workflows/deploy.yml"] })], { target: "push" }),
      ]),
    },
    demand: { workflow: names(".github/workflows/deploy.yml") },
    state: "no",
    says: "keeps workflow files",
  },
  {
    name: "the name of a workflow is its author's",
    demand: { workflowName: names("deploy") },
    state: "yes",
    says: "pushes",
  },
  { name: "another actor", demand: { actor: names("ann") }, state: "no", says: "another `actor`" },
  { name: "the actor himself", demand: { actor: names("wren"), actorIds: names("7") }, state: "yes", says: "pushes" },
  { name: "another number", demand: { actorIds: names("8") }, state: "no", says: "another `actor_id`" },
  {
    name: "what an app is called in tokens",
    actor: app,
    demand: { actor: names("shipper*") },
    state: "unknown",
    says: "`actor`",
  },
  { name: "any actor", actor: app, demand: { actor: names("*") }, state: "yes", says: "pushes" },
  { name: "the event of a push", demand: { event: names("push") }, state: "yes", says: "pushes" },
  {
    name: "the event of a pull request, for a branch",
    demand: { event: names("pull_request") },
    state: "conditional",
    says: "pull_request",
  },
  {
    name: "another event, for a pull request",
    demand: { ...pulls, event: names("push") },
    state: "no",
    says: "no event",
  },
  {
    name: "a manual run takes a workflow that can be run so",
    demand: { event: names("workflow_dispatch") },
    state: "conditional",
    says: "workflow_dispatch",
  },
  {
    name: "which may be there",
    controls: { workflows: known([workflowOf({ events: ["workflow_dispatch"] })]) },
    demand: { event: names("workflow_dispatch") },
    state: "yes",
    says: "pushes",
  },
  {
    name: "other conditions of the trust",
    demand: { needs: ["`aws:SourceIp` in 192.0.2.0/24"] },
    state: "conditional",
    says: "192.0.2.0/24",
  },
  {
    name: "what was not read of the token",
    demand: { missing: ["the subject template"] },
    state: "unknown",
    says: "subject template",
  },
  {
    name: "does not matter to who gets nowhere",
    actor: rae,
    demand: { missing: ["the subject template"] },
    state: "no",
    says: "no role",
  },
  {
    name: "its own workflow, called at a branch",
    demand: { jobWorkflow: names("acme/api/.github/workflows/deploy.yml@refs/heads/*") },
    state: "yes",
    says: "pushes",
  },
  {
    name: "its own workflow at a closed branch",
    controls: { protections: known([ruleset("main", [rule({ kind: "update" })])]) },
    demand: { ref: names("*"), jobWorkflow: names("acme/api/.github/workflows/deploy.yml@refs/heads/main") },
    state: "no",
    says: "restricts",
  },
  {
    name: "its own workflow at a tag anybody makes",
    controls: { protections: known([ruleset("~ALL", [rule({ kind: "update" })], { exclude: ["dev"] })]) },
    demand: { ref: names("dev"), jobWorkflow: names("acme/api/.github/workflows/deploy.yml@refs/tags/v*") },
    state: "yes",
    says: "pushes",
  },
  { name: "another repository's workflow", demand: shared, state: "unknown", says: "`acme/shared`" },
  { name: "which the actor can change too", demand: shared, options: there({}), state: "yes", says: "pushes" },
  {
    name: "which somebody has to approve",
    demand: shared,
    options: there({ protections: closed }),
    state: "conditional",
    says: "1 approval",
  },
  { name: "where he is nobody", demand: shared, options: there({}, null), state: "no", says: "out of reach" },
  { name: "where he only reads", demand: shared, options: there({}, rae), state: "no", says: "no role" },
  {
    name: "and which one does not matter to a reader",
    actor: rae,
    demand: shared,
    options: there({}, rae),
    state: "no",
    says: "no role",
  },
  {
    name: "a workflow of whichever repository",
    demand: { jobWorkflow: names("acme/*/.github/workflows/deploy.yml@refs/heads/main") },
    state: "yes",
    says: "pushes",
  },
  {
    name: "a workflow that calls another repository's, with code of one's own",
    controls: { workflows: known([workflowOf({}, { calls: "acme/shared/.github/workflows/deploy.yml@main" })]) },
    demand: shared,
    state: "conditional",
    says: "to run what was pushed",
  },
];

describe("who gets a token", () => {
  test.each(ROWS)("$name: $state", ({ actor, controls, demand, options, state, says }) => {
    const reach = canMint(actor ?? wren, controlsOf(controls), demandOf(demand), both, options);
    const words = [reach.why, ...reach.needs, ...reach.missing].join("; ");
    expect({ state: reach.state, words }).toMatchObject({ state, words: expect.stringContaining(says) });
    expect([reach.needs.length > 0, reach.missing.length > 0]).toEqual([state === "conditional", state === "unknown"]);
  });

  test("two thousand repositories with forty actors each are answered", () => {
    const demand = demandOf({ ref: names("release/*"), workflow: names(".github/workflows/deploy.yml") });
    const actors = Array.from({ length: 40 }, (_, n) => actorOf(`u${n}`, { role: n % 4 === 0 ? "admin" : "write" }));
    const states = new Set<string>();
    for (let n = 0; n < 2000; n += 1) {
      const controls = controlsOf({
        id: `r${n}`,
        name: `acme/r${n}`,
        protections: known([
          classic("release/*", [rule(reviews(1))]),
          ruleset("~ALL", [rule(reviews(2)), rule({ kind: "creation" })]),
        ]),
      });
      for (const actor of actors) states.add(canMint(actor, controls, demand, { approvers: actors }).state);
    }
    expect([...states].sort()).toEqual(["conditional", "yes"]);
  });
});

describe("ways that take somebody's mistake", () => {
  const waysOf = (workflow: ReturnType<typeof workflowOf>): readonly string[] =>
    passiveWays(controlsOf({ workflows: known([workflow]) })).map(({ kind, who }) => `${kind} ${who}`);
  const CASES: readonly [string, ReturnType<typeof workflowOf>, readonly string[]][] = [
    ["a plain job", workflowOf(), []],
    [
      "a stranger's code",
      workflowOf({ events: ["pull_request_target"] }, { checksOutHead: true }),
      ["checks-out-head anybody"],
    ],
    ["a stranger's words", workflowOf({}, { injectable: ["github.event.issue.title"] }), ["injection anybody"]],
    ["a manual run", workflowOf({ events: ["push", "workflow_dispatch"] }), ["manual-run writers"]],
    ["a machine of one's own", workflowOf({}, { runsOn: ["self-hosted", "linux"] }), ["self-hosted-runner writers"]],
    ["an action that moves", workflowOf({}, { uses: ["elsewhere/setup@v1"] }), ["unpinned-action outsiders"]],
    [
      "actions that do not, or are trusted",
      workflowOf(
        {},
        { uses: [`elsewhere/setup@${"0".repeat(40)}`, "actions/checkout@v4", "acme/setup@main", "./local"] },
      ),
      [],
    ],
    ["a job without a token", workflowOf({}, { mintsToken: false, checksOutHead: true }), []],
    ["a disabled workflow", workflowOf({ enabled: false }, { checksOutHead: true }), []],
  ];
  test.each(CASES)("%s", (_, workflow, expected) => {
    expect(waysOf(workflow)).toEqual(expected);
  });

  test("all are conditional and say on what", () => {
    const controls = controlsOf({
      workflows: known([workflowOf({}, { checksOutHead: true, runsOn: ["self-hosted"] })]),
    });
    for (const { reach } of passiveWays(controls))
      expect([reach.state, reach.needs.length]).toEqual(["conditional", 1]);
  });
});
