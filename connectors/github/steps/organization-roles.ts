import { z } from "zod";
import { ORGANIZATION_ROLE_ROUTES as ROUTES, organizationRoles as convert } from "../convert/organization-roles.ts";
import { rawAssignedUser, rawOrganizationRoles, rawRestTeam, type RawOrganizationRole } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";

/** Roles of the organization, with the people and teams each was assigned to. */
export const organizationRoles: GitHubStep = {
  manifest: {
    id: "organization-roles",
    title: "organization roles",
    provides: ["organization-role"],
    permissions: ["organization_custom_org_roles: read"],
    dependsOn: ["organization", "members", "outside-collaborators", "teams"],
  },
  shapes: {
    [ROUTES.list]: rawOrganizationRoles,
    [ROUTES.users]: z.array(rawAssignedUser),
    [ROUTES.teams]: z.array(rawRestTeam),
  },
  usually: "organization roles are shown to owners only; ",
  async read({ rest, organization: org }) {
    const list = await rest.one(ROUTES.list, { org });
    const roles = list.requests.flatMap(
      ({ answer }) => (answer as { readonly roles?: readonly RawOrganizationRole[] }).roles ?? [],
    );
    return askAll([
      { about: "", ask: () => Promise.resolve(list) },
      ...roles.flatMap(({ id, name }) =>
        [ROUTES.users, ROUTES.teams].map((route) => ({
          about: `who holds \`${name}\``,
          ask: () => rest.list(route, { org, role_id: String(id) }),
        })),
      ),
    ]);
  },
  convert,
  // A dozen roles in an organization of that kind, each with its two lists.
  cost: () => restCalls(25),
};
