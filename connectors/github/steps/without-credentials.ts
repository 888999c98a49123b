import type { ReadAnswer } from "../live/refused.ts";
import { redactText } from "../redact-text.ts";

/** Answers with the texts of files (`text`) as they may be recorded: what looks like a credential is taken out before anybody sees it. */
export function withoutCredentials({ requests, gaps }: ReadAnswer): ReadAnswer {
  return { requests: requests.map((request) => ({ ...request, answer: redacted(request.answer) })), gaps };
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "text" && typeof inner === "string" ? redactText(inner) : redacted(inner),
    ]),
  );
}
