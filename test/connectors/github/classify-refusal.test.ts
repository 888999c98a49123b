import { describe, expect, test } from "vitest";
import { classifyGraphErrors, classifyRefusal, filteredBySso } from "../../../connectors/github/classify-refusal.ts";

/** What GitHub says, and what it means; status, words, headers, verdict. */
const REFUSALS: readonly (readonly [number, string, Record<string, string>, string, RegExp])[] = [
  [401, "Bad credentials", {}, "sign-in", /wrong, expired or revoked/],
  [
    403,
    "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
    { "x-github-sso": "required; url=https://github.invalid/orgs/a/sso?x=1" },
    "denied",
    /authorise this token for SSO at https:\/\/github\.invalid\/orgs\/a\/sso\?x=1$/,
  ],
  [
    403,
    "Although you appear to have the correct authorization credentials, the `a` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
    {},
    "denied",
    /IP allow list/,
  ],
  [
    403,
    "Although you appear to have the correct authorization credentials, the `a` organization has enabled OAuth App access restrictions",
    {},
    "denied",
    /an owner has to approve/,
  ],
  [
    403,
    "`a` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.",
    {},
    "denied",
    /use another kind/,
  ],
  [
    403,
    "The 'a' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days",
    {},
    "denied",
    /expires sooner/,
  ],
  [
    403,
    "Resource not accessible by integration",
    { "x-accepted-github-permissions": "members=read" },
    "denied",
    /^the app lacks `members:read`: add it in the app's settings, then let an owner/,
  ],
  [
    403,
    "Must have admin rights to Repository.",
    { "x-accepted-oauth-scopes": "repo", "x-oauth-scopes": "read:org, repo" },
    "denied",
    /administer the repository$/,
  ],
  [
    403,
    "You must be an organization owner to do this.",
    { "x-accepted-oauth-scopes": "admin:org", "x-oauth-scopes": "read:org" },
    "denied",
    /; it needs the scope `admin:org`$/,
  ],
  [403, "This installation has been suspended", {}, "denied", /suspended/],
  [403, "Upgrade to GitHub Pro or make this repository public to enable this feature.", {}, "denied", /plan/],
  [403, "Repository was archived so is read-only.", {}, "denied", /archived/],
  [403, "This team is managed by team synchronization.", {}, "governed", /identity provider/],
  [
    403,
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    {},
    "temporary",
    /run again later/,
  ],
  [403, "API rate limit exceeded for user ID 1.", { "x-ratelimit-remaining": "0" }, "temporary", /run again later/],
  [429, "<html><body>Whoa there!</body></html>", {}, "temporary", /run again later/],
  [
    403,
    "Something new that nobody knows. More words.",
    {},
    "denied",
    /GitHub refused: Something new that nobody knows$/,
  ],
  [404, "Not Found", {}, "gone", /also hides what the token may not see/],
  [422, "Only owners can use this filter.", {}, "denied", /owner of the organization/],
  [422, "Validation Failed", {}, "denied", /does not offer it here/],
  [404, "Branch not protected", {}, "none", /no classic protection/],
  [301, "Moved Permanently", {}, "denied", /renamed or transferred/],
  [202, "", {}, "temporary", /not done/],
  [451, "Repository access blocked", {}, "denied", /legal/],
  [503, "<html>Unicorn</html>", {}, "temporary", /GitHub could not answer \(503\)/],
];

describe("refusals", () => {
  test.each(REFUSALS)("%i %s", (status, message, headers, kind, reason) => {
    const verdict = classifyRefusal({ status, message, headers });
    expect(verdict.kind).toBe(kind);
    expect(verdict.reason).toMatch(reason);
    // Messages have a style: no capital at the start but names, no full stop.
    expect(verdict.reason).toMatch(/^(GitHub|[a-z])/);
    expect(verdict.reason).not.toMatch(/\.$/);
  });

  test.each([
    [
      { type: "FORBIDDEN", message: "Must have push access", extensions: { saml_failure: true } },
      "denied",
      /single sign-on/,
    ],
    [
      { type: "FORBIDDEN", message: "Must have push access to view repository collaborators." },
      "denied",
      /Must have push access/,
    ],
    [{ type: "NOT_FOUND", message: "Could not resolve to a Repository" }, "gone", /not found/],
    [
      { type: "INSUFFICIENT_SCOPES", message: "The 'email' field requires one of the following scopes" },
      "scopes",
      /scope for `email`/,
    ],
    [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }, "temporary", /run again later/],
  ])("inside a GraphQL answer: %o", (error, kind, reason) => {
    const verdict = classifyGraphErrors([error], {});
    expect(verdict.kind).toBe(kind);
    expect(verdict.reason).toMatch(reason);
  });

  test("a list that single sign-on filtered says so although it was answered", () => {
    expect(filteredBySso({ "x-github-sso": "partial-results; organizations=1,2" })).toContain("left things out");
    expect(filteredBySso({})).toBeUndefined();
  });
});
