import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../../src/policy/aws/conditions/compile-condition.ts";
import type { ContextValue } from "../../../../src/policy/aws/request-context.ts";
import { holds } from "./request.ts";

describe("variables in values", () => {
  const rows: readonly (readonly [string, string, string | readonly string[], Record<string, ContextValue>, string])[] =
    [
      [
        "a variable is put in",
        "StringEquals",
        "${aws:username}",
        { "aws:key": ["ann"], "aws:username": ["ann"] },
        "yes",
      ],
      [
        "its value is compared",
        "StringEquals",
        "${aws:username}",
        { "aws:key": ["bob"], "aws:username": ["ann"] },
        "no",
      ],
      [
        "text may stand around it",
        "StringLike",
        "home/${aws:username}/*",
        { "aws:key": ["home/ann/x"], "aws:username": ["ann"] },
        "yes",
      ],
      [
        "a star in its value is no wildcard",
        "StringLike",
        "${aws:username}",
        { "aws:key": ["ann"], "aws:username": ["*"] },
        "no",
      ],
      [
        "a star in its value is a star",
        "StringLike",
        "${aws:username}",
        { "aws:key": ["*"], "aws:username": ["*"] },
        "yes",
      ],
      [
        "an ARN takes variables",
        "ArnLike",
        "arn:aws:iam::*:user/${aws:username}",
        { "aws:key": ["arn:aws:iam::111122223333:user/ann"], "aws:username": ["ann"] },
        "yes",
      ],
      [
        "a star in its value is no wildcard in an ARN",
        "ArnLike",
        "arn:aws:iam::*:user/${aws:username}",
        { "aws:key": ["arn:aws:iam::111122223333:user/ann"], "aws:username": ["*"] },
        "no",
      ],
      ["Bool takes variables", "Bool", "${aws:flag}", { "aws:key": ["true"], "aws:flag": ["true"] }, "yes"],
      ["numbers take none", "NumericEquals", "${aws:number}", { "aws:key": ["1"], "aws:number": ["1"] }, "no"],
      [
        "a default stands in for an absent key",
        "StringEquals",
        "${aws:username, 'nobody'}",
        { "aws:key": ["nobody"] },
        "yes",
      ],
      ["an absent variable matches nothing", "StringEquals", "${aws:username}", { "aws:key": ["ann"] }, "no"],
      [
        "an absent variable is not its own text",
        "StringEquals",
        "${aws:username}",
        { "aws:key": ["${aws:username}"] },
        "no",
      ],
      [
        "an absent variable leaves the other values",
        "StringEquals",
        ["${aws:username}", "ann"],
        { "aws:key": ["ann"] },
        "yes",
      ],
      [
        "a negated operator holds against an absent variable",
        "StringNotEquals",
        "${aws:username}",
        { "aws:key": ["ann"] },
        "yes",
      ],
      [
        "a negated operator looks at the other values",
        "StringNotEquals",
        ["${aws:username}", "ann"],
        { "aws:key": ["ann"] },
        "no",
      ],
      [
        "a variable with several values matches nothing",
        "StringEquals",
        "${aws:tags}",
        { "aws:key": ["a"], "aws:tags": ["a", "b"] },
        "no",
      ],
      [
        "an unknown variable is a maybe",
        "StringEquals",
        "${aws:username}",
        { "aws:key": ["ann"], "aws:username": undefined },
        "maybe",
      ],
      [
        "an unknown variable is a maybe when negated",
        "StringNotEquals",
        "${aws:username}",
        { "aws:key": ["ann"], "aws:username": undefined },
        "maybe",
      ],
      [
        "an unknown variable does not matter beside a match",
        "StringEquals",
        ["${aws:username}", "ann"],
        { "aws:key": ["ann"], "aws:username": undefined },
        "yes",
      ],
      [
        "an unknown variable does not matter where the key is missing",
        "StringEquals",
        "${aws:username}",
        { "aws:username": undefined },
        "no",
      ],
      [
        "an unknown key cannot match an absent variable",
        "StringEquals",
        "${aws:username}",
        { "aws:key": undefined },
        "no",
      ],
      [
        "an unknown key cannot but differ from an absent variable",
        "StringNotEquals",
        "${aws:username}",
        { "aws:key": undefined },
        "yes",
      ],
      [
        "an unknown key may match a variable",
        "StringEquals",
        "${aws:username}",
        { "aws:key": undefined, "aws:username": ["ann"] },
        "maybe",
      ],
      [
        "one absent variable of two is enough for nothing",
        "StringEquals",
        "${aws:a}${aws:b}",
        { "aws:key": ["x"], "aws:a": undefined },
        "no",
      ],
    ];
  test.each(rows)("%s", (_name, operator, values, request, expected) =>
    expect(holds(operator, values, request)).toBe(expected),
  );

  test("version 2008-10-17 takes them for text", () => {
    const version = "2008-10-17";
    const request = { "aws:key": ["${aws:username}"], "aws:username": ["ann"] };
    expect(holds("StringEquals", "${aws:username}", request, { version })).toBe("yes");
    expect(holds("StringEquals", "${aws:username}", { ...request, "aws:key": ["ann"] }, { version })).toBe("no");
    expect(holds("StringLike", "a${*}c", { "aws:key": ["a${anything}c"] }, { version })).toBe("yes");
  });

  test("a condition asked about one principal after another answers for each", () => {
    const condition = compileCondition({ operator: "StringLike", key: "k", values: ["${a}-${b}"] }, "2012-10-17");
    const ask = (a: ContextValue, b: ContextValue, k: string) =>
      condition?.holds({ get: (key) => (key === "k" ? [k] : key === "a" ? a : b) });
    expect(ask(["1"], ["2"], "1-2")).toBe(1);
    expect(ask(["1"], ["3"], "1-2")).toBe(0);
    expect(ask(["1"], null, "1-3")).toBe(0);
    expect(ask(["2"], undefined, "1-3")).toBe(2);
    expect(ask(["1"], ["3"], "1-3")).toBe(1);
    expect(ask(["2"], null, "1-3")).toBe(0);
    expect(ask(["2"], ["3"], "1-3")).toBe(0);
  });
});
