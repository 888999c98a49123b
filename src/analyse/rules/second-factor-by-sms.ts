import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An organization member or outside collaborator whose second factor is an SMS, which GitHub itself calls insecure. */
export const secondFactorBySms: Rule = {
  id: "second-factor-by-sms",
  title: "Second factor of a GitHub login is an SMS",
  concern: "overbroad",
  rationale: "whoever takes over the phone number, or talks its provider into it, signs in",
  remediation: "ask the person for a passkey, a security key or an app, or require secure methods in the organization",
  controls: ["CIS GitHub 1.3.4, 1.3.5", "ISO 27001 A.8.5", "PCI DSS 8.4.2"],
  needs: ["member", "insecure-second-factor"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const people = graph.snapshot.principals.filter(
      ({ system, kind, nativeType, tenantId }) =>
        system === "github" &&
        kind === "user" &&
        (nativeType === "organization-member" || nativeType === "outside-collaborator") &&
        readable(tenantId),
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const person of people) {
      const insecure = person.attributes["secondFactorInsecure"];
      if (insecure === true)
        drafts.push({
          subject: subjectOf(person, graph),
          grantId: null,
          grants: [],
          summary: `${person.nativeType === "outside-collaborator" ? "outside collaborator" : "member"} \`${person.displayName}\` has an SMS as second factor`,
          evidence: evidence(now, "logins with an insecure second factor"),
          suggestion: "ask-owner",
          scoreSubjectId: person.id,
        });
      else if (insecure !== false)
        undecided.push({ subjectId: person.id, reason: "whether the second factor is an SMS was not read" });
    }
    return { drafts, examined: people.length, undecided };
  },
};
