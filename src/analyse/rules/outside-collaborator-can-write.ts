import type { FindingDraft, Rule } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** Somebody outside the organization who may write to or administer a repository. */
export const outsideCollaboratorCanWrite: Rule = {
  id: "outside-collaborator-can-write",
  title: "Outside collaborator can write",
  concern: "overbroad",
  rationale: "people outside the organization follow nobody's leaver process",
  remediation: "lower to read, or make the person a member with an owner",
  controls: ["CIS GitHub 1.1.15", "SOC 2 CC6.3", "ISO 27001 A.5.19", "PCI DSS 7.2.4"],
  needs: ["outside-collaborator", "collaborator"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const outside = graph.snapshot.principals.filter(
      (principal) => principal.nativeType === "outside-collaborator" && readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    for (const person of outside) {
      for (const grant of graph.grantsOf(person.id)) {
        const entitlement = graph.entitlement(grant.entitlementId);
        if (
          grant.kind !== "collaboration" ||
          entitlement === undefined ||
          (entitlement.level !== "write" && entitlement.level !== "admin")
        )
          continue;
        drafts.push({
          subject: subjectOf(person, graph),
          grantId: grant.id,
          grants: [grant.id],
          summary: `outside collaborator \`${person.displayName}\` has ${entitlement.displayName}`,
          evidence: evidence(now, "direct collaborators"),
          suggestion: "narrow",
          scoreSubjectId: person.id,
        });
      }
    }
    return { drafts, examined: outside.length, undecided: [] };
  },
};
