/**
 * The string operators. `StringEquals` takes `*` and `?` for themselves; only `StringLike` has wildcards.
 * Source: "Condition operators", AWS IAM User Guide.
 */
import { patternOf, type Pattern } from "./pattern.ts";
import { rememberLast } from "./remember.ts";
import { plainText, type Tokens } from "./tokens.ts";
import {
  anyOf,
  negative,
  positive,
  variableMatcher,
  type CompileValues,
  type Operator,
  type Resolved,
} from "./value-matcher.ts";

/** A value that matches one text. */
interface Exact extends Resolved {
  readonly text: string;
}

const exact = (tokens: Tokens): Exact => {
  const text = plainText(tokens);
  return { text, everything: false, test: (other) => other === text };
};

const exactIgnoringCase = (tokens: Tokens): Exact => {
  const text = plainText(tokens).toLowerCase();
  return { text, everything: false, test: (other) => other.toLowerCase() === text };
};

/** Several texts are one look-up. */
function oneOf(texts: readonly string[]): Resolved {
  const [first] = texts;
  if (first === undefined) return { everything: false, never: true, test: () => false };
  if (texts.length === 1) return { everything: false, test: (text) => text === first };
  const set = new Set(texts);
  return { everything: false, test: (text) => set.has(text) };
}

const equals: CompileValues = (values, version) =>
  variableMatcher(values, version, exact, (items) => oneOf(items.map(({ text }) => text)));

const equalsIgnoringCase: CompileValues = (values, version) =>
  variableMatcher(values, version, exactIgnoringCase, (items) => {
    const folded = oneOf(items.map(({ text }) => text));
    const fold = rememberLast((text) => text.toLowerCase());
    return { ...folded, test: (text) => folded.test(fold(text)) };
  });

const like: CompileValues = (values, version) => variableMatcher(values, version, likePattern, anyPattern);

/** A pattern with the text it is when it has no wildcard. */
interface LikePattern extends Pattern {
  readonly text: string;
}

const likePattern = (tokens: Tokens, source: string): LikePattern => ({
  ...patternOf(tokens, source),
  text: plainText(tokens),
});

/** Patterns without wildcards go into one look-up, however many there are. */
function anyPattern(patterns: readonly LikePattern[]): Resolved {
  const texts = patterns.filter((pattern) => pattern.exact);
  const wild = patterns.filter((pattern) => !pattern.exact);
  return texts.length < 2 ? anyOf(patterns) : anyOf([...wild, oneOf(texts.map((pattern) => pattern.text))]);
}

/** The string operators by name, in lower case. */
export const STRING_OPERATORS: Readonly<Record<string, Operator>> = {
  stringequals: positive(equals),
  stringnotequals: negative(equals),
  stringequalsignorecase: positive(equalsIgnoringCase),
  stringnotequalsignorecase: negative(equalsIgnoringCase),
  stringlike: positive(like),
  stringnotlike: negative(like),
};
