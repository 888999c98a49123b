import { ANY_ONE, ANY_RUN, plainText, pushLiteral, readText, type Tokens } from "./tokens.ts";

/** A text with wildcards, ready to be asked; literal `*`, `?`, `$` from `${*}`, `${?}`, `${$}` are literal. */
export interface Pattern {
  /** As written; where variables were put in, what looks like a wildcard in their values is written `${*}` or `${?}`. */
  readonly source: string;
  test(text: string): boolean;
  /** True when it is just `*`. */
  readonly everything: boolean;
  /** True when there is no wildcard. */
  readonly exact: boolean;
}

/** A pattern in which `*` and `?` are wildcards and variables, other than the three escapes, are text. */
export function compilePattern(text: string): Pattern {
  const tokens: number[] = [];
  for (const part of readText(text, "2012-10-17")) {
    if ("key" in part) pushLiteral(tokens, part.written);
    else for (const token of part) tokens.push(token);
  }
  return patternOf(tokens, text);
}

/** The pattern that the tokens spell; `source` is what to show for it. */
export function patternOf(tokens: Tokens, source: string): Pattern {
  const everything = tokens.length > 0 && tokens.every((token) => token === ANY_RUN);
  const exact = tokens.every((token) => token >= 0);
  return { source, everything, exact, test: tester(tokens, everything, exact) };
}

function tester(tokens: Tokens, everything: boolean, exact: boolean): (text: string) => boolean {
  if (everything) return () => true;
  if (exact) {
    const whole = plainText(tokens);
    return (text) => text === whole;
  }
  if (!tokens.includes(ANY_ONE)) return starsTester(tokens);
  const codes = Int32Array.from(tokens);
  return (text) => tokensMatch(codes, text);
}

/** Stars only, by far the most frequent: the engine's own comparisons are the quickest. */
function starsTester(tokens: Tokens): (text: string) => boolean {
  const first = tokens.indexOf(ANY_RUN);
  const last = tokens.lastIndexOf(ANY_RUN);
  const before = plainText(tokens.slice(0, first));
  const behind = plainText(tokens.slice(last + 1));
  const between = betweenStars(tokens.slice(first, last + 1));
  if (between.length === 0) {
    if (behind === "") return (text) => startsWith(text, before);
    if (before === "") return (text) => text.endsWith(behind);
  }
  return (text) => {
    if (!startsWith(text, before) || !text.endsWith(behind)) return false;
    let at = before.length;
    for (let index = 0; index < between.length; index += 1) {
      const piece = between[index] ?? "";
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - behind.length;
  };
}

/** `startsWith` takes twice the time. */
function startsWith(text: string, before: string): boolean {
  return text.lastIndexOf(before, 0) === 0;
}

/** The texts between the stars, in order; each is best found as early as it can be. */
function betweenStars(tokens: Tokens): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const next = tokens.indexOf(ANY_RUN, at);
    if (next > at) pieces.push(plainText(tokens.slice(at, next)));
    at = next;
  }
  return pieces;
}

/**
 * Whether the tokens mean the text. Goes back to the last star only, so a hostile pattern costs at most pattern × text.
 * The sibling of `wildcardMatches`, over codes because there a literal `*` cannot be told from a wildcard.
 */
function tokensMatch(tokens: Int32Array, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const token = tokens[p];
    if (token === ANY_RUN) {
      star = p;
      p += 1;
      mark = t;
    } else if (token === ANY_ONE || token === text.charCodeAt(t)) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (tokens[p] === ANY_RUN) p += 1;
  return p === tokens.length;
}
