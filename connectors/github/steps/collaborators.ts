import { connection } from "./connection-shape.ts";
import { collaborators as convert } from "../convert/collaborators.ts";
import { rawCollaborators } from "../raw.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** Who holds something on a repository directly, and from where. */
export const collaborators: GitHubStep = {
  manifest: {
    id: "collaborators",
    title: "direct collaborators",
    provides: ["collaborator"],
    permissions: ["administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators", "repositories"],
  },
  shapes: { "POST /graphql": connection("repositories", "nodes", rawCollaborators) },
  read: ({ graph }) => graph.collaborators(),
  convert,
  cost: ({ repositories }) => graphCalls(Math.ceil(repositories / 50)),
};
