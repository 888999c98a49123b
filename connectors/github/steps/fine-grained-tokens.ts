import { z } from "zod";
import { fineGrainedTokens as convert } from "../convert/fine-grained-tokens.ts";
import { rawToken } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

/** Fine-grained tokens that were granted access. */
export const fineGrainedTokens: GitHubStep = {
  manifest: {
    id: "fine-grained-tokens",
    title: "fine-grained tokens",
    provides: ["fine-grained-token"],
    permissions: ["organization_personal_access_tokens: read (GitHub App)"],
    dependsOn: ["organization", "members"],
  },
  shapes: { "GET /orgs/{org}/personal-access-tokens": z.array(rawToken) },
  usually: "only a GitHub App may list fine-grained tokens; ",
  read: ({ rest, organization: org }) => rest.list("GET /orgs/{org}/personal-access-tokens", { org }),
  convert,
  cost: ({ members }) => restCalls(Math.max(1, Math.ceil(members / 300))),
};
