import { privilegedHoldings } from "../privileged-holdings.ts";
import type { FindingDraft, Rule } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";
import { unjudged } from "../unjudged.ts";

/** Privileged access for which no approval is on record. */
export const accessWithoutApproval: Rule = {
  id: "access-without-approval",
  title: "Access without approval",
  concern: "unapproved",
  rationale: "privileged access that nobody approved may have been taken, not given",
  remediation: "ask the owner to approve it (approvals.csv) or revoke it",
  controls: ["SOC 2 CC6.2", "ISO 27001 A.5.18", "PCI DSS 7.2.3", "NIST 800-53 AC-2"],
  needs: ["approval"],
  systems: ["aws", "github"],
  evaluate({ graph, now, readable }) {
    const holdings = privilegedHoldings(graph, readable);
    const drafts: FindingDraft[] = [];
    for (const { principal, holding } of holdings) {
      if (graph.approvalsOf(holding).length > 0) continue;
      const access = graph.entitlement(holding.entitlementId)?.displayName ?? holding.entitlementId;
      const through = holding.via.map((id) => graph.principal(id)?.displayName ?? id);
      drafts.push({
        subject: subjectOf(principal, graph),
        grantId: holding.id,
        grants: holding.grants,
        path: graph.hops(holding),
        summary: `\`${principal.displayName}\` holds ${access}${through.length > 0 ? ` through ${through.map((name) => `\`${name}\``).join(" and ")}` : ""}, and no approval is on record`,
        evidence: evidence(now, "approvals"),
        suggestion: "ask-owner",
        scoreSubjectId: principal.id,
        signals: [{ family: "approval", name: "no approval on record", value: 0.3 }],
      });
    }
    const undecided = graph.snapshot.principals
      .filter(({ kind, tenantId }) => (kind === "user" || kind === "role") && readable(tenantId))
      .flatMap(({ id }) => (graph.adminGrants(id).length > 0 ? [] : unjudged(id, graph)));
    return { drafts, examined: holdings.length, undecided };
  },
};
