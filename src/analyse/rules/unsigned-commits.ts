import { counted } from "../../text/counted.ts";
import { defaultBranches, hasRule } from "../default-branches.ts";
import { organizations, organizationSubject } from "../organization-switch.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence } from "../subject.ts";
import { suchAs } from "../such-as.ts";

/** An organization with default branches that take unsigned commits: one finding, since it is one policy. */
export const unsignedCommits: Rule = {
  id: "unsigned-commits",
  title: "Signed commits are not required",
  concern: "overbroad",
  rationale: "without a signature the author of a commit is whatever its writer typed",
  remediation: "require signed commits in a ruleset of the organization",
  controls: ["CIS GitHub 1.1.12", "ISO 27001 A.8.4"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const organization of organizations(context)) {
      const own = branches.filter(({ repository }) => repository.tenantId === organization.id);
      const answers = own.map((one) => ({ one, signed: hasRule(one, ({ kind }) => kind === "signatures") }));
      for (const { signed } of answers) if (typeof signed === "object") undecided.push(signed);
      const unsigned = answers.filter(({ signed }) => signed === "no").map(({ one }) => one.repository.displayName);
      if (unsigned.length === 0) continue;
      drafts.push({
        subject: organizationSubject(organization),
        grantId: null,
        grants: [],
        summary: `unsigned commits may enter ${unsigned.length} of ${counted(own.length, "default branch", "default branches")} of \`${organization.name}\`${suchAs(unsigned)}`,
        evidence: evidence(context.now, "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: organization.id,
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};
