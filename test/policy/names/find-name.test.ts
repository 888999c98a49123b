import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demandCovers } from "../../../src/policy/names/covers.ts";
import { ANY_NAME } from "../../../src/policy/names/demands.ts";
import { findName, matchesName, satisfies } from "../../../src/policy/names/find-name.ts";
import type { NameDemand, NamePattern } from "../../../src/policy/names/name-pattern.ts";
import { withPossiblePatterns } from "../../../src/policy/names/possible-patterns.ts";
import { findRefName, NO_REF_NAME } from "../../../src/policy/names/ref-names.ts";
import { isWide } from "../../../src/policy/names/wide.ts";
import { afterPrefix, beforeSuffix, halves, type PiecePattern } from "../../../src/policy/names/residuals.ts";
import { wildcardMatches } from "../../../src/policy/aws/wildcard.ts";

const aws = (pattern: string): PiecePattern => ({ syntax: "aws", pattern });
const exact = (pattern: string): PiecePattern => ({ syntax: "exact", pattern });
const git = (pattern: string): NamePattern => ({ syntax: "fnmatch", pattern });

describe("a pattern matches as its own language says", () => {
  test.each<[NamePattern, readonly string[], readonly string[]]>([
    [aws("release/*"), ["release/", "release/1", "release/1/2"], ["release", "xrelease/1"]],
    [aws("v?"), ["v1", "v/"], ["v", "v10"]],
    [aws("a${*}b${?}${$}"), ["a*b?$"], ["axb?$", "a${*}b?$"]],
    [{ ...aws("Main*"), ignoreCase: true }, ["main", "MAIN-1"], ["mian"]],
    [exact("a*"), ["a*"], ["ab", "a"]],
    [{ ...exact("Main"), ignoreCase: true }, ["main", "MAIN"], ["main1"]],
    [git("release/*"), ["release/1"], ["release/1/2", "release"]],
    [git("release/?"), ["release/1"], ["release//", "release/12"]],
    [git("**/*"), ["main", "a/b", "a/b/c"], []],
    [git("**/fix"), ["fix", "a/fix", "a/b/fix"], ["afix", "a/fix/b"]],
    [git("qa/**/x"), ["qa/x", "qa/a/x", "qa/a/b/x"], ["qa/a", "qa"]],
    [git("qa/**"), ["qa/a"], ["qa/a/b"]],
    [git("a**b"), ["ab", "axb"], ["a/b"]],
    [git("[a-c]1"), ["a1", "c1"], ["d1", "-1"]],
    [git("[^a-c]1"), ["d1"], ["a1", "/1"]],
    [git("[!a]"), ["b"], ["a"]],
    [git("[a-]"), ["a", "-"], ["b"]],
    [git("[\\]]"), ["]"], ["\\"]],
    [git("[z-a]"), [], ["z", "a", "m"]],
    [git("[ab"), [], ["a", "[ab"]],
    [git("a\\*"), ["a*"], ["ab", "a\\*"]],
    [git("{a,b}"), ["{a,b}"], ["a"]],
    [git("*"), [".hidden", "a"], ["a/b"]],
  ])("%o", (pattern, yes, no) => {
    for (const text of yes) expect(matchesName(pattern, text), text).toBe(true);
    for (const text of no) expect(matchesName(pattern, text), text).toBe(false);
  });
});

describe("a name is found where one exists", () => {
  test.each<[string, NameDemand, readonly string[], string | undefined]>([
    ["nothing asked", ANY_NAME, [], "x"],
    ["the preferred one", ANY_NAME, ["main"], "main"],
    [
      "the first preferred one that will do",
      { all: [[aws("re*")]], none: [exact("release")] },
      ["main", "release", "rest"],
      "rest",
    ],
    ["a listed one", { all: [[exact("main"), exact("dev")]], none: [exact("dev")] }, [], "main"],
    ["an empty list", { all: [[]], none: [] }, [], undefined],
    ["both lists", { all: [[aws("*-eu")], [aws("prod-*")]], none: [] }, [], "prod-eu"],
    ["lists that exclude each other", { all: [[aws("a*")], [aws("b*")]], none: [] }, [], undefined],
    ["all are forbidden", { all: [[aws("release/*")]], none: [aws("rel*")] }, [], undefined],
    [
      "a star of GitHub's stops at the slash",
      { all: [[aws("release/*")]], none: [git("release/*")] },
      [],
      "release/x/x",
    ],
    ["but two do not", { all: [[aws("release/*")]], none: [git("release/**/*")] }, [], undefined],
    ["no name of git", { all: [[aws("a..*")]], none: [] }, [], undefined],
    ["characters nobody named", { all: [[git("[^a-z]")]], none: [] }, [], "0"],
    ["another case", { all: [[{ ...exact("Main"), ignoreCase: true }]], none: [exact("main")] }, [], "maiN"],
  ])("%s", (_, demand, preferred, name) => {
    const found = findRefName(demand, preferred);
    if (name === undefined) expect(found).toEqual({ state: "none" });
    else {
      expect(found).toMatchObject({ state: "found" });
      // Which case of the letters is as good as another.
      expect(found.state === "found" ? found.name.toLowerCase() : "").toBe(name.toLowerCase());
    }
  });

  test("the empty text is no name", () => {
    expect(findName({ all: [[exact("")]], none: [] })).toEqual({ state: "none" });
    expect(findName({ all: [[aws("*")]], none: [aws("?*")] })).toEqual({ state: "none" });
  });

  test("too much work is said and not guessed", () => {
    const demand: NameDemand = { all: [[aws("*a????????????????????")]], none: [aws("*b????????????????????*c")] };
    expect(findName(demand, [], 5000)).toEqual({ state: "too-hard" });
    expect(
      findName({ all: [[aws("*a?????????????????????")], [aws("*b?????????????????????")]], none: [aws("?*")] }),
    ).toMatchObject({
      state: expect.stringMatching(/none|too-hard/) as unknown,
    });
  });
});

describe("on a small alphabet", () => {
  const letters = ["a", "b", "/"];
  const words: string[] = [];
  for (let layer = [""], length = 0; length < 6; length += 1) {
    layer = layer.flatMap((word) => letters.map((letter) => word + letter));
    words.push(...layer);
  }
  const text = (pieces: readonly string[]) =>
    fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((list) => list.join(""));
  const piece = fc.oneof(text([...letters, "*", "?"]).map(aws), text(letters).map(exact));
  const pattern = fc.oneof(piece, text([...letters, "*", "?", "**/", "[ab]", "[^a]"]).map(git));
  const demand = fc.record({
    all: fc.array(fc.array(pattern, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
    none: fc.array(pattern, { maxLength: 3 }),
  });

  test("the name that is found is the shortest there is, and none is told only where there is none", () => {
    fc.assert(
      fc.property(demand, (asked) => {
        const found = findName(asked);
        const first = words.find((word) => satisfies(asked, word));
        if (found.state !== "found") expect([found.state, first]).toEqual(["none", undefined]);
        else {
          expect(satisfies(asked, found.name)).toBe(true);
          // A letter beside the three may make a shorter one.
          if (first !== undefined) expect(found.name.length).toBeLessThanOrEqual(first.length);
        }
      }),
      { numRuns: 1500, seed: 17 },
    );
  });

  test("one demand covers another exactly if no name of the one misses the other", () => {
    fc.assert(
      fc.property(demand, demand, (wide, narrow) => {
        const outside = words.find((word) => satisfies(narrow, word) && !satisfies(wide, word));
        if (outside !== undefined) expect(demandCovers(wide, narrow)).toBe(false);
        else if (demandCovers(wide, narrow) !== true) {
          const beyond = findName(narrow);
          expect(beyond.state).toBe("found");
        }
      }),
      { numRuns: 800, seed: 18 },
    );
  });

  test("patterns of AWS match as the evaluator's do", () => {
    fc.assert(
      fc.property(text([...letters, "*", "?"]), text(letters), (one, word) => {
        expect(matchesName(aws(one), word)).toBe(wildcardMatches(one, word));
      }),
      { numRuns: 1500, seed: 19 },
    );
  });

  test("what is left of a pattern matches exactly what may follow, precede or be cut", () => {
    fc.assert(
      fc.property(piece, text(letters), text(letters), (one, start, end) => {
        const whole = matchesName(one, start + end);
        expect(afterPrefix([one], start).some((rest) => matchesName(rest, end))).toBe(whole);
        expect(beforeSuffix([one], end).some((rest) => matchesName(rest, start))).toBe(whole);
        expect(halves(one).some(([left, right]) => matchesName(left, start) && matchesName(right, end))).toBe(whole);
      }),
      { numRuns: 2000, seed: 20 },
    );
  });
});

test("what is left keeps its escapes and its case", () => {
  expect(afterPrefix([aws("a${*}b*")], "a")).toEqual([aws("${*}b*")]);
  expect(afterPrefix([{ ...exact("MAIN*"), ignoreCase: true }], "ma")).toEqual([{ ...exact("IN*"), ignoreCase: true }]);
});

test("a demand is wide where a wildcard lets names in, and not where they are listed", () => {
  expect(isWide({ all: [[exact("main"), aws("release/*")]], none: [] })).toBe(true);
  expect(isWide({ all: [[exact("main"), aws("dev")]], none: [] })).toBe(false);
  expect(isWide({ all: [[aws("release/*")], [exact("release/1")]], none: [] })).toBe(false);
  expect(isWide({ all: [[aws("release/*")]], none: [aws("rel*")] })).toBe(false);
  expect(isWide(ANY_NAME)).toBe(true);
});

describe("a demand is told by patterns that some name of its domain matches", () => {
  const branches: NameDemand = { all: [], none: NO_REF_NAME };
  test.each<[string, NameDemand, readonly (readonly string[])[]]>([
    [
      "what no branch is called goes",
      { all: [[aws("*/api:ref:refs/heads/main"), aws("api:ref:refs/heads/main"), aws("main")]], none: [] },
      [["main"]],
    ],
    ["what some are called stays", { all: [[aws("re*"), exact("main")]], none: [] }, [["re*", "main"]]],
    [
      "each list by itself",
      {
        all: [
          [exact("a:b"), exact("a")],
          [aws("*.lock"), aws("*")],
        ],
        none: [],
      },
      [["a"], ["*"]],
    ],
    [
      "a list of nothing else stays, and nothing matches it",
      { all: [[exact("a b"), exact("a..b")]], none: [] },
      [["a b", "a..b"]],
    ],
  ])("%s", (_name, demand, lists) => {
    const told = withPossiblePatterns(demand, branches);
    expect(told.all.map((patterns) => patterns.map(({ pattern }) => pattern))).toEqual(lists);
    expect(told.none).toEqual(demand.none);
  });

  test("and is the same demand on every name of the domain", () => {
    const patterns = fc
      .constantFrom("*", "a*", "*:b", "a:*", "x/*", "*/", "*.lock", "??", "a", "a..b", "@", "-a")
      .map(aws);
    fc.assert(
      fc.property(
        fc.array(fc.array(patterns, { maxLength: 3 }), { maxLength: 3 }),
        fc
          .array(fc.constantFrom("a", "b", "x", "/", ":", ".", "@"), { minLength: 1, maxLength: 4 })
          .map((list) => list.join("")),
        (all, name) => {
          if (!satisfies(branches, name)) return;
          const demand = { all, none: [] };
          expect(satisfies(withPossiblePatterns(demand, branches), name)).toBe(satisfies(demand, name));
        },
      ),
      { seed: 20261127 },
    );
  });
});
