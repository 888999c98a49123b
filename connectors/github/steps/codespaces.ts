import { z } from "zod";
import { codespaces as convert } from "../convert/codespaces.ts";
import { rawCodespace } from "../raw-people.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { only } from "./only.ts";

const ROUTE = "GET /orgs/{org}/codespaces";

/** Codespaces that the organization pays for, by owner. */
export const codespaces: GitHubStep = {
  manifest: {
    id: "codespaces",
    title: "codespaces",
    provides: ["codespace"],
    permissions: ["admin:org (classic token of an owner; closed to apps)"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: z.object({ codespaces: z.array(rawCodespace) }) },
  usually: "codespaces of an organization are shown to owners with a classic token, not to apps; ",
  // Of what runs in them (branches, machines, addresses) nothing is needed.
  read: ({ rest, organization: org }) =>
    rest.list(ROUTE, { org }, { member: "codespaces", row: only("id", "owner", "created_at", "last_used_at") }),
  convert,
  cost: () => restCalls(1),
};
