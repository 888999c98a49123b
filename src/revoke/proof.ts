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

/**
 * The same, foreseen from a graph read before the change: ids of the holdings that do not rest on what is taken away, nor on
 * what this run took away already (`taken`, ids of grants). What somebody was granted since then is not in it.
 */
export function otherRoutes(
  before: AccessGraph,
  target: RevocationTarget,
  taken: ReadonlySet<string> = new Set(),
): readonly string[] {
  const rests = (grants: readonly string[]): boolean => grants.some((id) => id === target.subjectId || taken.has(id));
  const left = new Set(
    target.principal === null
      ? []
      : before
          .holdingsOf(target.principal.id)
          .filter(({ grants }) => !rests(grants))
          .map(({ id }) => id),
  );
  return remainingGrants(before, target).filter((id) => left.has(id));
}
