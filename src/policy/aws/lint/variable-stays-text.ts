import type { LintCheck } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

/**
 * A policy variable in a place, or in a version of the language, where AWS reads it as plain characters. Source: "IAM policy
 * elements: Variables and tags", AWS IAM User Guide.
 */
export const variableStaysText: LintCheck = {
  id: "variable-stays-text",
  *remarks({ policy }) {
    const old = policy.version !== "2012-10-17";
    for (const statement of policy.statements) {
      const places: readonly (readonly [at: readonly string[], texts: readonly string[], allowed: boolean])[] = [
        [["Resource"], statement.resources, true],
        [["NotResource"], statement.notResources, true],
        [["Action"], statement.actions, false],
        [["NotAction"], statement.notActions, false],
        ...Object.entries(statement.principals ?? {}).map(
          ([kind, names]) => [["Principal", kind], names, false] as const,
        ),
        ...Object.entries(statement.notPrincipals ?? {}).map(
          ([kind, names]) => [["NotPrincipal", kind], names, false] as const,
        ),
        ...statement.conditions.map(({ operator, key, values }) => {
          const family = operatorName(operator)?.family;
          return [
            ["Condition", operator, key],
            values,
            family === "String" || family === "Arn" || family === undefined,
          ] as const;
        }),
      ];
      for (const [at, texts, allowed] of places) {
        for (const text of texts) {
          if (!/\$\{[^{}]+\}/.test(text) || (allowed && !old)) continue;
          yield {
            statement,
            at,
            message: allowed
              ? `\`${text}\` has a variable, and in version 2008-10-17 it is plain text`
              : `\`${text}\` has a variable, and AWS takes none in this place`,
            hint: allowed
              ? "set `Version` to `2012-10-17`"
              : "variables stand in Resource, NotResource and in values that text and ARN operators compare",
          };
        }
      }
    }
  },
};
