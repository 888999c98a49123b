import type { ProtectionActor } from "../../model/protection.ts";
import { ROLES } from "../../policy/github/writes-to.ts";
import { asksForApproval, defaultBranches, whetherAbout } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A default branch that asks everybody for an approval, except those who administer the repository. */
export const administratorsBypassReview: Rule = {
  id: "administrators-bypass-review",
  title: "Administrators need no approval",
  concern: "overbroad",
  rationale: "the login that is worth most to a thief is the one that the protection does not hold",
  remediation:
    "enforce the rule for administrators; keep one break-glass team with pull requests only in the bypass list",
  controls: ["CIS GitHub 1.1.14", "SOC 2 CC8.1", "ISO 27001 A.8.2"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const { repository, branch, sure, maybe } of branches) {
      const asking = sure.flatMap(({ protection }) => protection.rules.filter(asksForApproval));
      if (asking.length === 0) continue;
      const passing = asking.map(({ bypass }) => (bypass.known ? bypass.value.filter(isAdministrator) : undefined));
      // All layers hold together: one that administrators cannot pass is enough.
      if (passing.some((actors) => actors?.length === 0)) continue;
      const unreadBypass = asking.find(({ bypass }) => !bypass.known)?.bypass;
      if (unreadBypass?.known === false) {
        undecided.push({ subjectId: repository.id, reason: unreadBypass.why });
        continue;
      }
      const layer = maybe.find(({ protection }) => protection.rules.some(asksForApproval));
      if (layer !== undefined) {
        undecided.push({ subjectId: repository.id, reason: whetherAbout(layer) });
        continue;
      }
      const [actor] = passing.flatMap((actors) => actors ?? []);
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `${actor?.type === "organization-owner" ? "organization owners" : "administrators"} change \`${branch}\` of \`${repository.displayName}\` without the approval that everybody else needs`,
        evidence: evidence(context.now, "branch protection and rulesets", "bypass lists"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};

/** Whether everybody who administers the repository, or the organization with it, is meant. A higher role holds what a lower one does. */
function isAdministrator({ type, name }: ProtectionActor): boolean {
  return type === "organization-owner" || (type === "repository-role" && ROLES.some((role) => role === name));
}
