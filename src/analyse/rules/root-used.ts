import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { day, everUsed, evidence, subjectOf } from "../subject.ts";

/** A root user that somebody signed in as lately. */
export const rootUsed: Rule = {
  id: "root-used",
  title: "Root was used",
  concern: "unapproved",
  rationale: "daily work as root leaves no name and no limit",
  remediation: "find out who it was and why; use a role instead",
  controls: ["CIS AWS 1.7 (v3), 1.6 (v5), 2.7 (v7)", "PCI DSS 8.2.2", "SOC 2 CC6.1", "ISO 27001 A.8.2"],
  needs: ["root"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const roots = graph.snapshot.principals.filter(
      (principal) => principal.kind === "root" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const root of roots) {
      const uses = [root.lastUsedAt, ...graph.credentialsOf(root.id).map((key) => key.lastUsedAt)];
      const used = uses
        .flatMap((use) => (everUsed(use) ? [use.value] : []))
        .sort()
        .at(-1);
      const ago = used === undefined ? Infinity : daysBetween(used, now);
      if (used === undefined || ago >= thresholds.rootUsedDays) {
        const unread = uses.find((use) => !use.known);
        if (unread !== undefined && !unread.known) undecided.push({ subjectId: root.id, reason: unread.why });
        continue;
      }
      drafts.push({
        subject: subjectOf(root, graph),
        grantId: null,
        grants: [],
        summary: `root of ${graph.tenant(root.tenantId)?.name ?? root.tenantId} was used ${ago} days ago, on ${day(used)}`,
        evidence: evidence(now, "credential report"),
        suggestion: "ask-owner",
        scoreSubjectId: root.id,
        signals: [{ family: "approval", name: "used outside any approval", value: 0.3 }],
      });
    }
    return { drafts, examined: roots.length, undecided };
  },
};
