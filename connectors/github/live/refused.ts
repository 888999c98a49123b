import type { RecordedRequest } from "../raw.ts";
import { classifyRefusal, type Refusal, type Verdict } from "../classify-refusal.ts";

/** Answers of a step with what is missing from them, in words; no gap means that everything was read. */
export interface ReadAnswer {
  readonly requests: RecordedRequest[];
  readonly gaps: string[];
}

/** GitHub refused the whole of what was asked. */
export class Refused extends Error {
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    super(verdict.reason);
    this.verdict = verdict;
  }
}

/** An error of the SDK as a refusal; anything that GitHub did not say is thrown on: that is our bug. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { status, message, response } = error as {
    status?: number;
    message?: string;
    response?: { status?: number; headers?: Refusal["headers"] };
  };
  // The throttling plugin throws an error without status when GraphQL's limit did not end.
  const code = status ?? response?.status;
  if (code === undefined) throw error;
  const limited = status === undefined && /rate limit/i.test(message ?? "");
  return new Refused(
    classifyRefusal({ status: limited ? 429 : code, message: message ?? "", headers: response?.headers ?? {} }),
  );
}

/** Whether the token itself is not accepted: then asking on makes no sense. */
export const isSignIn = (error: unknown): boolean => error instanceof Refused && error.verdict.kind === "sign-in";
