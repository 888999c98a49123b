import type { Decision, StatementRef } from "../policy/aws/decision.ts";
import type { Json } from "./line-error.ts";

/**
 * What decisions that were made by the same statements have in common: their text. Deciding goes on for every request; writing
 * the same words anew for a million of them would take as long.
 */
interface Said {
  /** By the layers' words, of which equal ones are one record: the last decision, and everything behind its id. */
  readonly texts: Map<Decision["layers"], { readonly of: Decision; readonly text: string }>;
  /** With one statement more. */
  readonly more: Map<StatementRef, Said>;
}

/** Writes answers; keeps the texts of few thousand. */
export class AnswerWriter {
  #start = nothingSaid();
  #kept = 0;

  /** One answer as a line of JSON, without its line break. */
  line(id: Json, decision: Decision): string {
    const text = decision.missingContext.length === 0 ? this.#settled(decision) : textOf(decision);
    if (typeof id === "number" && Number.isFinite(id)) return `{"id":${id},${text}`;
    return id === undefined ? `{${text}` : `{"id":${JSON.stringify(id)},${text}`;
  }

  #settled(decision: Decision): string {
    let said = this.#start;
    const { statements, layers } = decision;
    for (let at = 0; at < statements.length; at += 1) {
      const ref = statements[at];
      if (ref === undefined) continue;
      let next = said.more.get(ref);
      if (next === undefined) {
        next = nothingSaid();
        said.more.set(ref, next);
        this.#kept += 1;
      }
      said = next;
    }
    const last = said.texts.get(layers);
    // The same statements and words mostly mean the same decision, but not always: GetSessionToken is decided by nobody.
    if (last !== undefined && last.of.decision === decision.decision && last.of.decidedBy === decision.decidedBy)
      return last.text;
    const text = textOf(decision);
    said.texts.set(layers, { of: decision, text });
    this.#kept += 1;
    if (this.#kept > MOST_KEPT) {
      this.#start = nothingSaid();
      this.#kept = 0;
    }
    return text;
  }
}

const MOST_KEPT = 5_000;

function nothingSaid(): Said {
  return { texts: new Map(), more: new Map() };
}

/** Everything behind the id. */
function textOf({ decision, decidedBy, statements, missingContext, layers }: Decision): string {
  return JSON.stringify({ decision, decidedBy, statements, missingContext, layers }).slice(1);
}

/** What is wrong with a line, in its place. */
export function errorLine(id: Json, line: number, error: string): string {
  const who = typeof id === "string" || typeof id === "number" ? { id } : { line };
  return JSON.stringify({ ...who, error });
}
