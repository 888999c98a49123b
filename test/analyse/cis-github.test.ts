import { expect, test } from "vitest";
import { CIS_GITHUB } from "../../src/analyse/cis-github.ts";
import { RULES } from "../../src/analyse/rules/index.ts";

/** The ids that a rule names, `CIS GitHub 1.3.4, 1.3.5` among its controls. */
function idsOf(controls: readonly string[]): readonly string[] {
  return controls.flatMap((control) => {
    const list = /^CIS GitHub (.+)$/.exec(control)?.[1];
    return list === undefined ? [] : list.split(", ");
  });
}

test("every recommendation stands once, in order", () => {
  const ids = CIS_GITHUB.map(({ id }) => id);
  expect(ids.length).toBe(47);
  const numbers = (id: string): number => id.split(".").reduce((sum, part) => sum * 100 + Number(part), 0);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => numbers(a) - numbers(b)));
});

test("the table and the rules name each other, and nothing else", () => {
  const fromTable = CIS_GITHUB.flatMap(({ id, rules }) => rules.map((rule) => `${id} ${rule}`));
  const fromRules = RULES.flatMap((rule) => idsOf(rule.controls).map((id) => `${id} ${rule.id}`));
  expect([...fromTable].sort()).toEqual([...fromRules].sort());
});

test.each(CIS_GITHUB.map((control) => [control.id, control] as const))(
  "%s says what it is judged by, or why it is not",
  (_id, control) => {
    expect(control.title).toMatch(/^\S.*[^.]$/);
    expect("reason" in control ? control.reason : control.evidence).toMatch(/^\S.{10,}[^.]$/);
  },
);
