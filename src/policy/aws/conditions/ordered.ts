import { rememberLast } from "./remember.ts";
import { constantMatcher, negative, positive, type CompileValues, type Operator } from "./value-matcher.ts";

/**
 * The six comparisons of a family whose values are numbers underneath, by name in lower case (`numericequals`, …). `parse` answers
 * NaN for what is no such value: it is then neither equal nor smaller nor greater, so no positive operator matches it.
 */
export function orderedOperators(family: string, parse: (text: string) => number): Readonly<Record<string, Operator>> {
  const comparing =
    (holds: (asked: number, value: number) => boolean): CompileValues =>
    (values) => {
      const numbers = values.map(parse).filter((value) => !Number.isNaN(value));
      const read = rememberLast(parse);
      return constantMatcher(numbers.length > 0, (text) => {
        const asked = read(text);
        for (let index = 0; index < numbers.length; index += 1)
          if (holds(asked, numbers[index] ?? Number.NaN)) return true;
        return false;
      });
    };
  const equals = comparing((asked, value) => asked === value);
  return {
    [`${family}equals`]: positive(equals),
    [`${family}notequals`]: negative(equals),
    [`${family}lessthan`]: positive(comparing((asked, value) => asked < value)),
    [`${family}lessthanequals`]: positive(comparing((asked, value) => asked <= value)),
    [`${family}greaterthan`]: positive(comparing((asked, value) => asked > value)),
    [`${family}greaterthanequals`]: positive(comparing((asked, value) => asked >= value)),
  };
}
