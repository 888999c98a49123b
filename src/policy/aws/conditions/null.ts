import { MAYBE, NO, YES, type ContextValue, type Truth } from "../request-context.ts";

/**
 * The `Null` operator: with `true` it holds where the key is absent, with `false` where it has a value. A key with an empty list has
 * none. Source: "Condition operator to check existence of condition keys", AWS IAM User Guide.
 */
export function compileNull(values: readonly string[]): (value: ContextValue) => Truth {
  const folded = values.map((value) => value.toLowerCase());
  const ifAbsent = folded.includes("true") ? YES : NO;
  const ifPresent = folded.includes("false") ? YES : NO;
  const ifUnknown = ifAbsent === ifPresent ? ifAbsent : MAYBE;
  return (value) => {
    if (value === undefined) return ifUnknown;
    return value === null || value.length === 0 ? ifAbsent : ifPresent;
  };
}
