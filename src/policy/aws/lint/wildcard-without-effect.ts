import type { ParsedPrincipals } from "../parse-policy.ts";
import type { LintCheck, Remark } from "./lint-check.ts";
import { operatorName } from "./operator-name.ts";

const WILD = /[*?]/;

/**
 * A wildcard where AWS reads a plain character or takes none. Sources: "Principal", "Action" and "Condition operators" in the
 * IAM User Guide.
 */
export const wildcardWithoutEffect: LintCheck = {
  id: "wildcard-without-effect",
  *remarks({ policy }) {
    for (const statement of policy.statements) {
      const inPrincipals = function* (element: string, named: ParsedPrincipals | null): Iterable<Remark> {
        for (const [kind, names] of Object.entries(named ?? {})) {
          for (const name of names) {
            if (!WILD.test(name) || (name === "*" && (kind === "AWS" || kind === "*"))) continue;
            yield {
              statement,
              at: [element, kind],
              message: `\`${name}\` has a wildcard, and a principal is matched whole: it means nobody`,
              hint:
                kind === "AWS"
                  ? "name the principals, or everybody (`*`) with a condition on `aws:PrincipalArn`"
                  : "name each of them",
            };
          }
        }
      };
      yield* inPrincipals("Principal", statement.principals);
      yield* inPrincipals("NotPrincipal", statement.notPrincipals);

      for (const [element, entries] of [
        ["Action", statement.actions],
        ["NotAction", statement.notActions],
      ] as const) {
        for (const entry of entries) {
          const colon = entry.indexOf(":");
          if (colon < 0 || /^\*+:\*+$/.test(entry) || !WILD.test(entry.slice(0, colon))) continue;
          yield {
            statement,
            at: [element],
            message: `\`${entry}\` has a wildcard in the name of the service, which AWS does not take`,
            hint: "name each service; wildcards belong behind the colon",
          };
        }
      }

      for (const { operator, key, values } of statement.conditions) {
        if (WILD.test(key))
          yield {
            statement,
            at: ["Condition", operator, key],
            message: `\`${key}\` has a wildcard, and the name of a condition key has none: no request has such a key`,
            hint: "write one condition for each key that is meant",
          };
        const name = operatorName(operator);
        if (name === undefined || name.wildcards || name.family === "Null") continue;
        for (const value of values) {
          // `${*}` is how a star is written that shall be one.
          if (!WILD.test(value.replaceAll(/\$\{[^{}]*\}/g, ""))) continue;
          yield {
            statement,
            at: ["Condition", operator, key],
            message: `\`${value}\` has a wildcard, and \`${operator}\` compares it as a plain character`,
            hint:
              name.family === "String"
                ? `use \`${name.negated ? "StringNotLike" : "StringLike"}\` if a pattern is meant`
                : "write the value out",
          };
        }
      }
    }
  },
};
