/**
 * The boolean operator: `true` or `false`, however they are cased; what is neither matches nothing. Takes policy variables.
 * Source: "Condition operators", AWS IAM User Guide.
 */
import { plainText, type Tokens } from "./tokens.ts";
import { anyOf, positive, variableMatcher, type Operator, type Resolved } from "./value-matcher.ts";

/** The boolean operator by its name in lower case. */
export const BOOL_OPERATORS: Readonly<Record<string, Operator>> = {
  bool: positive((values, version) => variableMatcher(values, version, truthValue, anyOf)),
};

const truthValue = (tokens: Tokens): Resolved => {
  const value = truthOf(plainText(tokens));
  return {
    everything: false,
    never: value === undefined,
    test: (text) => value !== undefined && truthOf(text) === value,
  };
};

function truthOf(text: string): boolean | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  const folded = text.toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : undefined;
}
