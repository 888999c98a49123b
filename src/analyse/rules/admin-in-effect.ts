import { hangsOn } from "../escalation-drafts.ts";
import type { Rule } from "../rule.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";
import { grantsOfPath } from "../../graph/escalation/paths.ts";

/** Several policies that no single one of which is everything, and that together are. */
export const adminInEffect: Rule = {
  id: "admin-in-effect",
  title: "Administrator by several policies together",
  concern: "overbroad",
  rationale: "each policy looks harmless in a review; together they allow everything",
  remediation: "keep the one that is needed, or make the person an administrator by name",
  controls: ["PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["principal", "policy"],
  systems: ["aws"],
  evaluate({ graph, escalations, now, readable }) {
    const principals = graph.snapshot.principals.filter(
      (principal) =>
        principal.system === "aws" &&
        (principal.kind === "user" || principal.kind === "role") &&
        readable(principal.tenantId) &&
        !governedByAws(principal),
    );
    return {
      drafts: principals.flatMap((principal) => {
        // One grant that is everything is told by the rules about administrators.
        if (graph.adminGrants(principal.id).some(({ how }) => how === "all-actions")) return [];
        const path = escalations.heldBy(principal.id).find(({ state }) => state !== "unknown");
        if (path === undefined || path.hops.some(({ technique }) => technique.id === "assigned")) return [];
        const names = grantsOfPath(path).flatMap((grantId) => {
          const entitlement = graph.entitlement(graph.grant(grantId)?.entitlementId ?? "");
          return entitlement?.kind === "policy" ? [`\`${entitlement.displayName}\``] : [];
        });
        return [
          {
            subject: subjectOf(principal, graph),
            grantId: null,
            grants: grantsOfPath(path),
            path: path.hops,
            summary: `\`${principal.displayName}\` is administrator in effect: ${names.join(" and ")} together allow everything on everything${hangsOn(path)}`,
            evidence: evidence(now, "policies through every layer"),
            suggestion: "narrow" as const,
            floor: { score: path.state === "yes" ? 45 : 20, name: "administrator in effect" },
            scoreSubjectId: principal.id,
          },
        ];
      }),
      examined: principals.length,
      undecided: [],
    };
  },
};
