import type { EscalationPath } from "../../graph/escalation/paths.ts";
import { grantsOfPath } from "../../graph/escalation/paths.ts";
import type { AccessGraph } from "../../graph/access-graph.ts";
import { examinedForPaths, hangsOn } from "../escalation-drafts.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";
import { unjudged } from "../unjudged.ts";

/** Several policies, no single one of which is everything, that together are. */
export const adminInEffect: Rule = {
  id: "admin-in-effect",
  title: "Administrator by several policies together",
  concern: "overbroad",
  rationale: "each policy looks harmless in a review; together they allow everything",
  remediation: "keep the one that is needed, or make the person an administrator by name",
  controls: ["PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate(context) {
    const { graph, escalations, now } = context;
    const principals = examinedForPaths(context).filter(({ kind }) => kind !== "external");
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const principal of principals) {
      const told = new Set<string>();
      for (const path of escalations.heldBy(principal.id)) {
        if (told.has(path.tenantId) || isOneGrant(path, graph)) continue;
        told.add(path.tenantId);
        if (path.state === "unknown") {
          const [open] = unjudged(principal.id, graph);
          undecided.push(open ?? { subjectId: principal.id, reason: "what was not read may complete its policies" });
          continue;
        }
        const elsewhere =
          path.tenantId === principal.tenantId ? "" : ` of ${graph.tenant(path.tenantId)?.name ?? path.tenantId}`;
        drafts.push({
          subject: subjectOf(principal, graph),
          grantId: path.tenantId === principal.tenantId ? null : path.tenantId,
          grants: grantsOfPath(path),
          path: path.hops,
          summary: `\`${principal.displayName}\` is administrator${elsewhere} in effect: ${together(path, graph)}${hangsOn(path)}`,
          evidence: evidence(now, "policies through every layer"),
          suggestion: "narrow",
          floor: { score: path.state === "yes" ? 45 : 20, name: "administrator in effect" },
          scoreSubjectId: principal.id,
        });
      }
    }
    return { drafts, examined: principals.length, undecided };
  },
};

/** Whether the tenant is administered by one grant alone: the rules about administrators tell that. */
function isOneGrant(path: EscalationPath, graph: AccessGraph): boolean {
  const used = new Set(grantsOfPath(path));
  return graph
    .adminGrants(path.principal.id)
    .some(
      ({ how, tenantId, state, holding }) =>
        how === "all-actions" &&
        tenantId === path.tenantId &&
        (state === "yes" || path.state !== "yes" || holding.grants.every((grantId) => used.has(grantId))),
    );
}

/** The policies by name, and that they are everything. */
function together(path: EscalationPath, graph: AccessGraph): string {
  const names = grantsOfPath(path).flatMap((grantId) => {
    const entitlement = graph.entitlement(graph.grant(grantId)?.entitlementId ?? "");
    return entitlement?.kind === "policy"
      ? [`\`${graph.policy(entitlement.targetId)?.name ?? entitlement.displayName}\``]
      : [];
  });
  const last = names.pop();
  if (last === undefined) return "its policies together allow everything on everything";
  return names.length === 0
    ? `the statements of the policy ${last} together allow everything on everything`
    : `the policies ${names.join(", ")} and ${last} together allow everything on everything`;
}
