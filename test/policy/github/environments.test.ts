import { describe, expect, test } from "vitest";
import type { DeploymentEnvironment } from "../../../src/model/deployment-environment.ts";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection } from "../../../src/model/protection.ts";
import { canUseEnvironment } from "../../../src/policy/github/can-use-environment.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import { actorOf, bypass, classic, controlsOf, environmentOf, names, reviews, rule, ruleset } from "./controls-of.ts";

const wren = actorOf("wren");
const teamed = actorOf("tess", { teams: ["github:O_1:platform"] });
const admin = actorOf("ada", { role: "admin" });
const app = actorOf("shipper", { kind: "app", role: "none", login: null });
const person = (login: string): DeploymentEnvironment["reviewers"][number] => ({
  type: "user",
  id: `github:O_1:${login}`,
  name: login,
});
const platform: DeploymentEnvironment["reviewers"][number] = {
  type: "team",
  id: "github:O_1:platform",
  name: "platform",
};
const refs = (...patterns: readonly string[]): Partial<DeploymentEnvironment> => ({
  refs: {
    kind: "patterns",
    patterns: known(
      patterns.map((text) =>
        text.startsWith("tag:") ? { type: "tag", pattern: text.slice(4) } : { type: "branch", pattern: text },
      ),
    ),
  },
});
const closedMain = classic("main", [rule(reviews(1))]);

interface Row {
  readonly name: string;
  readonly actor?: PushActor;
  readonly environments: Partial<DeploymentEnvironment> | null | "unread";
  readonly layers?: readonly Protection[];
  readonly kind?: "branch" | "tag" | "pull-request";
  readonly environment?: string;
  readonly ref?: string;
  readonly state: FourValued;
  readonly says: string;
}

const ROWS: readonly Row[] = [
  { name: "one that does not exist is created", environments: null, state: "yes", says: "does not exist" },
  {
    name: "not by a reader",
    actor: actorOf("rae", { role: "read", writesContents: false }),
    environments: null,
    state: "no",
    says: "no role",
  },
  {
    name: "not on a ref that is closed",
    environments: null,
    layers: [closedMain],
    ref: "main",
    state: "no",
    says: "pull request",
  },
  {
    name: "the same name in other case exists",
    environment: "Production",
    environments: { reviewers: [platform] },
    state: "no",
    says: "no environment",
  },
  {
    name: "a pattern finds a name that does not exist",
    environment: "prod*",
    environments: { reviewers: [platform] },
    state: "yes",
    says: "`prod` does not exist",
  },
  {
    name: "environments that were not read",
    environments: "unread",
    state: "unknown",
    says: "environments were not read",
  },
  { name: "without rules", environments: {}, state: "yes", says: "no reviewers" },
  { name: "waiting is no obstacle", environments: { waitMinutes: 30 }, state: "yes", says: "after 30 minutes" },
  {
    name: "a reviewer's approval",
    environments: { reviewers: [platform, person("ann")] },
    state: "conditional",
    says: "approval of `platform` or `ann`",
  },
  {
    name: "a reviewer approves himself",
    environments: { reviewers: [person("wren")] },
    state: "yes",
    says: "reviews deployments",
  },
  {
    name: "a member of a team that reviews too",
    actor: teamed,
    environments: { reviewers: [platform] },
    state: "yes",
    says: "reviews deployments",
  },
  {
    name: "not where that is prevented",
    environments: { reviewers: [person("wren"), person("ann")], preventSelfReview: true },
    state: "conditional",
    says: "approval of `ann`",
  },
  {
    name: "prevented for the only reviewer",
    environments: { reviewers: [person("wren")], preventSelfReview: true },
    state: "no",
    says: "nobody but `wren`",
  },
  {
    name: "prevented for a member of the team: the others approve",
    actor: teamed,
    environments: { reviewers: [platform], preventSelfReview: true },
    state: "conditional",
    says: "approval of `platform`",
  },
  {
    name: "an administrator who may skip the rules",
    actor: admin,
    environments: { reviewers: [platform], gates: ["scanner"], adminsBypass: known(true) },
    state: "yes",
    says: "may skip",
  },
  {
    name: "an administrator who may not",
    actor: admin,
    environments: { reviewers: [platform] },
    state: "conditional",
    says: "`platform`",
  },
  {
    name: "whether he may was not read, and others can approve",
    actor: admin,
    environments: { reviewers: [platform], adminsBypass: unknown("bypass") },
    state: "conditional",
    says: "`platform`",
  },
  {
    name: "whether he may was not read, and nobody else can",
    actor: admin,
    environments: { reviewers: [person("ada")], preventSelfReview: true, adminsBypass: unknown("bypass") },
    state: "unknown",
    says: "bypass",
  },
  {
    name: "a writer skips nothing",
    environments: { reviewers: [platform], adminsBypass: known(true) },
    state: "conditional",
    says: "`platform`",
  },
  {
    name: "an app reviews nothing",
    actor: app,
    environments: { reviewers: [platform] },
    state: "conditional",
    says: "`platform`",
  },
  { name: "a gate decides", environments: { gates: ["scanner"] }, state: "conditional", says: "`scanner` to let" },
  {
    name: "a gate beside one's own review",
    environments: { reviewers: [person("wren")], gates: ["scanner"] },
    state: "conditional",
    says: "`scanner`",
  },
  {
    name: "protected branches, and the only one is closed",
    environments: { refs: { kind: "protected" } },
    layers: [closedMain],
    state: "no",
    says: "pull request",
  },
  {
    name: "protected branches, by wildcard and open for new ones",
    environments: { refs: { kind: "protected" } },
    layers: [closedMain, classic("release/*", [rule(reviews(1))])],
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "protected branches where there are none: every one",
    environments: { refs: { kind: "protected" } },
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "a ruleset makes no protected branch",
    environments: { refs: { kind: "protected" } },
    layers: [ruleset("main", [rule(reviews(1))])],
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "a tag is no protected branch",
    kind: "tag",
    environments: { refs: { kind: "protected" } },
    layers: [closedMain],
    state: "no",
    says: "tag",
  },
  {
    name: "patterns of branches: the closed one",
    environments: refs("main"),
    layers: [closedMain],
    state: "no",
    says: "pull request",
  },
  {
    name: "patterns of branches: an open one",
    environments: refs("main", "hotfix/*"),
    layers: [closedMain],
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "patterns of branches and what the token says have to meet",
    environments: refs("hotfix/*"),
    ref: "release/*",
    state: "no",
    says: "no branch can have the name",
  },
  {
    name: "patterns stop at a slash",
    environments: refs("release/*"),
    layers: [ruleset("release/*", [rule(reviews(1)), rule({ kind: "creation" })])],
    state: "no",
    says: "ruleset `gate`",
  },
  { name: "patterns of tags are none of branches", environments: refs("tag:v*"), state: "no", says: "no branch" },
  { name: "patterns of tags", kind: "tag", environments: refs("tag:v*"), ref: "*", state: "yes", says: "no reviewers" },
  {
    name: "patterns that could not be listed",
    environments: { refs: { kind: "patterns", patterns: unknown("patterns") } },
    state: "unknown",
    says: "patterns",
  },
  { name: "no pattern at all", environments: refs(), state: "no", says: "no branch" },
  {
    name: "a pull request, where any ref deploys",
    kind: "pull-request",
    environments: {},
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "a pull request, where branches deploy",
    kind: "pull-request",
    environments: refs("main", "feature/*"),
    state: "no",
    says: "pull requests may not deploy",
  },
  {
    name: "a pull request, where merges deploy",
    kind: "pull-request",
    environments: refs("refs/pull/*/merge"),
    state: "yes",
    says: "no reviewers",
  },
  {
    name: "review and checks add up",
    environments: { reviewers: [platform] },
    layers: [ruleset("~ALL", [rule({ kind: "status-checks", checks: ["build"], strict: true })])],
    state: "conditional",
    says: "status check `build`",
  },
  {
    name: "who bypasses the branch still needs the review",
    layers: [ruleset("main", [rule(reviews(1), [bypass("user", "wren")])])],
    ref: "main",
    environments: { reviewers: [platform] },
    state: "conditional",
    says: "`platform`",
  },
];

describe("who uses an environment", () => {
  test.each(ROWS)("$name: $state", ({ actor, environments, layers, kind, environment, ref, state, says }) => {
    const list =
      environments === null ? [] : environments === "unread" ? [] : [environmentOf("production", environments)];
    const controls = controlsOf({
      protections: known(layers ?? []),
      environments: environments === "unread" ? unknown("environments were not read") : known(list),
    });
    const reach = canUseEnvironment(actor ?? wren, controls, names(environment ?? "production"), {
      kind: kind ?? "branch",
      demand: names(ref ?? "*"),
    });
    const words = [reach.why, ...reach.needs, ...reach.missing].join("; ");
    expect({ state: reach.state, words }).toMatchObject({ state, words: expect.stringContaining(says) });
  });

  test("the best of several environments counts", () => {
    const controls = controlsOf({
      environments: known([environmentOf("prod-eu", { reviewers: [platform] }), environmentOf("prod-us")]),
    });
    const demand = {
      all: [
        [
          { syntax: "exact", pattern: "prod-eu" },
          { syntax: "exact", pattern: "prod-us" },
        ],
      ],
      none: [],
    } as const;
    expect(canUseEnvironment(wren, controls, demand, { kind: "branch", demand: names("*") }).state).toBe("yes");
  });
});
