import type { Approval } from "../model/approval.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Grant } from "../model/grant.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Tenant } from "../model/tenant.ts";
import { matchesPattern } from "../text/pattern.ts";
import type { Holding } from "./access-graph.ts";
import { byCell } from "./by-cell.ts";

/** The records approvals are matched against. */
interface Records {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly entitlements: ReadonlyMap<string, Entitlement>;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly grants: ReadonlyMap<string, Grant>;
}

/** Whether a tenant cell (digits, login, id or `*`) means this tenant. */
export function meansTenant(cell: string, tenant: Tenant | undefined): boolean {
  if (cell === "*" || cell === "") return true;
  return tenant !== undefined && [tenant.nativeId, tenant.name, tenant.id].some((name) => matchesPattern(cell, name));
}

/** Answers the approvals whose patterns match a holding, newest first: by the holder itself, or by a group it is held through. */
export function approvalMatcher(
  snapshot: Snapshot,
  { principals, entitlements, tenants, grants }: Records,
): (holding: Holding) => readonly Approval[] {
  const meaning = byCell(snapshot.approvals, (approval) => approval.principal);
  return (holding) => {
    const principal = principals.get(holding.principalId);
    const entitlement = entitlements.get(holding.entitlementId);
    if (principal === undefined || entitlement === undefined) return [];
    // Where the last grant lies is where the access works: a permission set's tenant, not the person's.
    const tenant = tenants.get(grants.get(holding.grants.at(-1) ?? "")?.tenantId ?? principal.tenantId);
    const holders = [principal, ...holding.via.flatMap((id) => principals.get(id) ?? [])];
    const names = holders.flatMap(({ locator, nativeId, id, displayName }) => [locator, nativeId, id, displayName]);
    return meaning(names)
      .filter(
        (approval) =>
          (approval.system === principal.system || approval.system === "*") &&
          meansTenant(approval.tenant, tenant) &&
          matchesPattern(approval.entitlement, entitlement.displayName),
      )
      .sort((a, b) => (a.approvedAt < b.approvedAt ? 1 : a.approvedAt > b.approvedAt ? -1 : a.id < b.id ? -1 : 1));
  };
}
