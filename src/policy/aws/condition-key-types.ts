import { wildcardMatches } from "./wildcard.ts";

/**
 * Claims of a token that AWS compares whoever issued it; the table lists them for a few providers only.
 * Source: "IAM and AWS STS condition context keys", available keys for OIDC federation. `amr` is a list there, whatever the
 * Service Authorization Reference says of it.
 */
const CLAIMS: ReadonlyMap<string, string> = new Map([
  ["amr", "ArrayOfString"],
  ["aud", "String"],
  ["azp", "String"],
  ["email", "String"],
  ["oaud", "String"],
  ["sub", "String"],
]);

/** The type of a condition key in any case, undefined when AWS documents no such key. */
export type ConditionKeyTypes = (key: string) => string | undefined;

/**
 * Looks up types of condition keys. A key with a placeholder (`aws:PrincipalTag/${TagKey}`) stands for every key that fills it,
 * and for itself.
 */
export function conditionKeyTypes(keysByType: Readonly<Record<string, string>>): ConditionKeyTypes {
  const exact = new Map<string, string>();
  const patterns: { readonly start: string; readonly pattern: string; readonly type: string }[] = [];
  for (const [type, keys] of Object.entries(keysByType)) {
    for (const key of keys.toLowerCase().split(" ")) {
      exact.set(key, type);
      const open = key.indexOf("${");
      // A placeholder is filled with at least one character.
      if (open >= 0) patterns.push({ start: key.slice(0, open), pattern: key.replaceAll(/\$\{[^}]*\}/g, "?*"), type });
    }
  }
  return (key) => {
    const lower = key.toLowerCase();
    return (
      claimType(lower) ??
      exact.get(lower) ??
      patterns.find(({ start, pattern }) => lower.startsWith(start) && wildcardMatches(pattern, lower))?.type
    );
  };
}

/** A key of an identity provider begins with its host, which has a dot where a service has none. */
function claimType(key: string): string | undefined {
  const [, provider = "", claim = ""] = /^(.*):([^:]*)$/s.exec(key) ?? [];
  return provider.includes(".") ? CLAIMS.get(claim) : undefined;
}
