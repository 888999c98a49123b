import type { Entitlement } from "../../../src/model/entitlement.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type { RecordedRequest } from "../raw.ts";
import type { RawNamedRepository } from "../raw-people.ts";
import { fact, mentionedRepository } from "./parts.ts";

/** A parameter as text: recordings hold numbers where a route takes one. */
export function parameterOf({ parameters }: Pick<RecordedRequest, "parameters">, name: string): string {
  const value = parameters[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** Requests of one route, in order. */
export const ofRoute = (requests: readonly RecordedRequest[], route: string): readonly RecordedRequest[] =>
  requests.filter((request) => request.route === route);

/** Model id of a repository that an answer names; its name has to do where nobody listed it and its node id is not told. */
export function repositoryIdOf(context: OrganizationContext, { node_id: nodeId, full_name: name }: RawNamedRepository) {
  return context.repositories.get(name)?.id ?? context.id(nodeId ?? name);
}

/** The repository written down where nobody listed it. */
export const mentionedIn = (context: OrganizationContext, repository: RawNamedRepository) =>
  context.repositories.has(repository.full_name)
    ? []
    : mentionedRepository(context, {
        id: repository.node_id ?? repository.full_name,
        nameWithOwner: repository.full_name,
      });

/** Use of something: what an app, a token or a repository is given by being selected. */
function useOf(context: OrganizationContext, id: string, targetId: string, what: string): Entitlement {
  return {
    id,
    system: "github",
    tenantId: context.tenantId,
    kind: "use",
    displayName: `use of ${what}`,
    targetId,
    resourceId: targetId,
    level: null,
  };
}

type Records = Pick<SnapshotRecords, "resources" | "entitlements" | "grants">;

/** The repositories that an app or a token (by its model id) was opened to, added to the records. */
export function addSelection(
  context: OrganizationContext,
  records: Writable<Records>,
  holderId: string,
  repositories: readonly RawNamedRepository[],
): void {
  for (const repository of repositories) {
    const repositoryId = repositoryIdOf(context, repository);
    const use = useOf(context, `${repositoryId}#selection`, repositoryId, repository.full_name);
    records.resources.push(...mentionedIn(context, repository));
    records.entitlements.push(use);
    records.grants.push(fact(context, "selection", holderId, use.id));
  }
}

/** The repositories that may use a secret, a variable or a group of runners, added to the records. */
export function addUsers(
  context: OrganizationContext,
  records: Writable<Records>,
  target: { readonly id: string; readonly displayName: string },
  repositories: readonly RawNamedRepository[],
): void {
  const use = useOf(context, `${target.id}#use`, target.id, target.displayName);
  records.entitlements.push(use);
  for (const repository of repositories) {
    records.resources.push(...mentionedIn(context, repository));
    records.grants.push(fact(context, "selection", repositoryIdOf(context, repository), use.id));
  }
}

/** Tables that are still being filled. */
export type Writable<T> = { readonly [K in keyof T]: T[K] extends readonly (infer R)[] ? R[] : T[K] };
