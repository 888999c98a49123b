import type { AnswerHeaders, GraphError } from "../../src/policy/refusal/answer.ts";
import { permissionWords, scopeWords, type Needs } from "../../src/policy/refusal/needs.ts";
import { readRefusal } from "../../src/policy/refusal/read-refusal.ts";
import type { RefusalKind, RefusalVerdict, Retry } from "../../src/policy/refusal/verdict.ts";

export type { GraphError } from "../../src/policy/refusal/answer.ts";

/** What GitHub said when it refused, as far as it matters. */
export interface Refusal {
  readonly status: number;
  /** GitHub's sentence, or the body as it came. */
  readonly message: string;
  readonly headers: AnswerHeaders;
}

/** What a refusal means for a reader, with the next step. */
export interface Verdict {
  /**
   * `sign-in` stops the run: nothing will work. `gone` is "not found", which may also hide the thing. `scopes` names fields
   * that a question must do without. `governed` says that the identity provider decides. `none` is an answer: there is none.
   */
  readonly kind: "sign-in" | "denied" | "scopes" | "governed" | "gone" | "none" | "temporary";
  /** Why, and what to do about it; for a row of coverage. */
  readonly reason: string;
  /** Which signal told it (`src/policy/refusal/signals`); left out where GitHub refused nothing by itself. */
  readonly signal?: string;
  /** What would have been enough. */
  readonly needs?: Needs;
  readonly retry?: Retry;
}

const KINDS: Readonly<Record<RefusalKind, Verdict["kind"]>> = {
  "sign-in": "sign-in",
  limit: "temporary",
  denied: "denied",
  incomplete: "denied",
  gone: "gone",
  none: "none",
  // Never `gone`: what has another name is still there.
  moved: "denied",
  "not-applicable": "denied",
  archived: "denied",
  governed: "governed",
  async: "temporary",
  invalid: "denied",
  outage: "temporary",
};

/**
 * Tells refusals apart by status, text and headers, with the table that `why-denied` uses. A 404 may hide a private thing, so
 * it is never read as "there is none".
 */
export function classifyRefusal({ status, message, headers }: Refusal): Verdict {
  return verdictOf(readRefusal({ status, body: message, headers }), `GitHub answered ${status}`);
}

/** The same for the errors of a GraphQL answer, which comes with status 200. */
export function classifyGraphErrors(errors: readonly GraphError[], headers: AnswerHeaders): Verdict {
  return verdictOf(readRefusal({ status: 200, body: "", headers, errors }), "GitHub gave no reason");
}

/** Why a list may lack things although it was answered, or undefined: the token is not authorised everywhere. */
export function filteredBySso(headers: AnswerHeaders): string | undefined {
  const verdict = readRefusal({ status: 200, body: "", headers });
  return verdict?.kind === "incomplete" ? inCoverage(verdict) : undefined;
}

function verdictOf(refusal: RefusalVerdict | null, otherwise: string): Verdict {
  if (refusal === null) return { kind: "temporary", reason: `${otherwise}: run again later` };
  return {
    kind: refusal.signal === "missing-scope" ? "scopes" : KINDS[refusal.kind],
    reason: inCoverage(refusal),
    signal: refusal.signal,
    needs: refusal.needs,
    retry: refusal.retry,
  };
}

/** A refusal as a row of coverage says it: what refused, the first thing to do, and what would have been enough. */
function inCoverage({ kind, reason, next, needs, signal }: RefusalVerdict): string {
  // The run waited already, as long as it was told to.
  if (kind === "limit")
    return "GitHub's rate limit was reached and did not end in time: run again later, it goes on from there";
  const [first] = next;
  const step = first === undefined ? "" : `: ${first}`;
  const permissions = permissionWords(needs.permissions);
  const enough =
    permissions === "" || reason.includes(permissions)
      ? needs.scopes.length > 0 && signal !== "missing-scope"
        ? scopeWords(needs.scopes)
        : ""
      : permissions;
  return `${reason}${step}${enough === "" ? "" : `; it needs ${enough}`}`;
}
