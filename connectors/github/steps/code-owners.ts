import { codeOwners as convert } from "../convert/code-owners.ts";
import { CONTROL_QUERIES } from "../queries-controls.ts";
import { nodesOf, rawCodeOwners } from "../raw-controls.ts";
import { graphCalls, type GitHubStep } from "../step.ts";
import { eachNode } from "./each-node.ts";
import { withoutCredentials } from "./without-credentials.ts";

const REPOSITORIES_AT_ONCE = 50;

/** CODEOWNERS files of default branches, and what GitHub says is wrong with them. */
export const codeOwners: GitHubStep = {
  manifest: {
    id: "code-owners",
    title: "code owners",
    provides: ["code-owners"],
    permissions: ["contents: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: { "POST /graphql": nodesOf(rawCodeOwners) },
  mayBeEmpty: true,
  needsRepositories: true,
  // Nothing cheaper tells which repositories have one.
  read: async ({ graph, sweep }) =>
    withoutCredentials(
      await eachNode(
        sweep,
        () => true,
        (ids) => graph.nodes("codeOwners", CONTROL_QUERIES.codeOwners, ids, REPOSITORIES_AT_ONCE),
      ),
    ),
  convert,
  cost: ({ repositories }) => graphCalls(Math.ceil(repositories / REPOSITORIES_AT_ONCE)),
};
