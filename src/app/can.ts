import { MayQuestions, type MayAnswer } from "../graph/questions/may.ts";
import type { Asker } from "../graph/questions/asker.ts";
import { AuditError } from "../model/audit-error.ts";
import type { DecisionWord, Layer, OpenCondition, StatementRef } from "../policy/aws/decision.ts";
import type { UnknownContext } from "../policy/aws/given-context.ts";
import { layersInOrder } from "./assumed.ts";
import { askedAction, askedResource } from "./asked-request.ts";
import { askerCalled, askersOf, holdingEngine, type Questioned } from "./questions.ts";

/** The answer of `can`. */
export interface CanDocument {
  readonly schema: "leastwise/can@1";
  readonly id?: string | number;
  readonly principal: string;
  readonly principalId: string;
  readonly action: string;
  readonly resource: string;
  readonly answer: "yes" | "conditional" | "no" | "unknown";
  readonly decision: DecisionWord;
  readonly decidedBy: Layer | null;
  readonly statements: readonly StatementRef[];
  readonly conditions: readonly OpenCondition[];
  /** What was not read and would decide. */
  readonly unknown: readonly string[];
  readonly assumes: readonly Layer[];
  readonly layers: Readonly<Partial<Record<Layer, DecisionWord | "absent">>>;
  /** Id of the permission set through which a person of Identity Center does best. */
  readonly through?: string;
}

/** One question of a person or of a batch. */
export interface CanQuestion {
  readonly id?: string | number;
  readonly principal: string;
  readonly action: string;
  readonly resource?: string;
  readonly context: ReadonlyMap<string, readonly string[] | null> | null;
  readonly unknownContext: UnknownContext;
}

/** Answers questions one after the other; what they share is worked out once. */
export class Can {
  readonly #questioned: Questioned;
  readonly #may: MayQuestions;
  readonly #askers;
  readonly #known = new Map<string, Asker>();

  constructor(questioned: Questioned) {
    this.#questioned = questioned;
    const engine = holdingEngine(questioned);
    this.#may = new MayQuestions(questioned.graph, engine, questioned.table);
    this.#askers = askersOf(questioned.graph, engine);
  }

  /** Throws `settings` for a principal, action or resource that is none. */
  answer({ id, principal, action, resource = "*", context, unknownContext }: CanQuestion): CanDocument {
    let asker = this.#known.get(principal);
    if (asker === undefined)
      this.#known.set(principal, (asker = askerCalled(principal, this.#askers, this.#questioned)));
    const { name } = askedAction(action, this.#questioned.table);
    const found = this.#may.may(asker, {
      action: name,
      resource: askedResource(resource),
      given: context,
      unknown: unknownContext,
    });
    return {
      schema: "leastwise/can@1",
      ...(id === undefined ? {} : { id }),
      ...documentOf(asker, name, resource, found),
    };
  }
}

function documentOf(
  asker: Asker,
  action: string,
  resource: string,
  found: MayAnswer,
): Omit<CanDocument, "schema" | "id"> {
  const { decision, decidedBy, conditions, layers } = found.decision;
  return {
    principal: asker.locator,
    principalId: asker.id,
    action,
    resource,
    answer: found.answer,
    decision,
    decidedBy,
    statements: found.statements,
    conditions: found.answer === "conditional" || found.answer === "unknown" ? conditions : [],
    unknown: found.unknown,
    assumes: layersInOrder(found.assumes),
    layers,
    ...(found.through === undefined ? {} : { through: found.through.id }),
  };
}

const FIELDS = ["id", "principal", "action", "resource", "context", "unknownContext"];

/** A line of a batch as a question. Throws `input-file` for one that is malformed. */
export function batchQuestion(line: string): CanQuestion {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw malformed("the line is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw malformed("the line is not an object");
  const given = parsed as Readonly<Record<string, unknown>>;
  const strange = Object.keys(given).find((key) => !FIELDS.includes(key));
  if (strange !== undefined) throw malformed(`\`${strange}\` is no field`);
  const { id, principal, action, resource, context = {}, unknownContext = true } = given;
  if (typeof principal !== "string") throw malformed("`principal` is missing or not text");
  if (typeof action !== "string") throw malformed("`action` is missing or not text");
  if (resource !== undefined && typeof resource !== "string") throw malformed("`resource` is not text");
  if (id !== undefined && typeof id !== "string" && typeof id !== "number")
    throw malformed("`id` is neither text nor a number");
  if (typeof context !== "object" || context === null || Array.isArray(context))
    throw malformed("`context` is not an object");
  const unknown = Array.isArray(unknownContext)
    ? unknownContext.map((key) => String(key).toLowerCase())
    : unknownContext;
  if (typeof unknown !== "boolean" && !Array.isArray(unknown))
    throw malformed("`unknownContext` is neither true, false nor a list of keys");
  return {
    ...(id === undefined ? {} : { id }),
    principal,
    action,
    ...(resource === undefined ? {} : { resource }),
    context: new Map(
      Object.entries(context).map(([key, value]) => [
        key.toLowerCase(),
        value === null ? null : (Array.isArray(value) ? value : [value]).map(String),
      ]),
    ),
    unknownContext: unknown,
  };
}

function malformed(message: string): AuditError {
  return new AuditError("input-file", "malformed-line", message, {});
}

/** One line of a batch: its answer or its error, as JSON. */
export function batchLine(
  can: Can,
  line: string,
  number: number,
): { readonly text: string | null; readonly failed: boolean } {
  if (line.trim() === "") return { text: null, failed: false };
  let id: string | number | undefined;
  try {
    const question = batchQuestion(number === 1 ? line.replace(/^\uFEFF/, "") : line);
    id = question.id;
    return { text: JSON.stringify(can.answer(question)), failed: false };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    return {
      text: JSON.stringify({ ...(id === undefined ? { line: number } : { id }), error: `${error.message}${hint}` }),
      failed: true,
    };
  }
}
