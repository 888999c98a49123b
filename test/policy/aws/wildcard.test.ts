import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  actionCovers,
  actionMatches,
  actionsOverlap,
  patternCovers,
  patternsOverlap,
  wildcardMatches,
} from "../../../src/policy/aws/wildcard.ts";

describe("wildcards", () => {
  test.each([
    ["*", "anything", true],
    ["a*c", "abbbc", true],
    ["a*c", "abbb", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["", "", true],
    ["", "a", false],
    ["**", "", true],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "aXcYb", false],
    ["S3:*", "s3:x", false],
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

  test("a hostile pattern comes back: a hundred stars against a long text", () => {
    expect(wildcardMatches(`${"a*".repeat(100)}b`, "a".repeat(20_000))).toBe(false);
  });
});

describe("patterns against patterns", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
  /** Every text of up to six characters; `z` stands in no pattern, as most letters do. */
  const texts = [""];
  for (let from = 0, length = 1; length <= 6; length += 1) {
    const until = texts.length;
    for (; from < until; from += 1) for (const letter of ["a", "b", "z"]) texts.push(`${texts[from] ?? ""}${letter}`);
  }
  const matching = (one: string): string[] => texts.filter((text) => wildcardMatches(one, text));

  test("a pattern that covers another matches whatever that matches", () => {
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        fc.pre(patternCovers(wide, narrow));
        expect(matching(narrow).every((text) => wildcardMatches(wide, text))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("two patterns overlap exactly where a text matches both", () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const common = matching(a).some((text) => wildcardMatches(b, text));
        // A shortest common text may be as long as both patterns together; texts here are shorter than that.
        if (common) expect(patternsOverlap(a, b)).toBe(true);
        else if (a.length + b.length <= 6) expect(patternsOverlap(a, b)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["*", "a*", true],
    ["a*", "*", false],
    ["a?", "a*", false],
    ["a*", "a?", true],
    ["?*", "*?", true],
    ["*?", "?*", true],
    ["a?*", "a*a", true],
    ["a??*", "a*a", false],
    ["arn:aws:s3:::*", "arn:aws:s3:::b/*", true],
    ["*:role/*", "arn:aws:iam::1:role/x", true],
    ["a", "a", true],
    ["", "", true],
    ["", "*", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => expect(patternCovers(wide, narrow)).toBe(expected));
});

describe("actions", () => {
  test.each([
    ["*", "iam:*", true],
    ["*:*", "iam:*", true],
    ["iam:*", "iam:CreateUser", true],
    ["IAM:*", "iam:createuser", true],
    ["iam:Create*", "iam:*", false],
    ["i*", "iam:*", true],
    ["s3:*", "iam:*", false],
    ["iam:?", "iam:*", false],
    ["iam:?*", "iam:*", true],
    ["**", "iam:*", true],
    ["iam:*", "*", false],
    ["*:*", "*", true],
    ["iam:* ", "iam:*", false],
    ["iam:*,s3:*", "iam:*", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => expect(actionCovers(wide, narrow)).toBe(expected));

  test.each([
    ["iam:*", "iam:PassRole", true],
    ["s3:Get*", "s3:*", true],
    ["s3:*", "iam:*", false],
    ["*", "iam:*", true],
    ["iam:Pass*", "iam:PassRole", true],
    ["s3:*Object", "s3:*Bucket", false],
    ["s3:Get*", "s3:*Bucket", true],
    ["s3:Get?", "s3:Get", false],
    ["iam:*Role", "IAM:pass*", true],
  ])("%s and %s have something in common: %s", (a, b, expected) => {
    expect(actionsOverlap(a, b)).toBe(expected);
    expect(actionsOverlap(b, a)).toBe(expected);
  });

  test.each([
    ["s3:Get*", "S3:getObject", true],
    ["*", "iam:PassRole", true],
    ["s3:Get", "s3:GetObject", false],
    ["s3:?etObject", "s3:GetObject", true],
  ])("%s means %s: %s", (pattern, action, expected) => expect(actionMatches(pattern, action)).toBe(expected));
});
