import type { ParsedCondition, ParsedPolicy, ParsedStatement } from "./parse-policy.ts";
import { actionCovers } from "./wildcard.ts";

/** Who one Allow statement of a trust policy lets in, and under which conditions. */
export interface TrustStatement {
  readonly index: number;
  readonly actions: readonly string[];
  readonly trusted: readonly TrustedParty[];
  readonly conditions: readonly ParsedCondition[];
  /** `NotPrincipal` with Allow: everybody else. */
  readonly everyoneExcept: boolean;
}

/** One party as the policy names it. */
export type TrustedParty =
  | { readonly kind: "anyone" }
  | { readonly kind: "tenant"; readonly tenant: string }
  | { readonly kind: "principal"; readonly tenant: string; readonly arn: string }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "federated"; readonly provider: string }
  /** A deleted principal that became its unique id, or something else that matches nobody we know. */
  | { readonly kind: "other"; readonly text: string };

/**
 * The Allow statements of a trust policy. What it denies to everybody else counts as a condition of each: "deny unless the
 * organization is ours" narrows as much as "allow if it is". Source: "AWS JSON policy elements: Principal", IAM User Guide.
 */
export function trustStatements(policy: ParsedPolicy): readonly TrustStatement[] {
  return policy.statements
    .filter((statement) => statement.effect === "Allow")
    .map((statement) => ({
      index: statement.index,
      actions: statement.actions,
      trusted: Object.entries(statement.principals ?? {}).flatMap(([kind, names]) =>
        names.map((name) => party(kind, name)),
      ),
      conditions: [...statement.conditions, ...policy.statements.flatMap((other) => requiredByDeny(other, statement))],
      everyoneExcept: statement.notPrincipals !== null,
    }));
}

/** Negated operators and what has to hold where they deny. A missing key satisfies a negated operator, so it is denied as well. */
const OPPOSITES: Readonly<Record<string, string>> = {
  stringnotequals: "StringEquals",
  stringnotequalsignorecase: "StringEqualsIgnoreCase",
  stringnotlike: "StringLike",
  arnnotequals: "ArnEquals",
  arnnotlike: "ArnLike",
  notipaddress: "IpAddress",
};

/** The condition that a denial makes everybody meet; none where it is about some people, other actions or several keys at once. */
function requiredByDeny(
  { effect, principals, actions, conditions }: ParsedStatement,
  allow: ParsedStatement,
): readonly ParsedCondition[] {
  const everyone = [principals?.["*"], principals?.["AWS"]].some((names) => names?.includes("*") === true);
  const [condition, ...more] = conditions;
  const same =
    allow.actions.length > 0 && allow.actions.every((action) => actions.some((denied) => actionCovers(denied, action)));
  if (effect !== "Deny" || !everyone || !same || condition === undefined || more.length > 0) return [];
  const operator = OPPOSITES[condition.operator.toLowerCase().replace(/ifexists$/, "")];
  return operator === undefined ? [] : [{ ...condition, operator }];
}

function party(kind: string, name: string): TrustedParty {
  if (kind === "Service") return { kind: "service", name };
  if (kind === "Federated") return { kind: "federated", provider: name };
  if (name === "*") return { kind: "anyone" };
  if (/^\d{12}$/.test(name)) return { kind: "tenant", tenant: name };
  const match = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(name);
  if (match?.[1] === undefined) return { kind: "other", text: name };
  return match[2] === "root"
    ? { kind: "tenant", tenant: match[1] }
    : { kind: "principal", tenant: match[1], arn: name };
}

/** Conditions of the statement on a key; key names are case-insensitive. */
export function conditionsOn(statement: Pick<TrustStatement, "conditions">, key: string): readonly ParsedCondition[] {
  return statement.conditions.filter((condition) => condition.key.toLowerCase() === key.toLowerCase());
}

/**
 * Whether a condition really narrows: a positive operator with a value that is not a bare wildcard, and that is not true when
 * the key is missing (`…IfExists` and `ForAllValues:` are).
 */
export function narrows(condition: ParsedCondition): boolean {
  const operator = condition.operator.toLowerCase();
  if (
    operator.startsWith("forallvalues:") ||
    operator.endsWith("ifexists") ||
    operator.includes("not") ||
    operator === "null"
  )
    return false;
  return condition.values.length > 0 && condition.values.every((value) => !/^[*?]*$/.test(value));
}
