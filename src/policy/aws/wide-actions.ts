import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { actionCovers, actionMatches, actionsOverlap, patternCovers, patternsOverlap } from "./wildcard.ts";

/** How much a policy says about a whole set of actions on every resource, before other layers. */
export interface WideGrant {
  readonly statement: ParsedStatement;
  /** Condition keys the statement depends on; empty means always. */
  readonly conditions: readonly string[];
}

/** Beginnings of every ARN there is, one per partition ("Amazon Resource Names", AWS General Reference). */
const PARTITIONS = ["arn:aws", "arn:aws-cn", "arn:aws-us-gov"];

/**
 * Actions that change what a policy allows or who it applies to (IAM's "Permissions management" actions without those on
 * one's own credentials). Whoever is denied all of them cannot administer IAM, whatever else of it is left: the usual
 * "everything but setting up your second factor" denial.
 */
const CHANGES_ACCESS = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreatePolicyVersion",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
];

/** Whether an action pattern with a wildcard means one of the actions that change access: `iam:Put*`, `iam:Attach*`. */
export function meansChangingAccess(action: string): boolean {
  return /[*?]/.test(action) && CHANGES_ACCESS.some((one) => actionMatches(action, one));
}

/** Whether the statement is about every action that `pattern` covers. */
export function coversActions(statement: ParsedStatement, pattern: string): boolean {
  if (statement.notActions.length > 0) return !statement.notActions.some((except) => actionsOverlap(except, pattern));
  return statement.actions.some((action) => actionCovers(action, pattern));
}

/** Whether the statement is about every resource of every service. */
export function coversEveryResource(statement: ParsedStatement): boolean {
  return namesAll(statement, (partition) => `${partition}:*:*:*:*`);
}

/** Whether the statement is about everything in the tenant's IAM: `arn:aws:iam::111122223333:*` and wider, or NotResource elsewhere. */
function coversIam(statement: ParsedStatement, tenant: string): boolean {
  return namesAll(statement, (partition) => `${partition}:iam::${tenant}:*`);
}

/** Whether all that `everything` names in some partition is meant; a tenant lies in one partition, and AWS refuses ARNs of others. */
function namesAll({ resources, notResources }: ParsedStatement, everything: (partition: string) => string): boolean {
  if (resources.includes("*")) return true;
  const all = PARTITIONS.map(everything);
  if (notResources.length > 0) return !notResources.some((except) => all.some((one) => patternsOverlap(except, one)));
  return resources.some((resource) => all.some((one) => patternCovers(resource, one)));
}

/**
 * Statements that allow every action of `pattern` (`*` or `iam:*`) on every resource. For `iam:*` everything in the tenant's
 * IAM is enough; `tenant` is its 12 digits, any tenant where it is left out.
 */
export function wideAllows(policy: ParsedPolicy, pattern: string, tenant?: string): readonly WideGrant[] {
  return wide(policy, "Allow", (statement) => coversActions(statement, pattern) && covers(statement, pattern, tenant));
}

/**
 * Statements that deny every action of `pattern` on every resource; of `iam:*` also those that leave nothing by which access
 * could be changed.
 */
export function wideDenies(policy: ParsedPolicy, pattern: string, tenant?: string): readonly WideGrant[] {
  const about = (statement: ParsedStatement): boolean =>
    coversActions(statement, pattern) ||
    (pattern === "iam:*" && CHANGES_ACCESS.every((action) => isAbout(statement, action)));
  return wide(policy, "Deny", (statement) => about(statement) && covers(statement, pattern, tenant));
}

function covers(statement: ParsedStatement, pattern: string, tenant = "?".repeat(12)): boolean {
  return coversEveryResource(statement) || (pattern === "iam:*" && coversIam(statement, tenant));
}

/** Whether the statement's action element means the action. */
function isAbout(statement: ParsedStatement, action: string): boolean {
  if (statement.notActions.length > 0) return !statement.notActions.some((except) => actionMatches(except, action));
  return statement.actions.some((pattern) => actionMatches(pattern, action));
}

function wide(
  policy: ParsedPolicy,
  effect: ParsedStatement["effect"],
  holds: (statement: ParsedStatement) => boolean,
): readonly WideGrant[] {
  return policy.statements
    .filter((statement) => statement.effect === effect && holds(statement))
    .map((statement) => ({
      statement,
      conditions: [...new Set(statement.conditions.map((condition) => condition.key))].sort(),
    }));
}
