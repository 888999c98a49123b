import { hasWorkflows } from "../asked-repositories.ts";
import { workflows as convert } from "../convert/workflows.ts";
import { CONTROL_QUERIES } from "../queries-controls.ts";
import { nodesOf, rawWorkflows } from "../raw-controls.ts";
import { graphCalls, type GitHubStep } from "../step.ts";
import { eachNode } from "./each-node.ts";
import { withoutCredentials } from "./without-credentials.ts";

const REPOSITORIES_AT_ONCE = 20;

/** Texts of the workflow files on default branches, of repositories that have any. */
export const workflows: GitHubStep = {
  manifest: {
    id: "workflows",
    title: "workflows",
    provides: ["workflow"],
    permissions: ["contents: read"],
    dependsOn: ["organization", "repositories"],
  },
  shapes: { "POST /graphql": nodesOf(rawWorkflows) },
  mayBeEmpty: true,
  needsRepositories: true,
  read: async ({ graph, sweep }) =>
    withoutCredentials(
      await eachNode(sweep, hasWorkflows, (ids) =>
        graph.nodes("workflows", CONTROL_QUERIES.workflows, ids, REPOSITORIES_AT_ONCE),
      ),
    ),
  convert,
  // Two of five repositories.
  cost: ({ repositories }) => graphCalls(Math.ceil((repositories * 0.4) / REPOSITORIES_AT_ONCE)),
};
