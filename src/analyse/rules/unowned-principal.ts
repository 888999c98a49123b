import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A login nobody is known to own. */
export const unownedPrincipal: Rule = {
  id: "unowned-principal",
  title: "Nobody owns this principal",
  concern: "unapproved",
  rationale: "what nobody owns nobody reviews and nobody misses",
  remediation: "find its owner and write it into identity-map.csv or owners.csv, or remove it",
  controls: ["SOC 2 CC6.1", "ISO 27001 A.5.16", "PCI DSS 7.2.4", "NIST 800-53 AC-2"],
  needs: ["roster"],
  systems: ["aws", "github"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const principal of graph.snapshot.principals) {
      if (principal.kind !== "user" || principal.nativeType === "invited" || !readable(principal.tenantId)) continue;
      examined += 1;
      const who = graph.whoIs(principal.id);
      if (who.state === "conflict") {
        undecided.push({ subjectId: principal.id, reason: "two people may be behind it" });
        continue;
      }
      if (who.state === "linked" || who.state === "probable" || who.state === "service" || who.state === "shared")
        continue;
      const owners = graph.ownersOf(principal);
      if (owners.business !== null || owners.technical !== null) continue;
      drafts.push({
        subject: subjectOf(principal, graph),
        grantId: null,
        grants: graph.grantsOf(principal.id).map((grant) => grant.id),
        summary: `nobody is known to own \`${principal.displayName}\`${who.state === "suggested" && who.identityId !== null ? ` (perhaps ${graph.identity(who.identityId)?.displayName ?? who.identityId}: ${who.evidence.join(", ")})` : ""}`,
        evidence: evidence(now, "roster, identity map and owners"),
        suggestion: "ask-owner",
        scoreSubjectId: principal.id,
        signals: [{ family: "ownership", name: "no known owner", value: 0.2 }],
      });
    }
    return { drafts, examined, undecided };
  },
};
