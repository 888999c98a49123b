const HIDDEN = "[hidden]";

/**
 * What in a pasted text may be a secret (GitHub: "Behind GitHub's new authentication token formats"; RFC 6750, RFC 7617). The
 * forms from before 2021 are 40 hexadecimal digits and look like commits: those count only where a header or an address says so.
 */
const SECRETS: readonly (readonly [form: RegExp, instead: string])[] = [
  [/\b(?:gh[pousr]_|github_pat_|ghs_|v1\.[0-9a-f]{40})[\w.-]*/gi, HIDDEN],
  // Headers in every spelling: curl's, an object's, a line of `git -c http.extraheader`.
  [/(\b(?:proxy-)?authorization\b['"]?\s*[:=]\s*['"]?)(?:(?:basic|bearer|token)\s+)?[^\s'",}]+/gi, `$1${HIDDEN}`],
  [/(\b(?:set-)?cookie\b['"]?\s*:\s*)[^\n]*/gi, `$1${HIDDEN}`],
  [/\b(bearer|token|basic)\s+[\w+/=.-]{20,}/gi, `$1 ${HIDDEN}`],
  // Credentials in an address.
  [/(\bhttps?:\/\/)[^\s/@'"]+@/gi, `$1`],
  // JSON web tokens, an app's or Actions'.
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  [/([?&](?:access_token|client_secret|token)=)[^\s&'"]+/gi, `$1${HIDDEN}`],
  [
    /(['"]?\b(?:access_token|client_secret|password|GH_TOKEN|GITHUB_TOKEN)\b['"]?\s*[:=]\s*['"]?)[^\s'",}]+/g,
    `$1${HIDDEN}`,
  ],
];

/** A pasted text without what may be a secret in it: nothing that is read from it can then be echoed or kept. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [form, instead]) => rest.replace(form, instead), text);
}
