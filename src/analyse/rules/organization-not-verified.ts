import { judgeSwitch } from "../organization-switch.ts";
import type { Rule } from "../rule.ts";

/** An organization that did not prove that its domain is its own. */
export const organizationNotVerified: Rule = {
  id: "organization-not-verified",
  title: "Organization is not verified",
  concern: "unapproved",
  rationale: "nobody can tell it from a look-alike, and e-mails of its domain prove nothing",
  remediation: "verify the organization's domain in its settings",
  controls: ["CIS GitHub 1.3.9"],
  needs: ["organization"],
  systems: ["github"],
  evaluate: (context) =>
    judgeSwitch(context, {
      attribute: "verified",
      type: "boolean",
      words: "whether the organization is verified",
      found: (value) => value === false,
      summary: (name) => `\`${name}\` has no verified domain`,
    }),
};
