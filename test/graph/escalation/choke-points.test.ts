import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chokePoints, rankChokePoints, type Survivor } from "../../../src/graph/escalation/choke-points.ts";
import { hittingSet } from "../../../src/graph/escalation/hitting-set.ts";

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

const grant = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
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

describe("a hitting set on its own", () => {
  test("the same work for the same sets, and an honest bound where the work is not enough", () => {
    const sets = Array.from({ length: 60 }, (_, at) => [at, at * 7 + 3, at * 11 + 5].map((n) => `g${n % 37}`));
    const cut = hittingSet(sets, 3);
    expect(cut).toEqual(hittingSet(sets, 3));
    expect(cut.exact).toBe(false);
    const full = hittingSet(sets, 1_000_000);
    expect(full.exact).toBe(true);
    expect(cut.lowerBound).toBeLessThanOrEqual(full.chosen.length);
    expect(cut.chosen.length).toBeGreaterThanOrEqual(full.chosen.length);
    expect(sets.every((set) => set.some((one) => full.chosen.includes(one)))).toBe(true);
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
