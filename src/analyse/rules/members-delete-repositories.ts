import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization in which whoever administers a repository may delete it, or move it out. */
export const membersDeleteRepositories: Rule = {
  id: "members-delete-repositories",
  title: "Members may delete and transfer repositories",
  concern: "overbroad",
  rationale: "one stolen login of a repository's administrator takes its code, history and settings away",
  remediation: "let owners alone delete and transfer repositories",
  controls: ["CIS GitHub 1.2.3", "SOC 2 CC6.3", "ISO 27001 A.5.18"],
  needs: ["organization"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "membersCanDeleteRepositories",
      type: "boolean",
      words: "whether members may delete repositories",
      found: (value) => value === true,
      summary: (name) => `every member of \`${name}\` who administers a repository may delete it or move it elsewhere`,
    }),
};
