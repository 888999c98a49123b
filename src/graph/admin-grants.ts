import type { Guardrail } from "../model/guardrail.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { ParsedPolicy } from "../policy/aws/parse-policy.ts";
import { wideAllows, wideDenies, type WideGrant } from "../policy/aws/wide-actions.ts";
import type { AccessGraph, AdminGrant, Holding } from "./access-graph.ts";

/** Organization policies and boundaries where they apply, worked out once. */
export interface GuardrailIndex {
  /** Tenant id → levels from the root down to the tenant, each with the ids of its SCPs; empty for the management tenant. */
  readonly scpLevels: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Principal id → ids of its boundary policies. */
  readonly boundaries: ReadonlyMap<string, readonly string[]>;
}

/** Collects what limits whom. SCPs do not limit the management tenant (AWS Organizations User Guide, "SCP evaluation"). */
export function guardrailIndex(snapshot: Snapshot): GuardrailIndex {
  const parents = new Map<string, string>();
  for (const relation of snapshot.relations) if (relation.kind === "parent-of") parents.set(relation.toId, relation.fromId);
  const byTarget = new Map<string, Guardrail[]>();
  for (const guardrail of snapshot.guardrails) byTarget.set(guardrail.targetId, [...(byTarget.get(guardrail.targetId) ?? []), guardrail]);
  const scpLevels = new Map<string, readonly (readonly string[])[]>();
  for (const tenant of snapshot.tenants) {
    if (tenant.system !== "aws" || tenant.managementTenantId === tenant.id) continue;
    const levels: string[][] = [];
    const seen = new Set<string>();
    for (let target: string | undefined = tenant.id; target !== undefined && !seen.has(target); target = parents.get(target)) {
      seen.add(target);
      const scps = (byTarget.get(target) ?? []).filter((guardrail) => guardrail.kind === "scp").map((guardrail) => guardrail.policyId);
      // A target in the tree without any SCP row was recorded without policies: nothing is known about that level.
      if (scps.length > 0) levels.unshift(scps);
    }
    if (levels.length > 0) scpLevels.set(tenant.id, levels);
  }
  const boundaries = new Map<string, string[]>();
  for (const relation of snapshot.relations) {
    if (relation.kind === "limited-by") boundaries.set(relation.fromId, [...(boundaries.get(relation.fromId) ?? []), relation.toId]);
  }
  return { scpLevels, boundaries };
}

/** What other layers leave of an allow: nothing, all of it, or all of it under conditions or if something unread agrees. */
type Left = { readonly state: "none" } | { readonly state: "yes" | "conditional" | "unknown"; readonly conditions: readonly string[] };

/** Taking away one of these whole takes administration away, whatever else is left (see "Admin" in ARCHITECTURE.md). */
const ESSENTIAL: Readonly<Record<string, readonly string[]>> = { "*": ["*", "iam:*", "sts:*", "organizations:*"], "iam:*": ["iam:*"] };

const HOW = [
  ["*", "all-actions"],
  ["iam:*", "all-iam-actions"],
] as const;

/**
 * Grants that make the principal administrator of its tenant: everything on everything, or all of IAM on everything, after
 * the denies it holds itself, its boundary and the organization's SCPs. Wide statements only: what somebody can become over
 * several narrow permissions is another question.
 */
export function adminGrantsOf(principalId: string, graph: AccessGraph, guardrails: GuardrailIndex): readonly AdminGrant[] {
  const principal = graph.principal(principalId);
  if (principal === undefined || principal.system !== "aws") return [];
  const contexts = new Map<string, { readonly tenantId: string; readonly held: Holding[] }>();
  for (const holding of graph.holdingsOf(principalId)) {
    if (graph.entitlement(holding.entitlementId)?.kind !== "policy") continue;
    // A person works through one permission set at a time: its policies meet neither those of another set nor the person's own.
    const set = holding.via.find((id) => graph.principal(id)?.nativeType === "permission-set");
    const contextId = set ?? principalId;
    const context = contexts.get(contextId) ?? { tenantId: graph.principal(contextId)?.tenantId ?? principal.tenantId, held: [] };
    context.held.push(holding);
    contexts.set(contextId, context);
  }
  const found: AdminGrant[] = [];
  for (const [contextId, { tenantId, held }] of contexts) {
    for (const [pattern, how] of HOW) {
      const candidates = held.flatMap((holding) => allows(holding, pattern, graph));
      if (candidates.length === 0) continue;
      const left = afterOtherLayers({ tenantId, contextId, held, graph, guardrails }, pattern);
      if (left.state === "none") continue;
      for (const { holding, policyId, conditions } of candidates) {
        // A policy that allows everything is reported as that, not once more as all of IAM.
        if (found.some((admin) => admin.holding.id === holding.id)) continue;
        const all = [...new Set([...conditions, ...left.conditions])].sort();
        const state = left.state === "unknown" ? "unknown" : all.length > 0 ? "conditional" : "yes";
        found.push({ principalId, tenantId, holding, policyId, state, conditions: all, how });
      }
    }
  }
  const rank = { yes: 0, conditional: 1, unknown: 2 } as const;
  return found.sort((a, b) => rank[a.state] - rank[b.state] || a.holding.via.length - b.holding.via.length || (a.holding.id < b.holding.id ? -1 : 1));
}

/** What a principal acts with at one time: its own policies, or one permission set. */
interface ActingContext {
  readonly tenantId: string;
  /** The principal itself or the permission set: whose boundary counts. */
  readonly contextId: string;
  readonly held: readonly Holding[];
  readonly graph: AccessGraph;
  readonly guardrails: GuardrailIndex;
}

function allows(holding: Holding, pattern: string, graph: AccessGraph): { holding: Holding; policyId: string; conditions: readonly string[] }[] {
  const policyId = graph.entitlement(holding.entitlementId)?.targetId ?? "";
  const parsed = graph.parsed(policyId);
  if (!parsed.known) return [];
  const grants = wideAllows(parsed.value, pattern);
  if (grants.length === 0) return [];
  // One statement without a condition is enough; else name the keys of the first.
  const plain = grants.find((grant) => grant.conditions.length === 0) ?? grants[0];
  return [{ holding, policyId, conditions: plain?.conditions ?? [] }];
}

function afterOtherLayers({ tenantId, contextId, held, graph, guardrails }: ActingContext, pattern: string): Left {
  const conditions: string[] = [];
  let unread = false;
  // Explicit denies win, whichever of the principal's policies holds them.
  for (const holding of held) {
    const parsed = graph.parsed(graph.entitlement(holding.entitlementId)?.targetId ?? "");
    if (!parsed.known) continue;
    for (const deny of essentialDenies(parsed.value, pattern)) {
      if (deny.conditions.length === 0) return { state: "none" };
      conditions.push(...deny.conditions);
    }
  }
  for (const boundary of guardrails.boundaries.get(contextId) ?? []) {
    const parsed = graph.parsed(boundary);
    if (!parsed.known) {
      unread = true;
      continue;
    }
    const allowed = wideAllows(parsed.value, pattern);
    if (allowed.length === 0 || essentialDenies(parsed.value, pattern).some((deny) => deny.conditions.length === 0)) return { state: "none" };
    if (allowed.every((allow) => allow.conditions.length > 0)) conditions.push(...(allowed[0]?.conditions ?? []));
  }
  for (const level of guardrails.scpLevels.get(tenantId) ?? []) {
    const policies = level.map((id) => graph.parsed(id));
    if (policies.some((policy) => !policy.known)) unread = true;
    const known = policies.flatMap((policy) => (policy.known ? [policy.value] : []));
    for (const policy of known) {
      for (const deny of essentialDenies(policy, pattern)) {
        if (deny.conditions.length === 0) return { state: "none" };
        conditions.push(...deny.conditions);
      }
    }
    if (known.length === policies.length && !known.some((policy) => wideAllows(policy, pattern).length > 0)) return { state: "none" };
  }
  return { state: unread ? "unknown" : conditions.length > 0 ? "conditional" : "yes", conditions: [...new Set(conditions)].sort() };
}

function essentialDenies(policy: ParsedPolicy, pattern: string): readonly WideGrant[] {
  return (ESSENTIAL[pattern] ?? [pattern]).flatMap((essential) => wideDenies(policy, essential));
}
