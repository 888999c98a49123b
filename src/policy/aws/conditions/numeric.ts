/**
 * The numeric operators, over whole and decimal numbers. A variable is text here, and so no number.
 * Source: "Condition operators", AWS IAM User Guide.
 */
import { orderedOperators } from "./ordered.ts";

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The numeric operators by name, in lower case. */
export const NUMERIC_OPERATORS = orderedOperators("numeric", (text) => (NUMBER.test(text) ? Number(text) : Number.NaN));
