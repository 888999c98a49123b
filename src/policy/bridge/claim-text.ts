import { ANY_ONE, ANY_RUN } from "../aws/conditions/tokens.ts";
import type { NamePattern } from "../names/name-pattern.ts";
import { noneOfPatterns, oneOfPatterns } from "../names/demands.ts";
import { matchesName } from "../names/find-name.ts";
import { afterPrefix, halves, textOf, type PiecePattern } from "../names/residuals.ts";
import { tokensOf } from "../names/pattern-nodes.ts";
import { ALWAYS, allOf, anyOf, asks, NEVER, type Alternatives } from "./alternatives.ts";

/** A piece of a claim: text, or something the job decides. `escaped`: GitHub writes a colon in it as `%3A`. */
export type ClaimPart = string | { readonly variable: string; readonly escaped?: boolean };

/** A claim as text with variables; an empty list is an empty text. */
export type ClaimText = readonly ClaimPart[];

/** What a claim must be so that one of the patterns matches it. */
export function matchesOne(text: ClaimText, patterns: readonly PiecePattern[]): Alternatives {
  const [lead] = text;
  const products = patterns.flatMap((pattern) =>
    typeof lead === "string" && !mayBegin(pattern, lead) ? [] : productsOf(text, pattern),
  );
  const single = onlyVariable(products);
  if (single !== undefined) {
    const demand = oneOfPatterns(single.patterns);
    return demand.all.length === 0 ? ALWAYS : [asks(single.variable, demand)];
  }
  return anyOf(
    products.map((product) => allOf(product.map(({ variable, oneOf }) => [asks(variable, oneOfPatterns(oneOf))]))),
  );
}

/** False where a text that begins so cannot match: most repositories fail here, at the price of comparing two texts. */
export function mayBegin(pattern: PiecePattern, lead: string): boolean {
  if (pattern.ignoreCase === true) return true;
  let known = begins.get(pattern);
  if (known === undefined) {
    const tokens = tokensOf(pattern.syntax, pattern.pattern);
    const wild = tokens.findIndex((token) => token === ANY_RUN || token === ANY_ONE);
    const literal = wild < 0 ? tokens : tokens.slice(0, wild);
    begins.set(pattern, (known = { text: String.fromCharCode(...literal), whole: wild < 0 }));
  }
  const { text, whole } = known;
  return text.length >= lead.length ? text.startsWith(lead) : !whole && lead.startsWith(text);
}

const begins = new WeakMap<PiecePattern, { readonly text: string; readonly whole: boolean }>();

/** What a claim must be so that none of the patterns matches it. */
export function matchesNone(text: ClaimText, patterns: readonly PiecePattern[]): Alternatives {
  const products = patterns.flatMap((pattern) => productsOf(text, pattern));
  const single = onlyVariable(products);
  if (single !== undefined) return [asks(single.variable, noneOfPatterns(single.patterns))];
  return allOf(
    products.map((product) =>
      product.length === 0
        ? NEVER
        : anyOf(product.map(({ variable, oneOf }) => [asks(variable, noneOfPatterns(oneOf))])),
    ),
  );
}

/** One variable that has to match one of the patterns. */
interface Factor {
  readonly variable: string;
  readonly oneOf: readonly NamePattern[];
}

/** One way to match: every factor at once. */
type Product = readonly Factor[];

/** Where every way asks about the same variable once, they are one list. */
function onlyVariable(
  products: readonly Product[],
): { readonly variable: string; readonly patterns: readonly NamePattern[] } | undefined {
  const variable = products[0]?.[0]?.variable;
  if (variable === undefined || products.some((product) => product.length !== 1 || product[0]?.variable !== variable))
    return undefined;
  return { variable, patterns: products.flatMap(([factor]) => factor?.oneOf ?? []) };
}

function productsOf(text: ClaimText, pattern: PiecePattern): readonly Product[] {
  const [first, ...others] = joined(text);
  if (first === undefined) return matchesName(pattern, "") ? [[]] : [];
  if (typeof first === "string") {
    if (others.length === 0) return matchesName(pattern, first) ? [[]] : [];
    return afterPrefix([pattern], first).flatMap((rest) => productsOf(others, rest));
  }
  const cuts = others.length === 0 ? [[pattern, undefined] as const] : halves(pattern);
  return cuts.flatMap(([mine, rest]) => {
    const oneOf = first.escaped === true ? unescaped(mine) : [mine];
    if (oneOf.length === 0) return [];
    const factor: Factor = { variable: first.variable, oneOf };
    return (rest === undefined ? [[]] : productsOf(others, rest)).map((product) => [factor, ...product]);
  });
}

/** Neighbouring texts made one, empty ones left out. */
function joined(text: ClaimText): ClaimText {
  const parts: ClaimPart[] = [];
  for (const part of text) {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else if (part !== "") parts.push(part);
  }
  return parts;
}

const COLON = 58;
const ESCAPE = [37, 51, 65];

/**
 * A pattern of the escaped text as patterns of the name itself. Exact but for a `?` or a star that would take a part of `%3A` only.
 */
function unescaped(pattern: PiecePattern): readonly PiecePattern[] {
  const tokens = tokensOf(pattern.syntax, pattern.pattern);
  // No escaped text has a colon.
  if (tokens.includes(COLON)) return [];
  const plain: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? 0;
    if (ESCAPE.every((code, offset) => tokens[at + offset] === code)) {
      plain.push(COLON);
      at += ESCAPE.length - 1;
    } else plain.push(token);
  }
  return plain.length === tokens.length ? [pattern] : [pattern, { ...pattern, pattern: textOf(pattern.syntax, plain) }];
}
