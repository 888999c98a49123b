import { GROUP_ROUTES as ROUTES, identityProviderGroups as convert } from "../convert/identity-provider-groups.ts";
import { isSignIn, Refused, type ReadAnswer } from "../live/refused.ts";
import { rawExternalGroup, rawExternalGroups, rawGroupMappings } from "../raw-people.ts";
import { restCalls, type GitHubStep, type StepReader } from "../step.ts";
import { askAll } from "./ask-all.ts";
import { eachOne } from "./each-one.ts";

/** Groups of the identity provider that fill teams: by an enterprise that manages its users, or by team synchronization. */
export const identityProviderGroups: GitHubStep = {
  manifest: {
    id: "identity-provider-groups",
    title: "teams filled by the identity provider",
    provides: ["identity-provider-group"],
    permissions: ["members: read"],
    dependsOn: ["organization", "members", "teams"],
  },
  shapes: {
    [ROUTES.external]: rawExternalGroups,
    [ROUTES.externalTeams]: rawExternalGroup,
    [ROUTES.synchronized]: rawGroupMappings,
    [ROUTES.mappings]: rawGroupMappings,
  },
  usually: "groups of an identity provider are part of GitHub Enterprise Cloud; ",
  async read(reader) {
    try {
      return await external(reader);
    } catch (error) {
      // An organization has one of the two, or none.
      if (!(error instanceof Refused) || isSignIn(error)) throw error;
      return synchronized(reader);
    }
  },
  convert,
  cost: () => restCalls(1),
};

type Groups = { readonly groups?: readonly { readonly group_id: number; readonly group_name: string }[] };

async function external({ rest, organization: org }: StepReader): Promise<ReadAnswer> {
  const list = await rest.list(ROUTES.external, { org }, { member: "groups" });
  const groups = list.requests.flatMap(({ answer }) => (answer as Groups).groups ?? []);
  const teamsOf = async (id: number): Promise<ReadAnswer> =>
    // Of its people nothing is needed: the teams list them.
    withoutPeople(await rest.list(ROUTES.externalTeams, { org, group_id: String(id) }, { member: "teams" }));
  return askAll([
    { about: "", ask: () => Promise.resolve(list) },
    ...groups.map(({ group_id: id, group_name: name }) => ({ about: `group \`${name}\``, ask: () => teamsOf(id) })),
  ]);
}

async function synchronized({ rest, organization: org, sweep }: StepReader): Promise<ReadAnswer> {
  const list = await rest.list(ROUTES.synchronized, { org }, { member: "groups" });
  const any = list.requests.some(({ answer }) => ((answer as Groups).groups ?? []).length > 0);
  return askAll([
    { about: "", ask: () => Promise.resolve(list) },
    {
      about: "teams",
      ask: () =>
        eachOne(any ? (sweep.teams ?? []) : [], (slug) => ({
          about: `team \`${slug}\``,
          ask: () => rest.one(ROUTES.mappings, { org, team_slug: slug }),
        })),
    },
  ]);
}

function withoutPeople({ requests, gaps }: ReadAnswer): ReadAnswer {
  return {
    requests: requests.map((request) => ({
      ...request,
      answer: { teams: (request.answer as { readonly teams: unknown }).teams },
    })),
    gaps,
  };
}
