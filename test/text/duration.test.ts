import { expect, test } from "vitest";
import { duration } from "../../src/text/duration.ts";

test.each([
  [0, "0 s"],
  [0.2, "1 s"],
  [59, "59 s"],
  [60, "1 min"],
  [89, "1 min"],
  [91, "2 min"],
  [3_569, "59 min"],
  [3_571, "1 h"],
  [5_700, "1 h 35 min"],
])("%d seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
