import { elsewhere, limited, unread } from "../limited.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { unjudged } from "../unjudged.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";

/** Everything, or all of IAM, on everything through a group, a permission set or an own policy. */
export const adminByGrant: Rule = {
  id: "admin-by-grant",
  title: "Administrator through a group or over IAM",
  concern: "overbroad",
  rationale: "whoever may do all of IAM can give themselves everything else",
  remediation: "narrow the group or policy, or move the person out of it",
  controls: ["CIS AWS 1.16 (v3), 1.15 (v5), 2.14 (v7)", "PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, now, readable }) {
    const principals = graph.snapshot.principals.filter(
      (principal) =>
        (principal.kind === "user" || principal.kind === "role") &&
        readable(principal.tenantId) &&
        !governedByAws(principal),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const principal of principals) {
      // A permission set shows through the people it is assigned to.
      if (principal.nativeType === "permission-set") continue;
      const admins = graph.adminGrants(principal.id);
      // Whoever administers by a grant that was read needs no guess about those that were not.
      if (admins.length === 0) undecided.push(...unjudged(principal.id, graph));
      for (const admin of admins) {
        if (admin.how === "all-actions" && admin.holding.via.length === 0) continue;
        if (admin.state === "unknown") {
          undecided.push({ subjectId: principal.id, reason: unread(admin) });
          continue;
        }
        const through = admin.holding.via.map((id) => graph.principal(id)?.displayName ?? id);
        drafts.push({
          subject: subjectOf(principal, graph),
          grantId: admin.holding.id,
          grants: admin.holding.grants,
          path: graph.hops(admin.holding),
          summary: `\`${principal.displayName}\` is granted ${admin.how === "all-actions" ? "everything" : "all of IAM"} on everything${through.length > 0 ? ` through ${through.map((name) => `\`${name}\``).join(" and ")}` : ` by ${graph.entitlement(admin.holding.entitlementId)?.displayName ?? "a policy"}`}${elsewhere(admin, graph)}${limited(admin)}`,
          evidence: evidence(now, "group memberships, attached and inline policies"),
          suggestion: "narrow",
          floor: { score: admin.state === "yes" ? 20 : 10, name: "administrator" },
          scoreSubjectId: principal.id,
        });
      }
    }
    return { drafts, examined: principals.length, undecided };
  },
};
