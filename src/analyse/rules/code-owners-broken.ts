import { counted } from "../../text/counted.ts";
import { liveRepositories } from "../live-repositories.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** A CODEOWNERS file with errors: GitHub ignores those lines, so nobody owns what they are about. */
export const codeOwnersBroken: Rule = {
  id: "code-owners-broken",
  title: "CODEOWNERS has errors",
  concern: "overbroad",
  rationale: "an owner who cannot write is ignored, and the files have no owner then",
  remediation: "correct the lines that GitHub names, or give the owners write access",
  controls: ["CIS GitHub 1.1.6", "SOC 2 CC8.1", "ISO 27001 A.8.4"],
  needs: ["repository", "code-owners"],
  systems: ["github"],
  evaluate(context) {
    const all = liveRepositories(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const { repository, controls } of all) {
      if (!controls.codeOwners.known) {
        undecided.push({ subjectId: repository.id, reason: controls.codeOwners.why });
        continue;
      }
      const file = controls.codeOwners.value;
      const [first] = file?.errors ?? [];
      if (file === null || first === undefined) continue;
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `\`${file.path}\` of \`${repository.displayName}\` has ${counted(file.errors.length, "error")}: ${first}`,
        evidence: evidence(context.now, "CODEOWNERS"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
      });
    }
    return { drafts, examined: all.length, undecided };
  },
};
