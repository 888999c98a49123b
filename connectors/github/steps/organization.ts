import { organization as convert } from "../convert/organization.ts";
import { rawOrganization } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

/** The organization itself, with its base permission. */
export const organization: GitHubStep = {
  manifest: {
    id: "organization",
    title: "organization",
    provides: ["organization"],
    permissions: ["metadata: read"],
    dependsOn: [],
  },
  shapes: { "GET /orgs/{org}": rawOrganization },
  read: ({ rest, organization: org }) => rest.one("GET /orgs/{org}", { org }),
  convert,
  cost: () => restCalls(1),
};
