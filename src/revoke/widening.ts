import type { AccessGraph, Holding } from "../graph/access-graph.ts";
import type { RevocationTarget } from "../model/revocation.ts";
import { liftedDenials } from "../policy/aws/lifted-denials.ts";

/**
 * Why taking the target away could leave somebody with more than before, or undefined. What denies is attached like what allows:
 * a policy, or a group's policies, may hold back what another policy of the same principal gives.
 */
export function widening(
  target: RevocationTarget,
  graph: AccessGraph,
  going: ReadonlySet<string> = new Set(),
): string | undefined {
  if (target.system !== "aws" || target.subjectKind !== "grant" || target.principal === null) return undefined;
  const holder = target.principal.id;
  // Whatever a group loses, its members lose.
  const affected = [holder, ...graph.membersOf(holder)];
  for (const principalId of affected) {
    const held = graph
      .holdingsOf(principalId)
      .filter(({ entitlementId }) => graph.entitlement(entitlementId)?.kind === "policy");
    const goes = (holding: Holding): boolean => holding.grants.includes(target.subjectId);
    // What is held in another way as well stays.
    const kept = new Set(held.filter((holding) => !goes(holding)).map(policyOf(graph)));
    // Ways that go together with this one hold nothing back any more; whether they give nothing any more is not sure before it is done.
    const stays = new Set(
      held.filter((holding) => !goes(holding) && !holding.grants.some((id) => going.has(id))).map(policyOf(graph)),
    );
    for (const policyId of new Set(held.filter(goes).map(policyOf(graph)))) {
      if (stays.has(policyId)) continue;
      const why = lifts(policyId, new Set([...kept].filter((id) => id !== policyId)), graph);
      if (why !== undefined) return `${why}: change it by hand`;
    }
  }
  return undefined;
}

const policyOf =
  (graph: AccessGraph) =>
  ({ entitlementId }: Holding): string =>
    graph.entitlement(entitlementId)?.targetId ?? "";

function lifts(policyId: string, kept: ReadonlySet<string>, graph: AccessGraph): string | undefined {
  const name = (id: string): string => `\`${graph.policy(id)?.name ?? id}\``;
  const gone = graph.parsed(policyId);
  if (kept.size === 0) return undefined;
  if (!gone.known)
    return `what ${name(policyId)} denies could not be read, and without it other policies could allow more`;
  if (!gone.value.statements.some(({ effect }) => effect === "Deny")) return undefined;
  for (const other of kept) {
    const left = graph.parsed(other);
    if (!left.known || liftedDenials(gone.value, left.value).length > 0)
      return `${name(policyId)} denies something that ${name(other)} may allow, so that taking it away would give more access`;
  }
  return undefined;
}
