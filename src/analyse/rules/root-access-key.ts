import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An access key of the root user. */
export const rootAccessKey: Rule = {
  id: "root-access-key",
  title: "Root has an access key",
  concern: "overbroad",
  rationale: "a root key can do everything and no policy limits it in the tenant",
  remediation: "delete the key in the console, signed in as root",
  controls: ["CIS AWS 1.4 (v3), 1.3 (v5), 2.4 (v7)", "PCI DSS 7.2.2", "SOC 2 CC6.1", "ISO 27001 A.8.2"],
  needs: ["root"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const roots = graph.snapshot.principals.filter(
      (principal) => principal.kind === "root" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const root of roots) {
      const keys = graph
        .credentialsOf(root.id)
        .filter((key) => key.kind === "access-key" && key.status.known && key.status.value === "active");
      const present = root.attributes["accessKeysPresent"];
      if (keys.length === 0 && (present === undefined || present === null) && !root.createdAt.known) {
        undecided.push({ subjectId: root.id, reason: "neither the credential report nor the summary says it" });
      }
      if (keys.length === 0 && !(typeof present === "number" && present > 0)) continue;
      drafts.push({
        subject: subjectOf(root, graph),
        grantId: null,
        grants: [],
        summary: `root of ${graph.tenant(root.tenantId)?.name ?? root.tenantId} has an active access key`,
        evidence: evidence(now, keys.length > 0 ? "credential report" : "summary of the tenant"),
        suggestion: "revoke",
        floor: { score: 70, name: "a root key" },
        scoreSubjectId: root.id,
        signals: [{ family: "trust", name: "a root key cannot be limited", value: 0.6 }],
      });
    }
    return { drafts, examined: roots.length, undecided };
  },
};
