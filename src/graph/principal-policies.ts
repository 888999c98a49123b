import type { Principal } from "../model/principal.ts";
import { compilePolicy } from "../policy/aws/compile-policy.ts";
import type { Layer } from "../policy/aws/decision.ts";
import type { LayerPolicies, NamedPolicy } from "../policy/aws/policy-set.ts";
import type { AccessGraph } from "./access-graph.ts";
import { guardrailIndex } from "./guardrail-index.ts";

/** One identity policy of a principal, with every way in which it comes to hold it. */
export interface HeldPolicy {
  readonly policyId: string;
  /** Each way: memberships in order, then the grant of the policy; shortest first. Removing one grant cuts one way. */
  readonly ways: readonly (readonly string[])[];
}

/** The policies that bear on what a principal asks, by id; documents come from {@link PolicyReader.layer}. */
export interface PrincipalPolicies {
  readonly principal: Principal;
  /** In order of policy id. */
  readonly held: readonly HeldPolicy[];
  /** Ids of its boundary's policies; empty: none. */
  readonly boundaries: readonly string[];
  readonly serviceLinked: boolean;
}

/** What of the organization bears on a tenant. */
export interface TenantLimits {
  readonly scps: readonly LayerPolicies[] | undefined;
  readonly rcps: readonly LayerPolicies[] | undefined;
  /** Layers that were not given and can only take away: left out of the computation and named. */
  readonly assumes: readonly Layer[];
}

/** Reads policies out of a graph for the evaluator. */
export interface PolicyReader {
  of(principal: Principal): PrincipalPolicies;
  tenantLimits(tenantId: string): TenantLimits;
  /** Documents of one layer; those that were not read are named. Policies are named by their model id. */
  layer(policyIds: readonly string[]): LayerPolicies;
}

/** Prepares the reader; answers about tenants are remembered. */
export function policyReader(graph: AccessGraph): PolicyReader {
  const guardrails = guardrailIndex(graph.snapshot);
  const limits = new Map<string, TenantLimits>();

  const layer = (policyIds: readonly string[]): LayerPolicies => {
    const policies: NamedPolicy[] = [];
    const unread: string[] = [];
    for (const policyId of policyIds) {
      const parsed = graph.parsed(policyId);
      if (parsed.known) policies.push({ name: policyId, policy: compilePolicy(parsed.value) });
      else unread.push(`policy \`${graph.policy(policyId)?.name ?? policyId}\`: ${parsed.why}`);
    }
    return unread.length === 0 ? { policies } : { policies, unread };
  };

  const workOutLimits = (tenantId: string): TenantLimits => {
    const management = graph.tenant(tenantId)?.managementTenantId ?? null;
    if (management === tenantId) return { scps: undefined, rcps: undefined, assumes: [] };
    // The tree lies with the management tenant; a recording may hold it beside another.
    const read =
      management !== null &&
      [management, tenantId].some((one) => graph.coverage(one, "organization")?.state === "complete");
    const [scps, rcps] = [guardrails.scpLevels.get(tenantId), guardrails.rcpLevels.get(tenantId)];
    const assumes: Layer[] = [];
    if (scps === undefined && !read) assumes.push("scp");
    if (rcps === undefined && !read) assumes.push("rcp");
    return { scps: scps?.map(layer), rcps: rcps?.map(layer), assumes };
  };

  return {
    of: (principal) => ({
      principal,
      held: heldBy(principal, graph),
      boundaries: guardrails.boundaries.get(principal.id) ?? [],
      serviceLinked: principal.attributes["serviceLinked"] === true,
    }),
    tenantLimits(tenantId) {
      let known = limits.get(tenantId);
      if (known === undefined) limits.set(tenantId, (known = workOutLimits(tenantId)));
      return known;
    },
    layer,
  };
}

/** Policies of the principal itself and of its groups; what it holds through a permission set works as that, not as itself. */
function heldBy(principal: Principal, graph: AccessGraph): readonly HeldPolicy[] {
  const ways = new Map<string, string[][]>();
  const add = (holderId: string, chain: readonly string[]): void => {
    for (const grant of graph.grantsOf(holderId)) {
      const entitlement = graph.entitlement(grant.entitlementId);
      if (entitlement?.kind !== "policy") continue;
      const way = [...chain, grant.id];
      const list = ways.get(entitlement.targetId);
      if (list === undefined) ways.set(entitlement.targetId, [way]);
      else list.push(way);
    }
  };
  add(principal.id, []);
  if (principal.kind === "user")
    for (const { groupId, grants } of graph.groupsOf(principal.id))
      if (graph.principal(groupId)?.kind === "group") add(groupId, grants);
  return [...ways]
    .map(([policyId, list]) => ({ policyId, ways: list.sort((a, b) => a.length - b.length) }))
    .sort((a, b) => (a.policyId < b.policyId ? -1 : 1));
}
