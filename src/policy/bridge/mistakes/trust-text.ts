import { conditionsOn, narrows } from "../../aws/trust.ts";
import type { ParsedCondition, ParsedPolicy, ParsedPrincipals, ParsedStatement } from "../../aws/parse-policy.ts";
import { claimOfKey, keyPrefix, type TokenProvider } from "../aws-claims.ts";
import { USUAL_AUDIENCE } from "../token-demands.ts";

/** The trust policy with one statement changed, as JSON; without a statement to put there it is left out. */
export function correctedTrust(
  trust: ParsedPolicy,
  index: number,
  changed: ParsedStatement | null,
  arn: string,
): string {
  const statements = trust.statements.flatMap((statement) => {
    if (statement.index !== index) return [statementJson(statement)];
    return changed === null ? [] : [statementJson(changed)];
  });
  // AWS takes no policy without a statement, and a role has to have one.
  const closed = { Effect: "Deny", Principal: { Federated: arn }, Action: "sts:AssumeRoleWithWebIdentity" };
  const document = { Version: trust.version, ...(trust.id === null ? {} : { Id: trust.id }) };
  return JSON.stringify({ ...document, Statement: statements.length === 0 ? [closed] : statements }, null, 2);
}

/** The statement with other conditions: those that `dropped` names are left out, then `added` is put in. */
export function withConditions(
  statement: ParsedStatement,
  dropped: (condition: ParsedCondition) => boolean,
  added: readonly ParsedCondition[],
): ParsedStatement {
  const conditions = statement.conditions.filter((condition) => !dropped(condition));
  for (const one of added) {
    const at = conditions.findIndex((other) => sameText(other.operator, one.operator) && sameText(other.key, one.key));
    const before = conditions[at];
    if (before === undefined) conditions.push(one);
    // One operator has one list for a key: further values of a negated one narrow, of others they would widen.
    else if (/not/i.test(one.operator))
      conditions[at] = { ...one, values: [...new Set([...before.values, ...one.values])] };
    else conditions[at] = one;
  }
  return { ...statement, conditions };
}

/** The statement with a condition on the audience, where it has none that narrows. */
export function withAudience(statement: ParsedStatement, provider: TokenProvider): ParsedStatement {
  const key = `${keyPrefix(provider)}aud`;
  if (conditionsOn(statement, key).some(narrows)) return statement;
  return withConditions(statement, (condition) => sameText(condition.key, key), [
    { operator: "StringEquals", key, values: [USUAL_AUDIENCE] },
  ]);
}

/** Conditions of the statement on claims of the provider, negated ones and those on absence apart. */
export function positiveOn(
  statement: ParsedStatement,
  provider: TokenProvider,
  claims: readonly string[],
): readonly ParsedCondition[] {
  return statement.conditions.filter(
    ({ key, operator }) => claims.includes(claimOfKey(provider, key) ?? "") && !/not|null/i.test(operator),
  );
}

function statementJson(statement: ParsedStatement): Readonly<Record<string, unknown>> {
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of statement.conditions)
    conditions[operator] = { ...conditions[operator], [key]: oneOrMore(values) };
  const list = (name: string, values: readonly string[]): Readonly<Record<string, unknown>> =>
    values.length === 0 ? {} : { [name]: oneOrMore(values) };
  const who = (name: string, principals: ParsedPrincipals | null): Readonly<Record<string, unknown>> => {
    if (principals === null) return {};
    if (principals["*"] !== undefined) return { [name]: "*" };
    return { [name]: Object.fromEntries(Object.entries(principals).map(([kind, names]) => [kind, oneOrMore(names)])) };
  };
  return {
    ...(statement.sid === null ? {} : { Sid: statement.sid }),
    Effect: statement.effect,
    ...who("Principal", statement.principals),
    ...who("NotPrincipal", statement.notPrincipals),
    ...list("Action", statement.actions),
    ...list("NotAction", statement.notActions),
    ...list("Resource", statement.resources),
    ...list("NotResource", statement.notResources),
    ...(statement.conditions.length === 0 ? {} : { Condition: conditions }),
  };
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only, ...more] = values;
  return only !== undefined && more.length === 0 ? only : values;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
