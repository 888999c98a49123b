/**
 * What looks like a credential by how its issuer writes it. Source: the prefixes that GitHub, AWS, Slack, Google, GitLab, npm, PyPI and
 * Stripe document for their tokens; PEM (RFC 7468); JSON Web Tokens (RFC 7519).
 */
const CREDENTIALS: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9]{16,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{16,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[a-z]-[A-Za-z0-9-]{8,}/g,
  /\bxapp-[A-Za-z0-9-]{8,}/g,
  /\bhooks\.slack\.com\/services\/[\w/]+/g,
  /\bglpat-[\w-]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-[\w-]{30,}/g,
  /\bsk_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
];

/** `name: value` and `name=value` whose name says that the value is secret; an expression (`${{ … }}`, `$NAME`) names one, it is none. */
const ASSIGNED =
  /((?:secret[\w-]*key|secret|password|passwd|token|api[_-]?key|private[_-]?key)["']?[ \t]*[:=][ \t]*["']?)(?![\s$"'{])[^\s"'$,)}\]]{16,}/gi;

const REDACTED = "REDACTED";

/** The text with what looks like a credential taken out: people write them into files, and a recording is passed on. */
export function redactText(text: string): string {
  return CREDENTIALS.reduce((rest, pattern) => rest.replace(pattern, REDACTED), text).replace(
    ASSIGNED,
    `$1${REDACTED}`,
  );
}
