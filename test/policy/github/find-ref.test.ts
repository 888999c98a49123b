import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FourValued } from "../../../src/model/four-valued.ts";
import { known } from "../../../src/model/observed.ts";
import type { Protection } from "../../../src/model/protection.ts";
import { canPushRef } from "../../../src/policy/github/can-push-ref.ts";
import { allOf } from "../../../src/policy/github/combine-reach.ts";
import { layerEffect } from "../../../src/policy/github/layer-effect.ts";
import { layersOf, layersOn } from "../../../src/policy/github/layers.ts";
import { satisfies } from "../../../src/policy/names/find-name.ts";
import { actorOf, classic, controlsOf, names, reviews, rule, ruleset } from "./controls-of.ts";

const wren = actorOf("wren");
const ORDER: readonly FourValued[] = ["yes", "conditional", "unknown", "no"];

/** Every name of up to five characters of a small alphabet that git takes. */
const NAMES = ["a", "b", "/"]
  .reduce<readonly string[]>((all) => all.flatMap((name) => ["", "a", "b", "/"].map((next) => name + next)), ["a", "b"])
  .flatMap((name) => [name, `${name}a`, `${name}/b`])
  .filter((name) => !name.includes("//") && !name.endsWith("/"));

const pattern = fc.constantFrom("a", "b", "a*", "*", "a/*", "*/*", "**/*", "a/**/*", "a/b", "?", "[ab]/*", "ab*");
const effect = fc.constantFrom(
  [rule(reviews(1))],
  [rule(reviews(1), null)],
  [rule({ kind: "status-checks", checks: ["build"], strict: false })],
  [],
);
const layer: fc.Arbitrary<Protection> = fc.oneof(
  // GitHub's classic rules exclude nothing; the search does not lean on that.
  fc
    .record({ include: pattern, exclude: fc.array(pattern, { maxLength: 1 }), rules: effect })
    .map(({ include, exclude, rules }) => classic(include, rules, { exclude })),
  fc
    .record({
      include: fc.oneof(pattern, fc.constant("~ALL")),
      exclude: fc.array(pattern, { maxLength: 2 }),
      rules: effect,
    })
    .map(({ include, exclude, rules }) => ruleset(include, rules, { exclude })),
);

describe("the ref that is found is the most open one", () => {
  test("no name of a small world is more open, and what is found is as open as told", () => {
    const given = fc.record({
      layers: fc.array(layer, { maxLength: 4 }),
      wanted: fc.uniqueArray(fc.constantFrom("*", "a*", "a/*", "*b", "ab", "b", "a?"), { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(given, ({ layers, wanted }) => {
        const controls = controlsOf({ defaultBranch: "a", protections: known(layers) });
        const demand = names(...wanted);
        const stateOf = (name: string): FourValued =>
          allOf(
            layersOn(layersOf(controls, "branch"), name).map((one) => layerEffect(wren, one, "push", () => allOf([]))),
          ).state;
        const reach = canPushRef(wren, controls, "branch", demand);
        const found = reach.example?.replace("refs/heads/", "");
        if (found !== undefined) {
          expect(satisfies(demand, found)).toBe(true);
          expect(reach.state).toBe(stateOf(found));
        }
        for (const name of NAMES)
          if (satisfies(demand, name))
            expect(ORDER.indexOf(reach.state), `${name} is ${stateOf(name)}`).toBeLessThanOrEqual(
              ORDER.indexOf(stateOf(name)),
            );
      }),
      { numRuns: 600, seed: 20261126 },
    );
  });
});
