import { githubBridge } from "../graph/bridge/github-bridge.ts";
import { mistakeFacts } from "../graph/bridge/mistake-facts.ts";
import { MISTAKES } from "../policy/bridge/mistakes/index.ts";
import type { MistakeCheck, MistakeId } from "../policy/bridge/mistakes/mistake.ts";
import type { FindingDraft, Rule, Undecided } from "./rule.ts";
import { evidence, subjectOf } from "./subject.ts";

/** Each class of mistakes as a rule: its id, and the least score where the mistake lets more in than one's own people. */
const RULES_OF: Readonly<Record<MistakeId, readonly [id: string, floor: number | null]>> = {
  O1: ["github-trust-names-nobody", 45],
  O2: ["github-trust-takes-any-owner", 45],
  O3: ["github-trust-unanchored-owner", 45],
  O4: ["github-trust-every-repository", 45],
  O5: ["github-trust-every-branch", 20],
  O6: ["github-trust-branches-by-pattern", 20],
  O7: ["github-trust-pull-requests", 20],
  O8: ["github-trust-unguarded-environment", 20],
  O9: ["github-trust-weak-environment", null],
  O10: ["github-trust-conditions-miss", 45],
  O11: ["github-trust-recycled-name", 45],
  O12: ["github-trust-any-id", null],
  O13: ["github-trust-template-without", 20],
  O14: ["github-trust-called-workflow", 20],
  O15: ["github-trust-stale", null],
  O16: ["github-trust-fork-pull-requests", 45],
  O17: ["github-trust-slash-in-name", 20],
};

/** The rules about roles that trust tokens of GitHub, in order of how much each mistake lets in. */
export const GITHUB_TRUST_RULES: readonly Rule[] = MISTAKES.map(ruleOf);

function ruleOf(mistake: MistakeCheck): Rule {
  const [id, floor] = RULES_OF[mistake.id];
  const gone = mistake.id === "O11";
  const title = `${mistake.title.charAt(0).toUpperCase()}${mistake.title.slice(1)}`;
  return {
    id,
    title: mistake.id === "O15" ? "The trust in GitHub is for nothing that is used" : title,
    concern: mistake.id === "O15" ? "stale" : "overbroad",
    rationale: "whoever gets a token that the trust takes is the role, with everything it may do",
    remediation: "correct the trust policy; `leastwise explain <role>` prints it as it should be",
    controls: ["SOC 2 CC6.1", "ISO 27001 A.5.15", "PCI DSS 8.6.1"],
    // What a name used to mean is a question about repositories; the others are about the trust.
    needs: gone ? ["repository"] : ["principal", "policy"],
    systems: [gone ? "github" : "aws"],
    evaluate({ graph, now, readable, thresholds, escalations }) {
      const drafts: FindingDraft[] = [];
      const undecided: Undecided[] = [];
      const roles = githubBridge(graph, escalations.table).roles.filter(({ role }) => gone || readable(role.tenantId));
      for (const { role, trust, provider, grantId } of roles) {
        const facts = mistakeFacts(graph, { role, trust, provider }, thresholds.idleRoleDays);
        if (facts === null) {
          undecided.push({ subjectId: role.id, reason: "its trust policy could not be judged" });
          continue;
        }
        const answers = mistake.check(facts);
        const found = answers.find((answer) => answer.state === "found");
        const open = answers.find((answer) => answer.state === "undecided");
        if (found !== undefined)
          drafts.push({
            subject: subjectOf(role, graph),
            grantId: null,
            grants: [grantId],
            summary: `role \`${role.displayName}\`: ${found.what}`,
            evidence: evidence(now, "trust policy of the role", "repositories and their controls"),
            suggestion: "fix-trust",
            scoreSubjectId: role.id,
            ...(floor === null ? {} : { floor: { score: floor, name: mistake.title } }),
          });
        else if (open !== undefined) undecided.push({ subjectId: role.id, reason: open.missing.join("; ") });
      }
      return { drafts, examined: roles.length, undecided };
    },
  };
}
