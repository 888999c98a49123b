import { liveRepositories } from "../live-repositories.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence, subjectOf } from "../subject.ts";

/** An environment named like production that nobody has to approve deployments to. One finding per repository. */
export const productionWithoutReviewers: Rule = {
  id: "production-without-reviewers",
  title: "Production deploys without a reviewer",
  concern: "overbroad",
  rationale: "whoever starts the job has what production trusts",
  remediation: "require reviewers in the environment and limit the branches that deploy to it",
  controls: ["CIS GitHub 5.2.3", "CIS GitHub 5.1.4", "SOC 2 CC8.1", "ISO 27001 A.8.31"],
  needs: ["repository", "environment"],
  systems: ["github"],
  evaluate(context) {
    const all = liveRepositories(context);
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    for (const { repository, controls } of all) {
      if (!controls.environments.known) {
        undecided.push({ subjectId: repository.id, reason: controls.environments.why });
        continue;
      }
      // An app that decides about deployments may be the reviewer.
      const open = controls.environments.value.filter(
        ({ name, reviewers, gates }) => PRODUCTION.test(name) && reviewers.length === 0 && gates.length === 0,
      );
      if (open.length === 0) continue;
      const anywhere = open.some(({ refs }) => refs.kind === "any");
      drafts.push({
        subject: subjectOf(repository, context.graph),
        grantId: null,
        grants: [],
        summary: `nobody has to approve deployments to ${open.map(({ name }) => `\`${name}\``).join(" and ")} of \`${repository.displayName}\`${anywhere ? ", from any branch" : ""}`,
        evidence: evidence(context.now, "environments"),
        suggestion: "ask-owner",
        scoreSubjectId: repository.id,
        ...(anywhere ? { floor: { score: 20, name: "any branch deploys to production" } } : {}),
      });
    }
    return { drafts, examined: all.length, undecided };
  },
};

/** Names by which production is known; nothing else is guessed. */
const PRODUCTION = /(^|[^a-z])(prod|production|live)([^a-z]|$)/i;
