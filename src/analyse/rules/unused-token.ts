import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A fine-grained token that was not used for as long as the policy allows. */
export const unusedToken: Rule = {
  id: "unused-token",
  title: "Token is not used",
  concern: "stale",
  rationale: "an unused token is missed by nobody but its thief",
  remediation: "revoke the token; its owner can ask again",
  controls: ["CIS GitHub 1.3.1", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["fine-grained-token"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const tokens = activeCredentials("fine-grained-token", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const token of tokens) {
      const last = token.lastUsedAt;
      const since = last.known && last.value === "never" ? token.createdAt : last;
      if (!since.known) {
        undecided.push({ subjectId: token.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleTokenDays) continue;
      drafts.push({
        subject: subjectOf(token, graph),
        grantId: null,
        credential: credentialOf(token),
        grants: graph.grantsOf(token.id).map((grant) => grant.id),
        summary: `token \`${token.displayHint}\` of \`${holderName(token, graph)}\` ${last.known && last.value === "never" ? `was never used in the ${idle} days since it was granted` : `has not been used for ${idle} days`}`,
        evidence: evidence(now, "fine-grained tokens"),
        suggestion: "revoke",
        scoreSubjectId: token.id,
      });
    }
    return { drafts, examined: tokens.length, undecided };
  },
};
