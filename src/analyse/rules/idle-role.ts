import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";

/** A role nobody assumed for as long as the policy allows. */
export const idleRole: Rule = {
  id: "idle-role",
  title: "Role is not used",
  concern: "stale",
  rationale: "an unused role waits for whoever finds a way to assume it",
  remediation: "detach its policies, wait, then delete the role",
  controls: ["CIS AWS 1.11 (v5), 2.11 (v7)", "PCI DSS 7.2.5.1", "SOC 2 CC6.3", "ISO 27001 A.5.18"],
  needs: ["principal", "role-last-used"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const roles = graph.snapshot.principals.filter(
      (principal) =>
        principal.kind === "role" &&
        principal.nativeType === "iam-role" &&
        readable(principal.tenantId) &&
        !governedByAws(principal),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const role of roles) {
      const last = role.lastUsedAt;
      const since = last.known && last.value === "never" ? role.createdAt : last;
      if (!since.known) {
        undecided.push({ subjectId: role.id, reason: since.why });
        continue;
      }
      const idle = daysBetween(since.value, now);
      if (idle < thresholds.idleRoleDays) continue;
      const never = last.known && last.value === "never";
      drafts.push({
        subject: subjectOf(role, graph),
        grantId: null,
        grants: graph.grantsOf(role.id).map((grant) => grant.id),
        summary: never
          ? `role \`${role.displayName}\` shows no use since it was created ${idle} days ago (AWS looks back 400 days)`
          : `role \`${role.displayName}\` has not been used for ${idle} days`,
        evidence: evidence(now, "last use of the role"),
        suggestion: "revoke",
        scoreSubjectId: role.id,
      });
    }
    return { drafts, examined: roles.length, undecided };
  },
};
