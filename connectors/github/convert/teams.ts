import { emptyRecords } from "../../../src/model/snapshot.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawTeam } from "../raw.ts";
import { connectionRows, isCut, shownEdges } from "./connection.ts";
import type { Convert } from "./converted.ts";
import { fact, mentioned, mentionedRepository, principal, repositoryRole } from "./parts.ts";

/** Reasons a coverage row names before nobody reads it. */
const GAPS_SHOWN = 3;

/** Teams: who is in them directly, what they may do on which repository, and their parents. */
export const teams: Convert = (requests, context) => {
  const records = emptyRecords();
  const { rows, gap } = connectionRows<RawTeam>(requests, "teams");
  const gaps = gap === undefined ? [] : [gap];
  for (const team of rows) {
    const id = context.id(team.id);
    const own = principal(context, {
      kind: "team",
      nativeType: "team",
      nativeId: team.id,
      locator: team.slug,
      displayName: team.slug,
      attributes: { databaseId: team.databaseId ?? null },
    });
    records.principals.push(own);
    records.entitlements.push({
      id: `${id}#membership`,
      system: "github",
      tenantId: context.tenantId,
      kind: "membership",
      displayName: `team ${team.slug}`,
      targetId: id,
      resourceId: null,
      level: null,
    });
    const people = shownEdges(team.members);
    const memberships = people.shown.map(({ node }) =>
      fact(context, "membership", context.id(node.id), `${id}#membership`),
    );
    for (const { node } of people.shown) records.principals.push(...mentioned(context, node, "organization-member"));
    records.grants.push(...memberships);
    // Whether an identity provider fills it is told later.
    context.teams.set(team.slug, { principal: own, name: team.name, memberships });
    const places = shownEdges(team.repositories);
    for (const { permission, node } of places.shown) {
      const role = repositoryRole(context, context.id(node.id), node.nameWithOwner, permission);
      records.resources.push(...mentionedRepository(context, node));
      records.entitlements.push(role);
      records.grants.push(fact(context, "team-grant", id, role.id));
    }
    if (isCut(team.members) || people.hidden > 0) gaps.push(`team \`${team.slug}\` has more members than were read`);
    if (isCut(team.repositories) || places.hidden > 0)
      gaps.push(`team \`${team.slug}\` has more repositories than were read`);
    if (team.parentTeam !== null) {
      const parent = context.id(team.parentTeam.id);
      records.relations.push({
        id: derivedId("relation", ["parent-of", parent, id]),
        kind: "parent-of",
        fromId: parent,
        toId: id,
        attributes: {},
      });
    }
  }
  return {
    records,
    kinds: { team: { items: rows.length, gap: gaps.length === 0 ? undefined : gaps.slice(0, GAPS_SHOWN).join("; ") } },
  };
};
