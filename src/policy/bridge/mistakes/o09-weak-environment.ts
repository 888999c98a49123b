import type { DeploymentEnvironment } from "../../../model/deployment-environment.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import { allowStatements, inWords, type Admitted } from "./admitted.ts";
import { environmentDemands, environmentsOf, hasNoRules, withBranch } from "./environment-use.ts";
import type { MistakeAnswer, MistakeCheck } from "./mistake.ts";

/** An environment whose rules leave a way: any branch, one's own approval, administrators. */
export const weakEnvironment: MistakeCheck = {
  id: "O9",
  title: "the trust rests on an environment with weak rules",
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
            what: `some who can push to ${inWords(repositories)}: ${reason}`,
            corrected: withBranch(facts, statement, repositories),
          },
        ];
      }
      const missing = [...new Set(judged.flatMap((one) => one.missing))];
      return missing.length === 0 ? [] : [{ state: "undecided", statement: statement.index, missing }];
    }),
};

interface Judged {
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
}

function judge(one: Admitted): Judged {
  const { repository } = one;
  const reasons: string[] = [];
  const missing: string[] = [];
  for (const demand of environmentDemands(one)) {
    if (!repository.environments.known) {
      missing.push(`environments of \`${repository.name}\``);
      continue;
    }
    // One without any rules is the greater mistake, told by itself.
    for (const environment of environmentsOf(demand, repository.environments.value).there) {
      if (hasNoRules(environment)) continue;
      const said = weaknesses(environment, repository);
      reasons.push(...said.reasons);
      missing.push(...said.missing);
    }
  }
  return { reasons, missing };
}

function weaknesses(environment: DeploymentEnvironment, { name, protections }: RepositoryControls): Judged {
  const called = `environment \`${environment.name}\``;
  const reasons: string[] = [];
  const missing: string[] = [];
  if (environment.refs.kind === "any") reasons.push(`${called} takes any branch`);
  if (environment.refs.kind === "protected") {
    if (!protections.known) missing.push(`branch protection of \`${name}\``);
    else if (!protections.value.some(({ source, target }) => source === "classic" && target === "branch"))
      reasons.push(`${called} takes protected branches, and the repository protects none`);
  }
  if (environment.reviewers.length > 0) {
    if (!environment.preventSelfReview) reasons.push(`reviewers of ${called} may approve their own deployments`);
    if (!environment.adminsBypass.known) missing.push(`whether administrators may skip the rules of ${called}`);
    else if (environment.adminsBypass.value) reasons.push(`administrators may skip the rules of ${called}`);
  }
  return { reasons, missing };
}
