/**
 * One AWS request a line, decided with the policies that stand in the line or were named before: the form `simulate` of the
 * command line. Lines are read by hand and not through a schema, because a million of them pass.
 */
import { AuditError } from "../model/audit-error.ts";
import type { ActionTable } from "../policy/aws/action-table.ts";
import { decideAll } from "../policy/aws/decide-all.ts";
import { duplicateKey } from "../policy/aws/duplicate-key.ts";
import type { PolicySet } from "../policy/aws/policy-set.ts";
import { LineError, objectOf, unknownField, type Json, type JsonObject } from "./line-error.ts";
import { AnswerWriter, errorLine } from "./simulate-answer.ts";
import { POLICY_FIELDS, PolicyReader } from "./simulate-policies.ts";
import { RequestReader, unknownContextOf } from "./simulate-request.ts";

const OWN_FIELDS: readonly string[] = ["id", "request", "use", "define", "unknownContext"];
const FIELDS: readonly string[] = [...OWN_FIELDS, ...POLICY_FIELDS];

/** What a line came to: its answer as one line of JSON, and whether it was malformed. `null` for a definition or an empty line. */
export interface SimulatedLine {
  readonly text: string | null;
  readonly failed: boolean;
}

const NOTHING: SimulatedLine = { text: null, failed: false };

/** Decides lines one after the other; definitions hold for the lines behind them. */
export class Simulator {
  readonly #table: ActionTable;
  readonly #defined = new Map<string, PolicySet>();
  readonly #policies = new PolicyReader();
  readonly #requests = new RequestReader();
  readonly #answers = new AnswerWriter();

  constructor(table: ActionTable) {
    this.#table = table;
  }

  /** One line of input; `number` counts from 1 and stands in for a missing id. */
  line(text: string, number: number): SimulatedLine {
    let id: Json;
    try {
      const parsed = parse(number === 1 ? text.replace(/^\uFEFF/, "") : text);
      if (parsed === undefined) return NOTHING;
      const line = objectOf(parsed, "the line");
      id = line["id"];
      const answer = this.#answer(id, line, text);
      return answer === null ? NOTHING : { text: answer, failed: false };
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      return { text: errorLine(id, number, error.message), failed: true };
    }
  }

  /** A line that could not even be read as text. */
  unreadable(why: string, number: number): SimulatedLine {
    return { text: errorLine(undefined, number, why), failed: true };
  }

  #answer(id: Json, line: JsonObject, text: string): string | null {
    let inline = false;
    for (const key in line) {
      if (OWN_FIELDS.includes(key)) continue;
      if (!FIELDS.includes(key)) throw unknownField(key, FIELDS, "");
      inline = true;
    }
    const { define, use, request } = line;
    // JSON.parse keeps the last of two members with one name; which one was meant is not for us to choose.
    const twice = inline || define !== undefined ? duplicateKey(text) : undefined;
    if (twice !== undefined) throw new LineError(`\`${twice}\` stands there twice`);
    if (define !== undefined) {
      if (typeof define !== "string" || define === "") throw new LineError("`define` is not a name");
      if (request !== undefined || use !== undefined)
        throw new LineError("a line with `define` names policies only: put `request` in a line of its own");
      this.#defined.set(define, this.#policies.set(line));
      return null;
    }
    const set = use === undefined ? this.#policies.set(line) : this.#named(use, inline);
    const requests = this.#requests.requests(request, unknownContextOf(line["unknownContext"]));
    return this.#answers.line(id, decideAll(set, requests, this.#table));
  }

  #named(use: Json, inline: boolean): PolicySet {
    if (typeof use !== "string") throw new LineError("`use` is not a name");
    if (inline) throw new LineError("`use` stands in place of the policy fields: give one or the other");
    const set = this.#defined.get(use);
    if (set === undefined) throw new LineError(`no line before this one defines \`${use}\``);
    return set;
  }
}

/** The JSON of a line; undefined where it is empty. */
function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") return undefined;
    const place = error instanceof SyntaxError ? / at position (\d+)/.exec(error.message)?.[1] : undefined;
    throw new LineError(
      `the line is not JSON${place === undefined ? "" : `: it breaks at character ${Number(place) + 1}`}`,
    );
  }
}

/** What a run of lines came to, for its exit code. */
export function simulationError(failed: number, lines: number): AuditError | undefined {
  if (failed === 0) return undefined;
  return new AuditError("input-file", "malformed-line", `${failed} of ${lines} lines could not be read`, {
    hint: "each has an `error` in its place; the others were decided",
  });
}
