import type { ParsedPolicy } from "../parse-policy.ts";
import type { RequestContext } from "../request-context.ts";
import { pushLiteral, readText, writtenText, type Tokens, type Variable } from "./tokens.ts";

/** A text with its variables, made into whatever is asked of it (a pattern, a plain text, the pattern of an ARN). */
export interface Resolver<Result> {
  /** Keys in lower case, each once; empty: the result never changes. */
  readonly variables: readonly string[];
  /** null: a variable is absent and has no default; undefined: nobody knows a variable's value. */
  resolve(context: RequestContext): Result | null | undefined;
}

/**
 * Prepares a policy text. A constant one is built here and once; one with variables keeps what it built for the last values, which
 * is what a principal asked about many resources needs. A variable's value and its default are literal: no wildcard comes in.
 */
export function resolverOf<Result>(
  text: string,
  version: ParsedPolicy["version"],
  build: (tokens: Tokens, source: string) => Result,
): Resolver<Result> {
  const parts = readText(text, version);
  const variables = parts.filter((part): part is Variable => "key" in part);
  const [only] = parts;
  if (variables.length === 0) {
    const built = build(only !== undefined && !("key" in only) ? only : [], text);
    return { variables: [], resolve: () => built };
  }
  const last: (string | undefined)[] = variables.map(() => undefined);
  let built: Result | undefined;
  return {
    variables: [...new Set(variables.map(({ key }) => key))],
    resolve(context) {
      let missing = false;
      for (let index = 0; index < variables.length; index += 1) {
        const value = valueOf(variables[index], context);
        // Absent weighs more than unknown: with one variable absent nothing the others could be makes a text of it.
        if (value === null) return null;
        if (value === undefined) missing = true;
        else if (value !== last[index]) {
          last[index] = value;
          built = undefined;
        }
      }
      if (missing) return undefined;
      if (built === undefined) {
        const tokens = put(parts, last);
        built = build(tokens, writtenText(tokens));
      }
      return built;
    },
  };
}

/** The one value of a variable's key. Several values are no value: AWS takes single-valued keys only. */
function valueOf(variable: Variable | undefined, context: RequestContext): string | null | undefined {
  if (variable === undefined) return null;
  const values = context.get(variable.key);
  if (values === undefined) return undefined;
  if (values === null || values.length === 0) return variable.fallback;
  return values.length === 1 ? values[0] : null;
}

function put(parts: readonly (Tokens | Variable)[], values: readonly (string | undefined)[]): Tokens {
  const tokens: number[] = [];
  let next = 0;
  for (const part of parts) {
    if ("key" in part) {
      pushLiteral(tokens, values[next] ?? "");
      next += 1;
    } else for (const token of part) tokens.push(token);
  }
  return tokens;
}
