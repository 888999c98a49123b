import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization that gives every member more than read on every repository. */
export const wideBasePermission: Rule = {
  id: "wide-base-permission",
  title: "Base permission is wider than read",
  concern: "overbroad",
  rationale: "every member, and every stolen login of one, changes every repository",
  remediation: "lower the base permission to read or none, and give write through teams",
  controls: ["CIS GitHub 1.3.8", "SOC 2 CC6.3", "ISO 27001 A.5.15", "PCI DSS 7.2.2"],
  needs: ["organization"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "defaultRepositoryPermission",
      type: "string",
      words: "the base permission",
      found: (value) => value === "write" || value === "admin",
      summary: (name, value) => `every member of \`${name}\` has ${String(value)} on every repository`,
      floor: (value) => ({
        score: value === "admin" ? 70 : 45,
        name: `every member has ${String(value)} on every repository`,
      }),
    }),
};
