import type { AccessGraph } from "../../graph/access-graph.ts";
import type { Attributes } from "../../model/tenant.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An invitation into the organization at an e-mail address outside of the domains that the organization verified. */
export const invitationOutsideDomains: Rule = {
  id: "invitation-outside-domains",
  title: "Invitation to an e-mail outside the company",
  concern: "unapproved",
  rationale: "who answers a private mailbox is in nobody's leaver process",
  remediation: "cancel the invitation and invite the company's address",
  controls: ["CIS GitHub 1.3.6", "SOC 2 CC6.2", "ISO 27001 A.5.16"],
  needs: ["invitation", "organization"],
  systems: ["github"],
  evaluate({ graph, now, readable }) {
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    const byTenant = new Map<string, ReadonlySet<string>>();
    const seen = (tenantId: string): ReadonlySet<string> => {
      const domains = byTenant.get(tenantId) ?? domainsOfMembers(tenantId, graph);
      byTenant.set(tenantId, domains);
      return domains;
    };
    for (const grant of graph.snapshot.grants) {
      const invited = graph.principal(grant.principalId);
      if (grant.kind !== "invitation" || !readable(grant.tenantId) || invited === undefined) continue;
      // Whoever is invited to a repository is outside of the company on purpose.
      if (graph.entitlement(grant.entitlementId)?.kind !== "organization-role") continue;
      examined += 1;
      if (!invited.email.known) {
        undecided.push({ subjectId: invited.id, reason: invited.email.why });
        continue;
      }
      const email = invited.email.value;
      // Sent to a login: there is no address to ask about.
      if (email === null) continue;
      const domain = domainOf(email);
      const { verifiedDomains, approvedDomains } = graph.tenant(grant.tenantId)?.attributes ?? {};
      const listed = listedDomains(verifiedDomains, approvedDomains);
      if (listed?.includes(domain) === true || seen(grant.tenantId).has(domain)) continue;
      if (listed === undefined) {
        undecided.push({ subjectId: invited.id, reason: "not all verified domains of the organization are known" });
        continue;
      }
      drafts.push({
        subject: subjectOf(invited, graph),
        grantId: grant.id,
        grants: [grant.id],
        summary: `\`${invited.displayName}\` was invited to ${graph.entitlement(grant.entitlementId)?.displayName ?? "the organization"} at \`${domain}\`, which is not a verified domain`,
        evidence: evidence(now, "pending invitations", "verified domains"),
        suggestion: "revoke",
        scoreSubjectId: invited.id,
      });
    }
    return { drafts, examined, undecided };
  },
};

/** Undefined where they were not read: one domain at least must be verified before an invitation can be outside of all. */
function listedDomains(
  verified: Attributes[string] | undefined,
  approved: Attributes[string] | undefined,
): readonly string[] | undefined {
  if (typeof verified !== "string") return undefined;
  // What the owners approved without verifying it is the company's as well.
  const domains = `${verified} ${typeof approved === "string" ? approved : ""}`
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((domain) => domain !== "");
  return domains.length === 0 ? undefined : domains;
}

/** GitHub shows a verified e-mail of a member only where its domain is verified: some of the domains, never all for certain. */
function domainsOfMembers(tenantId: string, { snapshot }: AccessGraph): ReadonlySet<string> {
  return new Set(
    snapshot.principals.flatMap(({ tenantId: of, email, attributes }) =>
      of === tenantId && attributes["emailVerified"] === true && email.known && email.value !== null
        ? [domainOf(email.value)]
        : [],
    ),
  );
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}
