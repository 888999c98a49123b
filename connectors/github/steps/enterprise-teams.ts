import { z } from "zod";
import { bare, ENTERPRISE_TEAM_ROUTES as ROUTES, enterpriseTeams as convert } from "../convert/enterprise-teams.ts";
import type { ReadAnswer } from "../live/refused.ts";
import { rawUser } from "../raw.ts";
import {
  rawEnterpriseTeam,
  rawRestTeam,
  rawTeamRepository,
  type RawEnterpriseTeam,
  type RawRestTeam,
} from "../raw-people.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachOne } from "./each-one.ts";

/**
 * Teams of the enterprise that were assigned to the organization. The organization's own routes tell who is in them and what they may
 * do; the enterprise's, closed to apps, tell which group of the identity provider fills them.
 */
export const enterpriseTeams: GitHubStep = {
  manifest: {
    id: "enterprise-teams",
    title: "teams of the enterprise",
    provides: ["enterprise-team"],
    permissions: ["members: read", "read:enterprise (classic token of an enterprise owner, for what fills them)"],
    dependsOn: ["organization", "members", "outside-collaborators", "teams", "repositories"],
  },
  shapes: {
    [ROUTES.list]: z.array(rawRestTeam),
    [ROUTES.members]: z.array(rawUser),
    [ROUTES.repositories]: z.array(rawTeamRepository),
    [ROUTES.enterprise]: z.array(rawEnterpriseTeam),
    [ROUTES.memberships]: z.array(rawUser),
  },
  async read(reader) {
    const { rest, organization: org } = reader;
    const list = await rest.list(ROUTES.list, { org, team_type: "enterprise" });
    const teams = list.requests
      .flatMap(({ answer }) => answer as readonly RawRestTeam[])
      .filter(({ type }) => type === "enterprise");
    return askAll([
      { about: "", ask: () => Promise.resolve(list) },
      ...teams.flatMap(({ slug }) =>
        [ROUTES.members, ROUTES.repositories].map((route) => ({
          about: `team \`${slug}\``,
          ask: () => rest.list(route, { org, team_slug: slug }),
        })),
      ),
      ...(teams.length === 0 || reader.enterprise === null
        ? []
        : [
            {
              about: "teams at the enterprise, which GitHub shows to its owners with a classic token",
              ask: () => atEnterprise(reader, new Set(teams.map(({ slug }) => bare(slug)))),
            },
          ]),
    ]);
  },
  convert,
  cost: () => restCalls(1),
};

async function atEnterprise({ rest, enterprise }: StepReader, wanted: ReadonlySet<string>): Promise<ReadAnswer> {
  const named = { enterprise: enterprise ?? "" };
  const list = await rest.list(ROUTES.enterprise, named);
  const teams = list.requests
    .flatMap(({ answer }) => answer as readonly RawEnterpriseTeam[])
    .filter(({ slug }) => wanted.has(bare(slug)));
  return askAll([
    { about: "", ask: () => Promise.resolve(list) },
    {
      about: "members",
      ask: () =>
        eachOne(teams, ({ slug }) => ({
          about: `team \`${slug}\``,
          ask: () => rest.list(ROUTES.memberships, { ...named, "enterprise-team": slug }),
        })),
    },
  ]);
}
