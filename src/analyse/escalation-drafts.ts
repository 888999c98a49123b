import type { AccessGraph } from "../graph/access-graph.ts";
import type { EscalationPath, PathHop, PathState } from "../graph/escalation/paths.ts";
import { grantsOfPath } from "../graph/escalation/paths.ts";
import type { Principal } from "../model/principal.ts";
import { tenantInWords } from "./known-tenants.ts";
import type { FindingDraft, RuleContext } from "./rule.ts";
import { evidence, governedByAws, subjectOf } from "./subject.ts";

/** Whom the rules about paths look at: people and machines, not what AWS governs; a permission set shows through its people. */
export function examinedForPaths({ graph, readable }: Pick<RuleContext, "graph" | "readable">): readonly Principal[] {
  return graph.snapshot.principals.filter(
    (principal) =>
      principal.system === "aws" &&
      (principal.kind === "user" || principal.kind === "role" || principal.kind === "external") &&
      principal.nativeType !== "permission-set" &&
      readable(principal.tenantId) &&
      !governedByAws(principal),
  );
}

/** Paths of a principal in one state: none where it administers the same tenant anyway. */
export function pathsIn(
  state: PathState,
  principal: Principal,
  { escalations }: Pick<RuleContext, "escalations">,
): readonly EscalationPath[] {
  const held = new Set(
    escalations
      .heldBy(principal.id)
      .flatMap((path) => (path.state === "yes" || state !== "yes" ? [path.tenantId] : [])),
  );
  const byTenant = new Map<string, EscalationPath>();
  for (const path of escalations.pathsOf(principal.id))
    if (!held.has(path.tenantId) && !byTenant.has(path.tenantId)) byTenant.set(path.tenantId, path);
  return [...byTenant.values()].filter((path) => path.state === state);
}

/** A path as a finding: one per principal and tenant, with the shortest way and how many others there are. */
export function escalationDraft(
  principal: Principal,
  path: EscalationPath,
  { graph, escalations, now }: RuleContext,
  floor: NonNullable<FindingDraft["floor"]>,
): FindingDraft {
  const others = escalations
    .pathsOf(principal.id)
    .filter((other) => other !== path && other.tenantId === path.tenantId).length;
  const foreign = principal.kind === "external";
  return {
    subject: subjectOf(principal, graph),
    // The path's tenant makes two findings of one principal two, as a grant would.
    grantId: path.tenantId === principal.tenantId ? null : path.tenantId,
    grants: grantsOfPath(path),
    path: path.hops,
    summary: `${nameOf(principal)} can become administrator${path.tenantId === principal.tenantId && !foreign ? "" : ` of ${graph.tenant(path.tenantId)?.name ?? path.tenantId}`}: ${inWords(path, graph)}${hangsOn(path)}${others > 0 ? `; ${others} other ${others === 1 ? "way" : "ways"}` : ""}`,
    evidence: evidence(now, "policies through every layer, trust policies, what runs as which role"),
    suggestion: foreign ? "fix-trust" : "narrow",
    floor,
    scoreSubjectId: principal.id,
  };
}

function nameOf(principal: Principal): string {
  const tenant = /^arn:[^:]+:(?:iam|sts)::(\d{12}):root$/.exec(principal.locator)?.[1];
  return principal.kind === "external" && tenant !== undefined
    ? `tenant ${tenantInWords(tenant)}`
    : `\`${principal.displayName}\``;
}

/** The steps in a sentence: memberships told as where it comes from, what is granted at the end left out. */
export function inWords({ hops }: Pick<EscalationPath, "hops">, graph: AccessGraph): string {
  const name = (id: string, locator: string): string => graph.principal(id)?.displayName ?? locator;
  const steps = hops.flatMap((hop: PathHop) => {
    if (hop.technique.id === "granted") return [];
    if (hop.technique.id === "member-of" || hop.technique.id === "assigned")
      return [`through \`${name(hop.toId, hop.to)}\``];
    const becomes =
      hop.toId !== hop.fromId && graph.principal(hop.toId) !== undefined ? ` → \`${name(hop.toId, hop.to)}\`` : "";
    return [`${hop.technique.name}${becomes}`];
  });
  return steps.join(", then ");
}

/** What a conditional path hangs on, as the end of a sentence. */
export function hangsOn({ hops }: Pick<EscalationPath, "hops">): string {
  const keys = [...new Set(hops.flatMap(({ conditions }) => conditions.map(({ key }) => key)))].sort();
  return keys.length === 0 ? "" : `, under a condition on ${keys.map((key) => `\`${key}\``).join(", ")}`;
}
