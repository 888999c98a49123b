import { ANY_ONE, ANY_RUN, readText, type Tokens } from "../aws/conditions/tokens.ts";
import { ANY_CHARACTER, complement, inAnyCase, NO_SLASH, withoutSlash, type Characters } from "./characters.ts";
import type { NamePattern } from "./name-pattern.ts";

/** One place of a pattern: where a character leads, and where one comes without any. */
export interface PatternNode {
  readonly steps: readonly { readonly on: Characters; readonly to: number }[];
  readonly skips: readonly number[];
}

/**
 * A pattern as a machine: reading begins at node 0, and a text matches when it can end at the last node. Undefined for a pattern that
 * matches nothing (a bracket that is never closed).
 */
export function patternNodes({ syntax, pattern, ignoreCase }: NamePattern): readonly PatternNode[] | undefined {
  const pieces = syntax === "fnmatch" ? fnmatchPieces(pattern) : tokenPieces(tokensOf(syntax, pattern));
  if (pieces === undefined) return undefined;
  const nodes: PatternNode[] = [];
  const folded = (on: Characters): Characters => (ignoreCase === true ? inAnyCase(on) : on);
  for (const piece of pieces) {
    const here = nodes.length;
    if (piece.kind === "one") nodes.push({ steps: [{ on: folded(piece.on), to: here + 1 }], skips: [] });
    else if (piece.kind === "run") nodes.push({ steps: [{ on: piece.on, to: here }], skips: [here + 1] });
    else {
      // Nothing, or any text that ends with a slash.
      const inside = [
        { on: ANY_CHARACTER, to: here + 1 },
        { on: SLASH, to: here + 2 },
      ];
      nodes.push({ steps: inside, skips: [here + 2] }, { steps: inside, skips: [] });
    }
  }
  nodes.push({ steps: [], skips: [] });
  return nodes;
}

/** The tokens of an `aws` or `exact` pattern. */
export function tokensOf(syntax: "aws" | "exact", pattern: string): Tokens {
  if (syntax === "exact") return codes(pattern);
  return readText(pattern, "2012-10-17").flatMap((part) => ("key" in part ? codes(part.written) : part));
}

type Piece =
  | { readonly kind: "one"; readonly on: Characters }
  | { readonly kind: "run"; readonly on: Characters }
  | { readonly kind: "directories" };

const SLASH: Characters = [[47, 47]];

function codes(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

function tokenPieces(tokens: Tokens): readonly Piece[] {
  return tokens.map((token) => {
    if (token === ANY_RUN) return { kind: "run", on: ANY_CHARACTER };
    return { kind: "one", on: token === ANY_ONE ? ANY_CHARACTER : [[token, token]] };
  });
}

/** Source: `File.fnmatch` in Ruby's documentation, with `FNM_PATHNAME`, which GitHub names for branch patterns. */
function fnmatchPieces(pattern: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (pattern.startsWith("**/", at) && (at === 0 || pattern.charAt(at - 1) === "/")) {
      pieces.push({ kind: "directories" });
      at += 3;
    } else if (character === "*") {
      if (pieces.at(-1)?.kind !== "run") pieces.push({ kind: "run", on: NO_SLASH });
      at += 1;
    } else if (character === "?") {
      pieces.push({ kind: "one", on: NO_SLASH });
      at += 1;
    } else if (character === "[") {
      const bracket = readBracket(pattern, at + 1);
      if (bracket === undefined) return undefined;
      pieces.push({ kind: "one", on: bracket.on });
      at = bracket.end;
    } else {
      if (character === "\\" && at + 1 < pattern.length) at += 1;
      const code = pattern.charCodeAt(at);
      pieces.push({ kind: "one", on: [[code, code]] });
      at += 1;
    }
  }
  return pieces;
}

/** What stands behind `[`; a bracket that is never closed makes the whole pattern match nothing. */
function readBracket(pattern: string, from: number): { readonly on: Characters; readonly end: number } | undefined {
  const negated = pattern.charAt(from) === "^" || pattern.charAt(from) === "!";
  const ranges: (readonly [number, number])[] = [];
  let at = negated ? from + 1 : from;
  while (pattern.charAt(at) !== "]") {
    const low = readMember(pattern, at);
    if (low === undefined) return undefined;
    at = low.end;
    if (pattern.charAt(at) === "-" && pattern.charAt(at + 1) !== "]") {
      const high = readMember(pattern, at + 1);
      if (high === undefined) return undefined;
      ranges.push([low.code, high.code]);
      at = high.end;
    } else ranges.push([low.code, low.code]);
  }
  const named = ranges.filter(([low, high]) => low <= high);
  return { on: withoutSlash(negated ? complement(named) : named), end: at + 1 };
}

function readMember(pattern: string, from: number): { readonly code: number; readonly end: number } | undefined {
  const at = pattern.charAt(from) === "\\" ? from + 1 : from;
  return at < pattern.length ? { code: pattern.charCodeAt(at), end: at + 1 } : undefined;
}
