import type { AccessGraph } from "../graph/access-graph.ts";
import { daysBetween } from "../model/instant.ts";
import type { Principal } from "../model/principal.ts";
import { LastUses } from "../policy/aws/last-uses.ts";

/** What a principal used, as of the snapshot; `days` idle are unused. AWS reports a permission set's use on the role it becomes. */
export function lastUsesOf(principal: Principal, { snapshot }: AccessGraph, days: number): LastUses {
  const roles = principal.nativeType === "permission-set" ? rolesOf(principal, snapshot.principals) : [];
  const ids = new Set([principal.id, ...roles.map(({ id }) => id)]);
  return new LastUses(
    snapshot.usage.filter(({ principalId }) => ids.has(principalId)),
    snapshot.asOf,
    days,
  );
}

/** The role Identity Center made of a permission set in its tenant: its name with sixteen characters behind. */
function rolesOf({ tenantId, displayName }: Principal, principals: readonly Principal[]): readonly Principal[] {
  const name = `/AWSReservedSSO_${displayName}_`;
  return principals.filter((one) => {
    const at = one.locator.lastIndexOf(name);
    return one.tenantId === tenantId && at >= 0 && /^[0-9a-f]{16}$/.test(one.locator.slice(at + name.length));
  });
}

/** Whether a principal is younger than the window: it had no time to use anything, so what it did not use says nothing. */
export function isYounger({ createdAt }: Principal, { snapshot }: AccessGraph, days: number): boolean {
  return createdAt.known && daysBetween(createdAt.value, snapshot.asOf) < days;
}
