import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An organization member or outside collaborator without two-factor authentication. */
export const memberWithoutSecondFactor: Rule = {
  id: "member-without-second-factor",
  title: "GitHub login without a second factor",
  concern: "overbroad",
  rationale: "a password alone is guessed, reused and phished",
  remediation: "require two-factor authentication in the organization, or ask the person",
  controls: ["CIS GitHub 1.3.4, 1.3.5", "SOC 2 CC6.1", "ISO 27001 A.8.5", "PCI DSS 8.4.2"],
  needs: ["member", "second-factor"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const people = graph.snapshot.principals.filter(
      (principal) =>
        principal.system === "github" &&
        principal.kind === "user" &&
        principal.nativeType !== "invited" &&
        readable(principal.tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const person of people) {
      if (!person.secondFactor.known) undecided.push({ subjectId: person.id, reason: person.secondFactor.why });
      else if (person.secondFactor.value === false) {
        drafts.push({
          subject: subjectOf(person, graph),
          grantId: null,
          grants: [],
          summary: `${person.nativeType === "outside-collaborator" ? "outside collaborator" : "member"} \`${person.displayName}\` has no second factor`,
          evidence: evidence(now, "two-factor state of members"),
          suggestion: "ask-owner",
          scoreSubjectId: person.id,
        });
      }
    }
    return { drafts, examined: people.length, undecided };
  },
};
