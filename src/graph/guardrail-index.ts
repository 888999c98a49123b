import type { Guardrail } from "../model/guardrail.ts";
import type { Snapshot } from "../model/snapshot.ts";

/** Organization policies and boundaries where they apply, worked out once. */
export interface GuardrailIndex {
  /** Tenant id → levels from the root down to the tenant, each with the ids of its SCPs; none for the management tenant. */
  readonly scpLevels: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** The same for RCPs. */
  readonly rcpLevels: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Principal id → ids of its boundary policies. */
  readonly boundaries: ReadonlyMap<string, readonly string[]>;
}

/**
 * Collects what limits whom. Neither SCPs nor RCPs limit the management tenant (AWS Organizations User Guide, "SCP
 * evaluation", "RCP evaluation").
 */
export function guardrailIndex(snapshot: Snapshot): GuardrailIndex {
  const parents = new Map<string, string>();
  for (const relation of snapshot.relations)
    if (relation.kind === "parent-of") parents.set(relation.toId, relation.fromId);
  const byTarget = new Map<string, Guardrail[]>();
  for (const guardrail of snapshot.guardrails) {
    const list = byTarget.get(guardrail.targetId);
    if (list === undefined) byTarget.set(guardrail.targetId, [guardrail]);
    else list.push(guardrail);
  }
  const levelsOf = (tenantId: string, kind: "scp" | "rcp"): readonly (readonly string[])[] => {
    const levels: string[][] = [];
    const seen = new Set<string>();
    for (
      let target: string | undefined = tenantId;
      target !== undefined && !seen.has(target);
      target = parents.get(target)
    ) {
      seen.add(target);
      const policies = (byTarget.get(target) ?? [])
        .filter((guardrail) => guardrail.kind === kind)
        .map((guardrail) => guardrail.policyId);
      // A target in the tree without any row was recorded without policies: nothing is known about that level.
      if (policies.length > 0) levels.unshift(policies);
    }
    return levels;
  };
  const scpLevels = new Map<string, readonly (readonly string[])[]>();
  const rcpLevels = new Map<string, readonly (readonly string[])[]>();
  for (const tenant of snapshot.tenants) {
    if (tenant.system !== "aws" || tenant.managementTenantId === tenant.id) continue;
    const [scps, rcps] = [levelsOf(tenant.id, "scp"), levelsOf(tenant.id, "rcp")];
    if (scps.length > 0) scpLevels.set(tenant.id, scps);
    if (rcps.length > 0) rcpLevels.set(tenant.id, rcps);
  }
  const boundaries = new Map<string, string[]>();
  const limit = (principalId: string, policyId: string): void => {
    const list = boundaries.get(principalId);
    if (list === undefined) boundaries.set(principalId, [policyId]);
    else if (!list.includes(policyId)) list.push(policyId);
  };
  for (const relation of snapshot.relations) if (relation.kind === "limited-by") limit(relation.fromId, relation.toId);
  for (const guardrail of snapshot.guardrails)
    if (guardrail.kind === "boundary") limit(guardrail.targetId, guardrail.policyId);
  return { scpLevels, rcpLevels, boundaries };
}
