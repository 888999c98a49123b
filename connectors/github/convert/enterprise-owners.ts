import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawAssignedUser, RawEnterpriseOwner } from "../raw-people.ts";
import { connectionRows } from "./connection.ts";
import type { Convert } from "./converted.ts";
import { principal } from "./parts.ts";
import { ofRoute, parameterOf } from "./place.ts";
import { tenantWith } from "./tenant-with.ts";

/** Routes of the step beside GraphQL. */
export const ENTERPRISE_ROLE_ROUTES = {
  list: "GET /enterprises/{enterprise}/enterprise-roles",
  users: "GET /enterprises/{enterprise}/enterprise-roles/{role_id}/users",
} as const;

interface Roles {
  readonly roles?: readonly { readonly id: number; readonly name: string }[];
}
interface Enterprise {
  readonly enterprise?: { readonly slug: string; readonly databaseId: number | null } | null;
}

/**
 * Owners of the enterprise, who may make themselves owners of each of its organizations, and other roles people hold there, as facts
 * about the people.
 */
export const enterpriseOwners: Convert = (requests, context) => {
  const records = emptyRecords();
  const graph = ofRoute(requests, "POST /graphql");
  const { rows, gap } = connectionRows<RawEnterpriseOwner>(graph, "enterpriseOwners");
  const listed = graph.some(
    ({ answer }) =>
      (answer as { organization?: Record<string, unknown> }).organization?.["enterpriseOwners"] instanceof Object,
  );
  const facts = new Map<
    string,
    { readonly login: string; readonly databaseId: number | null; owner: boolean; roles: string[] }
  >();
  const about = (id: string, login: string, databaseId: number | null) => {
    const known = facts.get(id) ?? { login, databaseId, owner: false, roles: [] };
    facts.set(id, known);
    return known;
  };
  for (const { id, login, databaseId } of rows) about(id, login, databaseId ?? null).owner = true;
  const names = new Map(
    ofRoute(requests, ENTERPRISE_ROLE_ROUTES.list).flatMap(({ answer }) =>
      ((answer as Roles).roles ?? []).map(({ id, name }) => [String(id), name] as const),
    ),
  );
  for (const request of ofRoute(requests, ENTERPRISE_ROLE_ROUTES.users))
    for (const user of request.answer as readonly RawAssignedUser[])
      about(user.node_id, user.login, user.id).roles.push(names.get(parameterOf(request, "role_id")) ?? "?");
  for (const [nativeId, { login, databaseId, owner, roles }] of facts) {
    const id = context.id(nativeId);
    const known = context.principals.get(login.toLowerCase());
    const person =
      known?.id === id
        ? known
        : principal(context, {
            kind: "user",
            nativeType: "enterprise-member",
            nativeId,
            locator: login,
            displayName: login,
            attributes: { databaseId },
          });
    records.principals.push({
      ...person,
      attributes: {
        ...person.attributes,
        // Without the list of owners nobody is told to be none.
        ...(owner ? { enterpriseOwner: true } : {}),
        ...(roles.length === 0 ? {} : { enterpriseRoles: [...new Set(roles)].sort().join(", ") }),
      },
    });
  }
  const enterprise = graph.flatMap(({ answer }) => (answer as Enterprise).enterprise ?? [])[0];
  if (enterprise !== undefined)
    records.tenants.push(tenantWith(context, { enterpriseSlug: enterprise.slug, enterpriseId: enterprise.databaseId }));
  const items = records.principals.length;
  const unread = "GitHub does not show who owns the enterprise to this token";
  return {
    records,
    kinds: {
      "enterprise-role": listed ? { items, gap } : items > 0 ? { items, gap: unread } : { items, denied: unread },
    },
  };
};
