import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence } from "../subject.ts";

/** An organization with too few or too many owners. */
export const organizationOwnerCount: Rule = {
  id: "organization-owner-count",
  title: "Too few or too many organization owners",
  concern: "overbroad",
  rationale: "one owner is one accident from being locked out, many owners are many ways in",
  remediation: "bring the number of owners between the limits",
  controls: ["CIS GitHub 1.3.3", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["member"],
  systems: ["github"],
  evaluate({ graph, thresholds, now, readable }) {
    const organizations = graph.snapshot.tenants.filter((tenant) => tenant.system === "github" && readable(tenant.id));
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const organization of organizations) {
      const owners = graph
        .holdersOf(`${organization.id}#organization-role/owner`)
        .filter((holding) => holding.via.length === 0 && graph.grant(holding.id)?.kind === "role");
      const partial = graph.coverage(organization.id, "member")?.state === "partial";
      // With some members unread there may be more owners than seen: too many is certain, too few is not.
      if (partial && owners.length <= thresholds.maximumOwners) {
        undecided.push({ subjectId: organization.id, reason: "the members were read only in part" });
        continue;
      }
      if (owners.length >= thresholds.minimumOwners && owners.length <= thresholds.maximumOwners) continue;
      drafts.push({
        subject: {
          id: organization.id,
          kind: "organization",
          locator: organization.name,
          displayName: organization.name,
          tenant: organization.id,
        },
        grantId: null,
        grants: owners.map((holding) => holding.id),
        summary: `organization \`${organization.name}\` has ${owners.length} owner${owners.length === 1 ? "" : "s"}; between ${thresholds.minimumOwners} and ${thresholds.maximumOwners} are wanted`,
        evidence: evidence(now, "roles of members"),
        suggestion: "ask-owner",
        scoreSubjectId: organization.id,
      });
    }
    return { drafts, examined: organizations.length, undecided };
  },
};
