import { defaultBranches, hasRule } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A protected default branch whose history may be overwritten, or that may be deleted. */
export const defaultBranchRewritable: Rule = {
  id: "default-branch-rewritable",
  title: "Default branch may be overwritten or deleted",
  concern: "overbroad",
  rationale: "overwritten history takes the record of who changed what with it",
  remediation: "block force pushes and restrict deletions in the rule or ruleset of the default branch",
  controls: ["CIS GitHub 1.1.16", "CIS GitHub 1.1.17", "SOC 2 CC8.1", "ISO 27001 A.8.4"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, branch, sure } = one;
      // Without any protection both are open: another rule's finding.
      if (sure.length === 0) continue;
      // Where a pull request is asked for, or a ruleset lets nobody update, a push is refused before it could overwrite anything.
      const overwriting = hasRule(
        one,
        ({ kind }, source) =>
          kind === "non-fast-forward" ||
          kind === "lock" ||
          kind === "pull-request" ||
          kind === "merge-queue" ||
          (kind === "update" && source === "ruleset"),
      );
      const deleting = hasRule(one, ({ kind }) => kind === "deletion");
      const open = [
        ...(overwriting === "no" ? ["overwritten by a force push"] : []),
        ...(deleting === "no" ? ["deleted"] : []),
      ];
      if (open.length > 0)
        drafts.push({
          subject: subjectOf(repository, context.graph),
          grantId: null,
          grants: [],
          summary: `the default branch \`${branch}\` of \`${repository.displayName}\` may be ${open.join(" or ")}`,
          evidence: evidence(context.now, "branch protection and rulesets"),
          suggestion: "ask-owner",
          scoreSubjectId: repository.id,
        });
      else {
        const unsure = [overwriting, deleting].find((answer) => typeof answer === "object");
        if (unsure !== undefined) undecided.push(unsure);
      }
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};
