import { ARN_OPERATORS } from "./arn.ts";
import { BINARY_OPERATORS } from "./binary.ts";
import { BOOL_OPERATORS } from "./bool.ts";
import { DATE_OPERATORS } from "./date.ts";
import { IP_ADDRESS_OPERATORS } from "./ip-address.ts";
import { NUMERIC_OPERATORS } from "./numeric.ts";
import { STRING_OPERATORS } from "./string.ts";
import type { Operator } from "./value-matcher.ts";

/**
 * Every condition operator that compares values, by its name in lower case; `Null` compares none and stands apart.
 * Source: "Condition operators", AWS IAM User Guide.
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    STRING_OPERATORS,
    NUMERIC_OPERATORS,
    DATE_OPERATORS,
    BOOL_OPERATORS,
    BINARY_OPERATORS,
    IP_ADDRESS_OPERATORS,
    ARN_OPERATORS,
  ].flatMap((family) => Object.entries(family)),
);
