import { narrows } from "../../policy/aws/trust.ts";
import { evaluateTrusts } from "../evaluate-trusts.ts";
import type { Rule } from "../rule.ts";
import { evidence } from "../subject.ts";

/** A role that anybody may assume. */
export const wildcardTrust: Rule = {
  id: "wildcard-trust",
  title: "Role trusts everyone",
  concern: "overbroad",
  rationale: "any AWS tenant in the world may assume the role",
  remediation: "name the principals that need it, or require the organization in a condition",
  controls: ["CIS AWS 2.21 (v7)", "SOC 2 CC6.1", "ISO 27001 A.5.15", "PCI DSS 7.2.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    return evaluateTrusts(graph, readable, (role, statement) => {
      const anyone = statement.everyoneExcept || statement.trusted.some((party) => party.kind === "anyone");
      if (
        !anyone ||
        statement.conditions.some(
          (condition) => IDENTIFYING.test(condition.key) && narrows(condition) && condition.values.every(saysWhose),
        )
      )
        return undefined;
      const keys = [...new Set(statement.conditions.map((condition) => condition.key))].sort();
      return {
        grants: graph
          .holdersOf(`${role.id}#assume`)
          .filter((holding) => holding.principalId === "external:aws:*")
          .map((holding) => holding.id),
        summary: `role \`${role.displayName}\` trusts everyone${keys.length > 0 ? `; its condition on ${keys.map((key) => `\`${key}\``).join(", ")} does not say who` : ""}`,
        evidence: evidence(now, "trust policy of the role"),
        suggestion: "fix-trust",
        floor: { score: 45, name: "open to everyone" },
        signals: [{ family: "trust", name: "anyone is trusted", value: 0.6 }],
      };
    });
  },
};

/** Keys that say who asks; a shared secret such as an external id is no replacement for a principal, but it is a limit. */
const IDENTIFYING = /^(aws:Principal(Arn|Account|OrgID|OrgPaths)|aws:Source(Arn|Account|OrgID)|sts:ExternalId)$/i;

/**
 * An ARN whose tenant is a wildcard is anybody's: everybody can make a role of that name. So is `o-*`. Names of buckets, whose
 * ARNs have no tenant, are somebody's from the first letter on.
 */
const saysWhose = (value: string): boolean =>
  value.startsWith("arn:") ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}:|:[^*?])/.test(value) : /[^*?o-]/.test(value);
