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
  /** True where nobody answered at all: nothing else would be answered either. */
  readonly unreachable: boolean;

  constructor(verdict: Verdict, unreachable = false) {
    super(verdict.reason);
    this.verdict = verdict;
    this.unreachable = unreachable;
  }
}

/** What the network says where no connection came about; one that broke is a bad moment, not a bad address. */
const NO_CONNECTION =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|SELF_SIGNED|bad port|certificate/;

/** An error of the SDK as a refusal; anything that GitHub did not say is thrown on: that is our bug. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { status, message, response } = error as {
    status?: number;
    message?: string;
    response?: { status?: number; headers?: Refusal["headers"]; data?: unknown };
  };
  // The throttling plugin throws an error without status when GraphQL's limit did not end.
  const code = status ?? response?.status;
  if (code === undefined) throw error;
  if (response === undefined && NO_CONNECTION.test(networkWords(error)))
    return new Refused({ kind: "temporary", reason: `GitHub cannot be reached: ${message ?? "no connection"}` }, true);
  const limited = status === undefined && /rate limit/i.test(message ?? "");
  return new Refused(
    classifyRefusal({
      status: limited ? 429 : code,
      message: bodyText(response?.data) ?? withoutLink(message ?? ""),
      headers: response?.headers ?? {},
    }),
  );
}

/** Messages and codes of an error and of what caused it. */
function networkWords(error: unknown): string {
  const words: string[] = [];
  for (let at = error; typeof at === "object" && at !== null; at = (at as { readonly cause?: unknown }).cause) {
    const { message = "", code = "" } = at as { readonly message?: string; readonly code?: string };
    words.push(message, code);
  }
  return words.join(" ");
}

/** The body as GitHub sent it, where the SDK kept it: it knows an HTML page from words, and a 422 names its fields there. */
function bodyText(data: unknown): string | undefined {
  if (typeof data === "string" && data.trim() !== "") return data;
  if (typeof data !== "object" || data === null) return undefined;
  return "message" in data || "errors" in data ? JSON.stringify(data) : undefined;
}

/** The SDK ends GitHub's sentence with the address of the documentation. */
const withoutLink = (message: string): string => message.replace(/ - https:\/\/docs\.github\.com\S*$/, "");

/** Whether the token itself is not accepted: then asking on makes no sense. */
export const isSignIn = (error: unknown): boolean => error instanceof Refused && error.verdict.kind === "sign-in";
