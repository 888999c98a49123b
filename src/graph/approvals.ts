import type { Approval } from "../model/approval.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Principal } from "../model/principal.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Tenant } from "../model/tenant.ts";
import { matchesPattern } from "../text/pattern.ts";
import type { Holding } from "./access-graph.ts";

/** The records approvals are matched against. */
interface Records {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly entitlements: ReadonlyMap<string, Entitlement>;
  readonly tenants: ReadonlyMap<string, Tenant>;
}

/** Whether a tenant cell (digits, login, id or `*`) means this tenant. */
export function meansTenant(cell: string, tenant: Tenant | undefined): boolean {
  if (cell === "*" || cell === "") return true;
  return tenant !== undefined && [tenant.nativeId, tenant.name, tenant.id].some((name) => matchesPattern(cell, name));
}

/** Whether a cell (locator, native id, name or pattern) means this principal. */
export function meansPrincipal(cell: string, principal: Principal): boolean {
  return [principal.locator, principal.nativeId, principal.id, principal.displayName].some((name) => matchesPattern(cell, name));
}

/** Answers the approvals whose patterns match a holding, newest first: by the holder itself, or by a group it is held through. */
export function approvalMatcher(snapshot: Snapshot, { principals, entitlements, tenants }: Records): (holding: Holding) => readonly Approval[] {
  const bySystem = new Map<string, Approval[]>();
  for (const approval of snapshot.approvals) bySystem.set(approval.system, [...(bySystem.get(approval.system) ?? []), approval]);
  return (holding) => {
    const principal = principals.get(holding.principalId);
    const entitlement = entitlements.get(holding.entitlementId);
    if (principal === undefined || entitlement === undefined) return [];
    const tenant = tenants.get(entitlement.kind === "policy" ? principal.tenantId : entitlement.tenantId);
    const holders = [principal, ...holding.via.flatMap((id) => principals.get(id) ?? [])];
    return (bySystem.get(principal.system) ?? [])
      .filter(
        (approval) =>
          meansTenant(approval.tenant, tenant) &&
          matchesPattern(approval.entitlement, entitlement.displayName) &&
          holders.some((holder) => meansPrincipal(approval.principal, holder)),
      )
      .sort((a, b) => (a.approvedAt < b.approvedAt ? 1 : a.approvedAt > b.approvedAt ? -1 : a.id < b.id ? -1 : 1));
  };
}
