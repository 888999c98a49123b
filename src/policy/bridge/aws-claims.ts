/** The OIDC provider of a tenant that a trust names. */
export interface TokenProvider {
  /** `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`. */
  readonly arn: string;
  /** Issuer, with or without `https://`: what condition keys begin with. */
  readonly url: string;
}

/**
 * Claims of GitHub's tokens that AWS makes condition keys. Every other claim is absent from the request: `StringEquals` on it never
 * holds, while `…IfExists`, negated operators and `ForAllValues` do. Source: "IAM and AWS STS condition context keys" and the
 * condition keys of AWS STS in the Service Authorization Reference.
 */
export const AWS_CLAIMS: readonly string[] = [
  "sub",
  "aud",
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "repository_owner_id",
  "workflow",
];

/** Start of the condition keys of a provider, lower case: `token.actions.githubusercontent.com:`. */
export function keyPrefix({ url }: Pick<TokenProvider, "url">): string {
  let prefix = prefixes.get(url);
  if (prefix === undefined)
    prefixes.set(url, (prefix = `${url.replace(/^https?:\/\//i, "").replace(/\/+$/, "")}:`.toLowerCase()));
  return prefix;
}

/** There are as many as providers, and each is asked for with every condition of every token. */
const prefixes = new Map<string, string>();

/** The claim a condition key of this provider asks about, lower case; undefined for other keys. */
export function claimOfKey(provider: Pick<TokenProvider, "url">, key: string): string | undefined {
  const prefix = keyPrefix(provider);
  const lower = key.toLowerCase();
  return lower.startsWith(prefix) ? lower.slice(prefix.length) : undefined;
}

/** The condition keys of a token as `GivenContext` takes them; an empty claim is none. */
export function tokenContext(
  provider: TokenProvider,
  claims: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[] | null> {
  const prefix = keyPrefix(provider);
  const keys = new Map<string, readonly string[] | null>([["aws:federatedprovider", [provider.arn]]]);
  for (const claim of AWS_CLAIMS) {
    const value = claims[claim];
    keys.set(prefix + claim, value === undefined || value === "" ? null : [value]);
  }
  return keys;
}
