import type { LintCheck } from "./lint-check.ts";
import { OPERATOR_NAMES, operatorName } from "./operator-name.ts";

/** A condition operator AWS does not have; it refuses such a policy. */
export const unknownOperator: LintCheck = {
  id: "unknown-operator",
  *remarks({ policy, near }) {
    for (const statement of policy.statements) {
      for (const operator of new Set(statement.conditions.map((condition) => condition.operator))) {
        if (operatorName(operator) !== undefined) continue;
        const [, prefix = "", body = operator, suffix = ""] = /^([^:]*:)?(.*?)(IfExists)?$/is.exec(operator) ?? [];
        const nearest = near(body, () => OPERATOR_NAMES);
        const meant = `${prefix}${nearest ?? ""}${suffix}`;
        yield {
          statement,
          at: ["Condition", operator],
          message: `\`${operator}\` is no condition operator: AWS refuses the policy`,
          hint:
            nearest !== undefined && operatorName(meant) !== undefined
              ? `did you mean \`${meant}\``
              : "the operators are in the IAM User Guide under Condition operators",
        };
      }
    }
  },
};
