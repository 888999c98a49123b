import type { LintCheck } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

/**
 * `ForAllValues` and `ForAnyValue` belong to keys with several values, and those keys to them. Source: "Single-valued vs.
 * multivalued context keys", AWS IAM User Guide.
 */
export const setOperator: LintCheck = {
  id: "set-operator",
  *remarks({ policy, table }) {
    for (const statement of policy.statements) {
      for (const { operator, key } of statement.conditions) {
        const name = operatorName(operator);
        const type = table.conditionKeyType(key);
        if (name === undefined || type === undefined || name.family === "Null") continue;
        const several = type.startsWith("ArrayOf");
        if (several === (name.set !== null)) continue;
        const at = ["Condition", operator, key];
        yield several
          ? {
              statement,
              at,
              message: `\`${key}\` has several values, and \`${operator}\` does not say whether one or all of them count`,
              hint: `write \`ForAnyValue:${operator}\` or \`ForAllValues:${operator}\``,
            }
          : {
              statement,
              at,
              message: `\`${key}\` has one value at most, and \`${name.set ?? ""}\` is for keys with several${
                name.set === "ForAllValues" ? ": it also holds where the key is missing" : ""
              }`,
              hint: `write \`${operator.slice((name.set ?? "").length + 1)}\``,
            };
      }
    }
  },
};
