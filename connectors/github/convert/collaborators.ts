import { emptyRecords } from "../../../src/model/snapshot.ts";
import { directPermission } from "../permission.ts";
import type { RawCollaborators } from "../raw.ts";
import { connectionRows, isCut, shownEdges } from "./connection.ts";
import type { Convert } from "./converted.ts";
import { fact, mentioned, mentionedRepository, repositoryRole } from "./parts.ts";

/** Access that a person holds directly on a repository. What comes from a team or the organization is told by those. */
export const collaborators: Convert = (requests, context) => {
  const records = emptyRecords();
  const { rows, gap } = connectionRows<RawCollaborators>(requests, "repositories");
  const gaps = gap === undefined ? [] : [gap];
  let hidden = 0;
  for (const repository of rows) {
    const repositoryId = context.id(repository.id);
    if (repository.collaborators === null) hidden += 1;
    const { shown, hidden: unnamed } = shownEdges(repository.collaborators ?? { edges: [] });
    if (isCut(repository.collaborators ?? undefined) || unnamed > 0)
      gaps.push(`\`${repository.nameWithOwner}\` has more collaborators than were read`);
    for (const edge of shown) {
      const permission = directPermission(edge);
      if (permission === undefined) continue;
      const role = repositoryRole(context, repositoryId, repository.nameWithOwner, permission);
      records.resources.push(...mentionedRepository(context, repository));
      records.principals.push(...mentioned(context, edge.node, "collaborator"));
      records.entitlements.push(role);
      records.grants.push(fact(context, "collaboration", context.id(edge.node.id), role.id));
    }
  }
  if (hidden > 0)
    gaps.push(`${hidden} ${hidden === 1 ? "repository does" : "repositories do"} not show collaborators to this token`);
  const reason = gaps.length === 0 ? undefined : gaps.slice(0, 3).join("; ");
  const nobody = rows.length > 0 && hidden === rows.length;
  return {
    records,
    kinds: { collaborator: { items: records.grants.length, ...(nobody ? { denied: reason } : { gap: reason }) } },
  };
};
