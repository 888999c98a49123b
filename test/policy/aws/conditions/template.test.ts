import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../src/policy/aws/conditions/pattern.ts";
import { compileTemplate } from "../../../../src/policy/aws/conditions/template.ts";
import { contextOf, type Request } from "./request.ts";

const NEW = "2012-10-17";
const OLD = "2008-10-17";

describe("templates", () => {
  const rows: readonly (readonly [string, string, Request, string | null | undefined])[] = [
    ["text stays text", "home/*", {}, "home/*"],
    ["a variable is put in", "home/${aws:username}/*", { "aws:username": ["ann"] }, "home/ann/*"],
    ["names are case-insensitive", "${AWS:UserName}", { "aws:username": ["ann"] }, "ann"],
    ["a tag key may hold spaces", "${aws:PrincipalTag/Cost Center}", { "aws:principaltag/cost center": ["7"] }, "7"],
    ["one variable may stand twice", "${a}/${a}", { a: ["x"] }, "x/x"],
    ["variables may stand side by side", "${a}${b}", { a: ["x"], b: ["y"] }, "xy"],
    ["a wildcard in a value is spelt as one that is none", "${a}*", { a: ["*?"] }, "${*}${?}*"],
    ["what looks like a variable in a value is not looked up", "${a}", { a: ["${b}"], b: ["no"] }, "${b}"],
    ["an absent key has no text", "home/${a}", {}, null],
    ["a key with an empty list has none", "home/${a}", { a: [] }, null],
    ["a key with several values has none", "home/${a}", { a: ["x", "y"] }, null],
    ["a default stands in", "home/${a, 'public'}", {}, "home/public"],
    ["a default stands in only where it must", "home/${a, 'public'}", { a: ["x"] }, "home/x"],
    ["a default may be empty", "home/${a,''}", {}, "home/"],
    ["a default may hold braces and commas", "${a , 'b}, {c' }", {}, "b}, {c"],
    ["a star in a default is no wildcard", "${a, '*'}", {}, "${*}"],
    ["a default is none for several values", "${a, 'public'}", { a: ["x", "y"] }, null],
    ["an unknown key makes the text unknown", "home/${a}", { a: undefined }, undefined],
    ["an unknown key is unknown with a default too", "home/${a, 'public'}", { a: undefined }, undefined],
    ["an absent key weighs more than an unknown one", "${a}${b}", { a: undefined }, null],
    ["an absent key weighs more, wherever it stands", "${b}${a}", { a: undefined }, null],
    ["an empty name is text", "${}", {}, "${}"],
    ["a name without its end is text", "home/${a", { a: ["x"] }, "home/${a"],
    ["a default without quotes is text", "${a, b}", { a: ["x"] }, "${a, b}"],
    ["a default without its end is text", "${a, 'b}", { a: ["x"] }, "${a, 'b}"],
    ["a variable in a broken one counts", "${x${a}", { a: ["y"] }, "${xy"],
    ["a dollar alone is text", "$a $ {a}", { a: ["y"] }, "$a $ {a}"],
  ];
  test.each(rows)("%s", (_name, text, request, expected) => {
    const pattern = compileTemplate(text, NEW).pattern(contextOf(request));
    expect(pattern === null || pattern === undefined ? pattern : pattern.source).toBe(expected);
  });

  test("version 2008-10-17 has no variables, only wildcards", () => {
    const template = compileTemplate("home/${aws:username}/${*}", OLD);
    const pattern = template.pattern(contextOf({ "aws:username": ["ann"] }));
    expect(template.variables).toEqual([]);
    expect(pattern?.test("home/${aws:username}/${x}")).toBe(true);
    expect(pattern?.test("home/ann/*")).toBe(false);
  });

  test("the keys are told once, in lower case", () => {
    expect(
      compileTemplate("${aws:PrincipalTag/Team}-${AWS:username}-${aws:principaltag/team}${*}", NEW).variables,
    ).toEqual(["aws:principaltag/team", "aws:username"]);
  });

  test.each([
    ["home/${aws:username}/x?*", "home/*/x?*"],
    ["${a, 'b}c'}-${*}${?}${$}", "*-??$"],
    ["${broken", "${broken"],
    ["", ""],
  ])("the widest `%s` can mean is `%s`", (text, widest) => expect(compileTemplate(text, NEW).widest).toBe(widest));

  test("a text with variables means nothing that its widest form does not", () => {
    const unit = fc.constantFrom("a", "*", "?", "${*}", "${?}", "${v}", "${v, 'a'}", "${w}");
    const texts = fc.string({ unit: fc.constantFrom("a", "*", "?"), maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), texts, texts, (text, value, asked) => {
        const template = compileTemplate(text, NEW);
        const pattern = template.pattern(contextOf({ v: [value], w: ["a"] }));
        if (pattern?.test(asked) === true) expect(compilePattern(template.widest).test(asked)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("a constant text makes one pattern, a variable one a pattern per change of values", () => {
    const constant = compileTemplate("home/*", NEW);
    expect(constant.pattern(contextOf({}))).toBe(constant.pattern(contextOf({ a: ["x"] })));
    const variable = compileTemplate("home/${a}", NEW);
    const first = variable.pattern(contextOf({ a: ["x"] }));
    expect(variable.pattern(contextOf({ a: ["x"] }))).toBe(first);
    expect(variable.pattern(contextOf({ a: ["y"] }))?.source).toBe("home/y");
    expect(variable.pattern(contextOf({ a: ["x"] }))?.source).toBe("home/x");
  });

  test("a value is matched as it is, whatever is in it, and nothing else is", () => {
    const unit = fc.constantFrom("a", "*", "?", "$", "{", "}", "'", ",", "\uE000");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), fc.string({ unit, maxLength: 6 }), (value, other) => {
        const pattern = compileTemplate("<${a}>", NEW).pattern(contextOf({ a: [value] }));
        expect(pattern?.exact).toBe(true);
        expect(pattern?.test(`<${value}>`)).toBe(true);
        expect(pattern?.test(`<${other}>`)).toBe(value === other);
      }),
    );
  });

  test("a text without variables is the same pattern in a template", () => {
    const unit = fc.constantFrom("a", "b", "*", "?", "${*}", "${?}", "$", "}");
    const texts = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "$", "}"), maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), texts, (text, asked) => {
        const template = compileTemplate(text, NEW);
        fc.pre(template.variables.length === 0);
        expect(template.pattern(contextOf({}))?.test(asked)).toBe(compilePattern(text).test(asked));
      }),
    );
  });

  test("a text full of broken variables is read once, not once per variable", () => {
    for (const piece of ["${", "${a", "${a,", "${a,'", "${a,''", "${a, ", "$", "${${*}"]) {
      const template = compileTemplate(piece.repeat(100_000), NEW);
      expect(template.variables.length).toBeLessThan(2);
    }
  });
});
