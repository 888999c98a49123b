import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hittingSet } from "../../../src/graph/escalation/hitting-set.ts";

type Sets = readonly (readonly string[])[];

const ENOUGH = 1_000_000;

/** The size of the smallest choice, by trying all. */
function bruteForce(sets: Sets): number {
  const elements = [...new Set(sets.flat())];
  const masks = sets.map((set) => set.reduce((mask, one) => mask | (1 << elements.indexOf(one)), 0));
  let best = elements.length;
  for (let choice = 0; choice < 1 << elements.length; choice += 1) {
    const size = elements.filter((_, at) => (choice & (1 << at)) !== 0).length;
    if (size < best && masks.every((mask) => (mask & choice) !== 0)) best = size;
  }
  return best;
}

const hitsAll = (sets: Sets, chosen: readonly string[]): boolean =>
  sets.every((set) => set.some((one) => chosen.includes(one)));

/** Lines of points where every point but the corners lies on several: nothing is dominated, so that it takes a search. */
const tangle = (many: number, points: number): Sets =>
  Array.from({ length: many }, (_, at) => [at, at * 7 + 3, at * 11 + 5].map((n) => `g${n % points}`));

const element = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
/** Few and uneven, where reductions do most; or many of three, where little is dominated and a search must tell. */
const anySets = fc.oneof(
  fc.array(fc.uniqueArray(element, { minLength: 1, maxLength: 4 }), { maxLength: 14 }),
  fc.array(fc.uniqueArray(element, { minLength: 3, maxLength: 3 }), { minLength: 15, maxLength: 40 }),
);

describe("the smallest choice that has one in every set", () => {
  test.each<[name: string, sets: Sets, chosen: readonly string[]]>([
    ["no sets need nothing", [], []],
    ["a set of one leaves no choice", [["b"], ["a", "b"]], ["b"]],
    ["of elements that do the same the first in order is taken", [["z", "b", "m"]], ["b"]],
    ["a set given twice counts once, and so does an element", [["a", "a"], ["a"], ["a"]], ["a"]],
    ["a superset asks for nothing more", [["c", "d"], ["a", "c", "d"], ["b", "c", "d"], ["d"]], ["d"]],
    [
      "what two dominated elements leave behind is dealt with in turn",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
      ],
      ["b", "c"],
    ],
    [
      "greed would take three, two are enough",
      [
        ["a", "x"],
        ["b", "x"],
        ["a", "y"],
        ["b", "y"],
        ["a", "z", "x"],
        ["b", "w", "x"],
      ],
      ["a", "b"],
    ],
  ])("%s", (_name, sets, chosen) => {
    expect(hittingSet(sets, ENOUGH)).toMatchObject({ chosen, exact: true, lowerBound: chosen.length });
  });

  test("it is as small as any there is", () => {
    fc.assert(
      fc.property(anySets, (sets) => {
        const { chosen, exact, lowerBound } = hittingSet(sets, ENOUGH);
        const smallest = bruteForce(sets);
        expect({ exact, size: chosen.length, lowerBound }).toEqual({
          exact: true,
          size: smallest,
          lowerBound: smallest,
        });
        expect(hitsAll(sets, chosen)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("sets of three that overlap everywhere are searched to the end", () => {
    for (const [many, points] of [
      [14, 11],
      [20, 13],
      [30, 15],
    ] as const) {
      const sets = tangle(many, points);
      expect(hittingSet(sets, ENOUGH)).toMatchObject({ exact: true, lowerBound: bruteForce(sets) });
    }
  });

  test("the order in which sets and their elements are given changes nothing", () => {
    fc.assert(
      fc.property(
        anySets.chain((sets) => fc.tuple(fc.constant(sets), fc.shuffledSubarray(sets, { minLength: sets.length }))),
        ([sets, shuffled]) => {
          const turned = shuffled.map((set) => [...set].reverse());
          expect(hittingSet(turned, 20)).toEqual(hittingSet(sets, 20));
        },
      ),
    );
  });
});

describe("a limit to the work", () => {
  test("beyond it every set is hit still, nothing chosen is superfluous, and the bound is true", () => {
    fc.assert(
      fc.property(anySets, fc.integer({ min: 0, max: 40 }), (sets, maxWork) => {
        const { chosen, exact, lowerBound, work } = hittingSet(sets, maxWork);
        const smallest = bruteForce(sets);
        expect(hitsAll(sets, chosen)).toBe(true);
        for (const one of chosen)
          expect(
            hitsAll(
              sets,
              chosen.filter((other) => other !== one),
            ),
          ).toBe(false);
        expect(work).toBeLessThanOrEqual(maxWork);
        expect(lowerBound).toBeLessThanOrEqual(smallest);
        if (exact) expect(chosen.length).toBe(smallest);
        else expect(lowerBound).toBeLessThan(chosen.length);
      }),
      { numRuns: 500 },
    );
  });

  test("more work proves more, until it is exact", () => {
    const sets = tangle(60, 37);
    const answers = [0, 200, 500, 1000, ENOUGH].map((maxWork) => hittingSet(sets, maxWork));
    expect(answers.at(0)?.exact).toBe(false);
    expect(answers.at(-1)?.exact).toBe(true);
    const bounds = answers.map(({ lowerBound }) => lowerBound);
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(bounds.at(-1)).toBeGreaterThan(bounds[0] ?? 0);
    for (const { chosen } of answers) expect(chosen.length).toBeGreaterThanOrEqual(bounds.at(-1) ?? 0);
  });

  test("many small parts that have nothing to do with each other need no search", () => {
    const rings = Array.from({ length: 200 }, (_, at) => [
      [`a${at}`, `b${at}`],
      [`b${at}`, `c${at}`],
      [`c${at}`, `a${at}`],
    ]).flat();
    expect(hittingSet(rings, 0)).toMatchObject({ exact: true, lowerBound: 400, work: 0 });
  });

  test("five hundred sets over three hundred elements of which a few are in most need no search", () => {
    const sets = Array.from({ length: 500 }, (_, at) =>
      [0, 1, 2, 3].map((n) => `g${Math.floor(((at * 4 + n) * 7919) % 1000) ** 3 % 300}`),
    );
    const { exact, chosen, work } = hittingSet(sets, 0);
    expect({ exact, work, hit: hitsAll(sets, chosen) }).toEqual({ exact: true, work: 0, hit: true });
  });
});
