import { counted } from "../../text/counted.ts";
import { defaultBranches, floorOf, whetherAbout } from "../default-branches.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A default branch that no classic rule and no ruleset is about. */
export const defaultBranchUnprotected: Rule = {
  id: "default-branch-unprotected",
  title: "Default branch is not protected",
  concern: "overbroad",
  rationale: "whoever may write to the repository changes what is built and deployed, alone and unseen",
  remediation: "add a ruleset to the organization that asks for a reviewed pull request into `~DEFAULT_BRANCH`",
  controls: ["CIS GitHub 1.1.20", "SOC 2 CC8.1", "ISO 27001 A.8.4", "ISO 27001 A.8.32"],
  needs: ["repository", "branch-protection", "ruleset"],
  systems: ["github"],
  evaluate(context) {
    const { branches, undecided: unread } = defaultBranches(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [...unread];
    for (const one of branches) {
      const { repository, branch, sure, maybe } = one;
      if (sure.length > 0) continue;
      const [layer] = maybe;
      if (layer !== undefined) {
        undecided.push({ subjectId: repository.id, reason: whetherAbout(layer) });
        continue;
      }
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `nothing protects the default branch \`${branch}\` of \`${repository.displayName}\`: ${idle(one.controls.protections)}`,
        evidence: evidence(context.now, "branch protection and rulesets"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
        ...floorOf(one),
      });
    }
    return { drafts, examined: branches.length + unread.length, undecided };
  },
};

/** Protections that are about something else or switched off, for whoever believed it protected. */
function idle(protections: { readonly known: boolean; readonly value?: readonly unknown[] }): string {
  const others = protections.value?.length ?? 0;
  if (others === 0) return "it has no classic rule and no ruleset";
  return `${counted(others, "protection is", "protections are")} off or about something else`;
}
