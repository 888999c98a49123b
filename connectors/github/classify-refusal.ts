/** What GitHub said when it refused, as far as it matters. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Headers;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What a refusal means for a reader, with the next step. */
export interface Verdict {
  /**
   * `sign-in` stops the run: nothing will work. `gone` is "not found", which may also hide the thing. `scopes` names fields
   * that a question must do without. `governed` says that the identity provider decides.
   */
  readonly kind: "sign-in" | "denied" | "scopes" | "governed" | "gone" | "temporary";
  readonly reason: string;
}

/** GitHub's words and what they mean, the first that fits (GitHub's REST documentation, and what its API answers). */
const WORDS: readonly (readonly [words: RegExp, kind: Verdict["kind"], reason: string])[] = [
  [/SAML enforcement/i, "denied", "the token is not authorised for single sign-on"],
  [/IP allow list/i, "denied", "the organization's IP allow list refuses this address: let it in there"],
  [
    /OAuth App access restrictions/i,
    "denied",
    "the organization restricts OAuth apps: an owner has to approve this one",
  ],
  [
    /forbids access via a (personal access token \(classic\)|fine-grained personal access token)/i,
    "denied",
    "the organization does not let this kind of token in: use another kind",
  ],
  [
    /fine-grained personal access tokens if the token's lifetime/i,
    "denied",
    "the organization does not let tokens in that live so long: make one that expires sooner",
  ],
  [/installation has been suspended/i, "denied", "the app is suspended in the organization: unsuspend it"],
  [
    /(team synchronization|externally managed|external group|identity provider|managed by (an? )?(IdP|enterprise))/i,
    "governed",
    "the identity provider decides about it: change it there",
  ],
  [/required scopes to execute/i, "scopes", "the token lacks a scope"],
  [
    /(Upgrade to GitHub|not available for|only available (to|for|on|in))/i,
    "denied",
    "the organization's plan does not include it",
  ],
  [/archived so is read-only/i, "denied", "the repository is archived: nothing in it can be changed"],
  [/Must have admin rights/i, "denied", "the token's owner has to administer the repository"],
  [
    /(must be an? (organization|org) (owner|admin)|must be an owner)/i,
    "denied",
    "the token's owner has to be an owner of the organization",
  ],
];

/**
 * Tells refusals apart by status, text and headers (GitHub REST API: "Troubleshooting", "Authorizing … for SAML single
 * sign-on"). A 404 may hide a private thing, so it is never read as "there is none".
 */
export function classifyRefusal({ status, message, headers }: Refusal): Verdict {
  const sso = header(headers, "x-github-sso");
  if (status === 401) return { kind: "sign-in", reason: "the token is wrong, expired or revoked" };
  if (sso?.startsWith("required") === true)
    return { kind: "denied", reason: `the token is not authorised for single sign-on${ssoUrl(sso)}` };
  const [, kind, reason] = WORDS.find(([words]) => words.test(message)) ?? [];
  if (kind !== undefined && reason !== undefined) return { kind, reason: `${reason}${needs(headers)}` };
  if (/secondary rate limit/i.test(message) || status === 429 || header(headers, "x-ratelimit-remaining") === "0")
    return {
      kind: "temporary",
      reason: "GitHub's rate limit was reached and did not end in time: run again later, it goes on from there",
    };
  if (/Resource not accessible by (integration|personal access token)/i.test(message))
    return { kind: "denied", reason: `the token lacks a permission${needs(headers)}` };
  if (status === 403) return { kind: "denied", reason: `GitHub refused: ${firstSentence(message)}${needs(headers)}` };
  if (status === 404)
    return {
      kind: "gone",
      reason: `GitHub answers "not found", which also hides what the token may not see${needs(headers)}`,
    };
  if (status === 422) return { kind: "denied", reason: `GitHub does not offer it here: ${firstSentence(message)}` };
  if (status === 451) return { kind: "denied", reason: "GitHub closed it for legal reasons" };
  return { kind: "temporary", reason: `GitHub answered ${status}: ${firstSentence(message)}` };
}

/** An error inside a GraphQL answer. */
export interface GraphError {
  readonly type?: string;
  readonly message: string;
  readonly extensions?: { readonly saml_failure?: boolean };
}

/** The same for the errors of a GraphQL answer, which comes with status 200. */
export function classifyGraphErrors(errors: readonly GraphError[], headers: Headers): Verdict {
  const [first = { message: "no reason given" }] = errors;
  const saml = errors.find((one) => one.extensions?.saml_failure === true);
  if (saml !== undefined) return classifyRefusal({ status: 403, message: "SAML enforcement", headers });
  if (errors.some(({ type }) => type === "RATE_LIMITED")) return classifyRefusal({ status: 429, message: "", headers });
  const scopes = errors.find(({ type, message }) => type === "INSUFFICIENT_SCOPES" || /required scopes/.test(message));
  if (scopes !== undefined) {
    const field = /The '([^']+)' field/.exec(scopes.message)?.[1];
    return {
      kind: "scopes",
      reason: `the token lacks the scope for ${field === undefined ? "a field" : `\`${field}\``}`,
    };
  }
  return classifyRefusal({ status: first.type === "NOT_FOUND" ? 404 : 403, message: first.message, headers });
}

/** Why a list may lack things although it was answered, or undefined: the token is not authorised everywhere. */
export function filteredBySso(headers: Headers): string | undefined {
  return header(headers, "x-github-sso")?.startsWith("partial-results") === true
    ? "GitHub left things out because the token is not authorised for single sign-on everywhere"
    : undefined;
}

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : String(value);
}

/** What would have been enough: permissions of an app or fine-grained token, scopes of a classic one that lacks them all. */
function needs(headers: Headers): string {
  const permissions = header(headers, "x-accepted-github-permissions") ?? "";
  if (permissions !== "") return `; it needs \`${permissions}\``;
  const split = (name: string): string[] =>
    (header(headers, name) ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
  const accepted = split("x-accepted-oauth-scopes");
  const own = split("x-oauth-scopes");
  if (accepted.length === 0 || accepted.some((scope) => own.includes(scope))) return "";
  return `; one of the scopes \`${accepted.join(", ")}\` is needed`;
}

const ssoUrl = (sso: string): string => {
  const url = /url=([^;\s]+)/.exec(sso)?.[1];
  return url === undefined ? "" : `: authorise it at ${url}`;
};

const firstSentence = (text: string): string =>
  /^\s*</.test(text) ? "an HTML page" : (text.split(/(?<=\.)\s/)[0] ?? text).slice(0, 160).replace(/\.$/, "");
