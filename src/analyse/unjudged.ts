import type { AccessGraph } from "../graph/access-graph.ts";
import type { Undecided } from "./rule.ts";

/** One open question per policy that the principal holds, directly or through a group, and that nobody could read. */
export function unjudged(
  principalId: string,
  graph: AccessGraph,
  about: (policyId: string) => boolean = () => true,
): readonly Undecided[] {
  return graph
    .unjudged(principalId)
    .filter(({ policyId }) => about(policyId))
    .map(({ policyId, why }) => ({
      subjectId: principalId,
      reason: `policy \`${graph.policy(policyId)?.name ?? policyId}\`: ${why}`,
    }));
}
