import type { ParsedPolicy } from "../parse-policy.ts";
import type { RequestContext } from "../request-context.ts";
import { patternOf, type Pattern } from "./pattern.ts";
import { resolverOf } from "./resolver.ts";
import { ANY_ONE, isWildcardCharacter, plainText, readText, type Tokens, type Variable } from "./tokens.ts";

/** A text that may hold policy variables (version 2012-10-17 only). */
export interface Template {
  /** Lower-case keys; empty: constant. */
  readonly variables: readonly string[];
  /** The widest the text can mean: `*` for every variable, `?` for every escaped character; nothing in it is an escape. */
  readonly widest: string;
  /**
   * The text with the variables' values put in as literals (a `*` in a value is no wildcard); null: a variable is absent and has no
   * default, or has several values; undefined: a variable's value is not known. Which keys are unknown: `variables`.
   */
  pattern(context: RequestContext): Pattern | null | undefined;
}

/**
 * Prepares a text of a policy, a resource for example. `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}` mean something in
 * version 2012-10-17 and are text in 2008-10-17. Source: "IAM policy elements: Variables and tags", AWS IAM User Guide.
 */
export function compileTemplate(text: string, version: ParsedPolicy["version"]): Template {
  const { variables, resolve } = resolverOf(text, version, patternOf);
  return { variables, widest: widestText(readText(text, version)), pattern: resolve };
}

function widestText(parts: readonly (Tokens | Variable)[]): string {
  return parts.map((part) => ("key" in part ? "*" : plainText(part.map(withoutEscape)))).join("");
}

function withoutEscape(token: number): number {
  return isWildcardCharacter(token) ? ANY_ONE : token;
}
