import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawUser } from "../raw.ts";
import type { RawEnterpriseTeam, RawRestTeam, RawTeamRepository } from "../raw-people.ts";
import { gapOver } from "./control.ts";
import type { Convert } from "./converted.ts";
import { fact, mentioned, principal, repositoryRole } from "./parts.ts";
import { mentionedIn, ofRoute, parameterOf, repositoryIdOf } from "./place.ts";
import { tenantWith } from "./tenant-with.ts";

/** Routes of the step. */
export const ENTERPRISE_TEAM_ROUTES = {
  /** With `team_type=enterprise`: those that were assigned to the organization. */
  list: "GET /orgs/{org}/teams",
  members: "GET /orgs/{org}/teams/{team_slug}/members",
  repositories: "GET /orgs/{org}/teams/{team_slug}/repos",
  enterprise: "GET /enterprises/{enterprise}/teams",
  memberships: "GET /enterprises/{enterprise}/teams/{enterprise-team}/memberships",
} as const;

/** GitHub's permissions in falling order, as REST flags them; only where it does not name the role. */
const FLAGS = ["admin", "maintain", "push", "triage", "pull"] as const;

/** Teams of the enterprise in this organization: who is in them and what they may do. Leaving the organization does not end that. */
export const enterpriseTeams: Convert = (requests, context) => {
  const records = emptyRecords();
  const gaps: string[] = [];
  const teams = ofRoute(requests, ENTERPRISE_TEAM_ROUTES.list)
    .flatMap(({ answer }) => answer as readonly RawRestTeam[])
    .filter(({ type }) => type === "enterprise");
  const rowsOf = <T>(route: string, parameter: string, slug: string): readonly T[] | undefined => {
    const own = ofRoute(requests, route).filter((one) => parameterOf(one, parameter) === slug);
    return own.length === 0 ? undefined : own.flatMap(({ answer }) => answer as readonly T[]);
  };
  const ofEnterprise = new Map(
    ofRoute(requests, ENTERPRISE_TEAM_ROUTES.enterprise).flatMap(({ answer }) =>
      (answer as readonly RawEnterpriseTeam[]).map((team) => [bare(team.slug), team] as const),
    ),
  );
  const unread = { members: [] as string[], repositories: [] as string[] };
  for (const team of teams) {
    const id = context.id(team.node_id);
    const group = ofEnterprise.get(bare(team.slug))?.group_name ?? ofEnterprise.get(bare(team.slug))?.group_id;
    const governed = group !== null && group !== undefined && group !== "";
    records.principals.push(
      principal(context, {
        kind: "team",
        nativeType: "enterprise-team",
        nativeId: team.node_id,
        locator: team.slug,
        displayName: team.slug,
        attributes: { databaseId: team.id, ...(governed ? { governedBy: group } : {}) },
      }),
    );
    records.entitlements.push({
      id: `${id}#membership`,
      system: "github",
      tenantId: context.tenantId,
      kind: "membership",
      displayName: `enterprise team ${team.slug}`,
      targetId: id,
      resourceId: null,
      level: null,
    });
    const enterpriseSlug = ofEnterprise.get(bare(team.slug))?.slug ?? team.slug;
    const people =
      rowsOf<RawUser>(ENTERPRISE_TEAM_ROUTES.memberships, "enterprise-team", enterpriseSlug) ??
      rowsOf<RawUser>(ENTERPRISE_TEAM_ROUTES.members, "team_slug", team.slug);
    if (people === undefined) unread.members.push(team.slug);
    for (const user of people ?? []) {
      records.principals.push(...mentioned(context, { id: user.node_id, login: user.login }, "organization-member"));
      // The organization cannot change who is in it: its enterprise does, or the identity provider.
      records.grants.push(
        fact(context, "membership", context.id(user.node_id), `${id}#membership`, { governedElsewhere: true }),
      );
    }
    const places = rowsOf<RawTeamRepository>(ENTERPRISE_TEAM_ROUTES.repositories, "team_slug", team.slug);
    if (places === undefined) unread.repositories.push(team.slug);
    for (const repository of places ?? []) {
      const flag = FLAGS.find((name) => repository.permissions?.[name] === true);
      const permission = repository.role_name ?? flag;
      if (permission === undefined) {
        gaps.push(`GitHub does not say what \`${team.slug}\` may do on \`${repository.full_name}\``);
        continue;
      }
      const role = repositoryRole(context, repositoryIdOf(context, repository), repository.full_name, permission);
      records.resources.push(...mentionedIn(context, repository));
      records.entitlements.push(role);
      records.grants.push(fact(context, "team-grant", id, role.id));
    }
  }
  const enterpriseId = teams.find(({ enterprise_id: one }) => one !== undefined)?.enterprise_id;
  if (enterpriseId !== undefined) records.tenants.push(tenantWith(context, { enterpriseId }));
  const said = [
    gapOver(unread.members, "who is in it was not read of the teams"),
    gapOver(unread.repositories, "what it may do was not read of the teams"),
    ...gaps.slice(0, 1),
  ].filter((gap) => gap !== undefined);
  const listed = ofRoute(requests, ENTERPRISE_TEAM_ROUTES.list).length > 0;
  return {
    records,
    kinds: {
      "enterprise-team": listed
        ? { items: teams.length, gap: said.length === 0 ? undefined : said.join("; ") }
        : { items: 0, denied: "which teams of the enterprise were assigned to the organization was not read" },
    },
  };
};

/** In an organization the slug of a team of the enterprise may carry a prefix. */
export const bare = (slug: string): string => slug.replace(/^ent:/, "");
