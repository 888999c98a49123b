import type { FindingDraft, Rule } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A user with policies of its own instead of a group. */
export const policyOnUser: Rule = {
  id: "policy-on-user",
  title: "Policy attached directly to a user",
  concern: "overbroad",
  rationale: "access that hangs on a person is forgotten when the person changes jobs",
  remediation: "put the policy on a group and the user into it",
  controls: ["CIS AWS 1.15 (v3), 1.14 (v5), 2.13 (v7)", "SOC 2 CC6.3", "ISO 27001 A.5.15"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const users = graph.snapshot.principals.filter(
      (principal) => principal.nativeType === "iam-user" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    for (const user of users) {
      const own = graph.grantsOf(user.id).filter((grant) => grant.kind === "attachment" || grant.kind === "inline");
      if (own.length === 0) continue;
      const names = own
        .map((grant) => graph.entitlement(grant.entitlementId)?.displayName ?? grant.entitlementId)
        .sort();
      drafts.push({
        subject: subjectOf(user, graph),
        grantId: null,
        grants: own.map((grant) => grant.id),
        summary: `\`${user.displayName}\` has ${own.length === 1 ? "a policy" : `${own.length} policies`} of its own: ${names.slice(0, 4).join(", ")}${names.length > 4 ? " and others" : ""}`,
        evidence: evidence(now, "attached and inline policies"),
        suggestion: "narrow",
        scoreSubjectId: user.id,
      });
    }
    return { drafts, examined: users.length, undecided: [] };
  },
};
