import { z } from "zod";
import { INSECURE_ROUTES, insecureSecondFactors as convert } from "../convert/insecure-second-factors.ts";
import { rawUser } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { only } from "./only.ts";

/** Members and outside collaborators whose second factor is an SMS. */
export const insecureSecondFactors: GitHubStep = {
  manifest: {
    id: "insecure-second-factors",
    title: "second factors by SMS",
    provides: ["insecure-second-factor"],
    permissions: ["members: read"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: Object.fromEntries(Object.values(INSECURE_ROUTES).map((route) => [route, z.array(rawUser)])),
  usually: "GitHub shows to organization owners only whose second factor is an SMS; ",
  read: ({ rest, organization: org }) =>
    askAll(
      [
        { about: "members", route: INSECURE_ROUTES["organization-member"] },
        { about: "outside collaborators", route: INSECURE_ROUTES["outside-collaborator"] },
      ].map(({ about, route }) => ({
        about,
        ask: () => rest.list(route, { org, filter: "2fa_insecure" }, { row: only("login", "id", "node_id") }),
      })),
    ),
  convert,
  // Owners hunt them down: a page or two.
  cost: ({ members }) => restCalls(2 + Math.ceil(members / 1_000)),
};
