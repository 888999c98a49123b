import { escalationsOf, type Escalations } from "../analyse/escalations.ts";
import { analyse } from "../analyse/run-rules.ts";
import { RULES } from "../analyse/rules/index.ts";
import { bestCoverage } from "../graph/best-coverage.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { loadActionTable } from "../policy/aws/action-table.ts";
import type { AccessGraph } from "../graph/access-graph.ts";
import type { TenantChokePoints } from "../model/choke-points.ts";
import type { PushedRole } from "../model/pushed-role.ts";
import type { FindingsDocument, RuleDescription } from "../model/findings-document.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Thresholds } from "../model/thresholds.ts";
import { chokePointsIn } from "./choke-points.ts";
import { pushedAdministrators } from "./pushed-administrators.ts";

/** A snapshot, its graph and what the rules say about it. */
export interface Evaluation {
  readonly graph: AccessGraph;
  readonly document: FindingsDocument;
  /** Ids of rules that threw: our bug, the run went on. */
  readonly failedRules: readonly string[];
  /** What cuts the ways to administration; worked out when a report first asks. */
  readonly chokePoints: () => readonly TenantChokePoints[];
  /** Roles with administration that trust GitHub's tokens, and who comes to them by pushing; worked out when first asked. */
  readonly pushedRoles: () => readonly PushedRole[];
  /** Who administers and on which ways; worked out when first asked. */
  readonly escalations: Escalations;
}

/** Builds the graph and asks every rule. */
export async function evaluate(snapshot: Snapshot, thresholds: Thresholds): Promise<Evaluation> {
  const graph = buildGraph(snapshot);
  const table = await loadActionTable();
  const escalations = escalationsOf(graph, table);
  const { rules, findings, failed } = analyse(graph, { thresholds, now: snapshot.asOf, table, escalations });
  let tenants: readonly TenantChokePoints[] | undefined;
  let pushed: readonly PushedRole[] | undefined;
  const document: FindingsDocument = {
    schema: "leastwise/findings@1",
    asOf: snapshot.asOf,
    asOfSource: snapshot.asOfSource,
    coverage: bestCoverage(snapshot.coverage).map(({ tenantId, kind, state, reason }) => ({
      tenant: tenantId,
      kind,
      state,
      reason,
    })),
    rules,
    findings,
  };
  return {
    graph,
    document,
    failedRules: failed,
    escalations,
    pushedRoles: () => (pushed ??= pushedAdministrators(graph, escalations)),
    chokePoints: () => (tenants ??= chokePointsIn(graph, escalations.escalation).tenants),
  };
}

/** What the rules say about themselves. */
export function ruleDescriptions(): readonly RuleDescription[] {
  return RULES.map(({ id, title, rationale, remediation, controls }) => ({
    id,
    title,
    rationale,
    remediation,
    controls,
  }));
}

/** Names people know the tenants by. */
export function tenantNames(snapshot: Snapshot): Readonly<Record<string, string>> {
  return Object.fromEntries(
    snapshot.tenants.map((tenant) => [
      tenant.id,
      tenant.name === tenant.nativeId ? tenant.name : `${tenant.name} (${tenant.nativeId})`,
    ]),
  );
}
