import { z } from "zod";
import { NO_LIST } from "../convert/not-listed.ts";
import { installations as convert } from "../convert/installations.ts";
import { rawInstallation } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

/** Apps with what they may do. */
export const installations: GitHubStep = {
  manifest: {
    id: "installations",
    title: "apps",
    provides: ["app-installation"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization"],
  },
  shapes: { "GET /orgs/{org}/installations": z.object({ installations: z.array(rawInstallation) }) },
  notAsked: { "oauth-app": NO_LIST, "oauth-grant": NO_LIST },
  read: ({ rest, organization: org }) =>
    rest.list("GET /orgs/{org}/installations", { org }, { member: "installations" }),
  convert,
  cost: () => restCalls(2),
};
