import { elsewhere, limited } from "../limited.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { unjudged } from "../unjudged.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";

/** A user or role to which a policy that allows everything is attached directly. */
export const directAdminPolicy: Rule = {
  id: "direct-admin-policy",
  title: "Administrator policy attached directly",
  concern: "overbroad",
  rationale: "everything on everything is never what one job needs",
  remediation: "attach a policy for the job instead, or go through a group that is reviewed",
  controls: ["CIS AWS 1.16 (v3), 1.15 (v5), 2.14 (v7)", "PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const principals = graph.snapshot.principals.filter(
      (principal) =>
        (principal.kind === "user" || principal.kind === "role") &&
        readable(principal.tenantId) &&
        principal.nativeType !== "permission-set" &&
        !governedByAws(principal),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const principal of principals) {
      const before = drafts.length;
      for (const admin of graph.adminGrants(principal.id)) {
        if (admin.how !== "all-actions" || admin.holding.via.length > 0) continue;
        const policy = graph.entitlement(admin.holding.entitlementId)?.displayName ?? "a policy";
        drafts.push({
          subject: subjectOf(principal, graph),
          grantId: admin.holding.id,
          grants: admin.holding.grants,
          path: graph.hops(admin.holding),
          summary: `\`${principal.displayName}\` is granted everything on everything directly by ${policy}${elsewhere(admin, graph)}${limited(admin)}`,
          evidence: evidence(now, "attached and inline policies"),
          suggestion: "narrow",
          floor: { score: admin.state === "yes" ? 45 : 20, name: "administrator without a limit" },
          scoreSubjectId: principal.id,
        });
      }
      // Found is found: what else it holds is no question any more.
      if (drafts.length > before) continue;
      const held = new Set(
        graph.grantsOf(principal.id).map(({ entitlementId }) => graph.entitlement(entitlementId)?.targetId),
      );
      undecided.push(...unjudged(principal.id, graph, (policyId) => held.has(policyId)));
    }
    return { drafts, examined: principals.length, undecided };
  },
};
