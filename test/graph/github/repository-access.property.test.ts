import fc from "fast-check";
import { expect, test } from "vitest";
import { pushActorsOf } from "../../../src/graph/github/push-actors.ts";
import { repositoryAccess } from "../../../src/graph/github/repository-access.ts";
import type { AccessGraph } from "../../../src/graph/access-graph.ts";
import { Organization, T } from "./organization-of.ts";

const ROLES = ["none", "read", "triage", "write", "maintain", "admin"] as const;
type Role = (typeof ROLES)[number];
const CUSTOM: Readonly<Record<string, Role>> = { releaser: "write", auditor: "read", keeper: "maintain" };

/** An organization as numbers: who is what, which team is below which, who was given what. */
interface World {
  readonly base: Role;
  readonly people: readonly ("member" | "owner" | "outsider")[];
  /** Parent of each team, by number; itself or a later one for none. Enterprise teams have none. */
  readonly teams: readonly { readonly parent: number; readonly enterprise: boolean }[];
  readonly memberships: readonly (readonly [number, number])[];
  /** Repository, holder (people first, then teams), role. */
  readonly grants: readonly (readonly [number, number, string])[];
  readonly assigned: readonly (readonly [number, Role])[];
  readonly internal: readonly boolean[];
}

const [PEOPLE, TEAMS] = [5, 5];
const world: fc.Arbitrary<World> = fc.record({
  base: fc.constantFrom("none", "read", "write", "admin"),
  people: fc.array(fc.constantFrom("member", "member", "owner", "outsider"), { minLength: PEOPLE, maxLength: PEOPLE }),
  teams: fc.array(fc.record({ parent: fc.nat(TEAMS - 1), enterprise: fc.boolean() }), {
    minLength: TEAMS,
    maxLength: TEAMS,
  }),
  memberships: fc.array(fc.tuple(fc.nat(PEOPLE - 1), fc.nat(TEAMS - 1)), { maxLength: 8 }),
  grants: fc.array(
    fc.tuple(
      fc.nat(1),
      fc.nat(PEOPLE + TEAMS - 1),
      fc.constantFrom("read", "triage", "write", "maintain", "admin", ...Object.keys(CUSTOM)),
    ),
    { maxLength: 8 },
  ),
  assigned: fc.array(fc.tuple(fc.nat(PEOPLE + TEAMS - 1), fc.constantFrom(...ROLES)), { maxLength: 3 }),
  internal: fc.tuple(fc.boolean(), fc.boolean()),
});

interface Built {
  readonly organization: Organization;
  readonly people: readonly string[];
  readonly repositories: readonly string[];
  /** Whether the fact still stands is asked by the grant's id. */
  role(person: number, repository: number, gone: ReadonlySet<string>): Role;
}

/** The organization, and its closure the slow way: sets grown until nothing changes, then the highest of all that applies. */
function build({ base, people, teams, memberships, grants, assigned, internal }: World): Built {
  const organization = new Organization(base);
  for (const [name, role] of Object.entries(CUSTOM)) organization.customRole(name, { base: role });
  const repositories = internal.map((is, at) =>
    organization.repository(`r${at}`, { visibility: is ? "internal" : "private" }),
  );
  const ids = people.map((kind, at) =>
    kind === "outsider" ? organization.outsider(`p${at}`) : organization.member(`p${at}`, kind),
  );
  const inOrganization = organization.records.grants.map(({ id, principalId, entitlementId }) => ({
    id,
    person: ids.indexOf(principalId),
    owner: entitlementId === `${T}#organization-role/owner`,
  }));
  const teamIds: string[] = [];
  const parentOf = teams.map(({ parent, enterprise }, at) => (enterprise || parent >= at ? null : parent));
  teams.forEach(({ enterprise }, at) => {
    const parent = parentOf[at] ?? null;
    teamIds.push(
      organization.team(
        `t${at}`,
        parent === null ? null : (teamIds[parent] ?? null),
        enterprise ? "enterprise-team" : "team",
      ),
    );
  });
  const holders = [...ids, ...teamIds];
  const joined = memberships.map(([person, team]) => ({
    person,
    team,
    id: organization.join(ids[person] ?? "", teamIds[team] ?? ""),
  }));
  const given = grants.map(([repository, holder, role]) => ({
    repository,
    holder,
    role: CUSTOM[role] ?? (role as Role),
    id: organization.on(repositories[repository] ?? "", holders[holder] ?? "", role),
  }));
  const roles = assigned.map(([holder, role]) => ({
    holder,
    role,
    id: organization.assign(holders[holder] ?? "", `all-${role}`, { base: role === "none" ? null : role }),
  }));
  return {
    organization,
    people: ids,
    repositories,
    role(person, repository, gone) {
      const stands = ({ id }: { readonly id: string }): boolean => !gone.has(id);
      const mine = new Set<number>([person]);
      for (const { team } of joined.filter((one) => one.person === person && stands(one))) mine.add(PEOPLE + team);
      for (let before = -1; before !== mine.size;) {
        before = mine.size;
        parentOf.forEach((parent, team) => {
          if (parent !== null && mine.has(PEOPLE + team)) mine.add(PEOPLE + parent);
        });
      }
      const all: Role[] = [
        ...given
          .filter((one) => one.repository === repository && mine.has(one.holder) && stands(one))
          .map((one) => one.role),
        ...roles.filter((one) => mine.has(one.holder) && stands(one)).map((one) => one.role),
      ];
      for (const one of inOrganization.filter((entry) => entry.person === person && stands(entry))) {
        all.push(one.owner ? "admin" : base);
        if (internal[repository] === true) all.push("read");
      }
      return all.reduce<Role>((best, role) => (ROLES.indexOf(role) > ROLES.indexOf(best) ? role : best), "none");
    },
  };
}

const roleIn = (graph: AccessGraph, person: string, repository: string): Role =>
  repositoryAccess(graph).accessOn(person, repository)?.role ?? "none";

test("everybody's role is that of the slow closure, from the repository's side and from the person's", () => {
  fc.assert(
    fc.property(world, (given) => {
      const { organization, people, repositories, role } = build(given);
      const graph = organization.graph();
      const access = repositoryAccess(graph);
      const [expected, byRepository, byPerson]: [string[], string[], string[]] = [[], [], []];
      repositories.forEach((repository, at) => {
        people.forEach((person, who) => {
          const is = role(who, at, new Set());
          if (is !== "none") expected.push(`${repository} ${person} ${is}`);
        });
        byRepository.push(
          ...access.accessTo(repository).people.map((one) => `${repository} ${one.principalId} ${one.role}`),
        );
        const writers = pushActorsOf(graph).of(repository);
        expect(writers.map(({ id }) => id)).toEqual(
          people.filter((_person, who) => ROLES.indexOf(role(who, at, new Set())) >= 3).sort(),
        );
      });
      for (const person of people)
        for (const one of access.accessOf(person).repositories) {
          byPerson.push(`${one.repositoryId} ${person} ${one.role}`);
          expect(one).toEqual(access.accessOn(person, one.repositoryId));
        }
      expect(byRepository.sort()).toEqual(expected.sort());
      expect(byPerson.sort()).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("sources are all there are: one grant of each removed, whichever, leaves no access; all but one leave its role", () => {
  fc.assert(
    fc.property(world, fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }), (given, choices) => {
      const { organization, people, repositories, role } = build(given);
      const access = repositoryAccess(organization.graph());
      repositories.forEach((repository, at) =>
        people.forEach((person, who) => {
          const sources = access.accessOn(person, repository)?.sources ?? [];
          const gone = new Set(sources.map(({ grants }, n) => grants[(choices[n % 12] ?? 0) % grants.length] ?? ""));
          expect(role(who, at, gone)).toBe("none");
          if (gone.size > 0) expect(roleIn(organization.graph([...gone]), person, repository)).toBe("none");
          for (const kept of sources) {
            // Everything that the kept source does not stand on.
            const others = new Set(sources.flatMap(({ grants }) => grants).filter((id) => !kept.grants.includes(id)));
            expect(ROLES.indexOf(role(who, at, others))).toBeGreaterThanOrEqual(ROLES.indexOf(kept.role));
          }
        }),
      );
    }),
    { numRuns: 60 },
  );
});
