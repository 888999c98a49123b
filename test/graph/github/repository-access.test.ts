import { describe, expect, test } from "vitest";
import type { AccessGraph } from "../../../src/graph/access-graph.ts";
import { repositoryAccess } from "../../../src/graph/github/repository-access.ts";
import type { RepositoryRole } from "../../../src/graph/github/repository-role.ts";
import type { CoverageState, RecordKind } from "../../../src/model/coverage.ts";
import { known } from "../../../src/model/observed.ts";
import { nameOf, Organization } from "./organization-of.ts";

/** `ana: write` of everybody with access to `api`. */
const people = (graph: AccessGraph, atLeast?: RepositoryRole): readonly string[] =>
  repositoryAccess(graph)
    .accessTo("github:O_1:R_api", atLeast)
    .people.map(({ principalId, role }) => `${nameOf(principalId)}: ${role}`);

/** `team write platform>engineering` of each source. */
const sources = (graph: AccessGraph, who: string): readonly string[] =>
  (repositoryAccess(graph).accessOn(`github:O_1:${who}`, "github:O_1:R_api")?.sources ?? []).map(
    ({ kind, role, named, via }) =>
      [
        kind,
        role,
        ...(named === null ? [] : [`(${named})`]),
        ...(via.length === 0 ? [] : [via.map(nameOf).join(">")]),
      ].join(" "),
  );

interface SourceCase {
  readonly name: string;
  readonly base?: string | null;
  readonly given: (organization: Organization, api: string) => void;
  readonly people: readonly string[];
  /** Sources of the first of them. */
  readonly sources: readonly string[];
  readonly visibility?: string;
}

const ALONE: readonly SourceCase[] = [
  {
    name: "a collaborator",
    given: (o, api) => void o.on(api, o.outsider("ana"), "maintain"),
    people: ["ana: maintain"],
    sources: ["direct maintain"],
  },
  {
    name: "a team",
    given: (o, api) => {
      const team = o.team("platform");
      o.join(o.member("ana"), team);
      o.on(api, team, "write");
    },
    people: ["ana: write"],
    sources: ["team write platform"],
  },
  {
    name: "the parent of a team, and the parent of that",
    given: (o, api) => {
      const top = o.team("engineering");
      const bottom = o.team("platform", o.team("infra", top));
      o.join(o.member("ana"), bottom);
      o.join(o.member("top"), top);
      o.on(api, top, "admin");
    },
    people: ["ana: admin", "top: admin"],
    sources: ["team admin platform>infra>engineering"],
  },
  {
    name: "a child team gives nothing to those who are in the parent only",
    given: (o, api) => {
      const parent = o.team("engineering");
      const child = o.team("platform", parent);
      o.join(o.member("ana"), child);
      o.join(o.member("bob"), parent);
      o.on(api, child, "write");
    },
    people: ["ana: write"],
    sources: ["team write platform"],
  },
  {
    name: "an enterprise team",
    given: (o, api) => {
      const team = o.team("everywhere", null, "enterprise-team");
      o.join(o.member("ana"), team);
      o.on(api, team, "triage");
    },
    people: ["ana: triage"],
    sources: ["enterprise-team triage everywhere"],
  },
  {
    name: "owning the organization",
    given: (o) => void o.member("ana", "owner"),
    people: ["ana: admin"],
    sources: ["organization-owner admin"],
  },
  {
    name: "an organization role with a base, assigned to a person",
    given: (o) => void o.assign(o.member("ana"), "all-write", { base: "write" }),
    people: ["ana: write"],
    sources: ["organization-role write (all-write)"],
  },
  {
    name: "an organization role assigned to a team, for its children too",
    given: (o) => {
      const parent = o.team("engineering");
      o.join(o.member("ana"), o.team("platform", parent));
      o.assign(parent, "all-admin", { base: "admin" });
    },
    people: ["ana: admin"],
    sources: ["organization-role admin (all-admin) platform>engineering"],
  },
  {
    name: "an organization role without a base gives nothing on repositories",
    given: (o) => void o.assign(o.member("ana"), "billing", { base: null, permissions: known(["read_billing"]) }),
    people: [],
    sources: [],
  },
  {
    name: "the base permission, for members and never for outside collaborators",
    base: "write",
    given: (o, api) => {
      o.member("ana");
      o.on(api, o.outsider("zoe"), "read");
    },
    people: ["ana: write", "zoe: read"],
    sources: ["base-permission write"],
  },
  {
    name: "an internal repository is read by members, whatever the base permission",
    visibility: "internal",
    given: (o) => {
      o.member("ana");
      o.outsider("zoe");
    },
    people: ["ana: read"],
    sources: ["internal-visibility read"],
  },
  {
    name: "a public repository is no source of anything",
    visibility: "public",
    given: (o) => void o.member("ana"),
    people: [],
    sources: [],
  },
  {
    name: "a custom repository role by its base, in whatever case",
    given: (o, api) => {
      o.customRole("Releaser", { base: "write", permissions: known(["create_tag"]) });
      o.on(api, o.member("ana"), "releaser");
    },
    people: ["ana: write"],
    sources: ["direct write (releaser)"],
  },
];

describe("each source alone", () => {
  test.each(ALONE.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const organization = new Organization(one.base === undefined ? "none" : one.base);
    one.given(organization, organization.repository("api", { visibility: one.visibility ?? "private" }));
    const graph = organization.graph();
    expect(people(graph)).toEqual(one.people);
    expect(sources(graph, "ana")).toEqual(one.sources);
  });

  test.each(ALONE.map((one) => [one.name, one] as const))("taken away, it is gone: %s", (_name, one) => {
    const organization = new Organization(one.base === undefined ? "none" : one.base);
    one.given(organization, organization.repository("api", { visibility: one.visibility ?? "private" }));
    const before = repositoryAccess(organization.graph()).accessOn("github:O_1:ana", "github:O_1:R_api");
    for (const { grants } of before?.sources ?? []) {
      expect(grants.length).toBeGreaterThan(0);
      for (const grant of grants) expect(sources(organization.graph([grant]), "ana")).toEqual([]);
    }
  });
});

describe("several sources together", () => {
  const organization = new Organization("read");
  const api = organization.repository("api");
  const ana = organization.member("ana");
  const engineering = organization.team("engineering");
  const [platform, data] = [organization.team("platform", engineering), organization.team("data", engineering)];
  organization.join(ana, platform);
  organization.join(ana, data);
  organization.on(api, engineering, "maintain");
  organization.on(api, data, "write");
  organization.customRole("releaser", {
    base: "write",
    permissions: known(["create_tag", "bypass_branch_protection"]),
  });
  organization.on(api, ana, "releaser");
  organization.assign(ana, "readers", { base: "read", permissions: known(["view_dependabot_alerts"]) });

  test("the highest counts, every one is told, highest first and what holds everywhere last among equals", () => {
    expect(people(organization.graph())).toEqual(["ana: maintain"]);
    expect([...sources(organization.graph(), "ana")].sort()).toEqual(
      [
        "team maintain platform>engineering",
        "team maintain data>engineering",
        "direct write (releaser)",
        "team write data",
        "base-permission read",
        "organization-role read (readers)",
      ].sort(),
    );
    const roles = sources(organization.graph(), "ana").map((text) => text.split(" ")[1]);
    expect(roles).toEqual(["maintain", "maintain", "write", "write", "read", "read"]);
  });

  test("custom roles and fine-grained permissions add up", () => {
    const access = repositoryAccess(organization.graph()).accessOn(ana, api);
    expect(access?.customRoles).toEqual(["releaser"]);
    expect(access?.permissions).toEqual(known(["bypass_branch_protection", "create_tag", "view_dependabot_alerts"]));
  });

  test("removing a grant takes away exactly the sources that name it", () => {
    const all = repositoryAccess(organization.graph()).accessOn(ana, api)?.sources ?? [];
    for (const grant of new Set(all.flatMap(({ grants }) => grants))) {
      const left = repositoryAccess(organization.graph([grant])).accessOn(ana, api)?.sources ?? [];
      // Who is no member any more has no team and no base permission left to tell, but grants are facts and looked at one by one.
      expect(left).toEqual(all.filter(({ grants }) => !grants.includes(grant)));
    }
  });

  test("a person's repositories: what holds everywhere once, and each repository with all of it", () => {
    const other = new Organization("read");
    const [one, two] = [other.repository("api"), other.repository("web")];
    const kim = other.member("kim");
    other.on(two, kim, "admin");
    const access = repositoryAccess(other.graph()).accessOf(kim);
    expect(access.everywhere.map(({ kind }) => kind)).toEqual(["base-permission"]);
    expect(access.repositories.map(({ repositoryId, role }) => [repositoryId, role])).toEqual([
      [one, "read"],
      [two, "admin"],
    ]);
    expect(access.missing).toEqual([]);
  });

  test("a team has what its parents were given", () => {
    const { repositories, everywhere } = repositoryAccess(organization.graph()).accessOf(platform);
    expect(everywhere).toEqual([]);
    expect(repositories.map(({ role, sources: [first] }) => [role, first?.via])).toEqual([["maintain", [engineering]]]);
  });

  test("only those who reach the level are asked for, and nothing is told of what is no repository", () => {
    const some = new Organization("read");
    const repository = some.repository("api");
    some.member("reader");
    some.on(repository, some.member("writer"), "write");
    expect(people(some.graph(), "write")).toEqual(["writer: write"]);
    expect(repositoryAccess(some.graph()).accessTo("github:O_1:R_none").people).toEqual([]);
    expect(repositoryAccess(some.graph()).accessOn("github:O_1:reader", "github:O_1:R_none")).toBeUndefined();
  });

  test("a circle of teams is met once", () => {
    const circle = new Organization();
    const repository = circle.repository("api");
    const a = circle.team("a");
    const b = circle.team("b", a);
    circle.records.relations.push({ id: "relation:circle", kind: "parent-of", fromId: b, toId: a, attributes: {} });
    circle.join(circle.member("ana"), a);
    circle.on(repository, b, "write");
    expect(sources(circle.graph(), "ana")).toEqual(["team write a>b"]);
  });
});

describe("what was not read", () => {
  const unread: readonly {
    readonly name: string;
    readonly kind: RecordKind;
    readonly state: CoverageState;
    readonly says: Readonly<Record<"member" | "outsider" | "stranger" | "owner", readonly string[]>>;
  }[] = [
    {
      name: "direct collaborators, of whom anybody may be one",
      kind: "collaborator",
      state: "denied",
      says: {
        member: ["direct collaborators were not read: refused"],
        outsider: ["direct collaborators were not read: refused"],
        stranger: ["direct collaborators were not read: refused"],
        owner: [],
      },
    },
    {
      name: "some teams, which only members are in",
      kind: "team",
      state: "partial",
      says: { member: ["not all teams were read: refused"], outsider: [], stranger: [], owner: [] },
    },
    {
      name: "enterprise teams",
      kind: "enterprise-team",
      state: "skipped",
      says: { member: ["enterprise teams were not read: refused"], outsider: [], stranger: [], owner: [] },
    },
    {
      name: "organization roles",
      kind: "organization-role",
      state: "denied",
      says: { member: ["organization roles were not read: refused"], outsider: [], stranger: [], owner: [] },
    },
    {
      name: "members: whoever is not known to be none may own the organization",
      kind: "member",
      state: "denied",
      says: { member: [], outsider: [], stranger: ["members and owners were not read: refused"], owner: [] },
    },
    {
      name: "custom repository roles, where nobody has one: nothing is missing",
      kind: "custom-repository-role",
      state: "denied",
      says: { member: [], outsider: [], stranger: [], owner: [] },
    },
  ];
  test.each(unread.map((one) => [one.name, one] as const))("%s", (_name, { kind, state, says }) => {
    const organization = new Organization("read").cannotRead(kind, state);
    const api = organization.repository("api");
    const who = {
      member: organization.member("member"),
      outsider: organization.outsider("outsider"),
      stranger: organization.mentioned("stranger"),
      owner: organization.member("owner", "owner"),
    };
    for (const id of Object.values(who)) organization.on(api, id, "read");
    const access = repositoryAccess(organization.graph());
    for (const [role, id] of Object.entries(who))
      expect([role, access.accessOn(id, api)?.missing]).toEqual([role, says[role as keyof typeof says]]);
    expect(access.accessTo(api).missing).toEqual(Object.values(says).flat().slice(0, 1));
  });

  test("the base permission: members may have more, outside collaborators not", () => {
    const organization = new Organization(null);
    const api = organization.repository("api");
    const [ana, zoe] = [organization.member("ana"), organization.outsider("zoe")];
    for (const id of [ana, zoe]) organization.on(api, id, "read");
    const access = repositoryAccess(organization.graph());
    expect(access.accessOn(ana, api)?.missing).toEqual(["the organization's base permission was not read"]);
    expect(access.accessOn(zoe, api)?.missing).toEqual([]);
  });

  test("a custom role reads at least; whoever holds it is told among writers as one who may be", () => {
    for (const given of ["denied", "absent", "base"] as const) {
      const organization = new Organization();
      if (given === "denied") organization.cannotRead("custom-repository-role");
      if (given === "base") organization.customRole("releaser", { base: "superuser" });
      const api = organization.repository("api");
      organization.on(api, organization.member("ana"), "releaser");
      const { people: told } = repositoryAccess(organization.graph()).accessTo(api, "write");
      expect(told.map(({ role }) => role)).toEqual(["read"]);
      expect(told[0]?.missing[0]).toContain("`releaser`");
      expect(told[0]?.permissions.known).toBe(given === "base");
    }
  });

  test("an organization role whose document was refused may be anything, on every repository", () => {
    const organization = new Organization();
    const api = organization.repository("api");
    const ana = organization.member("ana");
    organization.assign(ana, "mystery", null);
    const access = repositoryAccess(organization.graph());
    expect(access.accessTo(api, "admin").people.map(({ role }) => role)).toEqual(["none"]);
    expect(access.accessOf(ana).missing[0]).toContain("`mystery`");
    expect(access.accessOf(ana).repositories.map(({ repositoryId }) => repositoryId)).toEqual([api]);
  });

  test("a kind without a row of coverage was not read", () => {
    const organization = new Organization();
    const api = organization.repository("api");
    organization.on(api, organization.member("ana"), "read");
    const graph = organization.graph();
    const bare = { ...graph, coverage: () => undefined };
    expect(repositoryAccess(bare).accessTo(api).people[0]?.missing).toEqual([
      "direct collaborators were not read",
      "teams were not read",
      "enterprise teams were not read",
      "organization roles were not read",
    ]);
  });
});
