/**
 * The binary operator: both sides are bytes in base64, compared byte for byte, so padding does not matter. What is no base64 matches
 * nothing. Source: "Condition operators", AWS IAM User Guide.
 */
import { rememberLast } from "./remember.ts";
import { constantMatcher, positive, type Operator } from "./value-matcher.ts";

/** The binary operator by its name in lower case. */
export const BINARY_OPERATORS: Readonly<Record<string, Operator>> = {
  binaryequals: positive((values) => {
    const known = new Set(values.map(canonical).filter((value) => value !== undefined));
    const read = rememberLast(canonical);
    return constantMatcher(known.size > 0, (text) => {
      const asked = read(text);
      return asked !== undefined && known.has(asked);
    });
  }),
};

/** The one spelling of the bytes; undefined where the text is no base64. */
function canonical(text: string): string | undefined {
  const digits = text.replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined;
  // The bits behind the last whole byte mean nothing: drop them.
  const spare = digits.length % 4 === 2 ? 0b110000 : digits.length % 4 === 3 ? 0b111100 : 0b111111;
  const last = digits.at(-1);
  return last === undefined ? "" : digits.slice(0, -1) + ALPHABET.charAt(ALPHABET.indexOf(last) & spare);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
