import type { Decision, StatementRef } from "../policy/aws/decision.ts";
import type { Json } from "./line-error.ts";

/**
 * One answer as a line of JSON, without its line break. Put together by hand from the texts of records that come again and
 * again: writing the whole anew takes as long as deciding.
 */
export function answerLine(id: Json, decision: Decision): string {
  const { statements, missingContext } = decision;
  let refs = "";
  for (let at = 0; at < statements.length; at += 1) {
    const ref = statements[at];
    if (ref !== undefined) refs += at === 0 ? textOf(ref) : `,${textOf(ref)}`;
  }
  const missing = missingContext.length === 0 ? "[]" : JSON.stringify(missingContext);
  const by = decision.decidedBy === null ? "null" : `"${decision.decidedBy}"`;
  return `{${idText(id)}"decision":"${decision.decision}","decidedBy":${by},"statements":[${refs}],"missingContext":${missing},"layers":${textOf(decision.layers)}}`;
}

/** What is wrong with a line, in its place. */
export function errorLine(id: Json, line: number, error: string): string {
  const who = typeof id === "string" || typeof id === "number" ? { id } : { line };
  return JSON.stringify({ ...who, error });
}

function idText(id: Json): string {
  if (typeof id === "number" && Number.isFinite(id)) return `"id":${id},`;
  return id === undefined ? "" : `"id":${JSON.stringify(id)},`;
}

const texts = new WeakMap<StatementRef | Decision["layers"], string>();

function textOf(record: StatementRef | Decision["layers"]): string {
  let text = texts.get(record);
  if (text === undefined) {
    text = JSON.stringify(record);
    texts.set(record, text);
  }
  return text;
}
