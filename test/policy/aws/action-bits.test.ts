import { describe, expect, test } from "vitest";
import {
  ActionClasses,
  actionIds,
  addActions,
  countActions,
  everyAction,
  isEmpty,
  matcherBits,
  patternIds,
  shareActions,
  takeActions,
} from "../../../src/policy/aws/action-bits.ts";
import { actionMatcher } from "../../../src/policy/aws/action-matcher.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";

const table = await loadActionTable();
const ELEMENTS: readonly (readonly [actions: readonly string[], notActions: readonly string[]])[] = [
  [["*"], []],
  [["*:*", "s3:Get*"], []],
  [["S3:gETobject"], []],
  [["s3:Get*", "s3:*Object", "ec2:Describe?*"], []],
  [["madeup:*", "iam*:Get*", "s3:NoSuchThing"], []],
  [[], ["iam:*"]],
  [[], ["*"]],
  [[], ["s3:Get*", "sts:*"]],
];

describe("bits over the action table", () => {
  test.each(ELEMENTS)("%j / %j means what the matcher means", (actions, notActions) => {
    const matcher = actionMatcher(actions, notActions);
    const bits = matcherBits(matcher, table);
    const meant = Array.from({ length: table.size }, (_, id) => id).filter((id) =>
      matcher.matches(table.nameOf(id).toLowerCase()),
    );
    expect([...actionIds(bits)]).toEqual(meant);
    expect(countActions(bits)).toBe(meant.length);
  });

  test("equal patterns share one list, in any case", () => {
    expect(patternIds("s3:get*", table)).toBe(patternIds("S3:Get*", table));
  });

  test("the whole table is every action and no bit beyond", () => {
    expect(countActions(everyAction(table))).toBe(table.size);
    expect([...actionIds(everyAction(table))].at(-1)).toBe(table.size - 1);
  });

  test("ids of a part are those of the part", () => {
    const { first = 0, end = 0 } = table.range("s3") ?? {};
    expect([...actionIds(everyAction(table), first, end)]).toEqual([...patternIds("s3:*", table)]);
  });

  test("sets are joined, taken away and compared", () => {
    const bits = matcherBits(actionMatcher(["s3:*"], []), table);
    const gets = matcherBits(actionMatcher(["s3:Get*"], []), table);
    expect(shareActions(bits, gets)).toBe(true);
    takeActions(bits, gets);
    expect(shareActions(bits, gets)).toBe(false);
    addActions(bits, gets);
    takeActions(bits, matcherBits(actionMatcher(["s3:*"], []), table));
    expect(isEmpty(bits)).toBe(true);
  });

  test("classes tell apart exactly what the lists tell apart", () => {
    const classes = new ActionClasses(new Uint32Array(table.size), 1);
    const lists = ["s3:*", "s3:Get*", "ec2:Describe*", "s3:*Object"].map((pattern) => patternIds(pattern, table));
    for (const list of lists) classes.refine(list);
    const sets = lists.map((list) => new Set(list));
    const words = new Map<number, string>();
    for (let id = 0; id < table.size; id += 1) {
      const word = sets.map((set) => (set.has(id) ? "1" : "0")).join("");
      const number = classes.of[id] ?? -1;
      expect(words.get(number) ?? word).toBe(word);
      words.set(number, word);
    }
    expect(new Set(words.values()).size).toBe(words.size);
  });
});
