import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/**
 * A member of an organization with single sign-on whom no identity of its identity provider is linked to: he was never seen by it, or
 * belongs to nobody there. One whose identity the provider has suspended is no better. Source: "About identity and access management with SAML single sign-on", GitHub documentation.
 */
export const memberWithoutIdentity: Rule = {
  id: "member-without-identity",
  title: "Member has no identity of single sign-on",
  concern: "unapproved",
  rationale: "the identity provider does not know the login: who leaves the company does not lose it",
  remediation:
    "link it by signing in once, or remove it; a break-glass login or a machine belongs on a list that somebody looks at",
  controls: ["SOC 2 CC6.1", "ISO 27001 A.5.16", "NIST 800-53 AC-2"],
  needs: ["member", "single-sign-on-identity"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const members = graph.snapshot.principals.filter(
      ({ system, kind, nativeType, tenantId }) =>
        system === "github" &&
        kind === "user" &&
        nativeType === "organization-member" &&
        readable(tenantId) &&
        // Without single sign-on nobody has one.
        graph.tenant(tenantId)?.attributes["singleSignOn"] !== false,
    );
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const member of members) {
      const linked = member.attributes["ssoLinked"];
      const suspended = member.attributes["scimActive"] === false;
      if (linked === false || suspended)
        drafts.push({
          subject: subjectOf(member, graph),
          grantId: null,
          grants: [],
          summary: `member \`${member.displayName}\` ${suspended ? "is suspended at the identity provider and still a member" : "has no identity of single sign-on"}`,
          evidence: evidence(now, "identities of the organization's single sign-on"),
          suggestion: "ask-owner",
          scoreSubjectId: member.id,
        });
      else if (linked !== true)
        undecided.push({ subjectId: member.id, reason: "whether the login has an identity was not read" });
    }
    return { drafts, examined: members.length, undecided };
  },
};
