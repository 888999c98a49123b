/**
 * Reads a policy document in every legal spelling into one shape.
 * Source of the rules: "Grammar of the IAM JSON policy language", AWS IAM User Guide.
 */
import { known, unknown, type Observed } from "../../model/observed.ts";
import { nearestWord } from "../../text/nearest-word.ts";
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

/** An element of a statement that stands there as an empty list or object: AWS takes it, and nothing is meant by it. */
export type EmptyElement = "Action" | "Resource" | "Principal";

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
  /** Elements that are there and empty, left out where none is: such a statement never matches, whatever else it says. */
  readonly empty?: readonly EmptyElement[];
}

/** How long a document is. IAM does not count white space, AWS Organizations and the services do. */
export interface PolicySize {
  /** UTF-16 units of the decoded document. */
  readonly characters: number;
  /** The same without white space. */
  readonly withoutSpace: number;
}

/** A policy document in one shape, whatever legal spelling it came in. */
export interface ParsedPolicy {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id: string | null;
  readonly statements: readonly ParsedStatement[];
  /** Whether `Statement` is one object instead of a list; matters to places in the document only. */
  readonly single?: boolean;
  /** Left out for a policy that was made and not read. */
  readonly size?: PolicySize;
}

/** What is wrong with a document, with a JSON pointer to the place. */
class PolicyError extends Error {}

/** Every element a statement may have. A misspelt one is no detail: a `Conditions` that is passed over makes an Allow unconditional. */
const ELEMENTS: readonly string[] = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const POLICY_ELEMENTS: readonly string[] = ["Version", "Id", "Statement"];
const PRINCIPAL_KINDS: readonly string[] = ["AWS", "Federated", "Service", "CanonicalUser"];

/** The parsed document, or why it cannot be judged (with a JSON pointer). Takes time in proportion to the text, whatever is in it. */
export function parsePolicy(text: string): Observed<ParsedPolicy> {
  const json = decodeDocument(text);
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    // An engine that runs out of stack or of memory says so with a RangeError.
    if (error instanceof RangeError) return unknown("the policy document is nested too deep or too long to be read");
    return unknown(`the policy document is not JSON${json === "" ? ": it is empty" : placeOf(error)}`);
  }
  try {
    // JSON.parse keeps the last of two members with one name. IAM takes no such document ("Individual elements must not contain
    // multiple instances of the same key"), so which one somebody meant is not for us to choose.
    const twice = duplicateKey(json);
    if (twice !== undefined) throw new PolicyError(`${shortened(twice)}: stands there twice`);
    return known(parseDocument(record(document, ""), json));
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

function parseDocument(policy: Readonly<Record<string, unknown>>, json: string): ParsedPolicy {
  onlyKnown(policy, "", POLICY_ELEMENTS, "is no element of a policy");
  const version = policy["Version"] ?? "2008-10-17";
  if (version !== "2008-10-17" && version !== "2012-10-17")
    throw new PolicyError("/Version: is neither 2008-10-17 nor 2012-10-17");
  const statements = policy["Statement"];
  if (statements === undefined) throw new PolicyError("/Statement: is missing");
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return {
    version,
    id: label(policy["Id"], "/Id"),
    statements: list.map((statement, index) => parseStatement(statement, index)),
    ...(Array.isArray(statements) ? {} : { single: true }),
    size: { characters: json.length, withoutSpace: json.replaceAll(/\s+/g, "").length },
  };
}

function parseStatement(value: unknown, index: number): ParsedStatement {
  const place = `/Statement/${index}`;
  const statement = record(value, place);
  onlyKnown(statement, place, ELEMENTS, "is no element of a statement");
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new PolicyError(`${place}/Effect: is neither Allow nor Deny`);
  if ((statement["Action"] === undefined) === (statement["NotAction"] === undefined))
    throw new PolicyError(`${place}: needs Action or NotAction, not both`);
  for (const element of ["Resource", "Principal"]) {
    if (statement[element] !== undefined && statement[`Not${element}`] !== undefined)
      throw new PolicyError(`${place}: has both ${element} and Not${element}`);
  }
  const list = (name: string): readonly string[] => {
    const texts = statement[name] === undefined ? [] : strings(statement[name], `${place}/${name}`, isText);
    // "Everything but nothing" would be everything: AWS takes no empty list here, so nobody wrote that.
    if (texts.length === 0 && name.startsWith("Not") && statement[name] !== undefined)
      throw new PolicyError(`${place}/${name}: is an empty list`);
    return texts;
  };
  const who = (name: string): ParsedPrincipals | null =>
    statement[name] === undefined ? null : principals(statement[name], `${place}/${name}`);
  const parsed: ParsedStatement = {
    index,
    sid: label(statement["Sid"], `${place}/Sid`),
    effect,
    actions: list("Action"),
    notActions: list("NotAction"),
    resources: list("Resource"),
    notResources: list("NotResource"),
    principals: who("Principal"),
    notPrincipals: who("NotPrincipal"),
    conditions: statement["Condition"] === undefined ? [] : conditions(statement["Condition"], `${place}/Condition`),
  };
  if (parsed.notPrincipals !== null && countOf(parsed.notPrincipals) === 0)
    throw new PolicyError(`${place}/NotPrincipal: names nobody`);
  const empty: EmptyElement[] = [];
  if (statement["Action"] !== undefined && parsed.actions.length === 0) empty.push("Action");
  if (statement["Resource"] !== undefined && parsed.resources.length === 0) empty.push("Resource");
  if (parsed.principals !== null && countOf(parsed.principals) === 0) empty.push("Principal");
  return empty.length === 0 ? parsed : { ...parsed, empty };
}

function countOf(named: ParsedPrincipals): number {
  return Object.values(named).reduce((sum, names) => sum + names.length, 0);
}

/** A Sid or Id: text that means nothing; an empty one is none. */
function label(value: unknown, place: string): string | null {
  if (value === undefined) return null;
  if (typeof value !== "string") throw new PolicyError(`${place}: is not text`);
  return value === "" ? null : value;
}

function conditions(value: unknown, place: string): ParsedCondition[] {
  return Object.entries(record(value, place)).flatMap(([operator, keys]) => {
    const operatorPlace = `${place}/${pointerStep(operator)}`;
    return Object.entries(record(keys, operatorPlace)).map(([key, values]) => ({
      operator,
      key,
      // AWS keeps numbers and booleans here as they were written.
      values: strings(values, `${operatorPlace}/${pointerStep(key)}`, isValue),
    }));
  });
}

function principals(value: unknown, place: string): ParsedPrincipals {
  if (value === "*") return { "*": ["*"] };
  if (typeof value === "string") throw new PolicyError(`${place}: a principal is \`*\` or an object`);
  const kinds = record(value, place);
  onlyKnown(kinds, place, PRINCIPAL_KINDS, "is no kind of principal");
  return Object.fromEntries(
    // A tenant's number is often written without quotes.
    Object.entries(kinds).map(([kind, names]) => [kind, strings(names, `${place}/${kind}`, isValue)]),
  );
}

const isText = (item: unknown): item is string => typeof item === "string";
const isValue = (item: unknown): item is string | number | boolean =>
  typeof item === "string" || typeof item === "number" || typeof item === "boolean";

/** One value or a list of them. */
function strings(
  value: unknown,
  place: string,
  fits: (item: unknown) => item is string | number | boolean,
): readonly string[] {
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  return (list ?? [value]).map((item, index) => {
    if (fits(item)) return String(item);
    throw new PolicyError(`${place}${list === undefined ? "" : `/${index}`}: is not text`);
  });
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PolicyError(`${place === "" ? "/" : place}: is not an object`);
  return value as Readonly<Record<string, unknown>>;
}

/** Refuses the first member that is not in the list, with the one that was meant where that can be told. */
function onlyKnown(
  value: Readonly<Record<string, unknown>>,
  place: string,
  names: readonly string[],
  complaint: string,
): void {
  const strange = Object.keys(value).find((name) => !names.includes(name));
  if (strange === undefined) return;
  // A name of any length may stand there; nobody is told to compare a page with a word.
  const near = strange.length <= 40 ? nearestWord(strange, names) : undefined;
  throw new PolicyError(
    `${place}/${pointerStep(strange)}: ${complaint}${near === undefined ? "" : `, \`${near}\` is`}`,
  );
}

/** One step of a JSON pointer (RFC 6901). */
function pointerStep(name: string): string {
  return shortened(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** A pointer, cut where a hostile document would fill the screen with it. */
function shortened(pointer: string): string {
  return pointer.length > 200 ? `${pointer.slice(0, 200)}…` : pointer;
}
