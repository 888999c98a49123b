import type { AccessGraph } from "../graph/access-graph.ts";
import type { Suggestion } from "../model/finding.ts";

/**
 * What to suggest about access that these grants make up: where the identity provider fills the team or assigns the seat, nothing
 * changed here would last, so its owner is asked.
 */
export function suggestionFor(grantIds: readonly string[], graph: AccessGraph, otherwise: Suggestion): Suggestion {
  return grantIds.some((id) => graph.grant(id)?.governedElsewhere === true) ? "ask-owner" : otherwise;
}
