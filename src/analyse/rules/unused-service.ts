import { daysBetween } from "../../model/instant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, governedByAws, subjectOf } from "../subject.ts";
import { counted } from "../../text/counted.ts";

/** Services a principal is granted but did not use for as long as the policy allows. */
export const unusedService: Rule = {
  id: "unused-service",
  title: "Granted services are not used",
  concern: "overbroad",
  rationale: "what is not used is not needed, and only helps whoever takes the principal over",
  remediation: "take the services out of its policies",
  controls: ["PCI DSS 7.2.2", "SOC 2 CC6.3", "ISO 27001 A.8.2", "NIST 800-53 AC-6(7)"],
  needs: ["principal", "service-last-accessed"],
  systems: ["aws"],
  evaluate({ graph, thresholds, now, readable }) {
    const byPrincipal = new Map<string, { readonly service: string; readonly days: number | "never" }[]>();
    const examined = new Set<string>();
    const undecided: Undecided[] = [];
    for (const { principalId, service, action, lastUsedAt, tenantId } of graph.snapshot.usage) {
      const principal = graph.principal(principalId);
      if (action !== null || !readable(tenantId) || principal === undefined || governedByAws(principal)) continue;
      examined.add(principalId);
      if (!lastUsedAt.known) {
        undecided.push({ subjectId: principalId, reason: lastUsedAt.why });
        continue;
      }
      // A young principal had no time to use anything.
      if (principal.createdAt.known && daysBetween(principal.createdAt.value, now) < thresholds.unusedServiceDays)
        continue;
      const days = lastUsedAt.value === "never" ? "never" : daysBetween(lastUsedAt.value, now);
      if (days !== "never" && days < thresholds.unusedServiceDays) continue;
      byPrincipal.set(principalId, [...(byPrincipal.get(principalId) ?? []), { service, days }]);
    }
    const drafts = [...byPrincipal].flatMap(([id, services]): FindingDraft[] => {
      const principal = graph.principal(id);
      if (principal === undefined) return [];
      const names = services.map(({ service }) => service).sort();
      const shown = names.slice(0, 6).join(", ");
      return [
        {
          subject: subjectOf(principal, graph),
          grantId: null,
          grants: graph.grantsOf(id).map((grant) => grant.id),
          summary: `\`${principal.displayName}\` is granted ${counted(names.length, "service")} it did not use for ${thresholds.unusedServiceDays} days: ${shown}${names.length > 6 ? " and others" : ""}`,
          evidence: evidence(now, "service last accessed (attempts count, denied ones too)"),
          suggestion: "narrow",
          scoreSubjectId: id,
        },
      ];
    });
    return { drafts, examined: examined.size, undecided };
  },
};
