import { describe, expect, test } from "vitest";
import { classesOf } from "../../../src/graph/github/actor-classes.ts";
import { pushActors } from "../../../src/graph/github/push-actors.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Protection } from "../../../src/model/protection.ts";
import type { Attributes } from "../../../src/model/tenant.ts";
import { canEditProtection } from "../../../src/policy/github/can-edit-protection.ts";
import { canEditWorkflow } from "../../../src/policy/github/can-edit-workflow.ts";
import { canLandViaPullRequest } from "../../../src/policy/github/can-land-via-pr.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import { canUseEnvironment } from "../../../src/policy/github/can-use-environment.ts";
import { forkToken } from "../../../src/policy/github/fork-token.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import { writesTo } from "../../../src/policy/github/writes-to.ts";
import { controlsOf, environmentOf, names, reviews, rule, ruleset } from "../../policy/github/controls-of.ts";
import { bridgeWorld, organization, subjects } from "../bridge/bridge-world.ts";
import { nameOf, Organization, T } from "./organization-of.ts";

const API = `${T}:R_api`;
const SITE = `${T}:R_site`;
const PAT = { type: "personal access token", scopes: "repo" };
const SSH = { type: "SSH key", scopes: null };

/** An organization in which ana holds a role on a private and a public repository, and a credential that was let in. */
function withCredential(
  attributes: Attributes,
  { role = "admin", ...more }: { readonly role?: string } & Parameters<Organization["credential"]>[3] = {},
): (repository?: string) => readonly PushActor[] {
  const organization = new Organization("none", { enterpriseId: 7 });
  const ana = organization.member("ana", role === "owner" ? "owner" : "member", { databaseId: 101 });
  for (const [name, visibility] of [
    ["api", "private"],
    ["site", "public"],
  ] as const) {
    const repository = organization.repository(name, { visibility });
    if (role !== "owner") organization.on(repository, ana, role);
  }
  organization.credential("single-sign-on-authorization", "laptop …0001", ana, { attributes, ...more });
  const graph = organization.graph();
  return (repository = API) => pushActors(graph, repository).filter(({ kind }) => kind !== "user");
}

/** The one actor that the credential is on the private repository. */
function actor(attributes: Attributes, more: Parameters<typeof withCredential>[1] = {}): PushActor {
  const [one, ...others] = withCredential(attributes, more)();
  if (one === undefined || others.length > 0) throw new RangeError("not one actor");
  return one;
}

describe("what was let in with single sign-on", () => {
  test("acts as its owner, named as people know it", () => {
    expect(actor({ ...PAT, scopes: "repo, workflow" }, { role: "write" })).toMatchObject({
      id: `${T}:laptop …0001`,
      name: "laptop …0001 (token of ana)",
      kind: "token",
      role: "write",
      login: "ana",
      userId: 101,
      editsWorkflows: known(true),
      writesContents: true,
      administers: false,
      missing: [],
    });
    expect(actor(SSH)).toMatchObject({ name: "laptop …0001 (SSH key of ana)", kind: "token", role: "admin" });
  });

  const none: readonly (readonly [string, Attributes, object])[] = [
    ["has no scope that writes", { ...PAT, scopes: "read:org, repo:status, workflow" }, {}],
    ["has no scope at all", { ...PAT, scopes: "" }, {}],
    ["is open to public repositories only", { ...PAT, scopes: "public_repo" }, {}],
    ["has expired", PAT, { expiresAt: known("2026-11-20T07:59:00Z") }],
    ["is inactive", PAT, { status: known("inactive") }],
    ["is of somebody who reads only", PAT, { role: "read" }],
    ["is an SSH key of somebody who reads only", SSH, { role: "read" }],
  ];
  test.each(none)("none that %s", (_name, attributes, more) => {
    expect(withCredential(attributes, more)()).toEqual([]);
  });

  test("ends when it expires, not before; a date that was not read is none", () => {
    for (const expiresAt of [known("never" as const), known("2026-11-20T08:01:00Z"), unknown("not shown")])
      expect(withCredential(PAT, { expiresAt })()).toHaveLength(1);
  });

  test("with `public_repo` acts on public repositories", () => {
    expect(withCredential({ ...PAT, scopes: "public_repo" })(SITE)).toMatchObject([{ kind: "token", role: "admin" }]);
  });

  test("tokens of OAuth apps go by their scopes like classic ones", () => {
    const oauth = { type: "OAuth app token", scopes: "repo" };
    expect(actor(oauth).editsWorkflows).toEqual(known(false));
    expect(withCredential({ ...oauth, scopes: "read:org" })()).toEqual([]);
  });

  test.each([
    ["scopes that were not read", { ...PAT, scopes: null }],
    ["a GitHub App, whose permissions no list shows", { type: "GitHub app token", scopes: "" }],
  ])("of %s nothing is certain", (_name, attributes) => {
    const one = actor(attributes);
    const controls = controlsOf();
    const why = ["what token `laptop …0001` may do was not read"];
    for (const reach of [
      writesTo(one, controls),
      canEditWorkflow(one, controls),
      canPushRef(one, controls, "branch", names("main")),
    ])
      expect(reach).toMatchObject({ state: "unknown", missing: why });
    expect(canEditProtection(one, controls).state).toBe("no");
  });

  test("is the same object wherever its owner is the same, and never in one class with people", () => {
    const organization = new Organization("write");
    const [one, web] = [organization.repository("api"), organization.repository("web")];
    const ana = organization.member("ana");
    organization.credential("single-sign-on-authorization", "laptop", ana, { attributes: PAT });
    organization.credential("single-sign-on-authorization", "key", ana, { attributes: SSH });
    for (let at = 0; at < 6; at += 1) organization.member(`dev${at}`);
    const graph = organization.graph();
    const tokenOn = (id: string) => pushActors(graph, id).find(({ name }) => name.startsWith("laptop"));
    expect(tokenOn(one)).toBe(tokenOn(web));
    const classes = classesOf(pushActors(graph, one), controlsOf());
    expect(classes.map(({ actors }) => actors.map(({ kind }) => kind).join())).toEqual([
      Array.from({ length: 7 }, () => "user").join(),
      "token",
      "token",
    ]);
  });
});

describe("scopes", () => {
  const at = (level: Protection["level"]): ReturnType<typeof controlsOf> =>
    controlsOf({ protections: known([{ ...ruleset("main", [rule(reviews(1))]), level }]) });
  const cases: readonly (readonly [string, string, readonly [string, string, string, string]])[] = [
    // Changes workflows; rules of the repository, the organization, the enterprise.
    ["`repo`", "repo", ["no", "yes", "conditional", "conditional"]],
    ["`workflow` besides", "repo, workflow", ["yes", "yes", "conditional", "conditional"]],
    ["`admin:org` besides", "admin:org, repo", ["no", "yes", "yes", "conditional"]],
    ["`write:org` does not", "repo, write:org", ["no", "yes", "conditional", "conditional"]],
    [
      "hooks of the organization do not",
      "admin:org_hook, admin:repo_hook, repo",
      ["no", "yes", "conditional", "conditional"],
    ],
  ];
  test.each(cases)("of an owner of the organization: %s", (_name, scopes, expected) => {
    const one = actor({ ...PAT, scopes }, { role: "owner" });
    expect([
      canEditWorkflow(one, controlsOf()).state,
      ...(["repository", "organization", "enterprise"] as const).map(
        (level) => canEditProtection(one, at(level)).state,
      ),
    ]).toEqual(expected);
  });

  test("give nothing that its owner does not have", () => {
    const one = actor({ ...PAT, scopes: "admin:org, repo, workflow" }, { role: "write" });
    expect(canEditProtection(one, at("repository")).state).toBe("no");
    expect(canEditProtection(actor({ ...PAT, scopes: "admin:org, repo" }), at("organization")).state).toBe(
      "conditional",
    );
  });

  test("a fine-grained token changes the organization's rules with that permission only", () => {
    for (const [more, state] of [
      ["", "conditional"],
      [", organization_administration:write", "yes"],
    ] as const) {
      const organization = new Organization();
      organization.repository("api");
      const boss = organization.member("boss", "owner");
      const attributes = { permissions: `administration:write, contents:write${more}`, repositorySelection: "all" };
      organization.credential("fine-grained-token", "pat", boss, { attributes });
      const one = pushActors(organization.graph(), API).find(({ kind }) => kind === "token");
      expect(one && canEditProtection(one, at("organization")).state).toBe(state);
    }
  });
});

describe("an SSH key", () => {
  const key = actor(SSH, { role: "owner" });
  const token = actor({ ...PAT, scopes: "repo, workflow" }, { role: "owner" });
  const gate = controlsOf({ protections: known([ruleset("main", [rule(reviews(0))])]) });
  const environment = (more: object) =>
    controlsOf({
      environments: known([
        environmentOf("prod", {
          reviewers: [{ type: "user", id: `${T}:ana`, name: "ana" }],
          adminsBypass: known(false),
          ...more,
        }),
      ]),
    });
  const job = { kind: "branch", demand: names("main") } as const;
  const deploys = (one: PushActor, more: object) => canUseEnvironment(one, environment(more), names("prod"), job);

  test("pushes, workflow files included", () => {
    expect(canEditWorkflow(key, controlsOf()).state).toBe("yes");
    expect(canPushRef(key, controlsOf(), "branch", names("main")).state).toBe("yes");
  });
  test("passes rules that its owner bypasses", () => {
    const bypassed = controlsOf({
      protections: known([
        ruleset("main", [rule(reviews(1), [{ type: "organization-owner", id: null, name: "owners", mode: "always" }])]),
      ]),
    });
    expect(canPushRef(key, bypassed, "branch", names("main")).state).toBe("yes");
  });

  const cases: readonly (readonly [string, (one: PushActor) => string, string, string])[] = [
    [
      "opens no pull request",
      (one) => canLandViaPullRequest(one, gate, "branch", names("main"), { approvers: [] }).state,
      "no",
      "yes",
    ],
    ["changes no protection", (one) => canEditProtection(one, gate).state, "no", "yes"],
    ["approves no deployment; its owner does", (one) => deploys(one, {}).state, "conditional", "yes"],
    ["nor where nobody approves their own", (one) => deploys(one, { preventSelfReview: true }).state, "no", "no"],
    [
      "skips no rules of an environment",
      (one) => deploys(one, { adminsBypass: known(true) }).state,
      "conditional",
      "yes",
    ],
    [
      "makes no fork",
      (one) => {
        const { settings } = controlsOf();
        const forks = controlsOf({ settings: { ...settings, forksGetWriteTokens: known(true) } });
        const demand = {
          job: "pull-request",
          refKind: "branch",
          ref: names("main"),
          workflow: null,
          jobWorkflow: null,
        };
        return forkToken(one, forks, demand as unknown as Parameters<typeof forkToken>[2]).state;
      },
      "no",
      "yes",
    ],
  ];
  test.each(cases)("%s", (_name, ask, ofKey, ofToken) => {
    expect([ask(key), ask(token)]).toEqual([ofKey, ofToken]);
  });
});

test("across the bridge, credentials are sources beside their owner, each as far as it goes itself", async () => {
  const all = organization("infra");
  all.on(`${T}:R_infra`, all.member("ana"), "write");
  const lists: readonly (readonly [string, Attributes])[] = [
    ["key", SSH],
    ["plain", PAT],
    ["unread", { ...PAT, scopes: null }],
    ["whole", { ...PAT, scopes: "repo, workflow" }],
  ];
  for (const [name, attributes] of lists)
    all.credential("single-sign-on-authorization", name, `${T}:ana`, { attributes });
  const escalation = await bridgeWorld(all, {
    roles: { deploy: { admin: true, trust: subjects("repo:sample/infra:ref:refs/heads/main") } },
  });
  const found = escalation.admins().admins.filter(({ principal }) => principal.system === "github");
  // Nothing in the repository asks for tokens, so without `workflow` there is no way.
  expect(Object.fromEntries(found.map(({ principal, state }) => [nameOf(principal.id), state]))).toEqual({
    ana: "yes",
    key: "yes",
    unread: "unknown",
    whole: "yes",
  });
});
