/**
 * One AWS request a line, decided with the policies that stand in the line or were named before: the form `simulate` of the
 * command line. Lines are read by hand and not through a schema, because a million of them pass.
 */
import { AuditError } from "../model/audit-error.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { compilePolicy } from "../policy/aws/compile-policy.ts";
import { decideAll } from "../policy/aws/decide-all.ts";
import type { Decision } from "../policy/aws/decision.ts";
import { GivenContext, type UnknownContext } from "../policy/aws/given-context.ts";
import { parsePolicy, type ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type NamedPolicy } from "../policy/aws/policy-set.ts";
import { requestPrincipal, type RequestPrincipal } from "../policy/aws/request-principal.ts";
import { duplicateKey } from "../policy/aws/duplicate-key.ts";
import { nearestWord } from "../text/nearest-word.ts";

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

const POLICY_FIELDS = [
  "identityPolicies",
  "boundary",
  "scps",
  "rcps",
  "resourcePolicy",
  "sessionPolicies",
  "endpointPolicies",
  "publicAccessBlock",
] as const;
const LINE_FIELDS: readonly string[] = ["id", "request", "use", "define", "unknownContext", ...POLICY_FIELDS];
const REQUEST_FIELDS: readonly string[] = [
  "principal",
  "principalTenant",
  "action",
  "resource",
  "resourceTenant",
  "context",
];
const BLOCK_FIELDS: readonly string[] = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9]+$/;
const TENANT = /^\d{12}$/;
/** Documents and keys remembered by their text; more than real input has, fewer than hostile input could make. */
const MOST_REMEMBERED = 10_000;

/** What is wrong with a line, in the words its error line gives. */
class LineError extends Error {}

/** What a line came to: its answer as one line of JSON, and whether it was malformed. `null` for a definition or an empty line. */
export interface SimulatedLine {
  readonly text: string | null;
  readonly failed: boolean;
}

/** Decides lines one after the other; definitions hold for the lines behind them. */
export class Simulator {
  readonly #table: ActionTable;
  readonly #defined = new Map<string, PolicySet>();
  readonly #documents = new Map<string, ParsedPolicy>();
  readonly #keys = new Map<string, string>();

  constructor(table: ActionTable) {
    this.#table = table;
  }

  /** One line of input; `number` counts from 1 and stands in for a missing id. */
  line(text: string, number: number): SimulatedLine {
    if (text.trim() === "") return { text: null, failed: false };
    let id: Json;
    try {
      let parsed: Json;
      try {
        parsed = JSON.parse(number === 1 ? text.replace(/^\uFEFF/, "") : text);
      } catch (error) {
        const place = error instanceof SyntaxError ? / at position (\d+)/.exec(error.message)?.[1] : undefined;
        throw new LineError(`the line is not JSON${place === undefined ? "" : `: it breaks at character ${Number(place) + 1}`}`);
      }
      const line = object(parsed, "the line");
      id = line["id"];
      const answer = this.#answer(line, text);
      return { text: answer === null ? null : lineOf(id, answer), failed: false };
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      const who = typeof id === "string" || typeof id === "number" ? { id } : { line: number };
      return { text: JSON.stringify({ ...who, error: error.message }), failed: true };
    }
  }

  #answer(line: JsonObject, text: string): Decision | null {
    for (const key in line) if (!LINE_FIELDS.includes(key)) throw unknownField(key, LINE_FIELDS, "");
    const { define, use } = line;
    const inline = POLICY_FIELDS.some((field) => line[field] !== undefined);
    // JSON.parse keeps the last of two members with one name; which one was meant is not for us to choose.
    const twice = inline || define !== undefined ? duplicateKey(text) : undefined;
    if (twice !== undefined) throw new LineError(`\`${twice}\` stands there twice`);
    if (define !== undefined) {
      if (typeof define !== "string" || define === "") throw new LineError("`define` is not a name");
      if (line["request"] !== undefined || use !== undefined)
        throw new LineError("a line with `define` names policies only: put `request` in a line of its own");
      this.#defined.set(define, this.#set(line));
      return null;
    }
    let set: PolicySet | undefined;
    if (use !== undefined) {
      if (typeof use !== "string") throw new LineError("`use` is not a name");
      if (inline) throw new LineError("`use` stands in place of the policy fields: give one or the other");
      set = this.#defined.get(use);
      if (set === undefined) throw new LineError(`no line before this one defines \`${use}\``);
    } else set = this.#set(line);
    return this.#decide(set, object(line["request"], "`request`"), unknownContext(line["unknownContext"]));
  }

  #decide(set: PolicySet, request: JsonObject, unknown: UnknownContext): Decision {
    for (const key in request) if (!REQUEST_FIELDS.includes(key)) throw unknownField(key, REQUEST_FIELDS, "request.");
    const { action, resource } = request;
    const principal = principalOf(request["principal"], request["principalTenant"]);
    if (typeof action !== "string" || !ACTION.test(action))
      throw new LineError(`\`request.action\` is not an action like \`s3:GetObject\`${shown(action)}`);
    const resources = typeof resource === "string" ? [resource] : resource;
    if (!Array.isArray(resources) || resources.length === 0 || !resources.every(isResource))
      throw new LineError(`\`request.resource\` is neither an ARN nor \`*\`${shown(resource)}`);
    const given = request["resourceTenant"];
    if (given !== undefined && (typeof given !== "string" || !TENANT.test(given)))
      throw new LineError(`\`request.resourceTenant\` is not 12 digits${shown(given)}`);
    const context = this.#context(request["context"]);
    const folded = action.toLowerCase();
    return decideAll(
      set,
      resources.map((one: string) => {
        const resourceTenant = given ?? tenantOf(one) ?? principal.tenant;
        return {
          principal,
          action: folded,
          resource: one,
          resourceTenant,
          context: new GivenContext(context, principal, resourceTenant, unknown),
        };
      }),
      this.#table,
    );
  }

  #context(given: Json): ReadonlyMap<string, readonly string[] | null> | null {
    if (given === undefined) return null;
    const context = new Map<string, readonly string[] | null>();
    const entries = object(given, "`request.context`");
    for (const key in entries) {
      const value = entries[key];
      let folded = this.#keys.get(key);
      if (folded === undefined) {
        folded = key.toLowerCase();
        if (this.#keys.size < MOST_REMEMBERED) this.#keys.set(key, folded);
      }
      if (value === null) context.set(folded, null);
      else if (typeof value === "string") context.set(folded, [value]);
      else context.set(folded, texts(value, `request.context.${key}`));
    }
    return context;
  }

  #set(line: JsonObject): PolicySet {
    const list = (field: string): LayerPolicies | undefined =>
      line[field] === undefined
        ? undefined
        : {
            policies: array(line[field], field).map((document, at) => ({
              name: at,
              policy: this.#policy(document, `${field}[${at}]`),
            })),
          };
    const levels = (field: string): readonly LayerPolicies[] | undefined =>
      line[field] === undefined
        ? undefined
        : array(line[field], field).map((level, at) => ({
            policies: array(level, `${field}[${at}]`).map(
              (document, position): NamedPolicy => ({
                name: `${field}[${at}][${position}]`,
                policy: this.#policy(document, `${field}[${at}][${position}]`),
              }),
            ),
          }));
    const [boundary, session, endpoint] = [list("boundary"), list("sessionPolicies"), list("endpointPolicies")];
    const [scps, rcps] = [levels("scps"), levels("rcps")];
    const document = line["resourcePolicy"];
    const block = line["publicAccessBlock"];
    return new PolicySet({
      identity: list("identityPolicies") ?? { policies: [] },
      ...(boundary === undefined ? {} : { boundary }),
      ...(session === undefined ? {} : { session }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(scps === undefined ? {} : { scps }),
      ...(rcps === undefined ? {} : { rcps }),
      ...(document === undefined || document === null
        ? {}
        : { resource: { policies: [{ name: 0, policy: this.#policy(document, "resourcePolicy") }] } }),
      ...(block === undefined || block === null ? {} : { publicAccessBlock: publicAccessBlock(block) }),
    });
  }

  #policy(document: Json, place: string): NamedPolicy["policy"] {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    let parsed = this.#documents.get(text);
    if (parsed === undefined) {
      const read = parsePolicy(text);
      if (!read.known) throw new LineError(`\`${place}\`: ${read.why}`);
      parsed = read.value;
      if (this.#documents.size < MOST_REMEMBERED) this.#documents.set(text, parsed);
    }
    return compilePolicy(parsed);
  }
}

/** What a run of lines came to, for its exit code. */
export function simulationError(failed: number, lines: number): AuditError | undefined {
  if (failed === 0) return undefined;
  return new AuditError("input-file", "malformed-line", `${failed} of ${lines} lines could not be read`, {
    hint: "each has an `error` in its place; the others were decided",
  });
}

function lineOf(id: Json, { decision, decidedBy, statements, missingContext, layers }: Decision): string {
  return JSON.stringify({ id, decision, decidedBy, statements, missingContext, layers });
}

function principalOf(text: Json, tenant: Json): RequestPrincipal {
  const principal = typeof text === "string" ? requestPrincipal(text) : undefined;
  if (principal === undefined)
    throw new LineError(
      `\`request.principal\` is neither the ARN of a user, role, session or root, nor a service, nor \`*\`${shown(text)}`,
    );
  if (tenant === undefined) return principal;
  if (typeof tenant !== "string" || !TENANT.test(tenant))
    throw new LineError(`\`request.principalTenant\` is not 12 digits${shown(tenant)}`);
  if (principal.tenant !== null && principal.tenant !== tenant)
    throw new LineError(`\`request.principalTenant\` is \`${tenant}\`, but the principal's ARN says \`${principal.tenant}\``);
  return { ...principal, tenant };
}

function unknownContext(given: Json): UnknownContext {
  if (given === undefined) return false;
  if (typeof given === "boolean") return given;
  return texts(given, "unknownContext").map((key) => key.toLowerCase());
}

function publicAccessBlock(given: Json): { readonly restrictPublicBuckets: boolean } {
  const block = object(given, "`publicAccessBlock`");
  for (const key in block) {
    if (!BLOCK_FIELDS.includes(key)) throw unknownField(key, BLOCK_FIELDS, "publicAccessBlock.");
    if (typeof block[key] !== "boolean") throw new LineError(`\`publicAccessBlock.${key}\` is neither true nor false`);
  }
  return { restrictPublicBuckets: block["RestrictPublicBuckets"] === true };
}

function isResource(text: Json): boolean {
  return typeof text === "string" && (/^[*?]+$/.test(text) || text.startsWith("arn:"));
}

function tenantOf(arn: string): string | undefined {
  if (!arn.startsWith("arn:")) return undefined;
  let from = 0;
  for (let colons = 0; colons < 4; colons += 1) {
    from = arn.indexOf(":", from) + 1;
    if (from === 0) return undefined;
  }
  const end = arn.indexOf(":", from);
  return end - from === 12 && TENANT.test(arn.slice(from, end)) ? arn.slice(from, end) : undefined;
}

function texts(value: Json, place: string): readonly string[] {
  return (Array.isArray(value) ? (value as Json[]) : [value]).map((one) => {
    if (typeof one === "string") return one;
    if (typeof one === "number" || typeof one === "boolean") return String(one);
    throw new LineError(`\`${place}\` is neither text nor a list of texts`);
  });
}

function object(value: Json, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new LineError(value === undefined ? `${what} is missing` : `${what} is not an object`);
  return value as JsonObject;
}

function array(value: Json, place: string): readonly Json[] {
  if (!Array.isArray(value)) throw new LineError(`\`${place}\` is not a list`);
  return value as readonly Json[];
}

function unknownField(key: string, there: readonly string[], place: string): LineError {
  const near = nearestWord(key, there);
  return new LineError(`\`${place}${key}\` is no field${near === undefined ? "" : `, did you mean \`${near}\``}`);
}

function shown(value: Json): string {
  return typeof value === "string" ? `: \`${value.slice(0, 100)}\`` : "";
}
