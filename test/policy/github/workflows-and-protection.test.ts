import { describe, expect, test } from "vitest";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection, ProtectionActor } from "../../../src/model/protection.ts";
import { canEditProtection, withProtectionsChanged } from "../../../src/policy/github/can-edit-protection.ts";
import { canEditWorkflow } from "../../../src/policy/github/can-edit-workflow.ts";
import { allOf, anyOf, conditional, no, unknownReach, yes } from "../../../src/policy/github/combine-reach.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import { actorOf, bypass, controlsOf, names, reviews, rule, ruleset } from "./controls-of.ts";

const writer = actorOf("wren");
const paths = (
  list: string,
  actors: readonly ProtectionActor[] | null = [],
  more: Partial<Protection> = {},
): Protection =>
  ruleset("", [rule({ kind: "file-paths", paths: list.split(" ") }, actors)], {
    target: "push",
    name: "paths",
    ...more,
  });
const ofProperty = { repositories: { include: ["~ALL"], exclude: [], ids: null, byProperty: true } };
const all = names("*");
const deploy = names(".github/workflows/deploy.yml");

interface EditRow {
  readonly name: string;
  readonly actor?: PushActor;
  readonly layers: readonly Protection[] | null;
  readonly path?: typeof all;
  readonly state: FourValued;
  readonly says: string;
}

const EDITS: readonly EditRow[] = [
  { name: "a writer", layers: [], state: "yes", says: "may change workflows" },
  {
    name: "a reader",
    actor: actorOf("rae", { role: "read", writesContents: false }),
    layers: [],
    state: "no",
    says: "no role",
  },
  {
    name: "an app without workflows: write",
    actor: { ...writer, kind: "app", editsWorkflows: known(false) },
    layers: [],
    state: "no",
    says: "may not change workflows",
  },
  {
    name: "an app whose permissions were not read",
    actor: { ...writer, kind: "app", editsWorkflows: unknown("permissions") },
    layers: [],
    state: "unknown",
    says: "permissions",
  },
  {
    name: "which does not matter where paths are closed",
    actor: { ...writer, editsWorkflows: unknown("permissions") },
    layers: [paths(".github/**/*")],
    state: "no",
    says: "ruleset `paths`",
  },
  { name: "paths closed for all", layers: [paths(".github/workflows/*")], state: "no", says: "keeps workflow files" },
  {
    name: "paths closed by two stars",
    layers: [paths(".github/workflows/**")],
    state: "no",
    says: "keeps workflow files",
  },
  {
    name: "paths closed for some files leave others",
    layers: [paths(".github/workflows/deploy.yml")],
    state: "yes",
    says: ".github/workflows/ci.yml",
  },
  {
    name: "unless that very file is asked for",
    layers: [paths(".github/workflows/deploy.yml")],
    path: deploy,
    state: "no",
    says: "keeps",
  },
  { name: "one of two endings is enough", layers: [paths("**/*.yml")], state: "yes", says: "ci.yaml" },
  { name: "both endings closed", layers: [paths("**/*.yml **/*.yaml")], state: "no", says: "keeps" },
  {
    name: "two rulesets close one ending each",
    layers: [paths("**/*.yml"), paths("**/*.yaml")],
    state: "no",
    says: "keeps",
  },
  { name: "other paths", layers: [paths("infra/**/*")], state: "yes", says: "may change" },
  {
    name: "who bypasses the ruleset",
    layers: [paths(".github/**/*", [bypass("user", "wren")])],
    state: "yes",
    says: "may change",
  },
  {
    name: "exempt bypasses as well",
    layers: [paths(".github/**/*", [bypass("user", "wren", "exempt")])],
    state: "yes",
    says: "may change",
  },
  {
    name: "bypass nobody could read decides",
    layers: [paths(".github/**/*", null)],
    state: "unknown",
    says: "not shown",
  },
  {
    name: "but not where it leaves other paths",
    layers: [paths(".github/workflows/deploy.yml", null)],
    state: "yes",
    says: "ci.yml",
  },
  {
    name: "nor where another ruleset closes them",
    layers: [paths(".github/**/*", null), paths(".github/**/*")],
    state: "no",
    says: "keeps",
  },
  {
    name: "a ruleset under evaluation",
    layers: [paths(".github/**/*", [], { enforcement: "evaluate" })],
    state: "yes",
    says: "may change",
  },
  {
    name: "a ruleset that asks for properties",
    layers: [paths(".github/**/*", [], ofProperty)],
    state: "unknown",
    says: "custom properties",
  },
  {
    name: "forbidden extensions that were not read",
    layers: [ruleset("", [rule({ kind: "other", name: "file_extension_restriction" })], { target: "push" })],
    state: "unknown",
    says: "file_extension_restriction",
  },
  {
    name: "rules of branches are no matter of files",
    layers: [ruleset("~ALL", [rule(reviews(1))])],
    state: "yes",
    says: "may change",
  },
  { name: "protections that were not read", layers: null, state: "unknown", says: "rulesets were not read" },
  {
    name: "a file outside of the folder is no workflow",
    layers: [],
    path: names("deploy.yml"),
    state: "no",
    says: "no workflow file",
  },
];

describe("who edits workflows", () => {
  test.each(EDITS)("$name: $state", ({ actor, layers, path, state, says }) => {
    const controls = controlsOf({ protections: layers === null ? unknown("rulesets were not read") : known(layers) });
    const reach = canEditWorkflow(actor ?? writer, controls, path ?? all);
    const words = [reach.why, ...reach.needs, ...reach.missing].join("; ");
    expect({ state: reach.state, words }).toMatchObject({ state, words: expect.stringContaining(says) });
  });
});

const own = ruleset("main", [rule(reviews(1))]);
const above = ruleset("~ALL", [rule(reviews(1))], { level: "organization", name: "baseline" });
const top = ruleset("~ALL", [rule(reviews(1))], { level: "enterprise", name: "guard" });
const admin = actorOf("ada", { role: "admin" });
const owner = actorOf("olga", { role: "admin", organizationOwner: true });

const CHANGES: readonly {
  readonly name: string;
  readonly actor: PushActor;
  readonly layers: readonly Protection[];
  readonly state: FourValued;
  readonly left: readonly string[] | null;
}[] = [
  { name: "a writer changes none", actor: writer, layers: [own], state: "no", left: null },
  { name: "an administrator changes the repository's", actor: admin, layers: [own], state: "yes", left: [] },
  {
    name: "an administrator leaves the organization's",
    actor: admin,
    layers: [own, above],
    state: "conditional",
    left: ["baseline"],
  },
  {
    name: "a role that manages the organization's rules changes those too",
    actor: { ...admin, permissions: known(["manage_organization_ref_rules"]) },
    layers: [own, above],
    state: "yes",
    left: [],
  },
  {
    name: "an organization's under evaluation is none to leave",
    actor: admin,
    layers: [own, { ...above, enforcement: "evaluate" }],
    state: "yes",
    left: ["baseline"],
  },
  { name: "an owner changes both", actor: owner, layers: [own, above], state: "yes", left: [] },
  { name: "an owner leaves the enterprise's", actor: owner, layers: [own, top], state: "conditional", left: ["guard"] },
  {
    name: "an enterprise owner changes it",
    actor: { ...owner, enterpriseOwner: known(true) },
    layers: [own, top],
    state: "yes",
    left: [],
  },
  {
    name: "a role that edits rules changes the repository's",
    actor: actorOf("eve", { permissions: known(["edit_repo_protections"]) }),
    layers: [own],
    state: "yes",
    left: [],
  },
  {
    name: "a role nobody could read might",
    actor: actorOf("odd", { permissions: unknown("roles") }),
    layers: [own],
    state: "unknown",
    left: [],
  },
  {
    name: "an app with administration: write",
    actor: actorOf("keeper", { kind: "app", login: null, administers: true }),
    layers: [own, above],
    state: "conditional",
    left: ["baseline"],
  },
  {
    name: "an app without",
    actor: actorOf("shipper", { kind: "app", login: null }),
    layers: [own],
    state: "no",
    left: null,
  },
  {
    name: "an owner's token without administration: write",
    actor: { ...owner, kind: "token", administers: false },
    layers: [own],
    state: "no",
    left: null,
  },
  {
    name: "a key",
    actor: actorOf("key", { kind: "deploy-key", login: null, administers: true }),
    layers: [own],
    state: "no",
    left: null,
  },
];

describe("who changes protections", () => {
  test.each(CHANGES)("$name: $state", ({ actor, layers, state, left }) => {
    const controls = controlsOf({ protections: known(layers) });
    expect(canEditProtection(actor, controls).state).toBe(state);
    const after = withProtectionsChanged(actor, controls);
    expect(after?.protections.known === true ? after.protections.value.map(({ name }) => name) : null).toEqual(left);
  });

  test("an archived repository's are changed by nobody", () => {
    expect(canEditProtection(admin, controlsOf({ archived: true })).state).toBe("no");
  });
});

describe("several answers in one", () => {
  const [open, needy, unread, closed] = [yes("y"), conditional(["n"], "c"), unknownReach(["m"], "u"), no("x")];
  const TABLE: readonly [FourValued, FourValued, ReturnType<typeof yes>, ReturnType<typeof yes>][] = [
    ["yes", "conditional", open, needy],
    ["yes", "unknown", open, unread],
    ["yes", "no", open, closed],
    ["conditional", "unknown", needy, unread],
    ["conditional", "no", needy, closed],
    ["unknown", "no", unread, closed],
  ];
  test.each(TABLE)("%s or %s is the first, and both are the second", (better, worse, a, b) => {
    expect([anyOf([a, b]).state, anyOf([b, a]).state]).toEqual([better, better]);
    expect([allOf([a, b]).state, allOf([b, a]).state]).toEqual([worse, worse]);
  });

  test("needs of all parts are told once, and what is missing of all ways", () => {
    expect(allOf([needy, conditional(["n", "k"], "d")]).needs).toEqual(["n", "k"]);
    expect(anyOf([unread, unknownReach(["p"], "v")]).missing).toEqual(["m", "p"]);
    expect(anyOf([conditional(["n", "k"], "d"), needy]).needs).toEqual(["n"]);
    expect(allOf([needy, unread])).toMatchObject({ needs: [], missing: ["m"] });
  });
});
