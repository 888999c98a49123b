import { actionMatcher, type ActionMatcher } from "./action-matcher.ts";
import { compileCondition, type CompiledCondition } from "./conditions/compile-condition.ts";
import type { ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { principalElement, type PrincipalElement } from "./principal-match.ts";
import { MAYBE, NO, YES, type RequestContext, type Truth } from "./request-context.ts";
import { resourceElement, type ResourceElement } from "./resource-element.ts";

/** One statement, every element prepared once. */
export interface CompiledStatement {
  /** Sid, else index: how answers refer to it. */
  readonly name: string | number;
  readonly index: number;
  readonly deny: boolean;
  readonly actions: ActionMatcher;
  readonly resources: ResourceElement | null;
  readonly principals: PrincipalElement | null;
  readonly conditions: readonly CompiledCondition[];
  /** Means every resource, names nobody and has no conditions: it holds for whatever its action is asked. */
  readonly always: boolean;
}

/** A policy document whose elements are prepared once, whoever asks how often. */
export interface CompiledPolicy {
  readonly parsed: ParsedPolicy;
  readonly statements: readonly CompiledStatement[];
}

const compiled = new WeakMap<ParsedPolicy, CompiledPolicy>();

/** Prepares a document; the same document is prepared once. */
export function compilePolicy(parsed: ParsedPolicy): CompiledPolicy {
  let policy = compiled.get(parsed);
  if (policy === undefined) {
    policy = { parsed, statements: parsed.statements.map((statement) => compileStatement(statement, parsed.version)) };
    compiled.set(parsed, policy);
  }
  return policy;
}

function compileStatement(statement: ParsedStatement, version: ParsedPolicy["version"]): CompiledStatement {
  const resources = resourceElement(statement, version);
  const principals = principalElement(statement.principals, statement.notPrincipals);
  return {
    name: statement.sid ?? statement.index,
    index: statement.index,
    deny: statement.effect === "Deny",
    actions: actionMatcher(statement.actions, statement.notActions),
    resources,
    principals,
    always: resources?.everything === true && principals === null && statement.conditions.length === 0,
    // An operator AWS does not know cannot be in a stored policy: such a condition is never met, so it allows nothing; it
    // cannot be told what it would deny either, which is why a Deny with one stays a maybe.
    conditions: statement.conditions.map(
      (condition) =>
        compileCondition(condition, version) ?? unreadable(condition.operator, condition.key, statement.effect),
    ),
  };
}

function unreadable(operator: string, key: string, effect: "Allow" | "Deny"): CompiledCondition {
  return {
    key: key.toLowerCase(),
    writtenKey: key,
    operator,
    values: [],
    keys: [key.toLowerCase()],
    holds: () => (effect === "Allow" ? NO : MAYBE),
  };
}

/** Whether all conditions of the statement hold: keys are ANDed. */
export function conditionsHold(conditions: readonly CompiledCondition[], context: RequestContext): Truth {
  let truth: Truth = YES;
  for (const condition of conditions) {
    const holds = condition.holds(context);
    if (holds === NO) return NO;
    if (holds === MAYBE) truth = MAYBE;
  }
  return truth;
}
