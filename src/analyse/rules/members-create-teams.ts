import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization whose members may make teams, which others then give access to. */
export const membersCreateTeams: Rule = {
  id: "members-create-teams",
  title: "Members may create teams",
  concern: "overbroad",
  rationale: "whoever makes a team decides who is in it, and so who gets what it is given",
  remediation: "let owners create teams, or fill them from the identity provider",
  controls: ["CIS GitHub 1.3.2", "SOC 2 CC6.3", "ISO 27001 A.5.18"],
  needs: ["organization"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "membersCanCreateTeams",
      type: "boolean",
      words: "whether members may create teams",
      found: (value) => value === true,
      summary: (name) => `every member of \`${name}\` may create teams`,
    }),
};
