import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization whose members may publish a repository without asking anybody. */
export const membersCreatePublicRepositories: Rule = {
  id: "members-create-public-repositories",
  title: "Members may create public repositories",
  concern: "overbroad",
  rationale: "one wrong choice in a form publishes code and whatever secrets are in it",
  remediation: "let members create private or internal repositories only",
  controls: ["CIS GitHub 1.2.2", "SOC 2 CC6.1", "ISO 27001 A.5.12"],
  needs: ["organization"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "membersCanCreatePublicRepositories",
      type: "boolean",
      words: "whether members may create public repositories",
      found: (value) => value === true,
      summary: (name) => `every member of \`${name}\` may create public repositories`,
    }),
};
