import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** An active access key that was not rotated in time. */
export const oldAccessKey: Rule = {
  id: "old-access-key",
  title: "Access key is too old",
  concern: "stale",
  rationale: "the longer a key lives, the more copies of it exist",
  remediation: "make a second key, move its users over, deactivate this one",
  controls: ["CIS AWS 1.14 (v3), 1.13 (v5), 2.12 (v7)", "PCI DSS 8.6.3", "SOC 2 CC6.1", "ISO 27001 A.5.17"],
  needs: ["principal", "access-key"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    // Any key of root is found by its own rule, old or not.
    const keys = activeCredentials("access-key", graph, readable).filter(
      (key) => key.holderId === null || graph.principal(key.holderId)?.kind !== "root",
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const key of keys) {
      if (!key.createdAt.known) {
        undecided.push({ subjectId: key.id, reason: key.createdAt.why });
        continue;
      }
      const age = daysBetween(key.createdAt.value, now);
      if (age <= thresholds.keyAgeDays) continue;
      drafts.push({
        subject: subjectOf(key, graph),
        grantId: null,
        credential: credentialOf(key),
        grants: [],
        summary: `access key \`${key.displayHint}\` of \`${holderName(key, graph)}\` is ${age} days old`,
        evidence: evidence(now, "creation date of the access key"),
        suggestion: "rotate",
        scoreSubjectId: key.id,
      });
    }
    return { drafts, examined: keys.length, undecided };
  },
};
