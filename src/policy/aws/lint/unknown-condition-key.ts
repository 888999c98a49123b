import type { LintCheck } from "./lint-check.ts";
import { variablesIn } from "./variables.ts";

/**
 * A condition key, or a variable, of a name no request has. In a condition such a key is always missing: a positive operator is
 * never met, a negated one always is.
 */
export const unknownConditionKey: LintCheck = {
  id: "unknown-condition-key",
  *remarks({ policy, table, near }) {
    const hint = (key: string): string => {
      const nearest = near(key, () => table.conditionKeyNames());
      if (nearest !== undefined) return `did you mean \`${nearest}\``;
      return /^[^:]*\./.test(key)
        ? "AWS compares `aud`, `sub`, `amr`, `azp`, `email` and `oaud` of any provider, further claims of a few only"
        : "the keys of a service are in AWS's Service Authorization Reference";
    };
    for (const statement of policy.statements) {
      for (const { operator, key } of statement.conditions) {
        if (/[*?]/.test(key) || table.conditionKeyType(key) !== undefined) continue;
        yield {
          statement,
          at: ["Condition", operator, key],
          message: `\`${key}\` is no condition key AWS documents: it is missing from every request`,
          hint: hint(key),
        };
      }
      if (policy.version !== "2012-10-17") continue;
      for (const { at, text } of textsWithVariables(statement)) {
        for (const variable of variablesIn(text)) {
          if (variable.key === "") continue;
          const type = table.conditionKeyType(variable.key);
          if (type !== undefined && !type.startsWith("ArrayOf")) continue;
          yield {
            statement,
            at,
            message:
              type === undefined
                ? `\`${variable.text}\` names no key AWS documents: ${variable.hasDefault ? "its default always stands for it" : "the statement matches no request"}`
                : `\`${variable.text}\` names a key with several values, which cannot be a variable`,
            hint: type === undefined ? hint(variable.key) : "compare the key in a condition instead",
          };
        }
      }
    }
  },
};

function* textsWithVariables(statement: {
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}): Iterable<{ readonly at: readonly string[]; readonly text: string }> {
  for (const text of statement.resources) yield { at: ["Resource"], text };
  for (const text of statement.notResources) yield { at: ["NotResource"], text };
  for (const { operator, key, values } of statement.conditions)
    for (const text of values) yield { at: ["Condition", operator, key], text };
}
