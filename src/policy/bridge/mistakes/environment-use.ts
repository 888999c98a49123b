import type { DeploymentEnvironment } from "../../../model/deployment-environment.ts";
import type { ParsedStatement } from "../../aws/parse-policy.ts";
import { satisfies } from "../../names/find-name.ts";
import { isWide } from "../../names/wide.ts";
import { keyPrefix } from "../aws-claims.ts";
import type { TokenDemand } from "../token-demand.ts";
import { everyBranch, listedNames, manyRefs, type Admitted } from "./admitted.ts";
import type { MistakeFacts } from "./mistake.ts";
import { limitedTo, placesFor } from "./pins.ts";
import { correctedTrust, withConditions } from "./trust-text.ts";

/** Demands of environments whose rules are all that decides, because any branch may name them. */
export function environmentDemands(one: Admitted): readonly TokenDemand[] {
  if (everyBranch(one)) return [];
  return one.demands.filter(
    (demand) => demand.job === "environment" && manyRefs(demand) && demand.jobWorkflow === null,
  );
}

/** The environments a demand takes: those that are there, names that are not, and whether any new name would do. */
export function environmentsOf(
  { environment }: TokenDemand,
  existing: readonly DeploymentEnvironment[],
): { readonly there: readonly DeploymentEnvironment[]; readonly absent: readonly string[]; readonly any: boolean } {
  if (environment === null) return { there: [], absent: [], any: false };
  const there = existing.filter(({ name }) => satisfies(environment, name));
  // GitHub does not tell names of environments apart by case.
  const known = new Set(existing.map(({ name }) => name.toLowerCase()));
  const absent = listedNames(environment).filter((name) => !known.has(name.toLowerCase()));
  return { there, absent, any: isWide(environment) };
}

/** Whether nothing has to happen before a job runs in it. */
export function hasNoRules({ reviewers, refs, gates }: DeploymentEnvironment): boolean {
  return reviewers.length === 0 && refs.kind === "any" && gates.length === 0;
}

/** The trust with the branch asked besides: AWS sees it although the subject names the environment only. */
export function withBranch(facts: MistakeFacts, statement: ParsedStatement, wrong: readonly Admitted[]): string | null {
  const branches = wrong.map(({ repository }) => repository.defaultBranch);
  const names = branches.flatMap((branch) => (branch === null ? [] : [`refs/heads/${branch}`]));
  if (names.length < branches.length) return null;
  const wide = wrong.some((one) =>
    environmentDemands(one).some(({ environment }) => environment !== null && isWide(environment)),
  );
  if (wide)
    return limitedTo(
      facts,
      statement,
      placesFor(
        facts,
        wrong.map(({ repository }) => repository),
      ),
    );
  const key = `${keyPrefix(facts.provider)}ref`;
  const changed = withConditions(statement, () => false, [
    { operator: "StringEquals", key, values: [...new Set(names)] },
  ]);
  return correctedTrust(facts.trust, statement.index, changed, facts.provider.arn);
}
