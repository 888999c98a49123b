import { bodyOf, type GitHubAnswer } from "./answer.ts";
import { needsOf } from "./needs.ts";
import { said, type Seen, type Signal } from "./signal.ts";
import { SIGNALS } from "./signals/index.ts";
import type { RefusalVerdict } from "./verdict.ts";
import { LATER, NEVER } from "./waiting.ts";

const LONGEST_EVIDENCE = 300;

/**
 * What an answer of GitHub means where it is a refusal, or an answer that leaves something out; null where nothing was refused.
 * Never throws, whatever the body is. Source: GitHub's documentation of its REST and GraphQL APIs, and what it answers.
 */
export function readRefusal(answer: GitHubAnswer): RefusalVerdict | null {
  const seen = seenIn(answer);
  for (const signal of SIGNALS) {
    for (const one of seen) {
      const fits = fit(signal, one);
      if (fits !== undefined) return verdictOf(signal, one, fits.caught);
    }
  }
  return null;
}

/** The same for a text in which nothing says that GitHub is meant: only words that nobody else uses tell. */
export function readOwnWords(answer: GitHubAnswer): RefusalVerdict | null {
  const [seen] = seenIn(answer);
  if (seen === undefined) return null;
  for (const signal of SIGNALS) {
    if (signal.own !== true || signal.words === undefined) continue;
    const caught = signal.words.exec(seen.message);
    if (caught !== null) return verdictOf(signal, seen, caught);
  }
  return null;
}

function seenIn({ status, headers, body, errors: given, where = "api" }: GitHubAnswer): readonly Seen[] {
  const { message, errors: found, html } = bodyOf(body);
  const errors = given ?? found;
  const common = { status, headers, html, where, needs: needsOf(headers) };
  if (errors.length > 0)
    return errors.map(({ message: words, type, extensions }) => ({
      ...common,
      message: words,
      // An error inside an answer is a refusal even where it has no type.
      type: type ?? extensions?.code ?? "",
      saml: extensions?.saml_failure === true,
    }));
  // What a successful answer holds may quote any refusal.
  const succeeded = status !== null && status >= 200 && status < 300;
  return [{ ...common, message: succeeded ? "" : message, type: null, saml: false }];
}

function fit(signal: Signal, seen: Seen): { readonly caught: RegExpExecArray | null } | undefined {
  const { words, status, shows } = signal;
  const possible = status === undefined || seen.status === null || seen.type !== null || status.includes(seen.status);
  const caught = words !== undefined && possible ? words.exec(seen.message) : null;
  if (caught !== null || shows?.(seen) === true) return { caught };
  return undefined;
}

function verdictOf(signal: Signal, seen: Seen, caught: RegExpExecArray | null): RefusalVerdict {
  const { id, kind, reason, next = [], role = null, whom = [], retry, needs } = signal;
  const fromHeaders = seen.needs;
  const told = needs?.(seen, caught);
  return {
    signal: id,
    kind,
    reason: said(reason, seen, caught),
    next: said(next, seen, caught),
    needs:
      told === undefined
        ? fromHeaders
        : {
            permissions: fromHeaders.permissions.length > 0 ? fromHeaders.permissions : told.permissions,
            scopes: fromHeaders.scopes.length > 0 ? fromHeaders.scopes : told.scopes,
          },
    role: said(role, seen, caught),
    whom,
    retry: retry?.(seen) ?? (kind === "limit" || kind === "outage" ? LATER : NEVER),
    evidence: seen.html ? "an HTML page" : seen.message.replace(/\s+/g, " ").trim().slice(0, LONGEST_EVIDENCE),
  };
}
