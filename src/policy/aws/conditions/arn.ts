/**
 * The ARN operators: `ArnEquals` and `ArnLike` are the same. Each of the six parts between the colons is compared on its own, with
 * wildcards; the last takes the rest, colons included. A value with fewer parts matches nothing, apart from a bare `*`.
 * Source: "Condition operators", AWS IAM User Guide.
 */
import { patternOf } from "./pattern.ts";
import { rememberLast } from "./remember.ts";
import type { Tokens } from "./tokens.ts";
import {
  anyOf,
  negative,
  positive,
  variableMatcher,
  type CompileValues,
  type Operator,
  type Resolved,
} from "./value-matcher.ts";

const COLON = 58;
const PARTS = 6;

const like: CompileValues = (values, version) => {
  const split = rememberLast(partsOf);
  return variableMatcher(values, version, (tokens, source) => arnPattern(tokens, source, split), anyOf);
};

/** The ARN operators by name, in lower case. */
export const ARN_OPERATORS: Readonly<Record<string, Operator>> = {
  arnequals: positive(like),
  arnlike: positive(like),
  arnnotequals: negative(like),
  arnnotlike: negative(like),
};

function arnPattern(tokens: Tokens, source: string, split: (text: string) => readonly string[] | undefined): Resolved {
  const whole = patternOf(tokens, source);
  if (whole.everything) return whole;
  const parts = partsOfTokens(tokens);
  if (parts === undefined) return { everything: false, never: true, test: () => false };
  // Wildcards in the last part alone cannot reach over a colon that counts: the whole text is compared at once.
  if (parts.slice(0, -1).every((part) => part.every((token) => token >= 0))) return whole;
  const patterns = parts.map((part) => patternOf(part, ""));
  return {
    everything: false,
    test(text) {
      const asked = split(text);
      if (asked === undefined) return false;
      for (let index = 0; index < PARTS; index += 1)
        if (patterns[index]?.test(asked[index] ?? "") !== true) return false;
      return true;
    },
  };
}

function partsOfTokens(tokens: Tokens): readonly Tokens[] | undefined {
  const parts: Tokens[] = [];
  let from = 0;
  while (parts.length < PARTS - 1) {
    const colon = tokens.indexOf(COLON, from);
    if (colon < 0) return undefined;
    parts.push(tokens.slice(from, colon));
    from = colon + 1;
  }
  return [...parts, tokens.slice(from)];
}

function partsOf(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < PARTS - 1) {
    const colon = text.indexOf(":", from);
    if (colon < 0) return undefined;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  return [...parts, text.slice(from)];
}
