import type { AccessGraph, Holding } from "../graph/access-graph.ts";
import type { Principal } from "../model/principal.ts";
import { governedByAws } from "./subject.ts";

/** A holding that somebody should have said yes to. */
export interface PrivilegedHolding {
  readonly principal: Principal;
  readonly holding: Holding;
}

/**
 * What needs an approval: administration of an AWS tenant, an assigned permission set, ownership of an organization, and
 * administration or writing on a repository that a person holds directly. Held by people and apps, not by groups.
 */
export function privilegedHoldings(
  graph: AccessGraph,
  readable: (tenantId: string) => boolean,
): readonly PrivilegedHolding[] {
  const found: PrivilegedHolding[] = [];
  for (const principal of graph.snapshot.principals) {
    if (
      (principal.kind !== "user" && principal.kind !== "role" && principal.kind !== "app") ||
      principal.nativeType === "permission-set" ||
      governedByAws(principal) ||
      !readable(principal.tenantId)
    )
      continue;
    const admin = new Set(graph.adminGrants(principal.id).map(({ holding }) => holding.id));
    for (const holding of graph.holdingsOf(principal.id)) {
      const entitlement = graph.entitlement(holding.entitlementId);
      if (entitlement === undefined) continue;
      const direct = holding.via.length === 0;
      const privileged =
        (admin.has(holding.id) && !holding.via.some((id) => graph.principal(id)?.nativeType === "permission-set")) ||
        entitlement.kind === "permission-set" ||
        (entitlement.kind === "organization-role" && entitlement.level === "admin") ||
        (entitlement.kind === "repository-role" &&
          direct &&
          (entitlement.level === "admin" || entitlement.level === "write")) ||
        (entitlement.kind === "installation" && entitlement.level === "admin");
      if (privileged) found.push({ principal, holding });
    }
  }
  return found;
}
