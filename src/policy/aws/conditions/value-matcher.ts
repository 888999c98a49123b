import type { ParsedPolicy } from "../parse-policy.ts";
import { MAYBE, NO, YES, type RequestContext, type Truth } from "../request-context.ts";
import { resolverOf } from "./resolver.ts";
import type { Tokens } from "./tokens.ts";

/** One operator's comparison with the values of one condition, not negated; set operators and `IfExists` are laid over it. */
export interface ValueMatcher {
  /** The variables in the values, keys in lower case. */
  readonly variables: readonly string[];
  /** Whether a value of the request matches one of the policy's. */
  matches(text: string, context: RequestContext): Truth;
  /** What `matches` says of every text there is: no or yes; maybe where it depends on the text. */
  ofAnyText(context: RequestContext): Truth;
}

/** Makes the comparison of one operator ready for the values of one condition. */
export type CompileValues = (values: readonly string[], version: ParsedPolicy["version"]) => ValueMatcher;

/** How one operator compares, and whether it holds where the comparison fails (`StringNotEquals`). */
export interface Operator {
  readonly negated: boolean;
  readonly compile: CompileValues;
}

/** An operator and its negation share the comparison. */
export function positive(compile: CompileValues): Operator {
  return { negated: false, compile };
}

/** The operator that holds where the comparison does not. */
export function negative(compile: CompileValues): Operator {
  return { negated: true, compile };
}

/** Values without variables, compared by a function; `some` says that there is a value which a text could match at all. */
export function constantMatcher(some: boolean, matches: (text: string) => boolean): ValueMatcher {
  const ofAnyText = some ? MAYBE : NO;
  return {
    variables: [],
    matches: (text) => (matches(text) ? YES : NO),
    ofAnyText: () => ofAnyText,
  };
}

/** How one value of a policy compares once its variables are put in. */
export interface Resolved {
  /** True when it matches every text. */
  readonly everything: boolean;
  /** True when there is no text that it matches. */
  readonly never?: boolean;
  test(text: string): boolean;
}

/**
 * Compares with values that may hold variables. `build` makes a value ready, `join` those without variables together. A value whose
 * variable is absent is null and matches nothing, so a negated operator holds against it; one whose variable is unknown may match.
 * Source: "Policy variables with no value", AWS IAM User Guide.
 */
export function variableMatcher<Value extends Resolved>(
  values: readonly string[],
  version: ParsedPolicy["version"],
  build: (tokens: Tokens, source: string) => Value,
  join: (values: readonly Value[]) => Resolved,
): ValueMatcher {
  const all = values.map((value) => resolverOf(value, version, build));
  const resolvers = all.filter(({ variables }) => variables.length > 0);
  const constants = all.filter(({ variables }) => variables.length === 0).map(({ resolve }) => resolve(NO_CONTEXT));
  const constant = join(constants.filter((value) => value !== null && value !== undefined));
  const ofConstants = ofAny(constant);
  if (resolvers.length === 0) {
    return {
      variables: [],
      matches: (text) => (constant.test(text) ? YES : NO),
      ofAnyText: () => ofConstants,
    };
  }
  return {
    variables: [...new Set(resolvers.flatMap(({ variables }) => variables))],
    matches(text, context) {
      if (constant.test(text)) return YES;
      let result: Truth = NO;
      for (let index = 0; index < resolvers.length; index += 1) {
        const value = resolvers[index]?.resolve(context);
        if (value === undefined) result = MAYBE;
        else if (value !== null && value.test(text)) return YES;
      }
      return result;
    },
    ofAnyText(context) {
      let result: Truth = ofConstants;
      for (const resolver of resolvers) {
        const value = resolver.resolve(context);
        const one = value === undefined ? MAYBE : value === null ? NO : ofAny(value);
        if (one === YES) return YES;
        if (one === MAYBE && result === NO) result = MAYBE;
      }
      return result;
    },
  };
}

function ofAny(value: Resolved): Truth {
  if (value.everything) return YES;
  return value.never === true ? NO : MAYBE;
}

const NO_CONTEXT: RequestContext = { get: () => null };

/** What matches where one of the values does; written out for one because most conditions have no more. */
export function anyOf(values: readonly Resolved[]): Resolved {
  const useful = values.filter((value) => value.never !== true);
  const everything = useful.some((value) => value.everything);
  const [first, second] = useful;
  if (first === undefined) return { everything, never: true, test: () => false };
  if (second === undefined) return first;
  return {
    everything,
    test(text) {
      for (let index = 0; index < useful.length; index += 1) if (useful[index]?.test(text) === true) return true;
      return false;
    },
  };
}
