import { allowStatements, inWords, type Admitted } from "./admitted.ts";
import { environmentDemands, environmentsOf, hasNoRules, withBranch } from "./environment-use.ts";
import type { MistakeAnswer, MistakeCheck } from "./mistake.ts";

/** An environment that is not there or has no rules: a workflow that names it is all it takes, and makes it. */
export const unguardedEnvironment: MistakeCheck = {
  id: "O8",
  title: "the trust rests on an environment without rules",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement, admitted, anybody }): readonly MistakeAnswer[] => {
      if (anybody) return [];
      const judged = admitted.map((one) => ({ one, ...judge(one) }));
      const wrong = judged.filter(({ reasons }) => reasons.length > 0);
      const [reason] = wrong.flatMap(({ reasons }) => reasons);
      if (reason !== undefined) {
        const repositories = wrong.map(({ one }) => one);
        return [
          {
            state: "found",
            statement: statement.index,
            what: `whoever can push to ${inWords(repositories)}: ${reason}`,
            corrected: withBranch(facts, statement, repositories),
          },
        ];
      }
      const missing = [...new Set(judged.flatMap((one) => one.missing))];
      return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
    }),
};

function judge(one: Admitted): { readonly reasons: readonly string[]; readonly missing: readonly string[] } {
  const { repository } = one;
  const demands = environmentDemands(one);
  const reasons: string[] = [];
  const missing: string[] = [];
  for (const demand of demands) {
    if (demand.missing.length > 0) {
      missing.push(...demand.missing);
      continue;
    }
    if (!repository.environments.known) {
      missing.push(`environments of \`${repository.name}\``);
      continue;
    }
    const { there, absent, any } = environmentsOf(demand, repository.environments.value);
    const [bare] = there.filter(hasNoRules);
    const [first] = absent;
    if (any) reasons.push("any new name of an environment will do");
    else if (bare !== undefined) reasons.push(`environment \`${bare.name}\` has no rules`);
    else if (first !== undefined)
      reasons.push(`environment \`${first}\` does not exist, and a workflow that names it makes it`);
  }
  return { reasons, missing };
}
