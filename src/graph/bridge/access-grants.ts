import type { AccessGraph } from "../access-graph.ts";
import { repositoryAccess } from "../github/repository-access.ts";

const remembered = new WeakMap<AccessGraph, Map<string, ReadonlyMap<string, readonly string[]>>>();

/**
 * Grants by which somebody or something has its access to a repository: for people those of their strongest source, for keys,
 * tokens and apps their own, for what single sign-on let in those of its owner.
 */
export function accessGrants(graph: AccessGraph, actorId: string, repositoryId: string): readonly string[] {
  const credential = graph.credential(actorId);
  // What single sign-on let in has what its owner has, by the owner's grants.
  if (credential?.kind === "single-sign-on-authorization")
    return credential.holderId === null ? [] : accessGrants(graph, credential.holderId, repositoryId);
  if (graph.principal(actorId)?.kind === "user") return ofPeople(graph, repositoryId).get(actorId) ?? [];
  return graph
    .grantsOf(actorId)
    .filter(
      ({ kind, entitlementId }) =>
        kind === "installation" || graph.entitlement(entitlementId)?.resourceId === repositoryId,
    )
    .map(({ id }) => id);
}

/** The same repository is asked about person by person. */
function ofPeople(graph: AccessGraph, repositoryId: string): ReadonlyMap<string, readonly string[]> {
  let repositories = remembered.get(graph);
  if (repositories === undefined) remembered.set(graph, (repositories = new Map()));
  let people = repositories.get(repositoryId);
  if (people === undefined) {
    const { people: all } = repositoryAccess(graph).accessTo(repositoryId);
    people = new Map(all.map(({ principalId, sources: [strongest] }) => [principalId, strongest?.grants ?? []]));
    repositories.set(repositoryId, people);
  }
  return people;
}
