import { describe, expect, test } from "vitest";
import { repositoryControls } from "../../../src/graph/github/repository-controls.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection, RepositorySelection } from "../../../src/model/protection.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import type { Attributes } from "../../../src/model/tenant.ts";
import {
  actorOf,
  bypass,
  classic,
  environmentOf,
  names,
  reviews,
  rule,
  ruleset,
  workflowOf,
} from "../../policy/github/controls-of.ts";
import { Organization, T } from "./organization-of.ts";

const API = `${T}:R_api`;
const GATE = ruleset("~ALL", [rule(reviews(1))]);

/** The controls of `sample/api`, whose database id is 34. */
function controls(given: (organization: Organization) => void, attributes: Attributes = {}): RepositoryControls {
  const organization = new Organization("none", { enterpriseId: 7 });
  organization.repository("api", { databaseId: 34, ...attributes });
  given(organization);
  const found = repositoryControls(organization.graph())(API);
  if (found === undefined) throw new Error("there is such a repository");
  return found;
}

/** A ruleset of the organization about a choice of repositories. */
const shared = (
  o: Organization,
  id: number,
  chosen: Partial<RepositorySelection>,
  more: Partial<Protection> = {},
): void =>
  o.control("ruleset", `${T}:ruleset-${id}`, T, {
    ...GATE,
    level: "organization",
    name: `gate ${id}`,
    repositories: { include: [], exclude: [], ids: null, byProperty: false, ...chosen },
    ...more,
  });

const layers = (found: RepositoryControls): readonly string[] =>
  found.protections.known ? found.protections.value.map(({ name }) => name) : [`unknown: ${found.protections.why}`];

describe("the repository itself", () => {
  test("ids, visibility and the default branch as they were read", () => {
    expect(controls(() => {}, { visibility: "internal", archived: true, defaultBranch: null })).toMatchObject({
      id: API,
      name: "sample/api",
      repositoryId: 34,
      ownerId: 12,
      enterpriseId: 7,
      visibility: "internal",
      archived: true,
      defaultBranch: null,
      protections: known([]),
      environments: known([]),
      workflows: known([]),
      codeOwners: known(null),
    });
  });

  test.each<[string, Attributes, Attributes, boolean | undefined]>([
    ["the repository allows forks", {}, { forkingAllowed: true }, true],
    ["it does not", {}, { forkingAllowed: false }, false],
    ["the organization forbids them", { membersCanForkPrivateRepositories: false }, { forkingAllowed: true }, false],
    ["the organization leaves it open", { membersCanForkPrivateRepositories: true }, {}, undefined],
    ["nothing is known", {}, {}, undefined],
    ["it is public", { membersCanForkPrivateRepositories: false }, { visibility: "public" }, true],
  ])("whether it may be forked, where %s", (_name, tenant, attributes, expected) => {
    const organization = new Organization("none", tenant);
    organization.repository("api", attributes);
    const forking = repositoryControls(organization.graph())(API)?.forking;
    expect(forking?.known === true ? forking.value : undefined).toBe(expected);
  });

  test("of one that is only mentioned no protection is known to be absent", () => {
    const organization = new Organization();
    organization.repository("api");
    organization.records.resources.splice(
      0,
      1,
      ...organization.records.resources.map((one) => ({ ...one, attributes: {} })),
    );
    const found = repositoryControls(organization.graph())(API);
    expect(found?.protections).toEqual(unknown("`sample/api` is only mentioned: its default branch was not read"));
    expect(found?.repositoryId).toBeNull();
  });

  test("what is no repository has none, and the same object is given each time", () => {
    const organization = new Organization();
    organization.repository("api");
    const graph = organization.graph();
    expect(repositoryControls(graph)(T)).toBeUndefined();
    expect(repositoryControls(graph)(API)).toBe(repositoryControls(graph)(API));
  });
});

describe("which rulesets of the organization apply", () => {
  const cases: readonly (readonly [string, Partial<RepositorySelection>, readonly string[]])[] = [
    ["every repository", { include: ["~ALL"] }, ["gate 1"]],
    ["a pattern that matches", { include: ["a*"] }, ["gate 1"]],
    ["a pattern that does not match", { include: ["web*"] }, []],
    ["an exclusion", { include: ["~ALL"], exclude: ["api"] }, []],
    ["none included", {}, []],
    ["listed by id", { ids: [33, 34] }, ["gate 1"]],
    ["not listed by id", { ids: [33] }, []],
    ["asked for by property", { byProperty: true }, ["gate 1"]],
    ["asked for by property, but excluded by name", { byProperty: true, exclude: ["ap?"] }, []],
  ];
  test.each(cases)("%s", (_name, chosen, expected) => {
    expect(layers(controls((o) => shared(o, 1, chosen)))).toEqual(expected);
  });

  test("a list of ids cannot tell about a repository whose id was not read", () => {
    expect(layers(controls((o) => shared(o, 1, { ids: [34] }), { databaseId: null }))).toEqual([
      "unknown: whether ruleset `gate 1` lists `sample/api`",
    ]);
  });

  test("what one by property forbids is unknown, what it does not forbid is certain", () => {
    const found = controls((o) => shared(o, 1, { byProperty: true }, { include: ["main"] }));
    const ana = actorOf("ana");
    expect(canPushRef(ana, found, "branch", names("main"))).toMatchObject({
      state: "unknown",
      missing: [expect.stringContaining("custom properties") as string],
    });
    expect(canPushRef(ana, found, "branch", names("feature")).state).not.toBe("unknown");
    const bypassed = controls((o) =>
      shared(o, 1, { byProperty: true }, { include: ["main"], rules: [rule(reviews(1), [bypass("user", "ana")])] }),
    );
    expect(canPushRef(ana, bypassed, "branch", names("main")).state).toBe("yes");
  });
});

describe("layers", () => {
  test("classic rules stand in the order of their age, then the repository's rulesets, then the others", () => {
    const found = controls((o) => {
      shared(o, 3, { include: ["~ALL"] });
      // In base64 a digit comes after the letters, in a sorted snapshot before them.
      for (const [id, name] of [
        ["BPR_kw9", "young"],
        ["BPR_kwa", "middle"],
        ["BPR_kwB", "old"],
      ] as const)
        o.control("branch-protection", `${API}/branch-protection/${id}`, API, classic(name, []));
      o.control("ruleset", `${T}:ruleset-2`, API, { ...GATE, name: "own" });
    });
    expect(layers(found)).toEqual(["old", "middle", "young", "own", "gate 3"]);
  });

  const unread: readonly (readonly [string, (o: Organization) => void, string])[] = [
    [
      "one row that says so",
      (o) => o.control("ruleset", `${API}/ruleset/?`, API, null, "?"),
      "unknown: `?` was refused",
    ],
    [
      "classic rules as a kind",
      (o) => o.cannotRead("branch-protection"),
      "unknown: branch protection rules were not read: refused",
    ],
    ["rulesets as a kind", (o) => o.cannotRead("ruleset", "partial"), "unknown: not all rulesets were read: refused"],
    [
      "one of the organization",
      (o) => o.control("ruleset", `${T}:ruleset-9`, T, null, "nine"),
      "unknown: `nine` was refused",
    ],
  ];
  test.each(unread)("unknown as a whole where not read: %s", (_name, given, expected) => {
    expect(layers(controls(given))).toEqual([expected]);
  });

  test("a repository with rows was read, though others were not", () => {
    const found = controls((o) => {
      o.cannotRead("branch-protection", "partial").cannotRead("environment", "partial");
      o.control("branch-protection", `${API}/branch-protection/BPR_1`, API, classic("main", []));
      o.control("environment", `${API}/environment/prod`, API, environmentOf("prod"));
    });
    expect(layers(found)).toEqual(["main"]);
    expect(found.environments).toEqual(known([environmentOf("prod")]));
  });

  test("where rows say which repositories were not read, the others were", () => {
    const elsewhere = (o: Organization): void => {
      o.control("ruleset", `${T}:R_web/ruleset/?`, `${T}:R_web`, null, "?");
      o.control("environment", `${T}:R_web/environment/?`, `${T}:R_web`, null, "?");
    };
    const partly = controls((o) => {
      elsewhere(o);
      o.cannotRead("ruleset", "partial").cannotRead("environment", "partial");
    });
    expect([partly.protections, partly.environments]).toEqual([known([]), known([])]);
    // A kind that was refused as a whole is not made whole by a row.
    const denied = controls((o) => {
      elsewhere(o);
      o.cannotRead("ruleset").cannotRead("environment", "skipped");
    });
    expect([denied.protections.known, denied.environments.known]).toEqual([false, false]);
  });

  test("who bypasses stays unknown where it was not shown", () => {
    const found = controls((o) =>
      o.control("ruleset", `${T}:ruleset-2`, API, { ...GATE, rules: [rule(reviews(1), null)] }),
    );
    expect(found.protections.known && found.protections.value[0]?.rules[0]?.bypass.known).toBe(false);
  });

  test("a document that does not parse is not an empty one", () => {
    const found = controls((o) => {
      o.control("workflow", `${API}/workflow/a.yml`, API, workflowOf());
      const at = o.records.policies.findIndex(({ kind }) => kind === "workflow");
      const row = o.records.policies[at];
      if (row !== undefined) o.records.policies[at] = { ...row, document: known("{") };
    });
    expect(found.workflows.known).toBe(false);
  });
});

describe("subjects", () => {
  const template = (claims: readonly string[] | null) => ({
    claims,
    immutable: known(true),
    prefix: known("repo:sample@12/api@34"),
  });
  const cases: readonly (readonly [string, readonly string[] | null, readonly string[] | null | undefined, unknown])[] =
    [
      ["the default, whatever the organization has", null, ["repo"], known(template(null))],
      [
        "a template of its own, whatever the organization has",
        ["repo", "ref"],
        ["repo"],
        known(template(["repo", "ref"])),
      ],
      ["the organization's where it opted in", [], ["repo", "context"], known(template(["repo", "context"]))],
      ["the default where it opted in and there is none", [], undefined, known(template(null))],
    ];
  test.each(cases)("%s", (_name, own, whole, expected) => {
    const found = controls((o) => {
      o.control("subject-template", `${API}/subject-template`, API, template(own));
      if (whole !== undefined) o.control("subject-template", `${T}/subject-template`, T, template(whole));
    });
    expect(found.subject).toEqual(expected);
  });

  test("opted in, and nobody could read the organization's", () => {
    const found = controls((o) => {
      o.control("subject-template", `${API}/subject-template`, API, template([]));
      o.control("subject-template", `${T}/subject-template`, T, null, "template");
    });
    expect(found.subject).toEqual(unknown("`template` was refused"));
    expect(controls((o) => void o.cannotRead("subject-template")).subject.known).toBe(false);
  });
});

describe("settings of Actions", () => {
  const own = {
    enabled: known(true),
    allowedActions: known("all"),
    defaultPermissions: known("write"),
    canApprovePullRequests: known(true),
    forksGetWriteTokens: known(true),
    reusableBy: known("organization"),
  };
  const strict = {
    ...own,
    enabled: known(false),
    defaultPermissions: known("read"),
    canApprovePullRequests: known(false),
    forksGetWriteTokens: known(false),
  };
  test("the organization's strict word holds for a repository that says otherwise or was not read", () => {
    const both = controls((o) => {
      o.control("actions-settings", `${API}/actions-settings`, API, own);
      o.control("actions-settings", `${T}/actions-settings`, T, strict);
    });
    expect(both.settings).toEqual({ ...strict, reusableBy: own.reusableBy });
    const unreadHere = controls((o) => {
      o.control("actions-settings", `${API}/actions-settings`, API, null, "settings");
      o.control("actions-settings", `${T}/actions-settings`, T, strict);
    });
    expect(unreadHere.settings).toMatchObject({ canApprovePullRequests: known(false), reusableBy: { known: false } });
  });
  test("its lenient word decides nothing", () => {
    const lenient = controls((o) => o.control("actions-settings", `${T}/actions-settings`, T, own));
    expect(lenient.settings.canApprovePullRequests.known).toBe(false);
    const tight = controls((o) => {
      o.control("actions-settings", `${API}/actions-settings`, API, strict);
      o.control("actions-settings", `${T}/actions-settings`, T, own);
    });
    expect(tight.settings).toEqual(strict);
  });
});
