import { z } from "zod";
import { tokenRepositories as convert } from "../convert/token-repositories.ts";
import { rawNamedRepository } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { eachOne } from "./each-one.ts";

const ROUTE = "GET /orgs/{org}/personal-access-tokens/{pat_id}/repositories";

/** Which repositories those fine-grained tokens reach that were given some only. */
export const tokenRepositories: GitHubStep = {
  manifest: {
    id: "token-repositories",
    title: "repositories of fine-grained tokens",
    provides: ["token-repository"],
    permissions: ["organization_personal_access_tokens: read (GitHub App)"],
    dependsOn: ["organization", "repositories", "fine-grained-tokens"],
  },
  shapes: { [ROUTE]: z.array(rawNamedRepository) },
  mayBeEmpty: true,
  usually: "only a GitHub App may list repositories of fine-grained tokens; ",
  read: ({ rest, organization: org, sweep }) =>
    eachOne(sweep.selective?.tokens ?? [], (token) => ({
      about: `token ${token}`,
      ask: () => rest.list(ROUTE, { org, pat_id: String(token) }),
    })),
  convert,
  // As many tokens as one in four people, two in three of which reach some repositories only.
  cost: ({ members }) => restCalls(Math.ceil(members / 6)),
};
