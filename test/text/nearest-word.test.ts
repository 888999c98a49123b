import { describe, expect, test } from "vitest";
import { editDistance, nearestWord } from "../../src/text/nearest-word.ts";

describe("the nearest word", () => {
  test.each([
    ["data", "data", 0],
    ["dta", "data", 1],
    ["daat", "data", 1],
    ["", "data", 4],
    ["kitten", "sitting", 3],
  ])("from `%s` to `%s` it is %i steps", (a, b, steps) => {
    expect(editDistance(a, b)).toBe(steps);
    expect(editDistance(b, a)).toBe(steps);
  });

  test.each([
    ["thresholds", ["data", "thresholds"], "thresholds"],
    ["treshold", ["data", "thresholds"], "thresholds"],
    ["DATA", ["data"], "data"],
    ["x", ["data", "review"], undefined],
    ["anything", [], undefined],
  ])("to `%s` among %j is %s", (typed, words, nearest) => {
    expect(nearestWord(typed, words)).toBe(nearest);
  });
});
