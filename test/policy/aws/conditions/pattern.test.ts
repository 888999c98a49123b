import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../src/policy/aws/conditions/pattern.ts";

describe("patterns", () => {
  test.each([
    ["a text is itself", "abc", "abc", true],
    ["a text is no part of itself", "abc", "abcd", false],
    ["nothing is nothing", "", "", true],
    ["nothing is not something", "", "a", false],
    ["a star is everything", "*", "a:b/c", true],
    ["a star is nothing, too", "*", "", true],
    ["a beginning matches", "ab*", "abc", true],
    ["a beginning alone matches", "ab*", "ab", true],
    ["another beginning does not", "ab*", "acb", false],
    ["an end matches", "*bc", "abc", true],
    ["another end does not", "*bc", "bca", false],
    ["both ends match", "a*c", "abc", true],
    ["the ends do not share characters", "ab*bc", "abc", false],
    ["the ends may touch", "ab*bc", "abbc", true],
    ["a middle matches", "*b*", "abc", true],
    ["a middle must be there", "*b*", "ac", false],
    ["two middles do not share characters", "*ab*ba*", "aba", false],
    ["a middle and the end do not share characters", "*ab*ba", "aba", false],
    ["the beginning and a middle do not share characters", "ab*ba*", "aba", false],
    ["a middle is looked for behind the one before", "*b*a*", "ab", false],
    ["stars in a row are one", "a**c", "abc", true],
    ["a question mark is one character", "a?c", "abc", true],
    ["a question mark is not none", "a?c", "ac", false],
    ["a question mark and a star are one or more", "a?*", "a", false],
    ["an escaped star is a star", "a${*}", "a*", true],
    ["an escaped star is no wildcard", "a${*}", "ab", false],
    ["an escaped question mark is no wildcard", "a${?}*", "abc", false],
    ["an escaped question mark is one", "a${?}*", "a?c", true],
    ["an escaped dollar is a dollar", "${$}5", "$5", true],
    ["a variable is text where nobody puts it in", "${aws:username}", "${aws:username}", true],
    ["dots and brackets mean nothing", "a.[b](c)+", "a.[b](c)+", true],
    ["a dot is no wildcard", "a.c", "abc", false],
    ["lines do not matter", "a*c", "a\n\nc", true],
  ])("%s: `%s`, `%s`", (_name, pattern, text, expected) => expect(compilePattern(pattern).test(text)).toBe(expected));

  test.each([
    ["*", { everything: true, exact: false }],
    ["a", { everything: false, exact: true }],
    ["", { everything: false, exact: true }],
    ["${*}", { everything: false, exact: true }],
    ["a*", { everything: false, exact: false }],
    ["?", { everything: false, exact: false }],
  ])("`%s` knows what it is", (source, what) => expect(compilePattern(source)).toMatchObject({ source, ...what }));

  test("they agree with a naive reader, whatever the pattern and the text", () => {
    const pieces = fc.array(
      fc.constantFrom("a", "b", ":", "*", "?", "${*}", "${?}", "${$}", "$", "{", "}", "é", "\uE000"),
      {
        maxLength: 9,
      },
    );
    const texts = fc.string({
      unit: fc.constantFrom("a", "b", ":", "*", "?", "$", "{", "}", "é", "\uE000"),
      maxLength: 9,
    });
    fc.assert(
      fc.property(pieces, texts, (pattern, text) => {
        expect(compilePattern(pattern.join("")).test(text)).toBe(naive(unescape(pattern.join("")), text));
      }),
      { numRuns: 3000 },
    );
  });

  test("they agree with a naive reader when texts repeat themselves", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "*"), maxLength: 10 });
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 }), (source, text) => {
        expect(compilePattern(source).test(text)).toBe(naive(unescape(source), text));
      }),
      { numRuns: 3000 },
    );
  });

  test("a text with every wildcard escaped matches itself only", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "*", "?", "$", "{", "}") }), fc.string(), (text, other) => {
        const pattern = compilePattern(text.replaceAll(/[*?$]/g, "${$&}"));
        expect(pattern.exact).toBe(true);
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(text === other);
      }),
    );
  });

  test.each([
    ["many stars", `${"*a".repeat(2_000)}b`, "a".repeat(10_000)],
    ["many stars and question marks", `${"*a?".repeat(2_000)}b`, "a".repeat(10_000)],
    ["stars only, and an end", `${"*".repeat(5_000)}b`, "a".repeat(10_000)],
    ["a long run behind a star", `*${"a".repeat(2_000)}?b`, "a".repeat(10_000)],
  ])("a hostile pattern costs no more than its length times the text's: %s", (_name, source, text) => {
    const pattern = compilePattern(source);
    let looks = 0;
    // Every look at the text goes through here: time is no measure, the number of looks is.
    const counted = new Proxy<{ readonly length: number }>(Object(text), {
      get(target, property) {
        if (property === "length") return text.length;
        return (...given: readonly unknown[]): unknown => {
          looks += 1;
          return Reflect.apply(Reflect.get(target, property) as () => unknown, text, given);
        };
      },
    }) as unknown as string;
    expect(pattern.test(counted)).toBe(false);
    expect(looks).toBeLessThanOrEqual(source.length * text.length);
    expect(pattern.test(`${text}b`)).toBe(true);
  });
});

/** The pattern as a list in which `null` is a run of anything and `undefined` one character. */
function unescape(source: string): readonly (string | null | undefined)[] {
  return (source.match(/\$\{[*?$]\}|[^]/g) ?? []).map((piece) =>
    piece === "*" ? null : piece === "?" ? undefined : piece.length === 4 ? piece.charAt(2) : piece,
  );
}

/** Wildcards as a first-year student would write them. */
function naive(pattern: readonly (string | null | undefined)[], text: string): boolean {
  const [first, ...rest] = pattern;
  if (pattern.length === 0) return text === "";
  if (first === null) return naive(rest, text) || (text !== "" && naive(pattern, text.slice(1)));
  return text !== "" && (first === undefined || first === text.charAt(0)) && naive(rest, text.slice(1));
}
