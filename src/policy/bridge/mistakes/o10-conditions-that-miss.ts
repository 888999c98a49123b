import type { ParsedCondition, ParsedStatement } from "../../aws/parse-policy.ts";
import { conditionsOn, narrows } from "../../aws/trust.ts";
import { claimOfKey, keyPrefix } from "../aws-claims.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeCheck, MistakeFacts } from "./mistake.ts";
import { correctedTrust, withAudience } from "./trust-text.ts";

/** Conditions that do not do what they look like: true where the claim is missing, never true, or not there for the audience. */
export const conditionsThatMiss: MistakeCheck = {
  id: "O10",
  title: "conditions of the trust do not do what they look like",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement }) => {
      const repaired = statement.conditions.map((condition) => repair(facts, condition));
      const reasons = repaired.flatMap(({ why }) => (why === undefined ? [] : [why]));
      if (!conditionsOn(statement, `${keyPrefix(facts.provider)}aud`).some(narrows))
        reasons.push("tokens for any audience of the provider are taken");
      if (reasons.length === 0) return [];
      const changed = joined(
        statement,
        repaired.map(({ condition }) => condition),
      );
      return [
        {
          state: "found",
          statement: statement.index,
          what: reasons.join("; "),
          corrected: correctedTrust(
            facts.trust,
            statement.index,
            withAudience(changed, facts.provider),
            facts.provider.arn,
          ),
        },
      ];
    }),
};

interface Repair {
  readonly condition: ParsedCondition;
  readonly why?: string;
}

function repair(facts: Pick<MistakeFacts, "provider" | "repositories">, condition: ParsedCondition): Repair {
  const { provider, repositories } = facts;
  const claim = claimOfKey(provider, condition.key);
  const { operator, values } = condition;
  if (claim === undefined || /not|null/i.test(operator)) return { condition };
  const loose = /^forallvalues:|ifexists$/i;
  if (loose.test(operator)) {
    const strict = operator.replace(/^forallvalues:/i, "").replace(/ifexists$/i, "");
    const why = `\`${operator}\` on \`${claim}\` holds for a token without that claim`;
    // What is behind the loose form may be dead too.
    return { condition: repair(facts, { ...condition, operator: strict }).condition, why };
  }
  if (/equals/i.test(operator) && !/arn/i.test(operator) && values.some((value) => /[*?]/.test(value)))
    return {
      condition: { ...condition, operator: operator.replace(/equals(ignorecase)?/i, "Like") },
      why: `\`${operator}\` takes the star in \`${values.find((value) => /[*?]/.test(value)) ?? ""}\` for itself, so nobody gets in by it`,
    };
  if ((claim === "sub" || claim === "repository") && repositories.known && !/ignorecase/i.test(operator)) {
    const names = repositories.value.map(({ name }) => name);
    const cased = values.map((value) => inRightCase(value, names));
    const at = cased.findIndex((value, index) => value !== values[index]);
    if (at >= 0)
      return {
        condition: { ...condition, values: cased },
        why: `\`${values[at] ?? ""}\` is written in another case than the repository, so nobody gets in by it`,
      };
  }
  return { condition };
}

/** The name of a repository in the value as GitHub spells it; the value itself where it names none in another case. */
function inRightCase(value: string, names: readonly string[]): string {
  const [, start = "", written = "", rest = ""] = /^((?:repo:)?)([^:@*?]+\/[^:@*?]+)(.*)$/s.exec(value) ?? [];
  if (written === "" || names.includes(written)) return value;
  const right = names.find((name) => name.toLowerCase() === written.toLowerCase());
  return right === undefined ? value : `${start}${right}${rest}`;
}

/** Two conditions that became one of the same operator and key are one list of what both take. */
function joined(statement: ParsedStatement, conditions: readonly ParsedCondition[]): ParsedStatement {
  const merged = new Map<string, ParsedCondition>();
  for (const one of conditions) {
    const key = `${one.operator.toLowerCase()}\0${one.key.toLowerCase()}`;
    const before = merged.get(key);
    const values = before === undefined ? one.values : before.values.filter((value) => one.values.includes(value));
    merged.set(key, { ...one, values });
  }
  return { ...statement, conditions: [...merged.values()] };
}
