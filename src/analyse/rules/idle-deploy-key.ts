import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A deploy key that was not used for as long as the policy allows. */
export const idleDeployKey: Rule = {
  id: "idle-deploy-key",
  title: "Deploy key is not used",
  concern: "stale",
  rationale: "a key on a forgotten machine still opens the repository",
  remediation: "delete the deploy key; its public half is kept for the undo",
  controls: ["CIS GitHub 1.3.1", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["deploy-key"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const keys = activeCredentials("deploy-key", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const key of keys) {
      const last = key.lastUsedAt;
      const since = last.known && last.value === "never" ? key.createdAt : last;
      if (!since.known) {
        undecided.push({ subjectId: key.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleDeployKeyDays) continue;
      drafts.push({
        subject: subjectOf(key, graph),
        grantId: null,
        credential: credentialOf(key),
        grants: graph.grantsOf(key.id).map((grant) => grant.id),
        summary: `deploy key \`${key.displayHint}\` of \`${holderName(key, graph)}\` ${last.known && last.value === "never" ? `was never used in the ${idle} days since it was added` : `has not been used for ${idle} days`}`,
        evidence: evidence(now, "last use of the deploy key"),
        suggestion: "revoke",
        scoreSubjectId: key.id,
      });
    }
    return { drafts, examined: keys.length, undecided };
  },
};
