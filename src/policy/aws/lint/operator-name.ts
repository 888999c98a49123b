/** What kind of value an operator compares. */
export type OperatorFamily = "String" | "Numeric" | "Date" | "Bool" | "Binary" | "IpAddress" | "Arn" | "Null";

/** A condition operator, taken apart. */
export interface OperatorName {
  readonly family: OperatorFamily;
  /** The name without set prefix and `IfExists`, as AWS spells it: `StringEquals`. */
  readonly base: string;
  readonly set: "ForAllValues" | "ForAnyValue" | null;
  readonly ifExists: boolean;
  readonly negated: boolean;
  /** Reads `*` and `?` in its values as wildcards. */
  readonly wildcards: boolean;
}

const FAMILIES: Readonly<Record<OperatorFamily, readonly string[]>> = {
  String: [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ],
  Numeric: [
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
  ],
  Date: [
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
  ],
  Bool: ["Bool"],
  Binary: ["BinaryEquals"],
  IpAddress: ["IpAddress", "NotIpAddress"],
  Arn: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
  Null: ["Null"],
};

const BY_NAME: ReadonlyMap<string, { readonly family: OperatorFamily; readonly base: string }> = new Map(
  Object.entries(FAMILIES).flatMap(([family, names]) =>
    names.map((base) => [base.toLowerCase(), { family: family as OperatorFamily, base }]),
  ),
);

/** Every operator, without prefix and suffix. Source: "Condition operators", AWS IAM User Guide. */
export const OPERATOR_NAMES: readonly string[] = Object.values(FAMILIES).flat();

/** Takes the name of an operator apart; undefined when AWS has none of that name. Case does not count. */
export function operatorName(text: string): OperatorName | undefined {
  const [, set, body = "", suffix] = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/i.exec(text) ?? [];
  const found = BY_NAME.get(body.toLowerCase());
  // "Null" asks whether the key is there; neither addition means anything with it.
  if (found === undefined || (found.family === "Null" && (set !== undefined || suffix !== undefined))) return undefined;
  return {
    ...found,
    set: set === undefined ? null : /all/i.test(set.slice(0, 6)) ? "ForAllValues" : "ForAnyValue",
    ifExists: suffix !== undefined,
    negated: found.base.includes("Not"),
    wildcards: found.base.includes("Like") || found.family === "Arn",
  };
}
