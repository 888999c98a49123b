import { z } from "zod";
import { invitations as convert } from "../convert/invitations.ts";
import { rawInvitation } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

/** Invitations nobody accepted yet. */
export const invitations: GitHubStep = {
  manifest: {
    id: "invitations",
    title: "invitations",
    provides: ["invitation"],
    permissions: ["members: read"],
    dependsOn: ["organization"],
  },
  shapes: { "GET /orgs/{org}/invitations": z.array(rawInvitation) },
  read: ({ rest, organization: org }) => rest.list("GET /orgs/{org}/invitations", { org }),
  convert,
  cost: () => restCalls(1),
};
