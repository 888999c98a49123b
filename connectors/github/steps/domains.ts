import { domains as convert } from "../convert/domains.ts";
import { CONTROL_QUERIES } from "../queries-controls.ts";
import { rawDomains } from "../raw-controls.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** Domains that the organization verified or approved. */
export const domains: GitHubStep = {
  manifest: {
    id: "domains",
    title: "verified domains",
    provides: ["verified-domain"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization"],
  },
  shapes: { "POST /graphql": rawDomains },
  usually: "GitHub shows the domains of an organization to its owners only; ",
  read: ({ graph }) => graph.list("domains", CONTROL_QUERIES.domains, "domains"),
  convert,
  cost: () => graphCalls(1),
};
