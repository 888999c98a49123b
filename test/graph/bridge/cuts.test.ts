import { describe, expect, test } from "vitest";
import { closedBy, waysIn, type Way } from "../../../src/graph/bridge/closed-ways.ts";
import { checkedCuts, type CheckedCut } from "../../../src/graph/bridge/cuts.ts";
import { githubBridge, type BridgeRole } from "../../../src/graph/bridge/github-bridge.ts";
import { pushedRole } from "../../../src/graph/bridge/pushed-roles.ts";
import type { DeploymentEnvironment } from "../../../src/model/deployment-environment.ts";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known } from "../../../src/model/observed.ts";
import type { Protection, ProtectionActor, ProtectionDemand } from "../../../src/model/protection.ts";
import type { AccessGraph } from "../../../src/graph/access-graph.ts";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { service, type SmallTenant } from "../escalation/small-world.ts";
import { T, type Organization } from "../github/organization-of.ts";
import { bridgeWorld, environment, organization, protect, subjects } from "./bridge-world.ts";

const REVIEW = {
  kind: "pull-request",
  approvals: 1,
  dismissStale: true,
  codeOwners: false,
  lastPushApproval: true,
} as const;
const INFRA = `${T}:R_infra`;
const ROLE_OF_ADMIN: ProtectionActor = { type: "repository-role", id: null, name: "admin", mode: "always" };
const BEN: ProtectionActor = { type: "user", id: `${T}:ben`, name: "ben", mode: "always" };
const REVIEWERS = [{ type: "team", id: `${T}:releases`, name: "releases" }] as const;

/** What decides in one repository whose tokens a role lets in. */
interface Given {
  readonly trust: object;
  readonly protections: readonly (readonly [
    include: string,
    demands: readonly ProtectionDemand[],
    bypass: readonly ProtectionActor[] | null,
  ])[];
  readonly environments: readonly Partial<DeploymentEnvironment>[];
}

/** An administrator, an owner of the organization, two who write, and a key. */
function given({ protections, environments }: Given): Organization {
  const all = organization("infra");
  all.on(INFRA, all.member("ada"), "admin");
  all.member("olga", "owner");
  for (const login of ["ben", "cy"]) all.on(INFRA, all.member(login), "write");
  all.team("releases");
  const key = all.credential("deploy-key", "key", INFRA, { attributes: { readOnly: false } });
  const kind = "repository-role";
  all.grant("key", key, { id: `${INFRA}#${kind}/write`, kind, targetId: INFRA, resourceId: INFRA });
  for (const [include, demands, bypass] of protections) protect(all, "infra", [include], demands, bypass);
  for (const one of environments) environment(all, "infra", one);
  return all;
}

interface Seen {
  readonly graph: AccessGraph;
  readonly role: BridgeRole;
  readonly ways: readonly Way[];
  readonly cuts: readonly CheckedCut[];
}

/** A role that is in use: one that is not is cut by taking its trust away. */
async function see(all: Organization, trust: object, used = true): Promise<Seen | undefined> {
  const tenant: SmallTenant = { roles: { deploy: { admin: true, trust } } };
  const { engine } = await bridgeWorld(all, tenant);
  const { snapshot } = engine.graph;
  const graph = buildGraph({
    ...snapshot,
    principals: snapshot.principals.map((one) =>
      one.kind === "role" && used ? { ...one, lastUsedAt: known("2026-11-19T08:00:00Z") } : one,
    ),
  });
  const [role] = githubBridge(graph, engine.table).roles;
  return role === undefined ? undefined : { graph, role, ways: waysIn(role.places), cuts: checkedCuts(graph, role) };
}

/** Makes the change where the facts are, and looks again at everything. */
async function make({ change }: CheckedCut, world: Given): Promise<Seen | undefined> {
  const all = given(world);
  let { trust } = world;
  const put = (kind: "ruleset" | "environment", name: string, id: string, document: object): void => {
    const at = all.records.policies.findIndex((one) => one.id === id);
    if (at >= 0) all.records.policies.splice(at, 1);
    all.control(kind, id, INFRA, document, name);
  };
  const putEnvironment = (one: DeploymentEnvironment): void =>
    put("environment", one.name, `${INFRA}/environment/${one.name}`, one);
  switch (change.kind) {
    case "trust":
      trust = JSON.parse(change.policy) as object;
      break;
    case "environment":
      trust = JSON.parse(change.policy) as object;
      putEnvironment(change.environment);
      break;
    case "approval":
      put("ruleset", change.protection.name, `${T}:ruleset-new`, change.protection);
      break;
    case "reviewers":
      putEnvironment(change.environment);
      break;
    case "bypass":
      for (const { include } of change.protections) {
        const policy = all.records.policies.find(({ id }) => id === `${T}:ruleset-infra-${include.join("-")}`);
        if (policy?.document.known !== true) throw new Error("there is no such protection");
        const read = JSON.parse(policy.document.value) as Protection;
        put("ruleset", read.name, policy.id, {
          ...read,
          rules: read.rules.map((rule) => ({ ...rule, bypass: known([]) })),
        });
      }
      break;
    case "no-skipping":
      for (const name of change.environments) {
        const before = world.environments.find((one) => (one.name ?? "production") === name);
        environmentAgain(all, { ...before, name, adminsBypass: known(false) });
      }
      break;
    case "administrators":
      for (const id of change.ids) demote(all, id);
      break;
    case "no-trust":
      trust = service("ec2");
  }
  return see(all, trust);
}

function environmentAgain(all: Organization, one: Partial<DeploymentEnvironment>): void {
  const at = all.records.policies.findIndex(({ id }) => id === `${INFRA}/environment/${one.name}`);
  all.records.policies.splice(at, 1);
  environment(all, "infra", one);
}

function demote(all: Organization, id: string): void {
  all.records.grants = all.records.grants.filter(
    ({ principalId, entitlementId }) => principalId !== id || !/\/(admin|owner)$/.test(entitlementId),
  );
  all.role(id, "member");
  all.on(INFRA, id, "write");
}

const TRUSTS: Readonly<Record<string, object>> = {
  "branch main": subjects("repo:sample/infra:ref:refs/heads/main"),
  production: subjects("repo:sample/infra:environment:production"),
  "main and production": subjects("repo:sample/infra:ref:refs/heads/main", "repo:sample/infra:environment:production"),
  everything: subjects("repo:sample/infra:*"),
  "pull requests": subjects("repo:sample/infra:pull_request"),
};
const PROTECTIONS: Readonly<Record<string, Given["protections"]>> = {
  nothing: [],
  "a review": [["main", [REVIEW], []]],
  "a review that administrators bypass": [["main", [REVIEW], [ROLE_OF_ADMIN]]],
  "nobody pushes but whom nobody could read": [["main", [{ kind: "update" }], null]],
  "two rules, one with a bypass": [
    ["main", [REVIEW], [BEN]],
    ["release", [REVIEW], [BEN]],
  ],
};
const ENVIRONMENTS: Readonly<Record<string, Given["environments"]>> = {
  "no environment": [],
  "one without rules": [{}],
  "one with reviewers": [{ reviewers: REVIEWERS, preventSelfReview: true }],
  "one that administrators skip": [{ reviewers: REVIEWERS, preventSelfReview: true, adminsBypass: known(true) }],
};

const WORLDS = Object.entries(TRUSTS).flatMap(([trusted, trust]) =>
  Object.entries(PROTECTIONS).flatMap(([protectedBy, protections]) =>
    // Environments decide only where the trust names one.
    Object.entries(ENVIRONMENTS)
      .slice(0, /production|everything/.test(trusted) ? 4 : 2)
      .map(([beside, environments]): [string, string, string, Given] => [
        trusted,
        protectedBy,
        beside,
        { trust, protections, environments },
      ]),
  ),
);

/** State by place and name, as people are told. */
function told(seen: Seen | undefined): ReadonlyMap<string, FourValued> {
  const { places = [] } = seen === undefined ? {} : pushedRole(seen.graph, seen.role, "yes");
  return new Map(
    places.flatMap(({ place, by }) =>
      by.flatMap(({ state, who }) => who.map((name): [string, FourValued] => [`${place} ${name}`, state])),
    ),
  );
}

function noLongerAlone(before: ReadonlyMap<string, FourValued>, after: ReadonlyMap<string, FourValued>): number {
  let count = 0;
  for (const [way, state] of before) {
    const left = after.get(way) ?? "no";
    if (state !== "no" && (left === "no" || (state === "yes" && left === "conditional"))) count += 1;
  }
  return count;
}

describe("a cut closes what it says", () => {
  test.each(WORLDS)("trusted: %s; protected: %s; %s", async (_trusted, _protected, _beside, world) => {
    const seen = await see(given(world), world.trust);
    const open = seen?.ways.filter(({ state }) => state !== "no") ?? [];
    expect(seen?.cuts.length ?? 0).toBeGreaterThanOrEqual(open.length > 0 ? 1 : 0);
    for (const cut of seen?.cuts ?? []) {
      const after = await make(cut, world);
      expect([cut.what, cut.closes]).toEqual([cut.what, closedBy(seen?.ways ?? [], after?.ways ?? []).length]);
      // Another trust has other places; else what is told before and after says it as well.
      if (cut.policy === null)
        expect([cut.what, cut.closes]).toEqual([cut.what, noLongerAlone(told(seen), told(after))]);
      expect(cut.closes).toBeGreaterThan(0);
      expect(cut.closes).toBeLessThanOrEqual(open.length);
    }
  });
});

const kinds = ({ cuts }: Seen): readonly string[] => cuts.map(({ change }) => change.kind).sort();

describe("what holds already is no cut", () => {
  test.each<[string, Partial<Given> & { readonly trust: object }, readonly string[]]>([
    [
      "a reviewed branch asks for no further approval; who can change its protection first is named",
      { trust: TRUSTS["branch main"]!, protections: PROTECTIONS["a review"]! },
      ["administrators"],
    ],
    [
      "an open branch asks for an approval, or for an environment with reviewers instead",
      { trust: TRUSTS["branch main"]! },
      ["approval", "environment"],
    ],
    [
      "a trust that names an environment with reviewers is not limited to one",
      { trust: TRUSTS["production"]!, environments: ENVIRONMENTS["one with reviewers"]! },
      ["administrators"],
    ],
    [
      "reviewers that administrators skip, and whoever keeps them from that can be stopped by them",
      { trust: TRUSTS["production"]!, environments: ENVIRONMENTS["one that administrators skip"]! },
      ["administrators"],
    ],
    [
      "a bypass nobody could read is taken away",
      {
        trust: TRUSTS["branch main"]!,
        protections: PROTECTIONS["nobody pushes but whom nobody could read"]!,
      },
      ["approval", "bypass"],
    ],
  ])("%s", async (_name, { trust, protections = [], environments = [] }, expected) => {
    const seen = await see(given({ trust, protections, environments }), trust);
    expect(seen === undefined ? [] : kinds(seen)).toEqual(expected);
  });

  test("administrators are named, those of the repository apart from owners of the organization", async () => {
    const world = { trust: TRUSTS["production"]!, protections: [], environments: ENVIRONMENTS["one with reviewers"]! };
    const seen = await see(given(world), world.trust);
    expect(seen?.cuts.map(({ what, closes }) => [what, closes])).toEqual([
      [
        "let fewer administer: `ada` of `sample/infra`, and `olga` as owners of the organization can change what holds for others",
        2,
      ],
    ]);
  });

  test("only the bypass that lets somebody through is told", async () => {
    const world = {
      trust: TRUSTS["branch main"]!,
      protections: PROTECTIONS["two rules, one with a bypass"]!,
      environments: [],
    };
    const seen = await see(given(world), world.trust);
    const bypass = seen?.cuts.find(({ change }) => change.kind === "bypass");
    expect(bypass?.what).toContain("(now `ben`)");
    expect(bypass?.change).toMatchObject({ protections: [{ include: ["main"] }] });
    expect(bypass?.closes).toBe(1);
  });

  test("where everything needs somebody else, only taking the trust away is left", async () => {
    const all = organization("infra");
    for (const login of ["ben", "cy"]) all.on(INFRA, all.member(login), "write");
    protect(all, "infra", ["main"], [REVIEW]);
    const seen = await see(all, TRUSTS["branch main"]!);
    expect(seen?.cuts).toMatchObject([{ change: { kind: "no-trust" }, closes: 2, policy: null }]);
    const shown = seen === undefined ? undefined : pushedRole(seen.graph, seen.role, "yes");
    expect(shown?.cuts[0]).toEqual({
      what: "take the trust in GitHub's tokens from `deploy` if nothing needs it: what is open needs somebody else already, or was not read",
      closes: 2,
      policy: null,
    });
  });
});
