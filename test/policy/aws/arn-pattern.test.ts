import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arnCovers, arnPattern, arnsOverlap } from "../../../src/policy/aws/arn-pattern.ts";

const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders";

describe("a pattern of resources", () => {
  test.each<[string, string, boolean]>([
    ["*", QUEUE, true],
    ["arn:aws:sqs:eu-west-1:111122223333:orders", QUEUE, true],
    ["arn:aws:sqs:eu-west-1:111122223333:Orders", QUEUE, false],
    ["arn:aws:sqs:eu-west-1:111122223333:orders", `${QUEUE}-dead`, false],
    ["arn:aws:sqs:*:*:o*", QUEUE, true],
    ["arn:aws:sqs:eu-*-1:111122223333:orders", QUEUE, true],
    // A star that ends its segment goes on behind the colon; one that does not stays inside.
    ["arn:aws:lambda:*:function:invoice", "arn:aws:lambda:eu-west-1:111122223333:function:invoice", true],
    ["arn:aws:lambda:*t-1:function:invoice", "arn:aws:lambda:eu-west-1:111122223333:function:invoice", false],
    ["arn:aws:sqs:eu-*3:orders", QUEUE, false],
    ["arn:aws:sqs:*:orders", QUEUE, true],
    ["arn:aws:s?s:*:orders", QUEUE, true],
    ["arn:aws:sqs:eu-west-?:111122223333:orders", QUEUE, true],
    ["arn:aws:sqs:eu-west-1?111122223333:orders", QUEUE, false],
    // Fewer than six segments are filled up.
    ["arn:aws:sqs", QUEUE, true],
    ["arn:aws:sqs:eu-*", QUEUE, true],
    ["arn:aws:sqs:us-*", QUEUE, false],
    // The last segment takes what is left.
    ["arn:aws:s3:::ledgers/*", "arn:aws:s3:::ledgers/2026/11/a:b", true],
    ["arn:aws:s3:::ledgers", "arn:aws:s3:::ledgers/2026", false],
    ["arn:aws:s3:::ledgers/*/a", "arn:aws:s3:::ledgers/2026/11/a", true],
    // Characters that stand for themselves.
    ["arn:aws:s3:::ledgers/a${*}b", "arn:aws:s3:::ledgers/a*b", true],
    ["arn:aws:s3:::ledgers/a${*}b", "arn:aws:s3:::ledgers/axb", false],
    ["arn:aws-cn:s3:::ledgers/*", "arn:aws:s3:::ledgers/a", false],
  ])("%s and %s: %s", (pattern, resource, means) => {
    expect(arnPattern(pattern).test(resource)).toBe(means);
  });

  test.each<[string, string, boolean, boolean]>([
    ["*", "arn:aws:s3:::a/*", true, true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*", true, true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::*/b", false, true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*", false, false],
    ["arn:aws:sqs:*:orders", "arn:aws:sqs:eu-west-1:111122223333:*", false, true],
    ["arn:aws:sqs:*:orders", QUEUE, true, true],
    // A form of another service is no resource of this one, although its stars could be read so.
    ["arn:*:s3:::*", "arn:aws:sqs:eu-west-1:111122223333:*", false, false],
    ["arn:aws:s3:::a${*}b", "arn:aws:s3:::a*b", false, true],
    ["arn:aws:s3:::a${*}b", "arn:aws:s3:::a${*}b", true, true],
  ])("%s covers %s: %s, overlaps: %s", (wide, narrow, covers, overlaps) => {
    expect([
      arnCovers(arnPattern(wide), arnPattern(narrow)),
      arnsOverlap(arnPattern(wide), arnPattern(narrow)),
    ]).toEqual([covers, overlaps]);
    expect(arnsOverlap(arnPattern(narrow), arnPattern(wide))).toBe(overlaps);
  });

  test("what covers means all the other means, and what means something in common overlaps", () => {
    const segment = fc.stringMatching(/^[ab*?]{0,3}$/);
    const pattern = fc.tuple(segment, segment, segment).map(([a, b, c]) => `arn:aws:x${a}:${b}:1*:${c}`);
    const texts = ["", "a", "b", "ab", "ba", "aa"];
    const resources = texts.flatMap((a) => texts.flatMap((b) => texts.map((c) => `arn:aws:x${a}:${b}:11:${c}`)));
    fc.assert(
      fc.property(pattern, pattern, (one, two) => {
        const [a, b] = [arnPattern(one), arnPattern(two)];
        const covers = arnCovers(a, b);
        for (const resource of resources) {
          if (covers && b.test(resource)) expect([resource, a.test(resource)]).toEqual([resource, true]);
          if (a.test(resource) && b.test(resource)) expect(arnsOverlap(a, b)).toBe(true);
        }
      }),
    );
  });

  test("a pattern made to be slow is not", () => {
    const evil = `arn:aws:${"*".repeat(30)}a${":*a".repeat(200)}b`;
    expect(arnPattern(evil).test(`arn:aws:${"a".repeat(2_000)}:::${"a:".repeat(500)}`)).toBe(false);
  });
});
