import { canonicalJson } from "./canonical-json.ts";
import { shortDigest } from "./digest.ts";

/** Id of a grant: the same holding has the same id in every snapshot. `via` in the order it is held through. */
export function grantId(kind: string, principalId: string, entitlementId: string, via: readonly string[] = []): string {
  return shortDigest(canonicalJson([kind, principalId, entitlementId, via]));
}

/** Id of a finding: no counts, no dates, so that next month's run knows it. */
export function findingId(rule: string, subjectId: string, grant: string | null = null): string {
  return shortDigest(canonicalJson([rule, subjectId, grant]));
}

/** Id of any other record that has no native one, over the parts that make it what it is. */
export function derivedId(prefix: string, parts: readonly (string | number | null)[]): string {
  return `${prefix}:${shortDigest(canonicalJson([prefix, ...parts]))}`;
}
