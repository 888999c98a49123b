import { known } from "../../model/observed.ts";
import { judgeJobSetting } from "../job-settings.ts";
import type { Rule } from "../rule.ts";

/** Jobs whose token may write although the workflow does not ask for it. */
export const jobTokenWrites: Rule = {
  id: "job-token-writes",
  title: "Job token writes by default",
  concern: "overbroad",
  rationale: "any action that a workflow uses may push code and publish packages with the token",
  remediation: "set the default of the organization to read; workflows that need more say so",
  controls: ["CIS GitHub 2.3.5", "SOC 2 CC6.3", "ISO 27001 A.8.2"],
  needs: ["repository", "actions-settings"],
  systems: ["github"],
  evaluate: (context) =>
    judgeJobSetting(context, {
      words: "jobs get a token that writes unless the workflow says otherwise",
      found: ({ defaultPermissions }) =>
        defaultPermissions.known ? known(defaultPermissions.value === "write") : defaultPermissions,
    }),
};
