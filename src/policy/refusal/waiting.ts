import { headerOf, type AnswerHeaders } from "./answer.ts";
import type { Retry } from "./verdict.ts";

/** GitHub asks for at least a minute where it names no time (REST API: "Rate limits", exceeding the rate limit). */
const AT_LEAST_SECONDS = 60;

/** The same call is refused again. */
export const NEVER: Retry = { again: false, afterSeconds: null, at: null };

/** It can be asked again, nobody says when. */
export const LATER: Retry = { again: true, afterSeconds: null, at: null };

/**
 * When to ask again: `retry-after`, else the reset of a used-up budget, else a minute. Counted by the `date` of the answer:
 * the clock of this machine may be off, and this code has none.
 */
export function waiting(headers: AnswerHeaders): Retry {
  const after = Number(headerOf(headers, "retry-after") ?? "");
  if (after > 0) return { again: true, afterSeconds: Math.ceil(after), at: null };
  const reset = Number(headerOf(headers, "x-ratelimit-reset") ?? "");
  if (!(reset > 0) || headerOf(headers, "x-ratelimit-remaining") !== "0")
    return { again: true, afterSeconds: AT_LEAST_SECONDS, at: null };
  const sent = Date.parse(headerOf(headers, "date") ?? "") / 1_000;
  const at = new Date(reset * 1_000);
  return {
    again: true,
    afterSeconds: Number.isNaN(sent) ? null : Math.max(0, Math.ceil(reset - sent)),
    at: Number.isNaN(at.getTime()) ? null : at.toISOString().replace(".000Z", "Z"),
  };
}

/** "wait 30 s", "wait until 2026-11-20T09:00:00Z". */
export function waitWords({ afterSeconds, at }: Retry): string {
  if (at !== null) return `wait until ${at}`;
  return afterSeconds === null ? "wait" : `wait ${afterSeconds} s`;
}
