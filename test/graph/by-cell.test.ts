import fc from "fast-check";
import { expect, test } from "vitest";
import { byCell } from "../../src/graph/by-cell.ts";
import { matchesPattern } from "../../src/text/pattern.ts";

test("looking rows up by their cell answers what trying each row answers, in the order of the rows", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "B", "*"), maxLength: 3 });
  const name = fc.string({ unit: fc.constantFrom("a", "b", "A"), maxLength: 3 });
  fc.assert(
    fc.property(fc.array(cell), fc.array(name, { maxLength: 4 }), (cells, names) => {
      const rows = cells.map((text, line) => ({ text, line }));
      expect(byCell(rows, ({ text }) => text)(names)).toEqual(
        rows.filter(({ text }) => names.some((one) => matchesPattern(text, one))),
      );
    }),
  );
});
