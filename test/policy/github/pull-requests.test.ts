// Long because its cases are one table, a field to a line.
import { describe, expect, test } from "vitest";
import type { CodeOwners } from "../../../src/model/code-owners.ts";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Others } from "../../../src/policy/github/approvals.ts";
import { canLandViaPullRequest } from "../../../src/policy/github/can-land-via-pr.ts";
import { codeOwnersOf } from "../../../src/policy/github/code-owner-of.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import { actorOf, bypass, classic, controlsOf, names, reviews, rule, ruleset } from "./controls-of.ts";

const wren = actorOf("wren");
const [ann, bob, cid, dee] = ["ann", "bob", "cid", "dee"].map((login) => actorOf(login));
const rae = actorOf("rae", { role: "read", writesContents: false });
const key = actorOf("release key", { kind: "deploy-key", role: "none", login: null });
const crowd: Others = { approvers: [wren, ann, bob, cid, dee].filter((one) => one !== undefined) };
const pair: Others = { approvers: [wren, ...(ann === undefined ? [] : [ann])] };
const alone: Others = { approvers: [wren, rae, key] };
const main = names("main");
const settings = controlsOf().settings;
const approving = { settings: { ...settings, canApprovePullRequests: known(true) } };
const owners = (...list: readonly string[]): Partial<RepositoryControls> => ({
  codeOwners: known({ path: "CODEOWNERS", rules: [{ pattern: ".github/", owners: list }], errors: [] }),
});
const owned = reviews(1, { codeOwners: true });
const lax = reviews(1, { dismissStale: false, lastPushApproval: false });
const gate = (demand = reviews(1)): readonly Protection[] => [ruleset("main", [rule(demand)])];

interface Row {
  readonly name: string;
  readonly actor?: PushActor;
  readonly layers: readonly Protection[];
  readonly others?: Others;
  readonly more?: Partial<RepositoryControls>;
  readonly state: FourValued;
  readonly says: string;
}

const ROWS: readonly Row[] = [
  { name: "without protection one merges oneself", layers: [], state: "yes", says: "merges into branch `main`" },
  { name: "no approval is asked for", layers: gate(reviews(0)), state: "yes", says: "need no approval" },
  {
    name: "an approval of one colleague",
    layers: gate(),
    others: pair,
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "an approval of many is told by their number",
    layers: gate(),
    state: "conditional",
    says: "1 approval from among 4 people",
  },
  {
    name: "two approvals of two",
    layers: gate(reviews(2)),
    others: { approvers: [wren, actorOf("ann"), actorOf("bob")] },
    state: "conditional",
    says: "2 approvals from `ann`, `bob`",
  },
  { name: "nobody else can approve", layers: gate(), others: alone, state: "no", says: "nobody else can approve" },
  {
    name: "readers and keys approve nothing, laxness or not",
    layers: gate(lax),
    others: alone,
    state: "no",
    says: "nobody else can approve",
  },
  { name: "too few can approve", layers: gate(reviews(2)), others: pair, state: "no", says: "only 1 others" },
  {
    name: "a token of the actor's is nobody else",
    layers: gate(),
    others: { approvers: [wren, actorOf("wren's token", { kind: "token", login: "Wren" })] },
    state: "no",
    says: "nobody else",
  },
  {
    name: "two tokens of one person are one",
    layers: gate(reviews(2)),
    others: { approvers: [actorOf("ann"), actorOf("ann's token", { kind: "token", login: "ann" })] },
    state: "no",
    says: "only 1 others",
  },
  {
    name: "who can approve may not be known",
    layers: gate(),
    others: { approvers: [], missing: ["teams of the repository"] },
    state: "unknown",
    says: "teams of the repository",
  },
  {
    name: "and does not matter once there are enough",
    layers: gate(),
    others: { ...pair, missing: ["teams of the repository"] },
    state: "conditional",
    says: "`ann`",
  },
  {
    name: "bypass for pull requests merges without",
    layers: [ruleset("main", [rule(reviews(2), [bypass("user", "wren", "pull-request")])])],
    others: alone,
    state: "yes",
    says: "merges",
  },
  {
    name: "bypass for always too",
    layers: [ruleset("main", [rule(reviews(2), [bypass("user", "wren")])])],
    others: alone,
    state: "yes",
    says: "merges",
  },
  {
    name: "unknown bypass leaves the condition that is certain",
    layers: [ruleset("main", [rule(reviews(1), null)])],
    others: pair,
    state: "conditional",
    says: "`ann`",
  },
  {
    name: "and may be the only way",
    layers: [ruleset("main", [rule(reviews(1), null)])],
    others: alone,
    state: "unknown",
    says: "not shown",
  },
  {
    name: "the strictest of two layers counts",
    layers: [...gate(reviews(1)), classic("main", [rule(reviews(2))])],
    others: pair,
    state: "no",
    says: "2 approvals",
  },
  {
    name: "what one layer's bypass spares another asks for",
    layers: [ruleset("main", [rule(reviews(1), [bypass("user", "wren")])]), classic("main", [rule(reviews(1))])],
    others: pair,
    state: "conditional",
    says: "classic rule `main`",
  },
  {
    name: "two layers are one pull request",
    layers: [...gate(reviews(1)), classic("main", [rule(reviews(2))])],
    state: "conditional",
    says: "the layers ask for 2 approvals; 2 approvals from among 4 people",
  },
  {
    name: "checks of another layer stay needed",
    layers: [
      ...gate(reviews(1)),
      classic("main", [rule(reviews(1)), rule({ kind: "status-checks", checks: ["build"], strict: false })]),
    ],
    state: "conditional",
    says: "status check `build`",
  },
  {
    name: "checks alone",
    layers: [ruleset("main", [rule({ kind: "status-checks", checks: ["build"], strict: false })])],
    state: "conditional",
    says: "status check `build`",
  },
  {
    name: "the merge queue is the way in",
    layers: [ruleset("main", [rule({ kind: "merge-queue" })])],
    state: "yes",
    says: "merges",
  },
  { name: "a lock stops a merge", layers: [classic("main", [rule({ kind: "lock" })])], state: "no", says: "locks it" },
  {
    name: "restricted updates stop a merge",
    layers: [ruleset("main", [rule({ kind: "update" })])],
    state: "no",
    says: "restricts",
  },
  {
    name: "but not with bypass for pull requests",
    layers: [ruleset("main", [rule({ kind: "update" }, [bypass("user", "wren", "pull-request")])])],
    state: "yes",
    says: "merges",
  },
  {
    name: "Actions approve where they may",
    layers: gate(),
    others: alone,
    more: approving,
    state: "yes",
    says: "Actions may approve",
  },
  {
    name: "and give one approval of two",
    layers: gate(reviews(2)),
    others: pair,
    more: approving,
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "not where workflows cannot be edited",
    actor: { ...wren, editsWorkflows: known(false) },
    layers: gate(),
    others: alone,
    more: approving,
    state: "no",
    says: "nobody else",
  },
  {
    name: "not where no branch is open to run one",
    layers: [ruleset("~ALL", [rule(reviews(1)), rule({ kind: "creation" })])],
    others: alone,
    more: approving,
    state: "no",
    says: "nobody else",
  },
  {
    name: "whether they may is asked where nothing else helps",
    layers: gate(),
    others: alone,
    more: { settings: { ...settings, canApprovePullRequests: unknown("settings") } },
    state: "unknown",
    says: "Actions may approve",
  },
  {
    name: "and not where colleagues help",
    layers: gate(),
    others: pair,
    more: { settings: { ...settings, canApprovePullRequests: unknown("settings") } },
    state: "conditional",
    says: "`ann`",
  },
  {
    name: "Actions own no code",
    layers: gate(owned),
    others: pair,
    more: { ...approving, ...owners("@ann") },
    state: "conditional",
    says: "code owner: `@ann`",
  },
  {
    name: "but open what a code owner then approves",
    layers: gate(reviews(1, { codeOwners: true, lastPushApproval: false })),
    others: alone,
    more: { ...approving, ...owners("@wren") },
    state: "yes",
    says: "Actions may approve",
  },
  {
    name: "unless the last pusher may not",
    layers: gate(owned),
    others: alone,
    more: { ...approving, ...owners("@wren") },
    state: "no",
    says: "nobody else",
  },
  {
    name: "a team of code owners",
    layers: gate(owned),
    more: owners("@acme/platform"),
    state: "conditional",
    says: "code owner: `@acme/platform`",
  },
  {
    name: "code owners who cannot write are not asked",
    layers: gate(owned),
    others: pair,
    more: owners("@rae"),
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "the actor owns it alone",
    layers: gate(owned),
    others: pair,
    more: owners("@wren"),
    state: "no",
    says: "no code owner besides",
  },
  {
    name: "no owner of workflows is no gate",
    layers: gate(owned),
    others: pair,
    more: { codeOwners: known({ path: "CODEOWNERS", rules: [{ pattern: "docs/", owners: ["@rae"] }], errors: [] }) },
    state: "conditional",
    says: "1 approval from `ann`",
  },
  {
    name: "no CODEOWNERS is no gate",
    layers: gate(reviews(0, { codeOwners: true })),
    others: alone,
    state: "yes",
    says: "need no approval",
  },
  {
    name: "CODEOWNERS that were not read may be one",
    layers: gate(reviews(0, { codeOwners: true })),
    more: { codeOwners: unknown("contents") },
    state: "unknown",
    says: "CODEOWNERS was not read",
  },
  {
    name: "an owner GitHub ignores is none",
    layers: gate(reviews(0, { codeOwners: true })),
    more: {
      codeOwners: known({
        path: "CODEOWNERS",
        rules: [{ pattern: "*", owners: ["@gone"] }],
        errors: ["Unknown owner on line 1: make sure @gone exists"],
      }),
    },
    state: "yes",
    says: "need no approval",
  },
  {
    name: "somebody's approved pull request, where owners are out of reach",
    layers: gate(reviews(1, { codeOwners: true, dismissStale: false, lastPushApproval: false })),
    others: pair,
    more: owners("@wren"),
    state: "conditional",
    says: "somebody's approved pull request",
  },
  {
    name: "unless pushes dismiss approvals",
    layers: gate(reviews(1, { codeOwners: true, dismissStale: true, lastPushApproval: false })),
    others: pair,
    more: owners("@wren"),
    state: "no",
    says: "no code owner",
  },
  {
    name: "unless the last push has to be approved",
    layers: gate(reviews(1, { codeOwners: true, dismissStale: false })),
    others: pair,
    more: owners("@wren"),
    state: "no",
    says: "no code owner",
  },
  { name: "a reader merges nothing", actor: rae, layers: [], state: "no", says: "no role" },
  { name: "a key opens no pull request", actor: key, layers: [], state: "no", says: "deploy keys" },
  {
    name: "an app without the permission opens none",
    actor: actorOf("bot", { kind: "app", login: null, opensPullRequests: known(false) }),
    layers: [],
    state: "no",
    says: "may not open",
  },
  {
    name: "whether it has it may not be known",
    actor: actorOf("bot", { kind: "app", login: null, opensPullRequests: unknown("permissions of `bot`") }),
    layers: [],
    state: "unknown",
    says: "permissions of `bot`",
  },
];

describe("who lands what by a pull request", () => {
  test.each(ROWS)("$name", ({ actor, layers, others, more, state, says }) => {
    const controls = controlsOf({ protections: known(layers), ...more });
    const reach = canLandViaPullRequest(actor ?? wren, controls, "branch", main, others ?? crowd);
    const words = [reach.why, ...reach.needs, ...reach.missing].join("; ");
    expect({ state: reach.state, words }).toMatchObject({ state, words: expect.stringContaining(says) });
    expect([reach.needs.length > 0, reach.missing.length > 0]).toEqual([state === "conditional", state === "unknown"]);
  });

  test("what two layers ask of one pull request is told once", () => {
    const checks = rule({ kind: "status-checks", checks: ["build"], strict: false });
    const controls = controlsOf({
      protections: known([...gate(reviews(1)), classic("main", [rule(reviews(2)), checks])]),
    });
    const { needs } = canLandViaPullRequest(wren, controls, "branch", main, crowd);
    expect(needs).toEqual(["2 approvals from among 4 people", "status check `build`"]);
  });

  test("pull requests do not go into tags", () => {
    expect(canLandViaPullRequest(wren, controlsOf(), "tag", main, crowd).state).toBe("no");
  });

  test("a branch without reviews is preferred to one with", () => {
    const controls = controlsOf({ protections: known(gate()) });
    expect(canLandViaPullRequest(wren, controls, "branch", names("main", "next"), alone)).toMatchObject({
      state: "yes",
      example: "refs/heads/next",
    });
  });
});

describe("who owns a file", () => {
  const file = (...patterns: readonly string[]): CodeOwners => ({
    path: "CODEOWNERS",
    rules: patterns.map((pattern) => ({ pattern, owners: [`@${pattern}`] })),
    errors: [],
  });
  const CASES: readonly { readonly pattern: string; readonly path: string; readonly owned: boolean }[] = [
    { pattern: "*", path: ".github/workflows/x.yml", owned: true },
    { pattern: "*.yml", path: ".github/workflows/x.yml", owned: true },
    { pattern: "*.js", path: ".github/workflows/x.yml", owned: false },
    { pattern: ".github/", path: ".github/workflows/x.yml", owned: true },
    { pattern: "/.github/workflows/", path: ".github/workflows/x.yml", owned: true },
    { pattern: "/.github/workflows", path: ".github/workflows/x.yml", owned: true },
    { pattern: ".github/*", path: ".github/workflows/x.yml", owned: false },
    { pattern: ".github/workflows/*", path: ".github/workflows/x.yml", owned: true },
    { pattern: ".github/**", path: ".github/workflows/x.yml", owned: true },
    { pattern: "workflows/", path: ".github/workflows/x.yml", owned: true },
    { pattern: "/workflows/", path: ".github/workflows/x.yml", owned: false },
    { pattern: "**/workflows", path: ".github/workflows/x.yml", owned: true },
    { pattern: "docs/", path: ".github/workflows/x.yml", owned: false },
  ];
  test.each(CASES)("`$pattern` and `$path`: $owned", ({ pattern, path, owned: is }) => {
    expect(codeOwnersOf(file(pattern), path).length > 0).toBe(is);
  });

  test("the last rule that matches decides, one without owners too", () => {
    const rules = [
      { pattern: "*", owners: ["@ann"] },
      { pattern: ".github/", owners: [] },
    ];
    expect(codeOwnersOf({ path: "CODEOWNERS", rules, errors: [] }, ".github/workflows/x.yml")).toEqual([]);
  });

  test("a complaint about one owner does not touch another whose name begins alike", () => {
    const rules = [{ pattern: "*", owners: ["@acme/web"] }];
    expect(codeOwnersOf({ path: "", rules, errors: ["unknown owner @acme/web-team"] }, "x")).toEqual(["@acme/web"]);
  });
});
