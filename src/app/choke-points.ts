import type { AccessGraph } from "../graph/access-graph.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { chokePoints as smallestCut, rankChokePoints } from "../graph/escalation/choke-points.ts";
import { Escalation, isDirect } from "../graph/escalation/escalation.ts";
import { grantsOfPath, type EscalationPath } from "../graph/escalation/paths.ts";
import type { ChokeGrant, ChokePointsDocument, TenantChokePoints } from "../model/choke-points.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { loadActionTable } from "../policy/aws/action-table.ts";
import { YES } from "../policy/aws/request-context.ts";

/** Up to here the smallest cut is proven; beyond it the bound is told. */
const LIMITS = { maxSupports: 300, maxWork: 200_000 };
/** Grants whose single removal is tried, those on most paths first. */
const MOST_RANKED = 40;

/** The grants that cut most ways to administration, tenant by tenant, over the ways that are sure. */
export async function chokePointsOf(snapshot: Snapshot): Promise<ChokePointsDocument> {
  const graph = buildGraph(snapshot);
  return chokePointsIn(graph, new Escalation(graph, await loadActionTable()));
}

/** The same for paths that were worked out already. */
export function chokePointsIn(graph: AccessGraph, escalation: Escalation): ChokePointsDocument {
  const { paths } = escalation.paths();
  const tenants = [...new Set(paths.map(({ tenantId }) => tenantId))].sort();
  return {
    schema: "leastwise/choke-points@1",
    tenants: tenants.flatMap((tenantId) => {
      const own = paths.filter((path) => path.tenantId === tenantId);
      const found = inTenant(tenantId, own, graph, escalation);
      return found === undefined ? [] : [found];
    }),
  };
}

function inTenant(
  tenantId: string,
  paths: readonly EscalationPath[],
  graph: AccessGraph,
  escalation: Escalation,
): TenantChokePoints | undefined {
  const sure = paths.filter(({ state }) => state === "yes");
  const administers = new Set(sure.filter(isDirect).flatMap(({ hops }) => hops.map(({ fromId }) => fromId)));
  const escalating = sure.filter((path) => !isDirect(path));
  if (escalating.length === 0) return undefined;
  const removable = (grantId: string): boolean => {
    // On GitHub access has several sources, and without one of them most keep it: what cuts pushes is the role's trust in their tokens.
    if (graph.grant(grantId)?.system === "github") return false;
    // What also denies could open a way when it is gone: the proof holds among grants that only allow.
    if (denies(grantId, graph)) return false;
    const holder = graph.principal(graph.grant(grantId)?.principalId ?? "");
    if (holder === undefined) return true;
    if (holder.attributes["serviceLinked"] === true || holder.attributes["reserved"] === true) return false;
    // Who is administrator by intention stays one; a role with administration that others take over may lose it.
    return !(administers.has(holder.id) && (holder.kind !== "role" || holder.nativeType === "permission-set"));
  };
  const cut = smallestCut((removed) => escalation.survivor(tenantId, YES, removed), { removable, ...LIMITS });
  const onPaths = new Map<string, number>();
  for (const path of escalating)
    for (const grantId of grantsOfPath(path))
      if (removable(grantId)) onPaths.set(grantId, (onPaths.get(grantId) ?? 0) + 1);
  const candidates = [...onPaths]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([grantId]) => grantId);
  const tried = [...new Set([...cut.removals, ...candidates.slice(0, MOST_RANKED)])];
  const ranking = rankChokePoints((removed) => escalation.reaching(tenantId, YES, removed).length, tried);
  const { exact, lowerBound, supports, cannotCut } = cut;
  return {
    tenant: tenantId,
    tenantName: graph.tenant(tenantId)?.name ?? tenantId,
    escalating: new Set(escalating.map(({ principal }) => principal.id)).size,
    removals: cut.removals.map((grantId) => inWords(grantId, graph)),
    exact,
    lowerBound,
    supports,
    cannotCut,
    ranking: ranking.map(({ grantId, cutsOff }) => ({ grant: inWords(grantId, graph), cutsOff })),
    tried: tried.length,
    candidates: candidates.length,
  };
}

/** Whether a grant brings a Deny with it: its policy, or one of the group it is a membership of. */
function denies(grantId: string, graph: AccessGraph): boolean {
  const entitlement = graph.entitlement(graph.grant(grantId)?.entitlementId ?? "");
  if (entitlement?.kind === "membership")
    return graph.grantsOf(entitlement.targetId).some(({ id }) => id !== grantId && denies(id, graph));
  if (entitlement?.kind !== "policy") return false;
  const parsed = graph.parsed(entitlement.targetId);
  return !parsed.known || parsed.value.statements.some(({ effect }) => effect === "Deny");
}

function inWords(grantId: string, graph: AccessGraph): ChokeGrant {
  const grant = graph.grant(grantId);
  const holder = graph.principal(grant?.principalId ?? "");
  return {
    id: grantId,
    kind: grant?.kind ?? "unknown",
    holder: holder?.displayName ?? grant?.principalId ?? "",
    holderId: grant?.principalId ?? "",
    access: graph.entitlement(grant?.entitlementId ?? "")?.displayName ?? grant?.entitlementId ?? "",
  };
}
