import { describe, expect, test } from "vitest";
import { classesOf } from "../../../src/graph/github/actor-classes.ts";
import { pushActors, pushActorsOf } from "../../../src/graph/github/push-actors.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { Attributes } from "../../../src/model/tenant.ts";
import type { PushActor } from "../../../src/policy/github/push-actor.ts";
import { canLandViaPullRequest } from "../../../src/policy/github/can-land-via-pr.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import type { RepositoryControls } from "../../../src/policy/github/repository-controls.ts";
import {
  actorOf,
  bypass,
  controlsOf,
  environmentOf,
  names,
  reviews,
  rule,
  ruleset,
} from "../../policy/github/controls-of.ts";
import { Organization, T } from "./organization-of.ts";

const API = `${T}:R_api`;

describe("people", () => {
  const organization = new Organization("read", { enterpriseId: 7 }).cannotRead("enterprise-role");
  const api = organization.repository("api");
  const engineering = organization.team("engineering");
  const platform = organization.team("platform", engineering);
  const other = organization.team("other");
  const ana = organization.member("ana", "member", { databaseId: 101 });
  organization.join(ana, platform);
  organization.join(ana, other);
  organization.on(api, engineering, "maintain");
  organization.member("boss", "owner", { enterpriseOwner: true });
  organization.member("reader");
  organization.customRole("releaser", { base: "write", permissions: known(["create_tag"]) });
  organization.on(api, organization.outsider("zoe"), "releaser");
  const actors = pushActors(organization.graph(), api);

  test("those with write or more, in order of id, with their teams flattened", () => {
    expect(actors.map(({ name, role }) => `${name} ${role}`)).toEqual(["ana maintain", "boss admin", "zoe write"]);
    expect(actors[0]).toEqual({
      id: ana,
      name: "ana",
      kind: "user",
      role: "maintain",
      customRoles: [],
      permissions: known([]),
      teams: [engineering, other, platform].sort(),
      organizationOwner: false,
      enterpriseOwner: unknown("enterprise owners were not read: refused"),
      login: "ana",
      userId: 101,
      editsWorkflows: known(true),
      writesContents: true,
      administers: false,
      missing: [],
    });
  });
  test("owners administer, of the enterprise where that is said; custom roles bring their permissions", () => {
    expect(actors[1]).toMatchObject({ organizationOwner: true, enterpriseOwner: known(true), administers: true });
    expect(actors[2]).toMatchObject({ customRoles: ["releaser"], permissions: known(["create_tag"]), userId: null });
  });
  test("whoever has the same everywhere is the same object in every repository", () => {
    const two = new Organization("write");
    const [one, web] = [two.repository("api"), two.repository("web")];
    two.member("ana");
    const graph = two.graph();
    expect(pushActors(graph, one)[0]).toBe(pushActors(graph, web)[0]);
    two.on(web, `${T}:ana`, "admin");
    const later = two.graph();
    expect([one, web].map((id) => pushActors(later, id)[0]?.role)).toEqual(["write", "admin"]);
  });
  test("unread teams are missing of administrators too, since bypasses go by team; not of outside collaborators", () => {
    const unread = new Organization().cannotRead("team");
    const repository = unread.repository("api");
    unread.member("boss", "owner");
    unread.on(repository, unread.outsider("zoe"), "admin");
    expect(pushActors(unread.graph(), repository).map(({ missing }) => missing)).toEqual([
      ["teams were not read: refused"],
      [],
    ]);
  });
  test("readers are apart, by the base permission, a team or as collaborators", () => {
    const some = new Organization("read");
    const repository = some.repository("api");
    some.on(repository, some.member("ana"), "write");
    some.member("base");
    some.on(repository, some.outsider("zoe"), "triage");
    expect(pushActorsOf(some.graph()).readers(repository)).toMatchObject([
      { name: "base", role: "read", writesContents: false },
      { name: "zoe", role: "triage", writesContents: false },
    ]);
    const closed = new Organization("none");
    const own = closed.repository("api");
    const team = closed.team("readers");
    closed.on(own, team, "read");
    closed.join(closed.member("tea"), team);
    closed.member("base");
    expect(
      pushActorsOf(closed.graph())
        .readers(own)
        .map(({ name }) => name),
    ).toEqual(["tea"]);
  });
  test("who may hold more than is certain is among them; a person can be asked for whatever the role", () => {
    const some = new Organization("read");
    const repository = some.repository("api");
    some.on(repository, some.member("ana"), "mystery");
    some.member("reader");
    const index = pushActorsOf(some.graph());
    expect(index.of(repository)).toMatchObject([
      { name: "ana", role: "read", writesContents: false, missing: [expect.stringContaining("mystery") as string] },
    ]);
    expect(index.person(`${T}:reader`, repository)).toMatchObject({ role: "read", writesContents: false });
    expect(index.person(`${T}:nobody`, repository)).toBeUndefined();
  });
});

describe("apps", () => {
  const given = (attributes: Attributes, more: (o: Organization, app: string) => void = () => {}) => {
    const organization = new Organization();
    organization.repository("api");
    organization.repository("web");
    more(organization, organization.app("bot", attributes));
    return pushActors(organization.graph(), API);
  };
  const all = (permissions: string): Attributes => ({ permissions, repositorySelection: "all", suspended: false });
  const chosen: Attributes = { permissions: "contents:write", repositorySelection: "selected" };

  const may: readonly (readonly [string, Partial<PushActor> | undefined])[] = [
    [
      "contents:write, metadata:read",
      {
        role: "write",
        writesContents: true,
        editsWorkflows: known(false),
        administers: false,
        opensPullRequests: known(false),
      },
    ],
    [
      "contents:write, pull_requests:write, workflows:write",
      { writesContents: true, editsWorkflows: known(true), opensPullRequests: known(true) },
    ],
    ["administration:write, contents:read", { role: "read", writesContents: false, administers: true }],
    ["workflows:write", { role: "none", writesContents: false, editsWorkflows: known(true) }],
    ["contents:read, secrets:write", undefined],
    ["organization_administration:write", undefined],
  ];
  test.each(may)("with `%s`", (permissions, expected) => {
    const [actor, ...rest] = given(all(permissions));
    expect(rest).toEqual([]);
    if (expected === undefined) expect(actor).toBeUndefined();
    else expect(actor).toMatchObject({ kind: "app", name: "bot", login: null, missing: [], ...expected });
  });

  test("a suspended one does nothing", () => {
    expect(given({ ...all("contents:write"), suspended: true })).toEqual([]);
  });
  test("permissions that were not read may be any", () => {
    expect(given({ repositorySelection: "all" })).toMatchObject([
      { editsWorkflows: { known: false }, missing: ["what app `bot` may do was not read"] },
    ]);
  });
  test("chosen repositories: only those", () => {
    expect(given(chosen, (o, app) => o.select(app, API)).map(({ missing }) => missing)).toEqual([[]]);
    expect(given(chosen, (o, app) => o.select(app, `${T}:R_web`))).toEqual([]);
    expect(given(chosen)).toEqual([]);
  });
  const cut: readonly (readonly [string, Attributes, (o: Organization, app: string) => void, string])[] = [
    ["not read", chosen, (o) => void o.cannotRead("installation-repository"), ": refused"],
    ["cut", { ...chosen, selectionCut: true }, (o, app) => void o.select(app, `${T}:R_web`), ""],
  ];
  test.each(cut)("chosen repositories that were %s may be any", (_name, attributes, more, why) => {
    expect(given(attributes, more).map(({ missing }) => missing)).toEqual([
      [`which repositories app \`bot\` is open to was not read${why}`],
    ]);
  });
});

describe("deploy keys and tokens", () => {
  const given = (more: (o: Organization, ana: string) => void, role = "write") => {
    const organization = new Organization();
    const api = organization.repository("api");
    organization.repository("web");
    const ana = organization.member("ana", "member", { databaseId: 101 });
    organization.on(api, ana, role);
    more(organization, ana);
    return pushActors(organization.graph(), api).filter(({ kind }) => kind !== "user");
  };
  test("keys that may write and are enabled", () => {
    const keys = given((o) => {
      o.credential("deploy-key", "ci", API, { attributes: { readOnly: false } });
      o.credential("deploy-key", "reader", API, { attributes: { readOnly: true } });
      o.credential("deploy-key", "off", API, { attributes: { readOnly: false }, status: known("inactive") });
      o.credential("deploy-key", "web", `${T}:R_web`, { attributes: { readOnly: false } });
      o.credential("deploy-key", "perhaps", API, { attributes: { readOnly: false }, status: unknown("not said") });
    });
    expect(keys.map(({ name, missing }) => [name, missing])).toEqual([
      ["ci", []],
      ["perhaps", ["whether deploy key `perhaps` is enabled: not said"]],
    ]);
    expect(keys[0]).toMatchObject({ kind: "deploy-key", role: "write", editsWorkflows: known(true), login: null });
  });

  const token =
    (attributes: Attributes, more: Parameters<Organization["credential"]>[3] = {}) =>
    (o: Organization, ana: string) =>
      o.credential("fine-grained-token", "pat", ana, { attributes, ...more });
  const all = { permissions: "contents:write, organization_members:read", repositorySelection: "all" };

  test("a token acts for its owner within its permissions", () => {
    expect(given((o, ana) => void token(all)(o, ana), "admin")).toMatchObject([
      {
        id: `${T}:pat`,
        kind: "token",
        role: "admin",
        login: "ana",
        userId: 101,
        administers: false,
        writesContents: true,
      },
    ]);
    const admin = { ...all, permissions: "administration:write, workflows:write" };
    expect(given((o, ana) => void token(admin)(o, ana), "admin")).toMatchObject([
      { administers: true, writesContents: false, editsWorkflows: known(true) },
    ]);
    // A permission its owner does not have gives nothing.
    expect(given((o, ana) => void token(admin)(o, ana), "maintain")).toMatchObject([{ administers: false }]);
  });
  const none: readonly (readonly [string, Attributes, object, string])[] = [
    ["reads only", { ...all, permissions: "contents:read" }, {}, "write"],
    ["has expired", all, { status: known("inactive") }, "write"],
    ["is open to no repository", { ...all, repositorySelection: "none" }, {}, "write"],
    ["is of somebody who reads only", all, {}, "read"],
  ];
  test.each(none)("none that %s", (_name, attributes, more, role) => {
    expect(given((o, ana) => void token(attributes, more)(o, ana), role)).toEqual([]);
  });
  test("chosen repositories: only those, and any where none is told", () => {
    const chosen = { ...all, repositorySelection: "subset" };
    const opened = (repository: string) => (o: Organization, ana: string) =>
      void o.select(token(chosen)(o, ana), repository);
    expect(given(opened(API)).map(({ missing }) => missing)).toEqual([[]]);
    expect(given(opened(`${T}:R_web`))).toEqual([]);
    expect(given((o, ana) => void token(chosen)(o, ana)).map(({ missing }) => missing)).toEqual([
      ["which repositories token `pat` is open to was not read"],
    ]);
  });
});

test("what was not read at all is told once, for the repository", () => {
  const organization = new Organization(null)
    .cannotRead("deploy-key")
    .cannotRead("collaborator", "partial", "3 hidden");
  const api = organization.repository("api");
  expect(pushActorsOf(organization.graph()).missing(api)).toEqual([
    "not all direct collaborators were read: 3 hidden",
    "the organization's base permission was not read",
    "deploy keys were not read: refused",
  ]);
});

describe("classes", () => {
  const many = (count: number, given: Partial<PushActor> = {}, prefix = "w"): readonly PushActor[] =>
    Array.from({ length: count }, (_, at) => actorOf(`${prefix}${at}`, given));
  const gate = (...actors: readonly Parameters<typeof bypass>[]): RepositoryControls =>
    controlsOf({
      protections: known([
        ruleset("main", [
          rule(
            reviews(1),
            actors.map((one) => bypass(...one)),
          ),
        ]),
      ]),
    });
  const sizes = (actors: readonly PushActor[], controls: RepositoryControls, byPerson = false): readonly number[] =>
    classesOf(actors, controls, { byPerson }).map((one) => one.actors.length);

  const cases: readonly (readonly [string, readonly PushActor[], RepositoryControls, readonly number[]])[] = [
    ["alike but for their names", many(9), gate(), [9]],
    ["of different roles", [...many(9), ...many(6, { role: "admin", administers: true }, "a")], gate(), [9, 6]],
    ["a team nobody mentions", [...many(9), ...many(2, { teams: [`${T}:x`] }, "t")], gate(), [11]],
    ["a team that bypasses", [...many(9), ...many(2, { teams: [`${T}:x`] }, "t")], gate(["team", "x"]), [9, 2]],
    ["somebody who bypasses by login", many(9), gate(["user", "w3"]), [8, 1]],
    ["few who can approve: each apart", many(4), gate(), [1, 1, 1, 1]],
    [
      "few who can approve, and keys",
      [...many(2), ...many(3, { kind: "deploy-key", login: null }, "k")],
      gate(),
      [1, 1, 3],
    ],
    ["five are many", many(5), gate(), [5]],
    [
      "a team that reviews deployments",
      [...many(9), actorOf("rev", { teams: [`${T}:rev`] })],
      controlsOf({
        environments: known([environmentOf("prod", { reviewers: [{ type: "team", id: `${T}:rev`, name: "rev" }] })]),
      }),
      [9, 1],
    ],
    [
      "a code owner",
      many(9),
      controlsOf({ codeOwners: known({ path: "CODEOWNERS", rules: [{ pattern: "*", owners: ["@W2"] }], errors: [] }) }),
      [8, 1],
    ],
    [
      "a team in the list that nobody resolved",
      [...many(6), ...many(6, { teams: [`${T}:x`] }, "t")],
      controlsOf({
        protections: known([
          ruleset("main", [rule(reviews(1), [{ type: "team", id: null, name: "x", mode: "always" }])]),
        ]),
      }),
      [6, 6],
    ],
  ];
  test.each(cases)("%s", (_name, actors, controls, expected) => {
    expect(sizes(actors, controls)).toEqual(expected);
    expect(classesOf(actors, controls).every((one) => one.representative === one.actors[0])).toBe(true);
  });

  test("everybody apart, where a trust asks who it was", () => {
    expect(sizes(many(6), gate(), true)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("what is true of the representative is true of each of them", () => {
    const varied = [
      ...many(3),
      ...many(2, { role: "admin", administers: true }, "a"),
      ...many(2, { teams: [`${T}:x`, `${T}:y`] }, "t"),
      ...many(2, { kind: "deploy-key", login: null }, "k"),
      ...many(2, { role: "read", missing: ["something"] }, "r"),
      ...many(2, { kind: "app", role: "write", editsWorkflows: known(false) }, "p"),
    ];
    for (const controls of [
      gate(),
      gate(["team", "x"]),
      gate(["repository-role", "admin"]),
      gate(["user", "w1"], ["app", "p0"]),
    ])
      for (const actors of [varied, varied.slice(0, 4), varied.slice(2, 6), varied.slice(7)]) {
        const asked = (actor: PushActor) =>
          [
            canPushRef(actor, controls, "branch", names("main")),
            canLandViaPullRequest(
              actor,
              controls,
              "branch",
              names("main"),
              { approvers: actors },
              ".github/workflows/x.yml",
            ),
          ].map(({ state, needs, missing }) => ({ state, needs, missing }));
        for (const { representative, actors: alike } of classesOf(actors, controls))
          for (const actor of alike) expect([actor.name, asked(actor)]).toEqual([actor.name, asked(representative)]);
      }
  });
});
