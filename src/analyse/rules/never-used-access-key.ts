import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** An active access key that was never used although it had its time. */
export const neverUsedAccessKey: Rule = {
  id: "never-used-access-key",
  title: "Access key was never used",
  concern: "stale",
  rationale: "a key nobody used is a key nobody would miss, and somebody may have a copy",
  remediation: "deactivate the key, tell its owner, then delete it",
  controls: ["CIS AWS 1.12 (v3), 1.11 (v5), 2.11 (v7)", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["principal", "access-key", "access-key-last-used"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const keys = activeCredentials("access-key", graph, readable).filter(
      (key) => key.holderId === null || graph.principal(key.holderId)?.kind !== "root",
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const key of keys) {
      if (!key.lastUsedAt.known) undecided.push({ subjectId: key.id, reason: key.lastUsedAt.why });
      else if (key.lastUsedAt.value !== "never") continue;
      else if (!key.createdAt.known) undecided.push({ subjectId: key.id, reason: key.createdAt.why });
      else {
        const age = daysBetween(key.createdAt.value, now);
        if (age < thresholds.neverUsedKeyDays) continue;
        drafts.push({
          subject: subjectOf(key, graph),
          grantId: null,
          credential: credentialOf(key),
          grants: [],
          summary: `access key \`${key.displayHint}\` of \`${holderName(key, graph)}\` was never used in the ${age} days since it was created`,
          evidence: evidence(now, "last use of the access key"),
          suggestion: "revoke",
          scoreSubjectId: key.id,
        });
      }
    }
    return { drafts, examined: keys.length, undecided };
  },
};
