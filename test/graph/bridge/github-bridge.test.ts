import { accessGrants } from "../../../src/graph/bridge/access-grants.ts";
import { describe, expect, test } from "vitest";
import type { ActionsSettings } from "../../../src/model/actions-settings.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Attributes } from "../../../src/model/tenant.ts";
import type { Escalation } from "../../../src/graph/escalation/escalation.ts";
import { pushedRoles } from "../../../src/graph/bridge/pushed-roles.ts";
import type { Principal } from "../../../src/model/principal.ts";
import { YES } from "../../../src/policy/aws/request-context.ts";
import { allow, deny, document, TENANT, trusting } from "../escalation/small-world.ts";
import { nameOf, T } from "../github/organization-of.ts";
import { bridgeWorld, environment, organization, protect, settle, subjects, tokens } from "./bridge-world.ts";

const REVIEW = {
  kind: "pull-request",
  approvals: 1,
  dismissStale: true,
  codeOwners: false,
  lastPushApproval: true,
} as const;

/** Each source on GitHub with the surest state of its ways to administration. */
function pushers(escalation: Escalation): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { principal, state } of escalation.admins().admins)
    if (principal.system === "github") found[nameOf(principal.id)] = state;
  return found;
}

describe("paths across the bridge", () => {
  test("whoever writes to a repository whose every branch is trusted becomes administrator, readers do not", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    all.on(`${T}:R_infra`, all.member("bo"), "read");
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
    });
    expect(pushers(escalation)).toEqual({ ada: "yes" });
    const [path] = escalation.paths({ principalId: `${T}:ada` }).paths;
    expect(path?.hops.map(({ technique, to }) => [technique.id, to])).toEqual([
      ["github-can-mint", "sample/infra"],
      ["github-can-assume", "arn:aws:iam::111122223333:role/deploy"],
      ["granted", expect.any(String)],
    ]);
    expect(path?.hops[0]?.grants).toHaveLength(1);
    expect(path?.hops[1]?.note).toMatch(/^subject `repo:sample\/infra:/);
  });

  test("the role's own way on is walked: a push ends where the role can write a policy on itself", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { may: [allow("iam:PutRolePolicy")], trust: subjects("repo:sample/infra:*") } },
    });
    expect(pushers(escalation)).toEqual({ ada: "yes" });
    expect(escalation.paths({ principalId: `${T}:ada` }).paths[0]?.hops.at(-1)?.technique.id).toBe("iam-005");
  });

  test.each([
    ["a review that somebody else can give", [REVIEW], ["ada", "bo"], { ada: "conditional", bo: "conditional" }],
    ["a review that nobody else can give", [REVIEW], ["ada"], {}],
    ["nothing", [], ["ada"], { ada: "yes" }],
  ] as const)("a trusted branch under %s", async (_name, demands, writers, expected) => {
    const all = organization("infra");
    for (const login of writers) all.on(`${T}:R_infra`, all.member(login), "write");
    protect(all, "infra", ["main"], demands);
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:ref:refs/heads/main") } },
    });
    expect(pushers(escalation)).toEqual(expected);
  });

  test("who bypasses the only rule is not readable: unknown, never nobody", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    protect(all, "infra", ["main"], [{ kind: "update" }], null);
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:ref:refs/heads/main") } },
    });
    expect(pushers(escalation)).toEqual({ ada: "unknown" });
  });

  test("an environment with reviewers leaves a condition, one that refuses the branch nothing", async () => {
    const all = organization("infra", "site");
    const [ada, bo] = [all.member("ada"), all.member("bo")];
    for (const repository of ["infra", "site"]) all.on(`${T}:R_${repository}`, ada, "write");
    all.on(`${T}:R_site`, bo, "read");
    const reviewer = { type: "user", id: bo, name: "bo" } as const;
    environment(all, "infra", { reviewers: [reviewer], preventSelfReview: true });
    environment(all, "site", {
      refs: { kind: "patterns", patterns: { known: true, value: [{ type: "branch", pattern: "main" }] } },
    });
    protect(all, "site", ["main"], [{ kind: "update" }]);
    const of = (repository: string) => ({
      roles: { deploy: { admin: true, trust: subjects(`repo:sample/${repository}:environment:production`) } } as const,
    });
    expect(pushers(await bridgeWorld(all, of("infra")))).toEqual({ ada: "conditional" });
    expect(pushers(await bridgeWorld(all, of("site")))).toEqual({});
  });

  test("deploy keys that write are sources of their own, those that read are not", async () => {
    const all = organization("infra");
    const repository = `${T}:R_infra`;
    for (const [name, readOnly] of [
      ["writes", false],
      ["reads", true],
    ] as const) {
      const key = all.credential("deploy-key", name, repository, { attributes: { readOnly } });
      const role = readOnly ? "read" : "write";
      all.grant("key", key, {
        id: `${repository}#repository-role/${role}`,
        kind: "repository-role",
        targetId: repository,
        resourceId: repository,
      });
    }
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
    });
    expect(Object.keys(pushers(escalation))).toEqual(["writes"]);
  });

  test("conditions on other claims narrow: another repository's id lets nobody in", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const trust = (id: string): object =>
      tokens({ StringLike: { sub: "repo:*" }, StringEquals: { repository_id: id } });
    expect(pushers(await bridgeWorld(all, { roles: { deploy: { admin: true, trust: trust("35") } } }))).toEqual({});
    expect(pushers(await bridgeWorld(all, { roles: { deploy: { admin: true, trust: trust("34") } } }))).toEqual({
      ada: "yes",
    });
  });

  const FORKS = { forksGetWriteTokens: known(true) };
  test.each<[string, Partial<ActionsSettings>, Attributes, Attributes, string | undefined]>([
    ["forks get no tokens", {}, {}, { forkingAllowed: true }, undefined],
    ["forks get tokens", FORKS, {}, { forkingAllowed: true }, "yes"],
    ["their runs wait", { ...FORKS, forksNeedApproval: known(true) }, {}, { forkingAllowed: true }, "conditional"],
    [
      "nobody read whether they get tokens",
      { forksGetWriteTokens: unknown("settings") },
      {},
      { forkingAllowed: true },
      "unknown",
    ],
    ["nobody read whether it may be forked", FORKS, {}, {}, "unknown"],
    ["the repository may not be forked", FORKS, {}, { forkingAllowed: false }, undefined],
    ["the organization forbids forks", FORKS, { membersCanForkPrivateRepositories: false }, {}, undefined],
    ["the repository is public", FORKS, {}, { visibility: "public", forkingAllowed: true }, undefined],
  ])("a reader opens a pull request where %s", async (_name, settings, tenant, attributes, state) => {
    const all = organization("infra");
    const [organizationRow] = all.records.tenants;
    if (organizationRow !== undefined)
      all.records.tenants[0] = { ...organizationRow, attributes: { ...organizationRow.attributes, ...tenant } };
    all.records.resources.forEach((row, at) => {
      all.records.resources[at] = { ...row, attributes: { ...row.attributes, ...attributes } };
    });
    settle(all, "infra", settings);
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    all.on(`${T}:R_infra`, all.outsider("rae"), "read");
    all.member("nobody");
    const trusting = (sub: string) => bridgeWorld(all, { roles: { deploy: { admin: true, trust: subjects(sub) } } });
    const reader = state === undefined ? {} : { rae: state };
    expect(pushers(await trusting("repo:sample/infra:pull_request"))).toEqual({ ada: "yes", ...reader });
    // Reading is never enough for a branch.
    expect(pushers(await trusting("repo:sample/infra:ref:*"))).toEqual({ ada: "yes" });
  });

  test("a role that the organization lets do nothing is no administrator, whoever pushes", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const tenant = { roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } } as const };
    const denied = await bridgeWorld(all, { ...tenant, scps: [document(deny("*"))] });
    expect(pushers(denied)).toEqual({});
  });
});

describe("grants that cut ways across the bridge", () => {
  /** `ada` pushes to both repositories, `bo` to one; `tim` comes to the same role within AWS. */
  async function world(gone: "deploy" | "site" | "nothing"): Promise<Escalation> {
    const all = organization("infra", "site");
    const [ada, bo] = [all.member("ada"), all.member("bo")];
    all.on(`${T}:R_infra`, ada, "write");
    all.on(`${T}:R_site`, ada, "write");
    all.on(`${T}:R_site`, bo, "write");
    const trust = (role: string, repository: string): object =>
      gone === role ? trusting({ Service: "ec2.amazonaws.com" }) : subjects(`repo:sample/${repository}:*`);
    return bridgeWorld(all, {
      users: { tim: { may: [allow("iam:AttachUserPolicy")] } },
      roles: {
        deploy: { admin: true, trust: trust("deploy", "infra") },
        site: { may: [allow("iam:PutRolePolicy")], trust: trust("site", "site") },
      },
    });
  }
  const pushing = (all: readonly Principal[]): readonly string[] =>
    all.flatMap(({ system, id }) => (system === "github" ? [nameOf(id)] : [])).sort();

  test.each([
    ["deploy", ["ada", "bo"]],
    ["site", ["ada"]],
  ] as const)("without the trust of %s those are left who come another way", async (role, left) => {
    const escalation = await world("nothing");
    const trust = escalation.bridge().roles.find(({ role: { displayName } }) => displayName === role);
    const tenant = `aws:${TENANT}`;
    expect(pushing(escalation.reaching(tenant, YES, new Set()))).toEqual(["ada", "bo"]);
    const reaching = pushing(escalation.reaching(tenant, YES, new Set([trust?.grantId ?? ""])));
    expect(reaching).toEqual(left);
    expect(Object.keys(pushers(await world(role))).sort()).toEqual(reaching);
  });

  test("a way hangs on the trust and on what the role holds: either of them cuts it", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
    });
    const tenant = `aws:${TENANT}`;
    const way = escalation.survivor(tenant, YES, new Set()) ?? [];
    expect(way).toHaveLength(2);
    expect(way[0]).toBe(escalation.bridge().roles[0]?.grantId);
    for (const grant of way) expect(escalation.survivor(tenant, YES, new Set([grant]))).toBeUndefined();
  });
});

describe("what is told of one way", () => {
  test.each([
    ["branches", "repo:sample/infra:ref:refs/heads/*"],
    ["tags", "repo:sample/infra:ref:refs/tags/*"],
    ["environments", "repo:sample/infra:environment:*"],
  ])("names one ref: %s", async (_name, sub) => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    protect(all, "infra", ["main"], [REVIEW]);
    const escalation = await bridgeWorld(all, { roles: { deploy: { admin: true, trust: subjects(sub) } } });
    const [mint, assume] = escalation.paths({ principalId: `${T}:ada` }).paths[0]?.hops ?? [];
    const [, said] = /(?:branch|tag|environment) `([^`]+)`/.exec(mint?.note ?? "") ?? [];
    expect(said).toBeDefined();
    expect(assume?.note).toMatch(new RegExp(`[/:]${said}\`$`));
    const [role] = pushedRoles(escalation.engine.graph, escalation.bridge(), () => "yes");
    expect(role?.places[0]?.subject).toMatch(new RegExp(`[/:]${said}$`));
  });

  test("those who come by different refs are told theirs", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    all.on(`${T}:R_infra`, all.member("root"), "write");
    protect(
      all,
      "infra",
      ["release/*"],
      [{ kind: "creation" }, { kind: "update" }],
      [{ type: "user", id: `${T}:root`, name: "root", mode: "always" }],
    );
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:ref:refs/heads/release/*") } },
    });
    // The pattern of the rule stops at a slash, that of the trust does not.
    expect(pushers(escalation)).toEqual({ ada: "yes", root: "yes" });
    const told = ["ada", "root"].map((login) => {
      const [mint, assume] = escalation.paths({ principalId: `${T}:${login}` }).paths[0]?.hops ?? [];
      const [, said] = /branch `([^`]+)`/.exec(mint?.note ?? "") ?? [];
      expect(assume?.note).toBe(`subject \`repo:sample/infra:ref:refs/heads/${said}\``);
      return said;
    });
    expect(new Set(told).size).toBe(2);
  });
});

describe("roles as they are told", () => {
  test("places, who gets there in which state, and one edit of the trust as the cheapest cut", async () => {
    const all = organization("infra");
    for (const login of ["ada", "bo"]) all.on(`${T}:R_infra`, all.member(login), "write");
    protect(all, "infra", ["main"], [REVIEW]);
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:ref:refs/heads/main") } },
    });
    const [role] = pushedRoles(escalation.engine.graph, escalation.bridge(), () => "yes");
    expect(role?.places).toMatchObject([
      {
        repository: "sample/infra",
        place: "branch `main`",
        state: "conditional",
        subject: expect.stringContaining("main"),
      },
    ]);
    expect(role?.places[0]?.by.flatMap(({ who }) => who).sort()).toEqual(["ada", "bo"]);
    expect(role?.cuts[0]).toMatchObject({ closes: 2, what: expect.stringContaining("trust policy of `deploy`") });
  });

  test.each([
    "repo:*/infra:ref:refs/heads/main",
    "repo:sample*/infra:ref:refs/heads/main",
    "repo:sample/*:ref:refs/heads/main",
  ])("a place is told by names that git takes: %s leaves `main`", async (sub) => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const escalation = await bridgeWorld(all, { roles: { deploy: { admin: true, trust: subjects(sub) } } });
    const [role] = pushedRoles(escalation.engine.graph, escalation.bridge(), () => "yes");
    expect(role?.places.map(({ place }) => place)).toEqual(["branch `main`"]);
  });

  test("a token that single sign-on let in has its access by its owner's grants", async () => {
    const all = organization("infra");
    const ada = all.member("ada");
    all.on(`${T}:R_infra`, ada, "write");
    const token = all.credential("single-sign-on-authorization", "sso", ada, { attributes: { scopes: "repo" } });
    const { engine } = await bridgeWorld(all, { roles: {} });
    const own = accessGrants(engine.graph, ada, `${T}:R_infra`);
    expect(own.length).toBeGreaterThan(0);
    expect(accessGrants(engine.graph, token, `${T}:R_infra`)).toEqual(own);
  });

  test("who did stays apart from who could: a log names the subjects, a place without any was never used", async () => {
    const all = organization("infra");
    all.on(`${T}:R_infra`, all.member("ada"), "write");
    const escalation = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
      sessions: [
        ["deploy", "repo:sample/infra:ref:refs/heads/main", "2026-11-01T08:00:00Z"],
        ["deploy", "repo:gone/infra:ref:refs/heads/main", "2026-10-01T08:00:00Z"],
      ],
    });
    const [role] = pushedRoles(escalation.engine.graph, escalation.bridge(), () => "yes");
    expect(role?.did?.map(({ subject }) => subject)).toEqual([
      "repo:sample/infra:ref:refs/heads/main",
      "repo:gone/infra:ref:refs/heads/main",
    ]);
    expect(
      Object.fromEntries((role?.places ?? []).map(({ place, lastDid }) => [place, lastDid?.slice(0, 10) ?? null])),
    ).toEqual({
      "any branch": "2026-11-01",
      "any tag": null,
      "any pull request": null,
      "any environment": null,
    });
    const unread = await bridgeWorld(all, {
      roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:*") } },
    });
    expect(pushedRoles(unread.engine.graph, unread.bridge(), () => "yes")[0]?.did).toBeNull();
  });
});
