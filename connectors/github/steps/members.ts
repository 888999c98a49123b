import { connection } from "./connection-shape.ts";
import { members as convert } from "../convert/members.ts";
import { rawMemberEdge } from "../raw.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** Members with role, second factor and verified e-mail. */
export const members: GitHubStep = {
  manifest: {
    id: "members",
    title: "members and owners",
    provides: ["member", "second-factor"],
    permissions: ["members: read"],
    dependsOn: ["organization"],
  },
  shapes: { "POST /graphql": connection("membersWithRole", "edges", rawMemberEdge) },
  read: ({ graph }) => graph.members(),
  convert,
  cost: ({ members }) => graphCalls(Math.ceil(members / 100)),
};
