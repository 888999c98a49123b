import { z } from "zod";
import { tokenRequests as convert } from "../convert/token-requests.ts";
import { rawTokenRequest } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";

const ROUTE = "GET /orgs/{org}/personal-access-token-requests";

/** Fine-grained tokens that wait to be granted access. */
export const tokenRequests: GitHubStep = {
  manifest: {
    id: "token-requests",
    title: "requests of fine-grained tokens",
    provides: ["token-request"],
    permissions: ["organization_personal_access_token_requests: read (GitHub App)"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: z.array(rawTokenRequest) },
  usually: "only a GitHub App may list requests of fine-grained tokens; ",
  read: ({ rest, organization: org }) => rest.list(ROUTE, { org }),
  convert,
  cost: () => restCalls(1),
};
