import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { activeCredentials, credentialOf, evidence, holderName, subjectOf } from "../subject.ts";

/** A token or key that was let into the organization and is not used there. */
export const idleSingleSignOnAuthorization: Rule = {
  id: "idle-single-sign-on-authorization",
  title: "Authorized token or key is not used",
  concern: "stale",
  rationale: "it enters past single sign-on, and nobody would miss it but its thief",
  remediation: "remove the authorization; its owner can authorize it again",
  controls: ["CIS GitHub 1.3.1", "PCI DSS 8.2.6", "SOC 2 CC6.2", "ISO 27001 A.5.18"],
  needs: ["single-sign-on-authorization"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const all = activeCredentials("single-sign-on-authorization", graph, readable);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const one of all) {
      const never = one.lastUsedAt.known && one.lastUsedAt.value === "never";
      const since = one.lastUsedAt.known && one.lastUsedAt.value === "never" ? one.createdAt : one.lastUsedAt;
      if (!since.known) {
        undecided.push({ subjectId: one.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleTokenDays) continue;
      drafts.push({
        subject: subjectOf(one, graph),
        grantId: null,
        credential: credentialOf(one),
        grants: graph.grantsOf(one.id).map((grant) => grant.id),
        summary: `the authorization of \`${one.displayHint}\` of \`${holderName(one, graph)}\` ${never ? `was never used in the ${idle} days since it was given` : `has not been used for ${idle} days`}`,
        evidence: evidence(now, "single sign-on authorizations"),
        suggestion: "revoke",
        scoreSubjectId: one.id,
      });
    }
    return { drafts, examined: all.length, undecided };
  },
};
