import type { FindingDraft, Rule } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A user with two active access keys. */
export const secondActiveAccessKey: Rule = {
  id: "second-active-access-key",
  title: "User has two active access keys",
  concern: "stale",
  rationale: "one of two keys is forgotten, and both open the same doors",
  remediation: "find out which key is in use and deactivate the other",
  controls: ["CIS AWS 1.13 (v3), 1.12 (v5)", "SOC 2 CC6.1", "ISO 27001 A.5.17"],
  needs: ["principal", "access-key"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const users = graph.snapshot.principals.filter(
      (principal) => principal.nativeType === "iam-user" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    for (const user of users) {
      const keys = graph
        .credentialsOf(user.id)
        .filter((key) => key.kind === "access-key" && key.status.known && key.status.value === "active");
      if (keys.length < 2) continue;
      drafts.push({
        subject: subjectOf(user, graph),
        grantId: null,
        grants: [],
        summary: `\`${user.displayName}\` has ${keys.length} active access keys: ${keys.map((key) => `\`${key.displayHint}\``).join(" and ")}`,
        evidence: evidence(now, "list of access keys"),
        suggestion: "ask-owner",
        scoreSubjectId: user.id,
      });
    }
    return { drafts, examined: users.length, undecided: [] };
  },
};
