import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chokePoints, rankChokePoints, type Survivor } from "../../../src/graph/escalation/choke-points.ts";

const LIMITS = { maxSupports: 500, maxWork: 100_000 };

/** Ways as lists of grants: one survives when none of its grants is gone; the shortest is answered, then the first. */
const waysLeft =
  (ways: readonly (readonly string[])[]): Survivor =>
  (removed) =>
    ways
      .filter((way) => !way.some((grant) => removed.has(grant)))
      .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))[0];

/** The size of the smallest cut, by trying all. */
function bruteForce(ways: readonly (readonly string[])[]): number {
  const grants = [...new Set(ways.flat())];
  let best = grants.length;
  for (let mask = 0; mask < 1 << grants.length; mask += 1) {
    const removed = new Set(grants.filter((_, at) => (mask & (1 << at)) !== 0));
    if (removed.size < best && ways.every((way) => way.some((grant) => removed.has(grant)))) best = removed.size;
  }
  return best;
}

const GRANTS = ["a", "b", "c", "d", "e", "f", "g", "h"];
const grant = fc.constantFrom(...GRANTS);
const anyWays = fc.array(fc.uniqueArray(grant, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

describe("the smallest set of grants that cuts every way", () => {
  test.each<[name: string, ways: string[][], removals: string[]]>([
    ["no way needs no cut", [], []],
    ["one way is cut at its first grant in order", [["b", "a"]], ["a"]],
    [
      "a grant that all ways share is the cut",
      [
        ["a", "x"],
        ["b", "x"],
        ["c", "x"],
      ],
      ["x"],
    ],
    [
      "two ways that share nothing need two",
      [
        ["a", "b"],
        ["c", "d"],
      ],
      ["a", "c"],
    ],
    [
      "three ways in a ring need two",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "a"],
      ],
      ["a", "b"],
    ],
    [
      "greed would take three, two are enough",
      [
        ["a", "x"],
        ["b", "x"],
        ["a", "y"],
        ["b", "y"],
        ["a", "z"],
        ["b", "w"],
      ],
      ["a", "b"],
    ],
  ])("%s", (_name, ways, removals) => {
    expect(chokePoints(waysLeft(ways), LIMITS)).toMatchObject({
      removals,
      exact: true,
      lowerBound: removals.length,
      cannotCut: false,
    });
  });

  test("a way that uses nothing removable cannot be cut, and that is said", () => {
    const answer = chokePoints(waysLeft([["a"], ["fixed"]]), { ...LIMITS, removable: (id) => id !== "fixed" });
    expect(answer).toMatchObject({ removals: [], cannotCut: true, exact: false });
  });

  test("what must not be removed is not, even where it would be the smallest cut", () => {
    const ways = [
      ["a", "x"],
      ["b", "x"],
    ];
    expect(chokePoints(waysLeft(ways), { ...LIMITS, removable: (id) => id !== "x" }).removals).toEqual(["a", "b"]);
  });

  test("it is as small as any cut there is", () => {
    fc.assert(
      fc.property(anyWays, (ways) => {
        const { removals, exact } = chokePoints(waysLeft(ways), LIMITS);
        expect(exact).toBe(true);
        expect(waysLeft(ways)(new Set(removals))).toBeUndefined();
        expect(removals.length).toBe(bruteForce(ways));
      }),
      { numRuns: 300 },
    );
  });

  test("beyond its limits it still cuts, needs every grant it names, and its bound is true", () => {
    fc.assert(
      fc.property(anyWays, fc.integer({ min: 1, max: 4 }), (ways, few) => {
        const { removals, exact, lowerBound } = chokePoints(waysLeft(ways), { maxSupports: few, maxWork: few });
        const smallest = bruteForce(ways);
        expect(waysLeft(ways)(new Set(removals))).toBeUndefined();
        for (const one of removals)
          expect(waysLeft(ways)(new Set(removals.filter((other) => other !== one)))).toBeDefined();
        expect(lowerBound).toBeLessThanOrEqual(smallest);
        if (exact) expect(removals.length).toBe(smallest);
      }),
      { numRuns: 300 },
    );
  });

  test("ten thousand ways over three hundred grants are cut within the limits", () => {
    const ways = Array.from({ length: 10_000 }, (_, at) => [
      `person-${at}`,
      `group-${at % 40}`,
      `policy-${at % 300}`,
      "role",
    ]);
    expect(chokePoints(waysLeft(ways), LIMITS)).toMatchObject({ removals: ["role"], exact: true });
  });
});

interface Hop {
  readonly from: number;
  readonly to: number;
  /** Permissions, all of them needed; each is given by any of its grants. */
  readonly needs: readonly (readonly string[])[];
}

/** Who gets to node 0, by hops of which every permission still has a grant: the nearest first, by the first grants left. */
class Ways {
  readonly #arriving = new Map<number, Hop[]>();
  readonly #people: readonly number[];
  asked = 0;

  constructor(hops: readonly Hop[], people: readonly number[]) {
    this.#people = people;
    for (const hop of hops) this.#arriving.set(hop.to, [...(this.#arriving.get(hop.to) ?? []), hop]);
  }

  readonly survivor: Survivor = (removed) => {
    this.asked += 1;
    const next = this.#search(removed);
    const nearest = this.#people
      .filter((person) => next.has(person))
      .reduce<number | undefined>((best, one) => {
        const distance = next.get(one)?.distance ?? 0;
        return best === undefined || distance < (next.get(best)?.distance ?? 0) ? one : best;
      }, undefined);
    if (nearest === undefined) return undefined;
    const grants = new Set<string>();
    for (let hop = next.get(nearest)?.hop; hop !== undefined; hop = next.get(hop.to)?.hop)
      for (const need of hop.needs) grants.add(need.find((one) => !removed.has(one)) ?? "");
    return [...grants];
  };

  readonly reaching = (removed: ReadonlySet<string>): number => {
    this.asked += 1;
    const next = this.#search(removed);
    return this.#people.filter((person) => next.has(person)).length;
  };

  #search(removed: ReadonlySet<string>): ReadonlyMap<number, { readonly distance: number; readonly hop?: Hop }> {
    const next = new Map<number, { readonly distance: number; readonly hop?: Hop }>([[0, { distance: 0 }]]);
    for (const [node, { distance }] of next)
      for (const hop of this.#arriving.get(node) ?? [])
        if (!next.has(hop.from) && hop.needs.every((need) => need.some((one) => !removed.has(one))))
          next.set(hop.from, { distance: distance + 1, hop });
    return next;
  }
}

/** The fewest grants without which nobody gets there, by trying all. */
function fewest(ways: Ways, grants: readonly string[]): number {
  let best = grants.length;
  for (let mask = 0; mask < 1 << grants.length; mask += 1) {
    const removed = new Set(grants.filter((_, at) => (mask & (1 << at)) !== 0));
    if (removed.size < best && ways.survivor(removed) === undefined) best = removed.size;
  }
  return best;
}

/** Every grant of a cut is needed, and together they are enough. */
function expectMinimalCut(survivor: Survivor, removals: readonly string[]): void {
  expect(survivor(new Set(removals))).toBeUndefined();
  for (const one of removals) expect(survivor(new Set(removals.filter((other) => other !== one)))).toBeDefined();
}

describe("ways over several hops, each with permissions that several grants may give", () => {
  const node = fc.integer({ min: 0, max: 6 });
  const hops = fc.array(
    fc.record({
      from: node,
      to: node,
      needs: fc.array(fc.uniqueArray(grant, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 3, maxLength: 16 },
  );

  test("the cut is as small as any there is", () => {
    fc.assert(
      fc.property(hops, (given) => {
        const ways = new Ways(given, [4, 5, 6]);
        const { removals, exact, lowerBound } = chokePoints(ways.survivor, LIMITS);
        expect(ways.survivor(new Set(removals))).toBeUndefined();
        const smallest = fewest(ways, GRANTS);
        expect({ exact, size: removals.length, lowerBound }).toEqual({
          exact: true,
          size: smallest,
          lowerBound: smallest,
        });
      }),
      { numRuns: 200 },
    );
  });

  test("beyond the limits it still cuts, and the bound is true", () => {
    fc.assert(
      fc.property(hops, fc.nat({ max: 3 }), fc.nat({ max: 8 }), (given, maxSupports, maxWork) => {
        const ways = new Ways(given, [4, 5, 6]);
        const { removals, exact, lowerBound } = chokePoints(ways.survivor, { maxSupports, maxWork });
        const smallest = fewest(ways, GRANTS);
        expectMinimalCut(ways.survivor, removals);
        expect(lowerBound).toBeLessThanOrEqual(smallest);
        expect(exact).toBe(lowerBound === removals.length);
      }),
      { numRuns: 200 },
    );
  });

  describe("ten thousand people who share a few hundred grants", () => {
    /** Three teams a person at most, sixty roles that teams may assume, nine of which may give themselves administration. */
    const organization = (): Ways => {
      let state = 7;
      const upTo = (most: number): number => {
        state = (state * 1_664_525 + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * most);
      };
      const team = (at: number): number => 100 + at;
      const role = (at: number): number => 1 + at;
      const hopsOf: Hop[] = [];
      const people = Array.from({ length: 10_000 }, (_, at) => 1000 + at);
      for (const person of people)
        for (let n = upTo(3); n >= 0; n -= 1) {
          const to = upTo(120);
          hopsOf.push({ from: person, to: team(to), needs: [[`team-${to}`]] });
        }
      for (let at = 0; at < 120; at += 1) {
        const to = upTo(60);
        hopsOf.push({
          from: team(at),
          to: role(to),
          needs: [[`assume-${upTo(80)}`, `assume-${upTo(80)}`], [`trust-${to}`]],
        });
      }
      for (let at = 9; at < 60; at += 1) {
        const to = upTo(at);
        hopsOf.push({ from: role(at), to: role(to), needs: [[`pass-${upTo(30)}`], [`run-${upTo(20)}`, `run-${at}`]] });
      }
      for (let at = 0; at < 9; at += 1)
        hopsOf.push({ from: role(at), to: 0, needs: [[`attach-${at}`, `inline-${upTo(4)}`]] });
      return new Ways(hopsOf, people);
    };

    test("the smallest cut is proven within a few dozen ways", () => {
      const ways = organization();
      const { removals, exact, supports } = chokePoints(ways.survivor, LIMITS);
      expect({ exact, few: supports < 60, asked: ways.asked < 120 }).toEqual({ exact: true, few: true, asked: true });
      expectMinimalCut(ways.survivor, removals);
      expect(removals.length).toBeGreaterThan(1);
    });

    test("without leave to search it is cut all the same, and the bound is below the smallest", () => {
      const smallest = chokePoints(organization().survivor, LIMITS);
      for (const limits of [
        { maxSupports: 0, maxWork: 0 },
        { maxSupports: 4, maxWork: 0 },
        { maxSupports: 500, maxWork: 0 },
      ]) {
        const ways = organization();
        const { removals, lowerBound } = chokePoints(ways.survivor, limits);
        expectMinimalCut(ways.survivor, removals);
        expect(lowerBound).toBeLessThanOrEqual(smallest.removals.length);
        expect(removals.length).toBeGreaterThanOrEqual(smallest.removals.length);
      }
    });

    test("the same graph gets the same answer", () => {
      expect(chokePoints(organization().survivor, LIMITS)).toEqual(chokePoints(organization().survivor, LIMITS));
    });
  });
});

describe("what is asked", () => {
  test("far beyond the limit, ways that share nothing prove the bound, and none is asked about twice", () => {
    let asked = 0;
    const ways = waysLeft(Array.from({ length: 300 }, (_, at) => [`a${at}`, `b${at}`]));
    const counting: Survivor = (removed) => {
      asked += 1;
      return ways(removed);
    };
    expect(chokePoints(counting, { maxSupports: 20, maxWork: 1000 })).toMatchObject({ exact: true, lowerBound: 300 });
    expect(asked).toBeLessThanOrEqual(302);
  });

  test("nothing is asked when a way that was seen answers it", () => {
    fc.assert(
      fc.property(anyWays, fc.nat({ max: 6 }), fc.nat({ max: 20 }), (ways, maxSupports, maxWork) => {
        const seen: (readonly string[])[] = [];
        const watching: Survivor = (removed) => {
          expect(seen.filter((way) => !way.some((one) => removed.has(one)))).toEqual([]);
          const way = waysLeft(ways)(removed);
          if (way !== undefined) seen.push(way);
          return way;
        };
        chokePoints(watching, { maxSupports, maxWork });
      }),
      { numRuns: 300 },
    );
  });

  test("an answer that names what is gone already still comes to an end", () => {
    const either: Survivor = (removed) => (removed.has("a") && removed.has("b") ? undefined : ["a", "b", "a"]);
    expect(chokePoints(either, LIMITS)).toMatchObject({ removals: ["a", "b"], exact: true });
  });

  test("a way that cannot be cut is said beyond the limits as well", () => {
    const ways = waysLeft([["a"], ["b"], ["c"], ["fixed", "fast"]]);
    const answer = chokePoints(ways, { removable: (id) => id.length === 1, maxSupports: 1, maxWork: 1 });
    expect(answer).toMatchObject({ removals: [], cannotCut: true, exact: false });
  });
});

test("single grants are ranked by how many they cut off, those that cut off nobody are left out", () => {
  const people: Record<string, string[][]> = { ana: [["g"]], ben: [["g"]], cleo: [["g"], ["h"]], dan: [["k"]] };
  const reaching = (removed: ReadonlySet<string>): number =>
    Object.values(people).filter((ways) => waysLeft(ways)(removed) !== undefined).length;
  expect(rankChokePoints(reaching, ["h", "k", "g", "g"])).toEqual([
    { grantId: "g", cutsOff: 2 },
    { grantId: "k", cutsOff: 1 },
  ]);
});

test("a ranking asks once for each grant, and once before; equal ones are in order", () => {
  const ways = new Ways(
    [
      { from: 1, to: 0, needs: [["b"], ["a"]] },
      { from: 2, to: 0, needs: [["c", "d"]] },
    ],
    [1, 2],
  );
  expect(rankChokePoints(ways.reaching, ["c", "b", "a", "b"])).toEqual([
    { grantId: "a", cutsOff: 1 },
    { grantId: "b", cutsOff: 1 },
  ]);
  expect(ways.asked).toBe(4);
});
