import { ipAllowList as convert } from "../convert/ip-allow-list.ts";
import { CONTROL_QUERIES } from "../queries-controls.ts";
import { rawIpAllowList } from "../raw-controls.ts";
import { graphCalls, type GitHubStep } from "../step.ts";

/** The IP allow list: shown to owners only. */
export const ipAllowList: GitHubStep = {
  manifest: {
    id: "ip-allow-list",
    title: "IP allow list",
    provides: ["ip-allow-list"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization"],
  },
  shapes: { "POST /graphql": rawIpAllowList },
  usually: "GitHub shows the IP allow list to organization owners only, on GitHub Enterprise Cloud; ",
  read: ({ graph }) => graph.list("ipAllowList", CONTROL_QUERIES.ipAllowList, "ipAllowListEntries"),
  convert,
  cost: () => graphCalls(1),
};
