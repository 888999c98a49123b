import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { actionCovers, actionsOverlap } from "./wildcard.ts";

/** How much a policy says about a whole set of actions on every resource, before other layers. */
export interface WideGrant {
  readonly statement: ParsedStatement;
  /** Condition keys the statement depends on; empty means always. */
  readonly conditions: readonly string[];
}

/** Whether the statement is about every action that `pattern` covers. */
export function coversActions(statement: ParsedStatement, pattern: string): boolean {
  if (statement.notActions.length > 0) return !statement.notActions.some((except) => actionsOverlap(except, pattern));
  return statement.actions.some((action) => actionCovers(action, pattern));
}

/** Whether the statement is about every resource. */
export function coversEveryResource(statement: ParsedStatement): boolean {
  return statement.resources.some((resource) => /^\*+$/.test(resource) || resource === "arn:*" || resource === "arn:aws:*" || /^arn:\*(:\*)*$/.test(resource));
}

/** Statements that allow every action of `pattern` (`*` or `iam:*`) on every resource. */
export function wideAllows(policy: ParsedPolicy, pattern: string): readonly WideGrant[] {
  return wide(policy, pattern, "Allow");
}

/** Statements that deny every action of `pattern` on every resource. A resource list left out by a denial of a boundary is not guessed. */
export function wideDenies(policy: ParsedPolicy, pattern: string): readonly WideGrant[] {
  return wide(policy, pattern, "Deny");
}

function wide(policy: ParsedPolicy, pattern: string, effect: ParsedStatement["effect"]): readonly WideGrant[] {
  return policy.statements
    .filter((statement) => statement.effect === effect && coversActions(statement, pattern) && coversEveryResource(statement))
    .map((statement) => ({ statement, conditions: [...new Set(statement.conditions.map((condition) => condition.key))].sort() }));
}
