import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPieces } from "../../src/text/json-pieces.ts";

test("the pieces put together are what JSON.stringify gives, whatever the document", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(value, fc.array(value))), fc.nat(50), (document, size) => {
      expect([...jsonPieces(document, size)].join("")).toBe(JSON.stringify(document, null, 2));
    }),
  );
});

test("a member that is undefined is left out", () => {
  expect([...jsonPieces({ a: undefined, b: [1] })].join("")).toBe(JSON.stringify({ b: [1] }, null, 2));
});

test("a long list comes in many pieces", () => {
  expect([...jsonPieces({ list: Array.from({ length: 100 }, (_, n) => n) }, 50)].length).toBeGreaterThan(10);
});
