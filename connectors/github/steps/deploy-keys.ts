import { z } from "zod";
import { deployKeys as convert } from "../convert/deploy-keys.ts";
import { rawDeployKey } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { eachRepository } from "./each-repository.ts";

const ROUTE = "GET /repos/{owner}/{repo}/keys";

/** Deploy keys, asked only where the sweep counted some: REST alone tells when one was last used. */
export const deployKeys: GitHubStep = {
  manifest: {
    id: "deploy-keys",
    title: "deploy keys",
    provides: ["deploy-key"],
    permissions: ["administration: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: { [ROUTE]: z.array(rawDeployKey) },
  mayBeEmpty: true,
  needsRepositories: true,
  read: ({ rest, organization, sweep }) =>
    eachRepository(sweep.repositoriesWithKeys, organization, sweep.gap, (parameters) => rest.list(ROUTE, parameters)),
  convert,
  // Seen in practice: a fifth of the repositories have deploy keys.
  cost: ({ repositories }) => restCalls(Math.ceil(repositories / 5)),
};
