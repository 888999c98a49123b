import type { AccessGraph } from "../graph/access-graph.ts";
import type { RevocationTarget } from "../model/revocation.ts";

/**
 * Ids of the grants through which the principal still holds the same entitlement after a change: removing one of two
 * routes proves nothing. `after` is the graph of what was read after the change. Empty for credentials.
 */
export function remainingGrants(after: AccessGraph, target: RevocationTarget): readonly string[] {
  if (target.subjectKind === "credential" || target.principal === null || target.entitlement === null) return [];
  const wanted = target.entitlement.id;
  return after
    .holdingsOf(target.principal.id)
    .filter((holding) => holding.entitlementId === wanted)
    .map((holding) => holding.id)
    .sort();
}
