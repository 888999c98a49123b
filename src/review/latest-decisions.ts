import type { Decision } from "../model/decision.ts";

/** The answer that stands about each item, by item id: the one that no other supersedes, of several the newest. */
export function latestDecisions(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  const superseded = new Set(decisions.map(({ supersedes }) => supersedes));
  const latest = new Map<string, Decision>();
  for (const decision of decisions) {
    const other = latest.get(decision.itemId);
    if (superseded.has(decision.id) || (other !== undefined && other.decidedAt > decision.decidedAt)) continue;
    latest.set(decision.itemId, decision);
  }
  return latest;
}
