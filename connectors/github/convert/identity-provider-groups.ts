import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { KnownTeam, OrganizationContext } from "../organization-context.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { ofRoute, parameterOf } from "./place.ts";

/** Routes of the step: groups of an enterprise's users, or team synchronization. */
export const GROUP_ROUTES = {
  external: "GET /orgs/{org}/external-groups",
  externalTeams: "GET /orgs/{org}/external-group/{group_id}",
  synchronized: "GET /orgs/{org}/team-sync/groups",
  mappings: "GET /orgs/{org}/teams/{team_slug}/team-sync/group-mappings",
} as const;

interface Group {
  readonly group_id: number | string;
  readonly group_name: string;
}

/** Teams that groups of the identity provider fill: who is in them is decided there, so their memberships are governed elsewhere. */
export const identityProviderGroups: Convert = (requests, context) => {
  const records = emptyRecords();
  const groupsOf = (route: string): readonly Group[] =>
    ofRoute(requests, route).flatMap(({ answer }) => (answer as { readonly groups?: readonly Group[] }).groups ?? []);
  const names = new Map(groupsOf(GROUP_ROUTES.external).map((one) => [String(one.group_id), one.group_name]));
  const governed = new Map<KnownTeam, Set<string>>();
  const govern = (team: KnownTeam | undefined, group: string): void => {
    if (team !== undefined) governed.set(team, (governed.get(team) ?? new Set()).add(group));
  };
  const answered = new Set<string>();
  const unmatched: string[] = [];
  for (const request of ofRoute(requests, GROUP_ROUTES.externalTeams)) {
    const group = parameterOf(request, "group_id");
    answered.add(group);
    for (const { team_id: id, team_name: name } of (request.answer as { readonly teams: readonly RawLink[] }).teams) {
      const team = teamOf(context, id, name);
      if (team === undefined) unmatched.push(name);
      govern(team, names.get(group) ?? `group ${group}`);
    }
  }
  for (const request of ofRoute(requests, GROUP_ROUTES.mappings))
    for (const { group_name: group } of (request.answer as { readonly groups?: readonly Group[] }).groups ?? [])
      govern(context.teams.get(parameterOf(request, "team_slug")), group);
  for (const [{ principal, memberships }, groups] of governed) {
    const governedBy = [...groups].sort().join(", ");
    records.principals.push({ ...principal, attributes: { ...principal.attributes, governedBy } });
    records.grants.push(...memberships.map((grant) => ({ ...grant, governedElsewhere: true })));
  }
  const synchronizes = groupsOf(GROUP_ROUTES.synchronized).length > 0;
  const mapped = new Set(ofRoute(requests, GROUP_ROUTES.mappings).map((one) => parameterOf(one, "team_slug")));
  const gaps = [
    gapOver(
      [...names].filter(([id]) => !answered.has(id)).map(([, name]) => name),
      "which teams it fills was not read of",
    ),
    gapOver(unmatched, "these teams are filled by a group and were not read:"),
    gapOver(
      synchronizes ? [...context.teams.keys()].filter((slug) => !mapped.has(slug)) : [],
      "what fills it was not read of",
    ),
  ].filter((gap) => gap !== undefined);
  return {
    records,
    kinds: {
      "identity-provider-group": { items: governed.size, gap: gaps.length === 0 ? undefined : gaps.join("; ") },
    },
  };
};

interface RawLink {
  readonly team_id: number;
  readonly team_name: string;
}

/** By its number; by its name where the list of teams told none. */
function teamOf(context: OrganizationContext, number: number, name: string): KnownTeam | undefined {
  const teams = [...context.teams.values()];
  return (
    teams.find(({ principal }) => principal.attributes["databaseId"] === number) ??
    teams.find((team) => team.name === name && typeof team.principal.attributes["databaseId"] !== "number")
  );
}
