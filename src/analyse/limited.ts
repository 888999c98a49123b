import type { AccessGraph, AdminGrant } from "../graph/access-graph.ts";

/** What an administrator's grant still depends on, as the end of a sentence. */
export function limited(admin: AdminGrant): string {
  if (admin.state === "unknown") return `, unless what could not be read takes it away: ${unread(admin)}`;
  return admin.state === "conditional"
    ? `, under a condition on ${admin.conditions.map((key) => `\`${key}\``).join(", ")}`
    : "";
}

/** What could not be read and might take the grant away: the first two by name, the rest counted. */
export function unread({ unread: all }: AdminGrant): string {
  const rest = all.length - 2;
  return `${all.slice(0, 2).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** The tenant that is administered, where it is not the one the principal lives in (Identity Center). */
export function elsewhere(admin: AdminGrant, graph: AccessGraph): string {
  const home = graph.principal(admin.principalId)?.tenantId;
  return home === admin.tenantId ? "" : ` in ${graph.tenant(admin.tenantId)?.name ?? admin.tenantId}`;
}
