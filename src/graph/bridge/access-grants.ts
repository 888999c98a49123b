import type { AccessGraph } from "../access-graph.ts";
import { repositoryAccess } from "../github/repository-access.ts";

/**
 * Grants by which somebody or something has its access to a repository: for people those of their strongest source, for keys,
 * tokens and apps their own.
 */
export function accessGrants(graph: AccessGraph, actorId: string, repositoryId: string): readonly string[] {
  const principal = graph.principal(actorId);
  if (principal?.kind === "user") {
    const person = repositoryAccess(graph)
      .accessTo(repositoryId)
      .people.find(({ principalId }) => principalId === actorId);
    return person?.sources[0]?.grants ?? [];
  }
  return graph
    .grantsOf(actorId)
    .filter(({ kind, entitlementId }) => {
      if (kind === "installation") return true;
      return graph.entitlement(entitlementId)?.resourceId === repositoryId;
    })
    .map(({ id }) => id);
}
