import { judgeJobSetting } from "../job-settings.ts";
import type { Rule } from "../rule.ts";

/** Jobs that may give the approval that a protection asks of a person. */
export const jobsApprovePullRequests: Rule = {
  id: "jobs-approve-pull-requests",
  title: "Jobs may approve pull requests",
  concern: "overbroad",
  rationale: "who changes a workflow lets it approve his own change, and no second person sees it",
  remediation: "do not let Actions create and approve pull requests, in the settings of the organization",
  controls: ["CIS GitHub 2.3.5", "CIS GitHub 1.1.3", "SOC 2 CC8.1", "ISO 27001 A.8.32"],
  needs: ["repository", "actions-settings"],
  systems: ["github"],
  evaluate: (context) =>
    judgeJobSetting(context, {
      words: "jobs may approve pull requests",
      found: ({ canApprovePullRequests }) => canApprovePullRequests,
      floor: { score: 20, name: "one person and a job replace the second person" },
    }),
};
