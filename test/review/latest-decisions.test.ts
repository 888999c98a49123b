import { expect, test } from "vitest";
import { latestDecisions } from "../../src/review/latest-decisions.ts";
import { sampleDecision } from "../store/sample-state.ts";

const of = (...parts: Parameters<typeof sampleDecision>[0][]): string | undefined =>
  latestDecisions(parts.map((part) => sampleDecision(part))).get("item-1")?.id;

test.each<[name: string, parts: Parameters<typeof sampleDecision>[0][], latest: string | undefined]>([
  ["none", [], undefined],
  [
    "the newest",
    [
      { id: "a", decidedAt: "2026-11-20T09:00:01Z" },
      { id: "b", decidedAt: "2026-11-20T09:00:00Z" },
    ],
    "a",
  ],
  [
    "of one second the one that no other supersedes, in whatever order they come",
    [
      { id: "c", supersedes: "b" },
      { id: "a", supersedes: null },
      { id: "b", supersedes: "a" },
    ],
    "c",
  ],
  ["nobody else's", [{ id: "x", itemId: "item-2" }], undefined],
])("the answer that stands: %s", (_name, parts, latest) => {
  expect(of(...parts)).toBe(latest);
});
