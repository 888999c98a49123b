import type { LintCheck } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

/** An element that stands there and says nothing. AWS takes it without a word. */
export const emptyElement: LintCheck = {
  id: "empty-element",
  *remarks({ policy }) {
    if (policy.statements.length === 0)
      yield {
        at: ["Statement"],
        message: "the policy has no statement: it says nothing",
        hint: "add a statement, or take the policy away",
      };
    for (const statement of policy.statements) {
      for (const element of statement.empty ?? [])
        yield {
          statement,
          at: [element],
          message: `\`${element}\` is empty, so the statement never matches`,
          hint: `name what is meant, or take the statement away`,
        };
      for (const { operator, key, values } of statement.conditions) {
        if (values.length > 0) continue;
        const name = operatorName(operator);
        const always = name !== undefined && (name.negated || name.ifExists || name.set === "ForAllValues");
        yield {
          statement,
          at: ["Condition", operator, key],
          message: `\`${key}\` is compared with no value at all${always ? "" : ", so the statement never matches"}`,
          hint: "name the values, or take the condition away",
        };
      }
    }
  },
};
