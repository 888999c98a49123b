/**
 * Reads a policy document in every legal spelling into one shape.
 * Source of the rules: "Grammar of the IAM JSON policy language", AWS IAM User Guide.
 */
import { known, unknown, type Observed } from "../../model/observed.ts";
import { decodeDocument } from "./decode-document.ts";
import { duplicateKey } from "./duplicate-key.ts";

/** One condition: `StringEquals` on `sts:ExternalId` with its values. */
export interface ParsedCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Who a statement names, per kind (`AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for the bare wildcard). */
export type ParsedPrincipals = Readonly<Record<string, readonly string[]>>;

/** One statement in one shape. */
export interface ParsedStatement {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  /** Empty where the statement says NotAction, and the other way round. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: ParsedPrincipals | null;
  readonly notPrincipals: ParsedPrincipals | null;
  readonly conditions: readonly ParsedCondition[];
}

/** A policy document in one shape, whatever legal spelling it came in. */
export interface ParsedPolicy {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id: string | null;
  readonly statements: readonly ParsedStatement[];
}

/** What is wrong with a document, with a JSON pointer to the place. */
class PolicyError extends Error {}

/** Every element a statement may have. A misspelt one is no detail: a `Conditions` that is passed over makes an Allow unconditional. */
const ELEMENTS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** The parsed document, or why it cannot be judged (with a JSON pointer). */
export function parsePolicy(text: string): Observed<ParsedPolicy> {
  const json = decodeDocument(text);
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    return unknown(`the policy document is not JSON${json === "" ? ": it is empty" : placeOf(error)}`);
  }
  try {
    // JSON.parse keeps the last of two members with one name. IAM takes no such document ("Individual elements must not contain
    // multiple instances of the same key"), so which one somebody meant is not for us to choose.
    const twice = duplicateKey(json);
    if (twice !== undefined) throw new PolicyError(`${twice}: stands there twice`);
    const policy = record(document, "");
    const version = policy["Version"] ?? "2008-10-17";
    if (version !== "2008-10-17" && version !== "2012-10-17")
      throw new PolicyError("/Version: is neither 2008-10-17 nor 2012-10-17");
    const statements = policy["Statement"];
    if (statements === undefined) throw new PolicyError("/Statement: is missing");
    return known({
      version,
      id: typeof policy["Id"] === "string" ? policy["Id"] : null,
      statements: (Array.isArray(statements) ? statements : [statements]).map((statement: unknown, index) =>
        parseStatement(statement, index),
      ),
    });
  } catch (error) {
    if (error instanceof PolicyError) return unknown(`the policy document is not valid: ${error.message}`);
    throw error;
  }
}

/** Where JSON broke, as far as the engine tells; its own words quote the document and are left out. */
function placeOf(error: unknown): string {
  const position = error instanceof SyntaxError ? /line (\d+) column (\d+)/.exec(error.message) : null;
  return position === null ? "" : `: it breaks at line ${position[1] ?? ""}, column ${position[2] ?? ""}`;
}

function parseStatement(value: unknown, index: number): ParsedStatement {
  const place = `/Statement/${index}`;
  const statement = record(value, place);
  const strange = Object.keys(statement).find((name) => !ELEMENTS.has(name));
  if (strange !== undefined) throw new PolicyError(`${place}/${strange}: is no element of a statement`);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new PolicyError(`${place}/Effect: is neither Allow nor Deny`);
  const list = (name: string): readonly string[] => {
    const texts = statement[name] === undefined ? [] : strings(statement[name], `${place}/${name}`);
    // "Everything but nothing" would be everything: AWS takes no empty list here, so nobody wrote that.
    if (texts.length === 0 && name.startsWith("Not") && statement[name] !== undefined)
      throw new PolicyError(`${place}/${name}: is an empty list`);
    return texts;
  };
  if ((statement["Action"] === undefined) === (statement["NotAction"] === undefined))
    throw new PolicyError(`${place}: needs Action or NotAction, not both`);
  for (const element of ["Resource", "Principal"]) {
    if (statement[element] !== undefined && statement[`Not${element}`] !== undefined)
      throw new PolicyError(`${place}: has both ${element} and Not${element}`);
  }
  return {
    index,
    sid: typeof statement["Sid"] === "string" && statement["Sid"] !== "" ? statement["Sid"] : null,
    effect,
    actions: list("Action"),
    notActions: list("NotAction"),
    resources: list("Resource"),
    notResources: list("NotResource"),
    principals: statement["Principal"] === undefined ? null : principals(statement["Principal"], `${place}/Principal`),
    notPrincipals:
      statement["NotPrincipal"] === undefined ? null : principals(statement["NotPrincipal"], `${place}/NotPrincipal`),
    conditions: statement["Condition"] === undefined ? [] : conditions(statement["Condition"], `${place}/Condition`),
  };
}

function conditions(value: unknown, place: string): ParsedCondition[] {
  return Object.entries(record(value, place)).flatMap(([operator, keys]) =>
    Object.entries(record(keys, `${place}/${operator}`)).map(([key, values]) => ({
      operator,
      key,
      values: strings(values, `${place}/${operator}/${key}`),
    })),
  );
}

function principals(value: unknown, place: string): ParsedPrincipals {
  if (value === "*") return { "*": ["*"] };
  if (typeof value === "string") throw new PolicyError(`${place}: a principal is \`*\` or an object`);
  return Object.fromEntries(
    Object.entries(record(value, place)).map(([kind, names]) => [kind, strings(names, `${place}/${kind}`)]),
  );
}

function strings(value: unknown, place: string): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((item: unknown) => {
    // AWS stores numbers and booleans in conditions as they were written.
    if (typeof item === "string") return item;
    if (typeof item === "number" || typeof item === "boolean") return String(item);
    throw new PolicyError(`${place}: is not text`);
  });
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PolicyError(`${place === "" ? "/" : place}: is not an object`);
  return value as Readonly<Record<string, unknown>>;
}
