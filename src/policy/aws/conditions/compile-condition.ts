import type { ParsedCondition, ParsedPolicy } from "../parse-policy.ts";
import { MAYBE, NO, YES, type RequestContext, type Truth } from "../request-context.ts";
import { compileNull } from "./null.ts";
import { OPERATORS } from "./operators.ts";
import type { ValueMatcher } from "./value-matcher.ts";

/** One condition, ready to be asked about requests. */
export interface CompiledCondition {
  /** Lower case. */
  readonly key: string;
  readonly writtenKey: string;
  /** As written. */
  readonly operator: string;
  readonly values: readonly string[];
  /** Keys (lower case) the outcome can depend on: the key itself and variables in its values. */
  readonly keys: readonly string[];
  /** Maybe where a key that nobody gave decides; never where the outcome is the same whatever its value. */
  holds(context: RequestContext): Truth;
}

type Quantifier = "forallvalues" | "foranyvalue" | "";

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/;

/**
 * Makes a condition ready; undefined when the operator is none AWS knows. What a missing key means:
 * no for an operator, yes for a negated one, for one with `IfExists` and for `ForAllValues`, always no for `ForAnyValue` (AWS looks
 * for a value before it asks whether there is a key). A key with an empty list is missing.
 * Source: "Condition operators", "Multivalued context keys" and "Conditions with multiple keys or values", AWS IAM User Guide.
 */
export function compileCondition(
  condition: ParsedCondition,
  version: ParsedPolicy["version"],
): CompiledCondition | undefined {
  const [, quantifier = "", name = "", ifExists = ""] = OPERATOR.exec(condition.operator.toLowerCase()) ?? [];
  const key = condition.key.toLowerCase();
  const described = { key, writtenKey: condition.key, operator: condition.operator, values: condition.values };
  if (name === "null") {
    if (quantifier !== "" || ifExists !== "") return undefined;
    const holds = compileNull(condition.values);
    return { ...described, keys: [key], holds: (context) => holds(context.get(key)) };
  }
  const operator = OPERATORS.get(name);
  if (operator === undefined) return undefined;
  const matcher = operator.compile(condition.values, version);
  return {
    ...described,
    keys: [...new Set([key, ...matcher.variables])],
    holds: holder(key, quantifier as Quantifier, operator.negated, ifExists !== "", matcher),
  };
}

function holder(
  key: string,
  quantifier: Quantifier,
  negated: boolean,
  ifExists: boolean,
  matcher: ValueMatcher,
): (context: RequestContext) => Truth {
  const ifAbsent = quantifier === "foranyvalue" ? NO : ifExists || negated || quantifier === "forallvalues" ? YES : NO;
  // Without a set operator, one match among several values is enough, and enough to fail a negated operator.
  const every = quantifier === "forallvalues" || (quantifier === "" && negated);
  const enough = every ? NO : YES;
  return (context) => {
    const values = context.get(key);
    if (values === undefined) {
      const ifPresent = turned(matcher.ofAnyText(context), negated);
      return ifPresent === ifAbsent ? ifAbsent : MAYBE;
    }
    if (values === null || values.length === 0) return ifAbsent;
    if (values.length === 1) return turned(matcher.matches(values[0] ?? "", context), negated);
    let result: Truth = every ? YES : NO;
    for (let index = 0; index < values.length; index += 1) {
      const one = turned(matcher.matches(values[index] ?? "", context), negated);
      if (one === enough) return enough;
      if (one === MAYBE) result = MAYBE;
    }
    return result;
  };
}

function turned(truth: Truth, negated: boolean): Truth {
  if (!negated || truth === MAYBE) return truth;
  return truth === YES ? NO : YES;
}
