import { defaultBranches, hasRule } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A repository that names owners of its code, whose review nobody has to wait for. */
export const codeOwnersNotRequired: Rule = {
  id: "code-owners-not-required",
  title: "Code owners are named but not required",
  concern: "overbroad",
  rationale: "a CODEOWNERS file that no protection enforces only sends mail",
  remediation: "require review from code owners in the rule or ruleset of the default branch",
  controls: ["CIS GitHub 1.1.7", "SOC 2 CC8.1", "ISO 27001 A.8.4"],
  needs: ["repository", "branch-protection", "ruleset", "code-owners"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, branch, sure, controls } = one;
      // Without any protection nothing is required: another rule's finding.
      if (sure.length === 0) continue;
      if (!controls.codeOwners.known) {
        undecided.push({ subjectId: repository.id, reason: controls.codeOwners.why });
        continue;
      }
      const file = controls.codeOwners.value;
      if (file === null || !file.rules.some(({ owners }) => owners.length > 0)) continue;
      const required = hasRule(
        one,
        (rule) => rule.kind === "lock" || (rule.kind === "pull-request" && rule.codeOwners),
      );
      if (required === "yes") continue;
      if (required !== "no") {
        undecided.push(required);
        continue;
      }
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `\`${file.path}\` of \`${repository.displayName}\` names owners whose review \`${branch}\` does not ask for`,
        evidence: evidence(context.now, "CODEOWNERS", "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};
