import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An invitation that nobody took for longer than GitHub itself waits. */
export const pendingInvitation: Rule = {
  id: "pending-invitation",
  title: "Invitation is pending too long",
  concern: "stale",
  rationale: "an old invitation is access waiting in somebody's mailbox",
  remediation: "cancel the invitation; invite again when it is needed",
  controls: ["SOC 2 CC6.2", "ISO 27001 A.5.18", "CIS GitHub 1.3.6"],
  needs: ["invitation"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const grant of graph.snapshot.grants) {
      const invited = graph.principal(grant.principalId);
      if (grant.kind !== "invitation" || !readable(grant.tenantId) || invited === undefined) continue;
      examined += 1;
      if (!grant.grantedAt.known) {
        undecided.push({ subjectId: invited.id, reason: grant.grantedAt.why });
        continue;
      }
      const pending = daysBetween(grant.grantedAt.value, now);
      if (pending <= thresholds.invitationPendingDays) continue;
      drafts.push({
        subject: subjectOf(invited, graph),
        grantId: grant.id,
        grants: [grant.id],
        summary: `the invitation of \`${invited.displayName}\` to ${graph.entitlement(grant.entitlementId)?.displayName ?? "the organization"} has been pending for ${pending} days`,
        evidence: evidence(now, "pending invitations"),
        suggestion: "revoke",
        scoreSubjectId: invited.id,
      });
    }
    return { drafts, examined, undecided };
  },
};
