import type { ParsedCondition } from "../parse-policy.ts";
import { wildcardMatches } from "../wildcard.ts";
import type { LintCheck } from "./lint-check.ts";
import { OPERATOR_NAMES, operatorName, type OperatorName } from "./operator-name.ts";

type Named = ParsedCondition & { readonly name: OperatorName };

const MOST_COMPARED = 1_000_000;

/** Conditions on one key that no value meets together: the statement never matches. */
export const contradictoryConditions: LintCheck = {
  id: "contradictory-conditions",
  *remarks({ policy, table }) {
    for (const statement of policy.statements) {
      const byKey = new Map<string, Named[]>();
      for (const condition of statement.conditions) {
        const name = operatorName(condition.operator);
        const key = condition.key.toLowerCase();
        // Of several values one may meet this condition and another that one.
        if (name === undefined || condition.values.length === 0 || name.set !== null) continue;
        if (name.family !== "Null" && table.conditionKeyType(key)?.startsWith("ArrayOf") === true) continue;
        byKey.set(key, [...(byKey.get(key) ?? []), { ...condition, name }]);
      }
      for (const conditions of byKey.values()) {
        // One key has as many conditions as there are operators; more are one operator in different case.
        if (conditions.length > OPERATOR_NAMES.length * 2) continue;
        for (const first of conditions) {
          const second = conditions.find((other) => other !== first && excludes(first, other));
          if (second === undefined) continue;
          yield {
            statement,
            at: ["Condition", first.operator, first.key],
            message: `\`${first.operator}\` and \`${second.operator}\` on \`${first.key}\` are never met together: the statement never matches`,
            hint: "take one of them out, or make two statements of it",
          };
        }
      }
    }
  },
};

/** Whether nothing that meets `first`, a condition that lists plain values or asks for the key's absence, meets `other`. */
function excludes(first: Named, other: Named): boolean {
  if (first.name.family === "Null")
    return (
      first.values.every((value) => /^true$/i.test(value)) &&
      other.name.family !== "Null" &&
      !other.name.negated &&
      !other.name.ifExists
    );
  if (first.name.base !== "StringEquals" || first.name.ifExists || first.values.some((value) => value.includes("${")))
    return false;
  if (other.name.family !== "String" || other.values.some((value) => value.includes("${"))) return false;
  // Nobody writes lists as long as that; a hostile document does.
  if (first.values.length * other.values.length > MOST_COMPARED) return false;
  return first.values.every((value) => !meets(value, other));
}

function meets(value: string, { name, values }: Named): boolean {
  const fold = name.base.includes("IgnoreCase") ? (text: string) => text.toLowerCase() : (text: string) => text;
  const listed = values.some((other) => (name.wildcards ? wildcardMatches(other, value) : fold(other) === fold(value)));
  return listed !== name.negated;
}
