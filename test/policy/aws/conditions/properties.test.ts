import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContextValue } from "../../../../src/policy/aws/request-context.ts";
import { holds } from "./request.ts";

const NEGATIONS = [
  ["StringEquals", "StringNotEquals"],
  ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
  ["StringLike", "StringNotLike"],
  ["NumericEquals", "NumericNotEquals"],
  ["DateEquals", "DateNotEquals"],
  ["IpAddress", "NotIpAddress"],
  ["ArnEquals", "ArnNotEquals"],
  ["ArnLike", "ArnNotLike"],
] as const;
const OTHERS = [
  "NumericLessThan",
  "NumericGreaterThanEquals",
  "DateLessThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
];
const operators = fc.constantFrom(...NEGATIONS.flat(), ...OTHERS);

/** Texts of every family, so that matches happen often enough. */
const text = fc.constantFrom(
  ..."|a|A|b|a*|?|*|1|1.0|2|-3|true|False|QQ==|QQ|2026|2026-01-01|2026-02-30|10.0.0.1|10.0.0.0/8|::1|::/0|1.2.3".split(
    "|",
  ),
  "arn:aws:iam::111122223333:role/a",
  "arn:aws:iam::*:role/*",
  "arn:*:iam::1*:role/a",
  "${aws:known}",
  "${aws:unknown}",
  "${aws:absent}",
  "${aws:absent, 'a'}",
);
const values = fc.array(text, { maxLength: 4 });
const present = fc.array(text, { minLength: 1, maxLength: 4 });
const context: fc.Arbitrary<ContextValue> = fc.oneof(
  present,
  fc.constant([]),
  fc.constant(null),
  fc.constant(undefined),
);

const ask = (operator: string, policy: readonly string[], value: ContextValue) =>
  holds(operator, policy, { "aws:key": value, "aws:known": ["a"], "aws:unknown": undefined });
const OPPOSITE = { yes: "no", no: "yes", maybe: "maybe", "unknown operator": "unknown operator" } as const;

describe("what is true of every condition", () => {
  test("a negated operator is the opposite wherever the key is there", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NEGATIONS), values, present, ([operator, negated], policy, value) => {
        expect(ask(negated, policy, value)).toBe(OPPOSITE[ask(operator, policy, value)]);
      }),
      { numRuns: 1000 },
    );
  });

  test("IfExists changes nothing where the key is there, and holds where it is not", () => {
    fc.assert(
      fc.property(operators, values, present, (operator, policy, value) => {
        expect(ask(`${operator}IfExists`, policy, value)).toBe(ask(operator, policy, value));
        expect(ask(`${operator}IfExists`, policy, null)).toBe("yes");
      }),
      { numRuns: 1000 },
    );
  });

  test("the order of values, and one said twice, makes no difference", () => {
    const shuffled = values.chain((policy) =>
      fc.tuple(fc.constant(policy), fc.shuffledSubarray([...policy, ...policy], { minLength: policy.length * 2 })),
    );
    const quantifier = fc.constantFrom("", "ForAllValues:", "ForAnyValue:");
    fc.assert(
      fc.property(quantifier, operators, shuffled, context, (set, operator, [policy, other], value) => {
        expect(ask(set + operator, other, value)).toBe(ask(set + operator, policy, value));
        const turned = value === null || value === undefined ? value : value.toReversed();
        expect(ask(set + operator, policy, turned)).toBe(ask(set + operator, policy, value));
      }),
      { numRuns: 1000 },
    );
  });

  test("set operators ask each value on its own", () => {
    fc.assert(
      fc.property(operators, values, present, (operator, policy, value) => {
        const each = value.map((one) => ask(operator, policy, [one]));
        const every = each.includes("no") ? "no" : each.includes("maybe") ? "maybe" : "yes";
        const some = each.includes("yes") ? "yes" : each.includes("maybe") ? "maybe" : "no";
        expect(ask(`ForAllValues:${operator}`, policy, value)).toBe(every);
        expect(ask(`ForAnyValue:${operator}`, policy, value)).toBe(some);
        // What holds for all holds for any, where there is a value.
        if (every === "yes") expect(some).toBe("yes");
      }),
      { numRuns: 1000 },
    );
  });

  test("a certain answer about an unknown key is the answer for every value of it", () => {
    const suffix = fc.constantFrom("", "IfExists");
    const quantifier = fc.constantFrom("", "ForAllValues:", "ForAnyValue:");
    fc.assert(
      fc.property(quantifier, operators, suffix, values, context, (set, operator, ifExists, policy, value) => {
        const unknown = ask(set + operator + ifExists, policy, undefined);
        if (unknown !== "maybe") expect(ask(set + operator + ifExists, policy, value)).toBe(unknown);
      }),
      { numRuns: 3000 },
    );
  });

  test("a certain answer with an unknown variable is the answer for every value of it", () => {
    fc.assert(
      fc.property(operators, values, context, fc.option(text, { nil: null }), (operator, policy, value, variable) => {
        const answer = ask(operator, policy, value);
        const told = { "aws:key": value, "aws:known": ["a"], "aws:unknown": variable === null ? null : [variable] };
        if (answer !== "maybe") expect(holds(operator, policy, told)).toBe(answer);
      }),
      { numRuns: 3000 },
    );
  });
});
