import { connection } from "./connection-shape.ts";
import { teams as convert } from "../convert/teams.ts";
import { rawTeam } from "../raw.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** Teams with their direct members, repositories and parents. */
export const teams: GitHubStep = {
  manifest: {
    id: "teams",
    title: "teams",
    provides: ["team"],
    permissions: ["members: read"],
    dependsOn: ["organization", "members"],
  },
  shapes: { "POST /graphql": connection("teams", "nodes", rawTeam) },
  read: ({ graph }) => graph.teams(),
  convert,
  cost: ({ teams }) => graphCalls(Math.ceil(teams / 50), 2),
};
