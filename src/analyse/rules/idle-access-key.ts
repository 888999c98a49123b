import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, day, evidence, holderName, subjectOf } from "../subject.ts";

/** An active access key that was used once but not for as long as the policy allows. */
export const idleAccessKey: Rule = {
  id: "idle-access-key",
  title: "Active access key is not used",
  concern: "stale",
  rationale: "an unused key still opens every door it ever opened",
  remediation: "deactivate the key, wait one business cycle, then delete it",
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
      // A key that was never used belongs to its own rule.
      else if (key.lastUsedAt.value !== "never") {
        const idle = daysBetween(key.lastUsedAt.value, now);
        if (idle < thresholds.idleCredentialDays) continue;
        drafts.push({
          subject: subjectOf(key, graph),
          grantId: null,
          credential: credentialOf(key),
          grants: [],
          summary: `access key \`${key.displayHint}\` of \`${holderName(key, graph)}\` has not been used for ${idle} days, last on ${day(key.lastUsedAt.value)}`,
          evidence: evidence(now, "last use of the access key"),
          suggestion: "revoke",
          scoreSubjectId: key.id,
        });
      }
    }
    return { drafts, examined: keys.length, undecided };
  },
};
