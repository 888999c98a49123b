import { hasBranchRules } from "../asked-repositories.ts";
import { branchProtections as convert } from "../convert/branch-protections.ts";
import { CONTROL_QUERIES } from "../queries-controls.ts";
import { nodesOf, rawBranchProtections } from "../raw-controls.ts";
import type { GitHubStep } from "../step.ts";
import { eachNode } from "./each-node.ts";

/** Twenty repositories with forty rules and three lists of actors each: below GitHub's limit of nodes, 24 points. */
const REPOSITORIES_AT_ONCE = 20;
const POINTS = 24;

/** Classic branch protection, of repositories that have any: GraphQL also knows patterns, which REST cannot list. */
export const branchProtections: GitHubStep = {
  manifest: {
    id: "branch-protections",
    title: "branch protection",
    provides: ["branch-protection"],
    permissions: ["administration: read"],
    dependsOn: ["organization", "members", "teams", "repositories", "installations"],
  },
  shapes: { "POST /graphql": nodesOf(rawBranchProtections) },
  mayBeEmpty: true,
  needsRepositories: true,
  read: ({ graph, sweep }) =>
    eachNode(sweep, hasBranchRules, (ids) =>
      graph.nodes("branchProtections", CONTROL_QUERIES.branchProtections, ids, REPOSITORIES_AT_ONCE),
    ),
  convert,
  // Three of ten repositories, as in the plan this was built from.
  cost({ repositories }) {
    const graphql = Math.ceil((repositories * 0.3) / REPOSITORIES_AT_ONCE);
    return { rest: 0, graphql, points: graphql * POINTS };
  },
};
