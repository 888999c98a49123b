import { counted } from "../../text/counted.ts";
import { organizations, organizationSubject } from "../organization-switch.ts";
import type { FindingDraft, Rule, Undecided } from "../rule.ts";
import { evidence } from "../subject.ts";
import { suchAs } from "../such-as.ts";

/** Self-hosted runners that keep what one job leaves for the next; one finding per organization. */
export const reusedRunner: Rule = {
  id: "reused-runner",
  title: "Self-hosted runner is not ephemeral",
  concern: "overbroad",
  rationale: "one job leaves programs and credentials for the next, of whichever repository",
  remediation: "register runners with `--ephemeral` and make a new machine for each job",
  controls: ["CIS GitHub 2.2.1", "SOC 2 CC6.8", "ISO 27001 A.8.31"],
  needs: ["runner"],
  systems: ["github"],
  evaluate(context) {
    const { graph, now } = context;
    const drafts: FindingDraft[] = [];
    const undecided: Undecided[] = [];
    let examined = 0;
    for (const organization of organizations(context)) {
      const runners = graph.snapshot.resources.filter(
        ({ kind, tenantId }) => kind === "runner" && tenantId === organization.id,
      );
      examined += runners.length;
      for (const { id, attributes } of runners)
        if (typeof attributes["ephemeral"] !== "boolean")
          undecided.push({ subjectId: id, reason: "GitHub did not say whether it is ephemeral" });
      const kept = runners.filter(({ attributes }) => attributes["ephemeral"] === false);
      if (kept.length === 0) continue;
      drafts.push({
        subject: organizationSubject(organization),
        grantId: null,
        grants: [],
        summary: `one job leaves its state to the next on ${kept.length} of ${counted(runners.length, "self-hosted runner")} of \`${organization.name}\`${suchAs(kept.map(({ displayName }) => displayName))}`,
        evidence: evidence(now, "self-hosted runners"),
        suggestion: "ask-owner",
        scoreSubjectId: organization.id,
      });
    }
    return { drafts, examined, undecided };
  },
};
