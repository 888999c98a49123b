/** What GitHub said when it refused, as far as it matters. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** What a refusal means for a reader, with the next step. */
export interface Verdict {
  /** `sign-in` stops the run: nothing will work. */
  readonly kind: "sign-in" | "denied" | "gone" | "temporary";
  readonly reason: string;
}

/**
 * Tells refusals apart by status, text and headers (GitHub REST API: "Troubleshooting", "Authorizing … for SAML single
 * sign-on"). A 404 may hide a private thing, so it is never read as "there is none".
 */
export function classifyRefusal({ status, message, headers }: Refusal): Verdict {
  const sso = header(headers, "x-github-sso");
  if (status === 401) return { kind: "sign-in", reason: "the token is wrong, expired or revoked" };
  if (sso?.startsWith("required") === true)
    return { kind: "denied", reason: `the token is not authorised for single sign-on${ssoUrl(sso)}` };
  if (/organization SAML enforcement/i.test(message))
    return { kind: "denied", reason: "the token is not authorised for single sign-on" };
  if (/IP allow list/i.test(message))
    return { kind: "denied", reason: "the organization's IP allow list refuses this address" };
  if (/secondary rate limit/i.test(message) || status === 429 || header(headers, "x-ratelimit-remaining") === "0") {
    return {
      kind: "temporary",
      reason: "GitHub's rate limit was reached and did not end in time: run again later, it goes on from there",
    };
  }
  const wanted = header(headers, "x-accepted-github-permissions");
  const needs = wanted === undefined || wanted === "" ? scopes(headers) : `; it needs \`${wanted}\``;
  if (/Resource not accessible by (integration|personal access token)/i.test(message))
    return { kind: "denied", reason: `the token lacks a permission${needs}` };
  if (/(Upgrade to|not available for|only available)/i.test(message))
    return { kind: "denied", reason: "the organization's plan does not include it" };
  if (status === 403) return { kind: "denied", reason: `GitHub refused: ${firstSentence(message)}${needs}` };
  if (status === 404)
    return { kind: "gone", reason: `GitHub answers "not found", which also hides what the token may not see${needs}` };
  if (status === 422) return { kind: "denied", reason: `GitHub does not offer it here: ${firstSentence(message)}` };
  return { kind: "temporary", reason: `GitHub answered ${status}: ${firstSentence(message)}` };
}

/** Organizations that GitHub left out of a list because the token is not authorised there, or undefined. */
export function filteredBySso(headers: Readonly<Record<string, string | number | undefined>>): string | undefined {
  const sso = header(headers, "x-github-sso");
  return sso?.startsWith("partial-results") === true
    ? "GitHub left things out because the token is not authorised for single sign-on everywhere"
    : undefined;
}

function header(headers: Refusal["headers"], name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : String(value);
}

/** Classic tokens: what would have been enough, less what the token has. */
function scopes(headers: Refusal["headers"]): string {
  const accepted = header(headers, "x-accepted-oauth-scopes");
  if (accepted === undefined || accepted === "") return "";
  return `; one of the scopes \`${accepted}\` is needed`;
}

const ssoUrl = (sso: string): string => {
  const url = /url=(\S+)/.exec(sso)?.[1];
  return url === undefined ? "" : `: authorise it at ${url}`;
};

const firstSentence = (text: string): string =>
  /^\s*</.test(text) ? "an HTML page" : (text.split(/(?<=\.)\s/)[0] ?? text).slice(0, 160);
