import type { LintCheck } from "./lint-check.ts";
import { operatorName, type OperatorFamily } from "./operator-name.ts";

/** What values of a family look like; not whether they make sense. */
const SHAPES: Readonly<Partial<Record<OperatorFamily, { readonly shape: RegExp; readonly words: string }>>> = {
  Numeric: { shape: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, words: "a number" },
  Date: { shape: /^(\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?|\d+)$/, words: "a date" },
  Bool: { shape: /^(true|false)$/i, words: "`true` or `false`" },
  Null: { shape: /^(true|false)$/i, words: "`true` or `false`" },
  IpAddress: { shape: /^[\da-f.:]+(\/\d{1,3})?$/i, words: "an IP address or a range in CIDR form" },
  Arn: { shape: /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+|arn:.*\*.*)$/s, words: "an ARN" },
};

/** A value that its operator cannot read, so that it equals nothing. */
export const conditionValueUnreadable: LintCheck = {
  id: "condition-value-unreadable",
  *remarks({ policy }) {
    for (const statement of policy.statements) {
      for (const { operator, key, values } of statement.conditions) {
        const family = operatorName(operator)?.family;
        const expected = family === undefined ? undefined : SHAPES[family];
        if (expected === undefined) continue;
        for (const value of values) {
          if (value.includes("${") || expected.shape.test(value)) continue;
          yield {
            statement,
            at: ["Condition", operator, key],
            message: `\`${value}\` is not ${expected.words}, which \`${operator}\` compares: no request equals it`,
            hint: `write ${expected.words}, or use an operator for text`,
          };
        }
      }
    }
  },
};
