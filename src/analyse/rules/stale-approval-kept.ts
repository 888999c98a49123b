import { asksForApproval, defaultBranches, hasRule } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** Approvals of a pull request that still count after its code changed. */
export const staleApprovalKept: Rule = {
  id: "stale-approval-kept",
  title: "Approval outlives the code it was for",
  concern: "overbroad",
  rationale: "what is merged may not be what was approved",
  remediation: "dismiss stale approvals on new commits, or ask for approval of the most recent push",
  controls: ["CIS GitHub 1.1.4", "SOC 2 CC8.1", "ISO 27001 A.8.32"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, branch, sure } = one;
      if (!sure.some(({ protection }) => protection.rules.some(asksForApproval))) continue;
      // Approval of the last push by somebody else closes the same gap.
      const fresh = hasRule(
        one,
        (rule) => rule.kind === "lock" || (asksForApproval(rule) && (rule.dismissStale || rule.lastPushApproval)),
      );
      if (fresh === "yes") continue;
      if (fresh !== "no") {
        undecided.push(fresh);
        continue;
      }
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `an approved pull request into \`${branch}\` of \`${repository.displayName}\` may be changed and merged without another look`,
        evidence: evidence(context.now, "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};
