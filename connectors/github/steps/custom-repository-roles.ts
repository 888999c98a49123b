import { customRepositoryRoles as convert } from "../convert/custom-repository-roles.ts";
import { rawCustomRoles } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";

const ROUTE = "GET /orgs/{org}/custom-repository-roles";

/** Roles on repositories that the organization made itself. */
export const customRepositoryRoles: GitHubStep = {
  manifest: {
    id: "custom-repository-roles",
    title: "custom repository roles",
    provides: ["custom-repository-role"],
    permissions: ["organization_custom_roles: read"],
    dependsOn: ["organization"],
  },
  shapes: { [ROUTE]: rawCustomRoles },
  usually: "custom repository roles are part of GitHub Enterprise Cloud; ",
  read: ({ rest, organization: org }) => rest.one(ROUTE, { org }),
  convert,
  cost: () => restCalls(1),
};
