import type { GitHubState } from "../github-state.ts";
import type { Answer, RestRequest } from "../rest-routes.ts";
import { peopleOf } from "./people-state.ts";

const NOT_FOUND: Answer = { status: 404, body: { message: "Not Found", documentation_url: "", status: "404" } };
const rows = (list: readonly unknown[]): Answer => ({ status: 200, rows: list });

/** Teams, roles, licenses and apps of the enterprise. */
export function enterpriseRoute(state: GitHubState, { parts }: RestRequest): Answer | undefined {
  const { enterprise, installationRepositories } = peopleOf(state);
  const [, slug, what, first = "", list] = parts;
  if (enterprise === null || enterprise.slug !== slug) return NOT_FOUND;
  if (what === "teams") {
    if (first === "") return rows(enterprise.teams);
    return list === "memberships" ? rows(enterprise.memberships[first] ?? []) : undefined;
  }
  if (what === "enterprise-roles") {
    if (first === "")
      return {
        status: 200,
        body: { total_count: enterprise.roles.length, roles: enterprise.roles.map(({ users: _, ...shown }) => shown) },
      };
    return rows(enterprise.roles.find(({ id }) => String(id) === first)?.users ?? []);
  }
  if (what === "consumed-licenses")
    return {
      status: 200,
      rows: enterprise.licenses,
      wrap: (users) => ({ total_seats_consumed: enterprise.licenses.length, total_seats_purchased: 50, users }),
    };
  // /enterprises/{e}/apps/organizations/{org}/installations/{id}/repositories
  if (what !== "apps") return undefined;
  const own = installationRepositories.enterprise?.[Number(parts[6])];
  if (own === undefined) return NOT_FOUND;
  return rows(
    state.repositories
      .filter(({ nameWithOwner }) => own.includes(nameWithOwner))
      .map(({ databaseId, name, nameWithOwner }) => ({ id: databaseId, name, full_name: nameWithOwner })),
  );
}
