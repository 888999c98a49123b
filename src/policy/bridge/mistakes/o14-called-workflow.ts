import { narrows } from "../../aws/trust.ts";
import type { ParsedCondition, ParsedStatement } from "../../aws/parse-policy.ts";
import { matchesName } from "../../names/find-name.ts";
import { keyPrefix } from "../aws-claims.ts";
import type { RepositoryControls } from "../../github/repository-controls.ts";
import { allowStatements } from "./admitted.ts";
import type { MistakeAnswer, MistakeCheck, MistakeFacts } from "./mistake.ts";
import { correctedTrust, positiveOn, withConditions } from "./trust-text.ts";

/** A called workflow that whoever can push there may change, or that anybody it lets call it brings along. */
export const calledWorkflow: MistakeCheck = {
  id: "O14",
  title: "the trust rests on a called workflow that is not fixed, or on that alone",
  check: (facts) =>
    allowStatements(facts).flatMap(({ statement }): readonly MistakeAnswer[] => {
      const conditions = positiveOn(statement, facts.provider, ["job_workflow_ref"]).filter(narrows);
      if (conditions.length === 0) return [];
      const values = conditions.flatMap((condition) => condition.values);
      const moving = values.find((value) => moves(facts, value));
      const alone = !positiveOn(statement, facts.provider, WHOSE).some(narrows);
      const callers = alone ? callable(facts, values) : "no";
      if (moving === undefined && callers === "unknown")
        return [{ state: "undecided", statement: statement.index, missing: ["who may call the workflow"] }];
      if (moving === undefined && callers === "no") return [];
      const what =
        moving === undefined
          ? `whoever may call \`${values[0] ?? ""}\`, from any repository`
          : `whoever can push to the repository of \`${moving}\`, which is no fixed version`;
      return [
        {
          state: "found",
          statement: statement.index,
          what,
          corrected: corrected(facts, statement, conditions, callers !== "no"),
        },
      ];
    }),
};

const WHOSE = ["sub", "repository", "repository_id", "repository_owner_id", "enterprise_id"];

function repositoryOf({ repositories }: MistakeFacts, value: string): RepositoryControls | undefined {
  const [owner = "", name = ""] = value.split("/");
  const wanted = `${owner}/${name}`.toLowerCase();
  return repositories.known ? repositories.value.find((one) => one.name.toLowerCase() === wanted) : undefined;
}

/** Whether what stands behind the `@` can come to mean something else: a pattern, or a tag that nothing holds in place. */
function moves(facts: MistakeFacts, value: string): boolean {
  const at = value.lastIndexOf("@");
  const ref = at < 0 ? "*" : value.slice(at + 1);
  if (/[*?]/.test(ref)) return true;
  if (!ref.startsWith("refs/tags/")) return false;
  const protections = repositoryOf(facts, value)?.protections;
  if (protections?.known !== true) return true;
  const tag = ref.slice("refs/tags/".length);
  const matches = (pattern: string): boolean => pattern === "~ALL" || matchesName({ syntax: "fnmatch", pattern }, tag);
  return !protections.value.some(
    ({ target, enforcement, include, exclude, rules }) =>
      target === "tag" &&
      enforcement === "active" &&
      include.some(matches) &&
      !exclude.some(matches) &&
      rules.some(({ kind }) => kind === "update"),
  );
}

/** Whether repositories that nobody named may call one of the workflows. */
function callable(facts: MistakeFacts, values: readonly string[]): "yes" | "no" | "unknown" {
  const answers = values.map((value) => {
    const called = repositoryOf(facts, value);
    if (called === undefined || called.visibility === "public") return "yes";
    if (!called.settings.reusableBy.known) return "unknown";
    return called.settings.reusableBy.value === "none" ? "no" : "yes";
  });
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}

function corrected(
  facts: MistakeFacts,
  statement: ParsedStatement,
  conditions: readonly ParsedCondition[],
  pin: boolean,
): string | null {
  const prefix = keyPrefix(facts.provider);
  const values: string[] = [];
  for (const value of conditions.flatMap((condition) => condition.values)) {
    const called = repositoryOf(facts, value);
    if (!moves(facts, value)) values.push(value);
    else if (called === undefined || called.defaultBranch === null) return null;
    else values.push(`${value.split("@")[0] ?? ""}@refs/heads/${called.defaultBranch}`);
  }
  const operator = values.some((value) => /[*?]/.test(value)) ? "StringLike" : "StringEquals";
  const added: ParsedCondition[] = [{ operator, key: `${prefix}job_workflow_ref`, values }];
  if (pin) {
    if (facts.owners.length === 0) return null;
    added.push({
      operator: "StringLike",
      key: `${prefix}repository`,
      values: facts.owners.map((owner) => `${owner}/*`),
    });
  }
  const changed = withConditions(statement, (condition) => conditions.includes(condition), added);
  return correctedTrust(facts.trust, statement.index, changed, facts.provider.arn);
}
