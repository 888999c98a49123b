import { suggestionFor } from "../governed-elsewhere.ts";
import type { FindingDraft, Rule } from "../rule.ts";
import { day, evidence, subjectOf } from "../subject.ts";

/** Privileged access whose approval ran out. */
export const expiredApproval: Rule = {
  id: "expired-approval",
  title: "Approval has expired",
  concern: "unapproved",
  rationale: "access that was approved for a time outlived it",
  remediation: "renew the approval or revoke the access",
  controls: ["SOC 2 CC6.2", "ISO 27001 A.5.18", "PCI DSS 7.2.4", "NIST 800-53 AC-2"],
  needs: ["approval"],
  systems: ["aws", "github"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    let examined = 0;
    for (const principal of graph.snapshot.principals) {
      if (!readable(principal.tenantId) || principal.kind === "service" || principal.kind === "anyone") continue;
      for (const holding of graph.holdingsOf(principal.id)) {
        const approvals = graph.approvalsOf(holding);
        if (approvals.length === 0) continue;
        examined += 1;
        // One approval that still holds is enough.
        if (approvals.some((approval) => approval.expiresAt === null || day(approval.expiresAt) >= day(now))) continue;
        const last = approvals
          .flatMap((approval) => (approval.expiresAt === null ? [] : [approval.expiresAt]))
          .sort()
          .at(-1);
        if (last === undefined) continue;
        drafts.push({
          subject: subjectOf(principal, graph),
          grantId: holding.id,
          grants: holding.grants,
          summary: `the approval for ${graph.entitlement(holding.entitlementId)?.displayName ?? "access"} of \`${principal.displayName}\` ran out on ${day(last)}`,
          evidence: evidence(now, ...approvals.map((approval) => `approvals.csv, line ${approval.line}`)),
          suggestion: suggestionFor(holding.grants, graph, "revoke"),
          scoreSubjectId: principal.id,
          signals: [{ family: "approval", name: "approval expired", value: 0.3 }],
        });
      }
    }
    return { drafts, examined, undecided: [] };
  },
};
