/** Reads refusals by AWS of tokens that jobs brought (OpenID Connect) out of what the job printed. */

/** Why AWS did not take a token. */
export type TokenSignal =
  | "trust"
  | "no-provider"
  | "audience"
  | "provider-keys"
  | "provider-certificate"
  | "session-duration"
  | "role-name";

/** One token that AWS did not take, and the line that says so, counted from 1. */
export interface TokenRefusal {
  readonly line: number;
  readonly signal: TokenSignal;
  /** AWS's own words, shortened. */
  readonly evidence: string;
  /** ARN or name of the role that was asked for; null where the text names none. */
  readonly role: string | null;
  /** The issuer AWS names: `https://token.actions.githubusercontent.com`. */
  readonly issuer: string | null;
  /** Whether the text shows that the token is GitHub's: others bring tokens as well. */
  readonly isGitHub: boolean;
}

/**
 * What STS answers to `AssumeRoleWithWebIdentity` ("AssumeRoleWithWebIdentity", errors, AWS STS API Reference), and what the
 * action `aws-actions/configure-aws-credentials` says before it asks. A principal in the sentence means another call.
 */
const SIGNALS: readonly (readonly [signal: TokenSignal, words: RegExp])[] = [
  ["trust", /(?<!\bis )\bNot authori[sz]ed to perform:? sts:AssumeRoleWithWebIdentity\b/i],
  ["no-provider", /\bNo OpenIDConnect provider found in (?:your )?account(?: for (?<issuer>https:\/\/[^\s"'<>]+))?/i],
  ["audience", /\bIncorrect token audience\b/i],
  ["provider-keys", /\bCouldn't retrieve verification key from your identity provider\b/i],
  ["provider-certificate", /\bOpenIDConnect provider's HTTPS certificate doesn't match\b/i],
  ["session-duration", /\brequested DurationSeconds exceeds the MaxSessionDuration\b/i],
  ["role-name", /\bSource Account ID is needed if the Role Name is provided\b/i],
];

const GITHUB =
  /\bassume role with OIDC\b|githubusercontent|\bgithub\b|##\[error\]|::error|\brole-to-assume\b|\bACTIONS_|\baws-actions\/|\bRole Name is provided\b/i;
const ROLES: readonly RegExp[] = [
  /(arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+)/,
  /\brole-to-assume['"]?\s*[:=]\s*['"]?([\w+=,.@/-]+)/i,
];
const LONGEST_EVIDENCE = 200;

/** Every token that AWS did not take according to a text; one that was tried again and again once. */
export function tokenRefusalsIn(text: string): readonly TokenRefusal[] {
  const isGitHub = GITHUB.test(text);
  const found: TokenRefusal[] = [];
  // A job's log shows what is asked for above what came of it.
  let role = null as string | null;
  const lines = text.split("\n");
  lines.forEach((line, i) => {
    role = roleIn(line) ?? role;
    for (const [signal, words] of SIGNALS) {
      const caught = words.exec(line);
      if (caught === null) continue;
      const issuer = caught.groups?.["issuer"]?.replace(/[.,;:]+$/, "") ?? null;
      const one = { signal, role: role ?? roleIn(lines.slice(i).join("\n")), issuer };
      if (!found.some((before) => before.signal === signal && before.role === one.role))
        found.push({ line: i + 1, ...one, evidence: evidenceIn(line, caught.index), isGitHub });
      return;
    }
  });
  return found;
}

function roleIn(text: string): string | null {
  const named = ROLES.map((form) => form.exec(text)?.[1]).find((one) => one !== undefined);
  return named?.replace(/[.,]+$/, "") ?? null;
}

function evidenceIn(line: string, at: number): string {
  return line.slice(at, at + LONGEST_EVIDENCE).trim();
}
