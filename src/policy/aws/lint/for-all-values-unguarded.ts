import type { LintCheck } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

/**
 * `ForAllValues` in an Allow is met by a request that has no such key at all. Source: "Multivalued context keys", AWS IAM User
 * Guide, which asks for a Null condition beside it.
 */
export const forAllValuesUnguarded: LintCheck = {
  id: "for-all-values-unguarded",
  *remarks({ policy }) {
    for (const statement of policy.statements) {
      if (statement.effect !== "Allow") continue;
      const demanded = new Set(
        statement.conditions.flatMap(({ operator, key, values }) => {
          const name = operatorName(operator);
          const present =
            (name?.family === "Null" && values.length > 0 && values.every((value) => /^false$/i.test(value))) ||
            // A positive operator is met by no request without the key either.
            (name !== undefined &&
              name.family !== "Null" &&
              name.set !== "ForAllValues" &&
              !name.ifExists &&
              !name.negated);
          return present ? [key.toLowerCase()] : [];
        }),
      );
      for (const { operator, key } of statement.conditions) {
        if (operatorName(operator)?.set !== "ForAllValues" || demanded.has(key.toLowerCase())) continue;
        yield {
          statement,
          at: ["Condition", operator, key],
          message: `\`${operator}\` holds for a request without \`${key}\`, which this statement then allows`,
          hint: `add \`"Null": {"${key}": "false"}\` to the condition`,
        };
      }
    }
  },
};
