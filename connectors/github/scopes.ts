/** A scope of a classic token that reading needs, those that include it or do as well, and what stays unread without any. */
export interface NeededScope {
  readonly scope: string;
  readonly others: readonly string[];
  readonly without: string;
}

/** What a classic token needs to read an organization. From the routes in GitHub's REST documentation, and its list of scopes. */
export const SCOPES: readonly NeededScope[] = [
  { scope: "read:org", others: ["write:org", "admin:org"], without: "members and teams will not be readable" },
  { scope: "repo", others: [], without: "private repositories, collaborators and deploy keys will not be readable" },
  {
    scope: "admin:org",
    others: [],
    without:
      "the organization's settings, roles, apps, runners, secrets, variables and codespaces will not be readable",
  },
  { scope: "admin:org_hook", others: [], without: "webhooks of the organization will not be readable" },
  {
    scope: "read:audit_log",
    others: ["audit_log"],
    without: "last activity will not be readable, and every run asks every repository",
  },
  {
    scope: "manage_billing:copilot",
    others: ["read:org", "write:org", "admin:org"],
    without: "Copilot seats will not be readable",
  },
];

/** What is asked of an enterprise as well, where the settings name one. */
export const ENTERPRISE_SCOPES: readonly NeededScope[] = [
  {
    scope: "read:enterprise",
    others: ["admin:enterprise"],
    without: "teams, roles and licenses of the enterprise will not be readable",
  },
  { scope: "admin:enterprise", others: [], without: "who holds the enterprise's roles will not be readable" },
];
