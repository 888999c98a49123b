import type { Resource } from "../../../src/model/resource.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { SweptRepository } from "../client.ts";
import type { OrganizationContext } from "../organization-context.ts";
import { repositoryOf, type RecordedRequest } from "../raw.ts";
import type { RawNamed, RawRepositoryList } from "../raw-people.ts";
import { repositoryHolder } from "./control.ts";
import { mentionedRepository } from "./parts.ts";
import { addUsers, ofRoute, parameterOf, type Writable } from "./place.ts";

/** Where secrets or variables are listed; of the organization's by store, with the route of the repositories that may use one. */
export interface NamedRoutes {
  readonly kind: "secret" | "variable";
  readonly member: string;
  readonly organization: readonly (readonly [store: string, list: string, repositories: string])[];
  readonly nameParameter: string;
  readonly repository: string;
  readonly environment: string;
  /** Whether a repository and its environments are asked as well, a call each. */
  readonly asks: (repository: SweptRepository) => boolean;
}

/** What was read: `owner/name` of the repositories that answered, and what of the organization did not tell who may use it. */
interface NamedRead {
  readonly answered: ReadonlySet<string>;
  readonly unselected: readonly string[];
}

/** Secrets or variables of the organization, of repositories and of environments, added to the records. */
export function addNamed(
  context: OrganizationContext,
  records: Writable<Pick<SnapshotRecords, "resources" | "entitlements" | "grants">>,
  routes: NamedRoutes,
  requests: readonly RecordedRequest[],
): NamedRead {
  const unselected: string[] = [];
  const listed = (request: RecordedRequest): readonly RawNamed[] =>
    (request.answer as Readonly<Record<string, readonly RawNamed[]>>)[routes.member] ?? [];
  for (const [store, list, repositories] of routes.organization) {
    const chosen = new Map(
      ofRoute(requests, repositories).map((one) => [
        parameterOf(one, routes.nameParameter),
        (one.answer as RawRepositoryList).repositories,
      ]),
    );
    for (const raw of ofRoute(requests, list).flatMap(listed)) {
      const id = `${context.tenantId}/${routes.kind}/${store}/${raw.name}`;
      const own = resource(context, routes.kind, id, context.login, raw, { store, scope: "organization" });
      records.resources.push(own);
      const users = chosen.get(raw.name);
      if (users !== undefined) addUsers(context, records, own, users);
      else if (raw.visibility === "selected") unselected.push(raw.name);
    }
  }
  const answered = new Set<string>();
  for (const request of ofRoute(requests, routes.repository)) {
    const name = repositoryOf(request);
    answered.add(name);
    const place = placeIn(context, records, name);
    for (const raw of listed(request))
      records.resources.push(
        resource(context, routes.kind, `${place.id}/${routes.kind}/actions/${raw.name}`, name, raw, {
          store: "actions",
          scope: "repository",
        }),
      );
  }
  for (const request of ofRoute(requests, routes.environment)) {
    const name = repositoryOf(request);
    const environment = parameterOf(request, "environment_name");
    const place = placeIn(context, records, name);
    for (const raw of listed(request)) {
      const id = `${place.id}/environment/${environment}/${routes.kind}/${raw.name}`;
      const at = { store: "environment", scope: "environment", environment };
      records.resources.push(resource(context, routes.kind, id, `${name} ${environment}`, raw, at));
    }
  }
  return { answered, unselected };
}

/** The repository, written down where nobody listed it. */
function placeIn(
  context: OrganizationContext,
  records: Writable<Pick<SnapshotRecords, "resources">>,
  name: string,
): { readonly id: string } {
  if (!context.repositories.has(name))
    records.resources.push(...mentionedRepository(context, { id: name, nameWithOwner: name }));
  return repositoryHolder(context, name);
}

function resource(
  context: OrganizationContext,
  kind: NamedRoutes["kind"],
  id: string,
  place: string,
  raw: RawNamed,
  attributes: Resource["attributes"],
): Resource {
  return {
    id,
    system: "github",
    tenantId: context.tenantId,
    kind,
    nativeId: raw.name,
    locator: `${place} ${kind} ${raw.name}`,
    displayName: `${raw.name} of ${place}`,
    attributes: {
      ...attributes,
      visibility: raw.visibility ?? null,
      createdAt: raw.created_at,
      updatedAt: raw.updated_at,
    },
  };
}
