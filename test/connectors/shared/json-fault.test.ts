import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFault } from "../../../connectors/shared/json-fault.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("the place where a text stops being JSON", () => {
  test.each([
    ["a value that is missing", '{"a": ]', { offset: 6, cut: false }],
    ["an object that ends too early", '{"a": 1', { offset: 7, cut: true }],
    ["a text cut inside a string", '{"a": "xy', { offset: 6, cut: true }],
    ["a word cut in two", '{"a": tru', { offset: 6, cut: true }],
    ["a comma too many in a list", "[1, 2, ]", { offset: 7, cut: false }],
    ["a comma too many in an object", '{"a": 1, }', { offset: 9, cut: false }],
    ["single quotes", "{'a': 1}", { offset: 1, cut: false }],
    ["a bare word", "hello", { offset: 0, cut: false }],
    ["text behind the end", '{"a": 1} x', { offset: 9, cut: false }],
    ["nothing at all", "  ", { offset: 2, cut: true }],
    ["brackets that do not match", '{"a": [1}', { offset: 8, cut: false }],
  ])("%s is found", (_name, text, fault) => {
    expect(isJson(text)).toBe(false);
    expect(jsonFault(text)).toEqual(fault);
  });

  test("every valid text is valid, and every beginning of one is cut short", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        expect(jsonFault(text)).toBeUndefined();
        const start = text.slice(0, at % text.length);
        if (!isJson(start)) expect(jsonFault(start)?.cut).toBe(true);
      }),
    );
  });

  test("it says invalid exactly when `JSON.parse` does", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u00"',
      "1",
      "-",
      "01",
      "1e5",
      "true",
      "nul",
      " ",
      "\n",
      '"',
      "\\",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
        const text = parts.join("");
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });
});
