import { nearestWord } from "../../text/nearest-word.ts";
import type { ActionTable } from "./action-table.ts";
import { ActionExpansion } from "./lint/action-expansion.ts";
import { LINT_CHECKS } from "./lint/index.ts";
import type { LintFinding, LintKind, LintSubject, Remark } from "./lint/lint-check.ts";
import type { ParsedPolicy } from "./parse-policy.ts";

export type { LintFinding, LintKind } from "./lint/lint-check.ts";

/** Longest word, and most words, that are compared with all others: a document may be hostile. */
const LONGEST_WORD = 100;
const MOST_WORDS = 100;
/** Characters of a message: it quotes the document, which may hold a word as long as a book. */
const LONGEST_MESSAGE = 1_000;

/**
 * What in a policy does not do what its author will have meant: in order of the statements, what is said of the whole document
 * first. Says nothing about how much the policy allows.
 */
export function lintPolicy(policy: ParsedPolicy, kind: LintKind, table: ActionTable): readonly LintFinding[] {
  const subject: LintSubject = {
    policy,
    kind,
    table,
    actions: new ActionExpansion(table),
    near: nearWithin(MOST_WORDS),
  };
  const found: { readonly statement: number; readonly finding: LintFinding }[] = [];
  for (const check of LINT_CHECKS) {
    for (const remark of check.remarks(subject)) {
      const [message, hint] = [shortened(remark.message), shortened(remark.hint)];
      found.push({
        statement: remark.statement?.index ?? -1,
        finding: { check: check.id, place: placeOf(remark, policy), message, hint },
      });
    }
  }
  return found.sort((a, b) => a.statement - b.statement).map(({ finding }) => finding);
}

function shortened(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

/** The JSON pointer (RFC 6901) to the place. */
function placeOf({ statement, at }: Remark, policy: ParsedPolicy): string {
  const above =
    statement === undefined ? [] : ["Statement", ...(policy.single === true ? [] : [String(statement.index)])];
  return [...above, ...at].map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function nearWithin(budget: number): LintSubject["near"] {
  let left = budget;
  return (typed, words) => {
    if (typed.length > LONGEST_WORD || left === 0) return undefined;
    left -= 1;
    return nearestWord(typed, words());
  };
}
