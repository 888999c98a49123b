import { z } from "zod";
import {
  INSTALLATION_REPOSITORY_ROUTES as ROUTES,
  installationRepositories as convert,
} from "../convert/installation-repositories.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import { rawNamedRepository, rawRepositoryList } from "../raw-people.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { eachOne } from "./each-one.ts";

/**
 * Which repositories those apps reach that were given some only. GitHub shows that of all apps to an app of the enterprise, of itself
 * to an app, and of an app to people who signed in with it; of anybody else's it stays unknown.
 */
export const installationRepositories: GitHubStep = {
  manifest: {
    id: "installation-repositories",
    title: "repositories of apps",
    provides: ["installation-repository"],
    permissions: [
      "enterprise_organization_installation_repositories: read (an app of the enterprise; without it GitHub shows only an app's own)",
    ],
    dependsOn: ["organization", "repositories", "installations"],
  },
  shapes: {
    [ROUTES.enterprise]: z.array(rawNamedRepository),
    [ROUTES.own]: rawRepositoryList,
    [ROUTES.user]: rawRepositoryList,
  },
  mayBeEmpty: true,
  usually:
    "GitHub shows which repositories a foreign app was given only to an app of the enterprise, or to people who signed in with that app; ",
  async read(reader) {
    const asked = reader.sweep.selective?.installations ?? [];
    const [first] = asked;
    if (first === undefined) return { requests: [], gaps: [] };
    let refused: Refused | undefined;
    for (const view of views(reader, asked.length === 1)) {
      try {
        // One of them tells whether the token has this view at all.
        const one = await view(first);
        const others = await eachOne(asked.slice(1), (installation) => ({
          about: `installation ${installation}`,
          ask: () => view(installation),
        })).catch((error: unknown) => {
          if (!(error instanceof Refused) || isSignIn(error)) throw error;
          return { requests: [], gaps: [error.verdict.reason] };
        });
        return { requests: [...one.requests, ...others.requests], gaps: [...one.gaps, ...others.gaps] };
      } catch (error) {
        if (!(error instanceof Refused) || isSignIn(error)) throw error;
        refused = error;
      }
    }
    throw refused ?? new Refused({ kind: "denied", reason: "nobody was asked" });
  },
  convert,
  // One in ten people's worth of apps, two in three of which reach some repositories only.
  cost: ({ members }) => restCalls(Math.ceil(members / 15)),
};

type View = (installation: number) => Promise<ReadAnswer>;

function views({ rest, organization: org, enterprise, sweep }: StepReader, onlyOne: boolean): readonly View[] {
  const some = !sweep.repositories.every(({ administered }) => administered);
  const byEnterprise: View = async (id) =>
    whole(await rest.list(ROUTES.enterprise, { enterprise: enterprise ?? "", org, installation_id: String(id) }));
  const own: View = async () => whole(await rest.list(ROUTES.own, {}, { member: "repositories" }));
  const byUser: View = async (id) => {
    const answer = whole(await rest.list(ROUTES.user, { installation_id: String(id) }, { member: "repositories" }));
    const gap = "GitHub shows of an app's repositories those that the token's owner may use";
    return some ? { ...answer, gaps: [...answer.gaps, gap] } : answer;
  };
  return [...(enterprise === null ? [] : [byEnterprise]), ...(onlyOne ? [own] : []), byUser];
}

/** Half a list of repositories would say that the app is kept out of the rest. */
function whole(answer: ReadAnswer): ReadAnswer {
  return answer.gaps.length === 0 ? answer : { requests: [], gaps: answer.gaps };
}
