import type { Signal } from "../signal.ts";

/** What the plan or a switch leaves out: not a hole in what was read, there is nothing to read. */
export const PLAN: readonly Signal[] = [
  {
    id: "plan",
    kind: "not-applicable",
    words:
      /Upgrade to (?:a )?(?:GitHub )?(?:Pro|Team|Enterprise)|make this repository public to enable|not available (?:for|on) (?:your|this) (?:plan|organization|enterprise)|only available (?:to|for|on|in|with) |not included in your plan/i,
    reason: "the organization's plan does not include it",
    next: ["nothing has to be granted: it would need a higher plan, or a public repository"],
    whom: ["organization-owner"],
  },
  {
    id: "feature-off",
    kind: "not-applicable",
    words:
      /(?<what>Advanced Security|Code Security|Secret scanning|Dependabot alerts?|Code scanning|GitHub Actions|Actions|Issues|Discussions|Projects|Pages|Custom (?:organization )?roles)[\w ]* (?:(?:must|needs to) be enabled|(?:is|are|has been|have been) (?:not enabled|disabled))/i,
    reason: (_, caught) => `${caught?.groups?.["what"] ?? "the feature"}: it is switched off here`,
    next: ["switch it on in the settings, where it is wanted"],
    whom: ["repository-admin", "organization-owner"],
  },
  {
    id: "archived",
    kind: "archived",
    words:
      /(?:Repository|It) (?:was|is|has been) archived(?: so (?:it )?is read-only)?|archived so (?:it )?is read-only/i,
    own: true,
    reason: "the repository is archived: nothing in it can be changed",
    next: ["unarchive it, where it must be changed"],
    role: "administrator of the repository",
    whom: ["repository-admin"],
  },
];
