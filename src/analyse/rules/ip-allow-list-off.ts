import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization that could be reached from anywhere, and is. Where the plan has no allow list GitHub shows no setting. */
export const ipAllowListOff: Rule = {
  id: "ip-allow-list-off",
  title: "IP allow list is off",
  concern: "overbroad",
  rationale: "a stolen token works from everywhere",
  remediation: "list the company's addresses, then switch the list on, for installed apps too",
  controls: ["CIS GitHub 1.3.12", "SOC 2 CC6.6", "ISO 27001 A.8.20"],
  needs: ["ip-allow-list"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "ipAllowListEnabled",
      type: "boolean",
      words: "whether the IP allow list is on",
      found: (value) => value === false,
      summary: (name) => `\`${name}\` may be reached from any address`,
    }),
};
