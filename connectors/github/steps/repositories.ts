import { connection } from "./connection-shape.ts";
import { repositories as convert } from "../convert/repositories.ts";
import { rawRepository } from "../raw.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** The sweep: every repository, with how much there is to ask of it. */
export const repositories: GitHubStep = {
  manifest: {
    id: "repositories",
    title: "repositories",
    provides: ["repository"],
    permissions: ["metadata: read"],
    dependsOn: ["organization"],
  },
  shapes: { "POST /graphql": connection("repositories", "nodes", rawRepository) },
  read: ({ graph }) => graph.repositories(),
  convert,
  cost: ({ repositories }) => graphCalls(Math.ceil(repositories / 50)),
};
