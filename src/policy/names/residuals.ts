import { ANY_ONE, ANY_RUN, type Tokens } from "../aws/conditions/tokens.ts";
import type { NamePattern } from "./name-pattern.ts";
import { tokensOf } from "./pattern-nodes.ts";

const DOLLAR = 36;
const BRACE = 123;

/** A pattern of texts that are compared piece by piece; what is left of an `aws` pattern is an `aws` pattern again. */
export type PiecePattern = NamePattern & { readonly syntax: "aws" | "exact" };

/** What may follow `literal` so that the whole text matches one of the patterns: none where nothing may. */
export function afterPrefix(patterns: readonly PiecePattern[], literal: string): readonly PiecePattern[] {
  return patterns.flatMap((pattern) =>
    written(pattern, rests(tokensOf(pattern.syntax, pattern.pattern), literal, pattern)),
  );
}

/** What may stand before `literal` so that the whole text matches one of the patterns: none where nothing may. */
export function beforeSuffix(patterns: readonly PiecePattern[], literal: string): readonly PiecePattern[] {
  const backwards = reversed(literal);
  return patterns.flatMap((pattern) =>
    written(
      pattern,
      rests(tokensOf(pattern.syntax, pattern.pattern).toReversed(), backwards, pattern).map((rest) =>
        rest.toReversed(),
      ),
    ),
  );
}

/** The pattern in two, in every way: a text matches it exactly if, cut anywhere, its halves match one of the pairs. */
export function halves(pattern: PiecePattern): readonly (readonly [PiecePattern, PiecePattern])[] {
  const tokens = tokensOf(pattern.syntax, pattern.pattern);
  const pairs: (readonly [Tokens, Tokens])[] = [];
  for (let at = 0; at <= tokens.length; at += 1) {
    // A star that is cut stands in both halves; cuts beside it say nothing more.
    if (tokens[at] === ANY_RUN) pairs.push([tokens.slice(0, at + 1), tokens.slice(at)]);
    else if (tokens[at - 1] !== ANY_RUN) pairs.push([tokens.slice(0, at), tokens.slice(at)]);
  }
  return pairs.map(([first, second]) => [
    { ...pattern, pattern: textOf(pattern.syntax, first) },
    { ...pattern, pattern: textOf(pattern.syntax, second) },
  ]);
}

/** Tokens as the text of a pattern of that syntax; what only looks like a wildcard is written as an escape. */
export function textOf(syntax: PiecePattern["syntax"], tokens: Tokens): string {
  let text = "";
  tokens.forEach((token, at) => {
    if (token === ANY_RUN) text += "*";
    else if (token === ANY_ONE) text += "?";
    else {
      const character = String.fromCharCode(token);
      const special = character === "*" || character === "?" || (token === DOLLAR && tokens[at + 1] === BRACE);
      text += syntax === "aws" && special ? `\${${character}}` : character;
    }
  });
  return text;
}

function written(pattern: PiecePattern, rest: readonly Tokens[]): readonly PiecePattern[] {
  return rest.map((tokens) => ({ ...pattern, pattern: textOf(pattern.syntax, tokens) }));
}

/** What is left of the tokens once they have taken the literal. */
function rests(tokens: Tokens, literal: string, { ignoreCase }: PiecePattern): readonly Tokens[] {
  // Up to the first wildcard there is one place only: nearly all patterns are told apart here.
  let begun = 0;
  for (; begun < literal.length; begun += 1) {
    const token = tokens[begun];
    if (token === undefined) return [];
    if (token < 0) break;
    if (!same(token, literal.charCodeAt(begun), ignoreCase === true)) return [];
  }
  let places: ReadonlySet<number> = withSkips(tokens, [begun]);
  for (let at = begun; at < literal.length && places.size > 0; at += 1) {
    const code = literal.charCodeAt(at);
    const next: number[] = [];
    for (const place of places) {
      const token = tokens[place];
      if (token === ANY_RUN) next.push(place);
      else if (token === ANY_ONE || (token !== undefined && same(token, code, ignoreCase === true)))
        next.push(place + 1);
    }
    places = withSkips(tokens, next);
  }
  // Whatever may follow an earlier place may follow the last star too, and a star stands for what is right behind it.
  const star = Math.max(-1, ...[...places].filter((place) => tokens[place] === ANY_RUN));
  return [...places]
    .filter((place) => place >= star && !(star >= 0 && place === star + 1))
    .sort((a, b) => a - b)
    .map((place) => tokens.slice(place));
}

function withSkips(tokens: Tokens, places: readonly number[]): ReadonlySet<number> {
  const found = new Set(places);
  for (const place of found) if (tokens[place] === ANY_RUN) found.add(place + 1);
  return found;
}

function same(a: number, b: number, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && lower(a) === lower(b));
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function reversed(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charAt(text.length - 1 - at)).join("");
}
