import { asksForApproval, defaultBranches, floorOf, hasRule } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A default branch that is protected, yet changes without anybody else's approval. One without any protection is another rule's. */
export const changeWithoutApproval: Rule = {
  id: "change-without-approval",
  title: "Code changes without approval",
  concern: "overbroad",
  rationale: "a mistake or a stolen login reaches the default branch without a second pair of eyes",
  remediation: "ask for a pull request with at least one approval",
  controls: ["CIS GitHub 1.1.3", "SOC 2 CC8.1", "ISO 27001 A.8.32", "PCI DSS 6.2.3"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, branch, sure } = one;
      if (sure.length === 0) continue;
      const asked = hasRule(
        one,
        (rule, source) =>
          asksForApproval(rule) ||
          rule.kind === "lock" ||
          // Nobody changes it at all. In a classic rule the same kind lists people who push without review.
          (rule.kind === "update" && source === "ruleset" && rule.bypass.known && rule.bypass.value.length === 0),
      );
      if (asked === "yes") continue;
      if (asked !== "no") {
        undecided.push(asked);
        continue;
      }
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `the default branch \`${branch}\` of \`${repository.displayName}\` is protected, but changes need nobody's approval`,
        evidence: evidence(context.now, "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
        ...floorOf(one),
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};
