import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../../src/policy/aws/conditions/compile-condition.ts";
import type { ContextValue } from "../../../../src/policy/aws/request-context.ts";
import { holds } from "./request.ts";

const UNKNOWN = undefined;
const ABSENT = null;

/** Name, operator, values of the policy, value of the key in the request, answer. */
type Row = readonly [string, string, string | readonly string[], ContextValue, "no" | "yes" | "maybe"];

function check(rows: readonly Row[]): void {
  test.each(rows)("%s", (_name, operator, values, value, expected) =>
    expect(holds(operator, values, { "aws:key": value })).toBe(expected),
  );
}

describe("missing and unknown keys", () => {
  const positive = ["StringEquals", "StringLike", "NumericLessThan", "DateEquals", "Bool", "IpAddress", "ArnLike"];
  test.each(positive)("%s is no where the key is missing, yes with IfExists", (operator) => {
    expect(holds(operator, "1", {})).toBe("no");
    expect(holds(operator, "1", { "aws:key": [] })).toBe("no");
    expect(holds(`${operator}IfExists`, "1", {})).toBe("yes");
    expect(holds(`${operator}IfExists`, "1", { "aws:key": [] })).toBe("yes");
  });
  check([
    ["an unknown key is a maybe", "StringEquals", "red", UNKNOWN, "maybe"],
    ["an unknown key may be missing, so any value is a maybe", "StringLike", "*", UNKNOWN, "maybe"],
    ["any value if there is one is always", "StringLikeIfExists", "*", UNKNOWN, "yes"],
    ["any value if there is one is always, with escapes around", "StringLikeIfExists", ["a${*}", "**"], UNKNOWN, "yes"],
    ["not anything holds only where the key is missing", "StringNotLike", "*", UNKNOWN, "maybe"],
    ["not equal to an unknown key is a maybe", "StringNotEquals", "red", UNKNOWN, "maybe"],
    ["for all of an unknown key is a maybe", "ForAllValues:StringEquals", "red", UNKNOWN, "maybe"],
    ["for any of an unknown key is a maybe", "ForAnyValue:StringEquals", "red", UNKNOWN, "maybe"],
    ["for all, anything goes", "ForAllValues:StringLike", "*", UNKNOWN, "yes"],
    ["for any, nothing goes", "ForAnyValue:StringEquals", [], UNKNOWN, "no"],
    ["for any not anything never holds", "ForAnyValue:StringNotLike", "*", UNKNOWN, "no"],
  ]);
});

describe("several values in a request", () => {
  const both = ["red", "blue"];
  check([
    ["one match is enough", "StringEquals", "blue", both, "yes"],
    ["one match is enough to fail a negated operator", "StringNotEquals", "blue", both, "no"],
    ["no match holds for a negated operator", "StringNotEquals", "green", both, "yes"],
    ["for all needs every value", "ForAllValues:StringEquals", "blue", both, "no"],
    [
      "for all holds when the policy has every value",
      "ForAllValues:StringEquals",
      ["blue", "red", "green"],
      both,
      "yes",
    ],
    ["for all holds where the key is missing", "ForAllValues:StringEquals", "blue", ABSENT, "yes"],
    ["for all holds for an empty list", "ForAllValues:StringEquals", "blue", [], "yes"],
    ["for any needs one value", "ForAnyValue:StringEquals", "blue", both, "yes"],
    ["for any fails without a match", "ForAnyValue:StringEquals", "green", both, "no"],
    ["for any fails where the key is missing", "ForAnyValue:StringEquals", "blue", ABSENT, "no"],
    ["for any fails for an empty list", "ForAnyValue:StringEquals", "blue", [], "no"],
    [
      "for any fails where the key is missing, IfExists or not",
      "ForAnyValue:StringEqualsIfExists",
      "blue",
      ABSENT,
      "no",
    ],
    ["for any not fails where the key is missing", "ForAnyValue:StringNotEquals", "blue", ABSENT, "no"],
    ["for all not means none", "ForAllValues:StringNotEquals", "blue", both, "no"],
    ["for all not holds without a match", "ForAllValues:StringNotEquals", "green", both, "yes"],
    ["for any not means one that differs", "ForAnyValue:StringNotEquals", "blue", both, "yes"],
    ["for any not fails when all are in the policy", "ForAnyValue:StringNotEquals", ["blue", "red"], both, "no"],
    ["set operators work on one value", "ForAllValues:StringLike", "r*", ["red"], "yes"],
  ]);
});

describe("names", () => {
  test.each([
    ["stringequals", "yes"],
    ["STRINGEQUALSIFEXISTS", "yes"],
    ["forallvalues:StringEquals", "yes"],
    ["ForAnyValue:StringEqualsIfExists", "yes"],
    ["StringMatches", "unknown operator"],
    ["BinaryNotEquals", "unknown operator"],
    ["ForSomeValues:StringEquals", "unknown operator"],
    ["NullIfExists", "unknown operator"],
    ["StringEqualsIfExistsIfExists", "unknown operator"],
    ["IfExists", "unknown operator"],
    ["", "unknown operator"],
    ["constructor", "unknown operator"],
    ["__proto__", "unknown operator"],
  ])("the operator `%s` is %s", (operator, expected) =>
    expect(holds(operator, "red", { "aws:key": ["red"] })).toBe(expected),
  );

  test("the key is asked for in lower case, tag keys included, and shown as written", () => {
    const condition = compileCondition(
      { operator: "StringEquals", key: "aws:PrincipalTag/Team", values: ["${aws:UserName}", "x${AWS:username}"] },
      "2012-10-17",
    );
    expect(condition).toMatchObject({
      key: "aws:principaltag/team",
      writtenKey: "aws:PrincipalTag/Team",
      operator: "StringEquals",
      keys: ["aws:principaltag/team", "aws:username"],
    });
  });
});
