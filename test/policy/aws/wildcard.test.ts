import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionCovers, actionsOverlap, wildcardMatches } from "../../../src/policy/aws/wildcard.ts";

describe("wildcards", () => {
  test.each([
    ["*", "anything", true], ["a*c", "abbbc", true], ["a*c", "abbb", false], ["a?c", "abc", true], ["a?c", "ac", false],
    ["", "", true], ["", "a", false], ["**", "", true], ["a*b*c", "aXbYc", true], ["a*b*c", "aXcYb", false], ["S3:*", "s3:x", false],
  ])("%s against %s is %s", (pattern, text, expected) => expect(wildcardMatches(pattern, text)).toBe(expected));

  test("they agree with a regular expression, whatever the pattern", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", ":"), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 8 });
    fc.assert(
      fc.property(letters, text, (pattern, value) => {
        const expression = new RegExp(`^${pattern.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "s");
        expect(wildcardMatches(pattern, value)).toBe(expression.test(value));
      }),
    );
  });

  test("a hostile pattern stays linear: a hundred stars against a long text come back at once", () => {
    expect(wildcardMatches(`${"a*".repeat(100)}b`, "a".repeat(20_000))).toBe(false);
  });
});

describe("actions", () => {
  test.each([
    ["*", "iam:*", true], ["*:*", "iam:*", true], ["iam:*", "iam:CreateUser", true], ["IAM:*", "iam:createuser", true], ["iam:Create*", "iam:*", false], ["i*", "iam:*", true], ["s3:*", "iam:*", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => expect(actionCovers(wide, narrow)).toBe(expected));

  test.each([
    ["iam:*", "iam:PassRole", true], ["s3:Get*", "s3:*", true], ["s3:*", "iam:*", false], ["*", "iam:*", true], ["iam:Pass*", "iam:PassRole", true],
  ])("%s and %s have something in common: %s", (a, b, expected) => {
    expect(actionsOverlap(a, b)).toBe(expected);
    expect(actionsOverlap(b, a)).toBe(expected);
  });
});
