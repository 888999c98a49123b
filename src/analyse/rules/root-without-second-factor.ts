import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A root user without MFA. */
export const rootWithoutSecondFactor: Rule = {
  id: "root-without-second-factor",
  title: "Root has no second factor",
  concern: "overbroad",
  rationale: "whoever learns the password owns the tenant",
  remediation: "set up MFA for root, hardware if possible",
  controls: ["CIS AWS 1.5 (v3), 1.4 (v5), 2.5 (v7)", "PCI DSS 8.4.1", "SOC 2 CC6.1", "ISO 27001 A.8.5"],
  needs: ["root"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const roots = graph.snapshot.principals.filter(
      (principal) => principal.kind === "root" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const root of roots) {
      if (!root.secondFactor.known) undecided.push({ subjectId: root.id, reason: root.secondFactor.why });
      else if (root.secondFactor.value !== true) {
        drafts.push({
          subject: subjectOf(root, graph),
          grantId: null,
          grants: [],
          summary: `root of ${graph.tenant(root.tenantId)?.name ?? root.tenantId} has no second factor`,
          evidence: evidence(now, "credential report or summary of the tenant"),
          suggestion: "ask-owner",
          scoreSubjectId: root.id,
          signals: [{ family: "second-factor", name: "root without a second factor", value: 0.6 }],
        });
      }
    }
    return { drafts, examined: roots.length, undecided };
  },
};
