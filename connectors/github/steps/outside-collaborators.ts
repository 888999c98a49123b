import { z } from "zod";
import { outsideCollaborators as convert } from "../convert/outside-collaborators.ts";
import { isSignIn, Refused } from "../live/refused.ts";
import { rawUser } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

const ROUTE = "GET /orgs/{org}/outside_collaborators";

/** People outside the organization who may use some of its repositories; owners are told who has no second factor. */
export const outsideCollaborators: GitHubStep = {
  manifest: {
    id: "outside-collaborators",
    title: "outside collaborators",
    provides: ["outside-collaborator"],
    permissions: ["members: read"],
    dependsOn: ["organization"],
  },
  shapes: { [ROUTE]: z.array(rawUser) },
  async read({ rest, organization: org }) {
    const all = await rest.list(ROUTE, { org });
    try {
      const without = await rest.list(ROUTE, { org, filter: "2fa_disabled" });
      // A list of those without a second factor that was cut would call the rest safe.
      if (without.gaps.length > 0) return { requests: all.requests, gaps: [...all.gaps, ...without.gaps] };
      return { requests: [...all.requests, ...without.requests], gaps: all.gaps };
    } catch (error) {
      // Only owners may ask who has no second factor; who they are is known all the same.
      if (error instanceof Refused && !isSignIn(error)) return all;
      throw error;
    }
  },
  convert,
  cost: () => restCalls(2),
};
