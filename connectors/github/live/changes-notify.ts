/**
 * Changes that write to people, besides those the throttling plugin knows of itself (its list has invitations and collaborators,
 * and neither memberships, tokens nor seats): GitHub wants writes that notify to come slower than others (REST, "Best
 * practices": avoid secondary limits by pausing between requests that create notifications).
 */
const NOTIFYING: readonly string[] = [
  "/orgs/{org}/members/{username}",
  "/orgs/{org}/memberships/{username}",
  "/orgs/{org}/teams/{team_slug}/memberships/{username}",
  "/orgs/{org}/personal-access-tokens/{pat_id}",
  "/orgs/{org}/credential-authorizations/{credential_id}",
  "/orgs/{org}/copilot/billing/selected_users",
  "/repos/{owner}/{repo}/invitations/{invitation_id}",
];

const PATTERN = new RegExp(`^(?:${NOTIFYING.map((path) => path.replace(/\{\w+\}/g, "[^/]+")).join("|")})$`);

/** Whether a write to this path (of a route, or with everything filled in) notifies somebody. */
export const notifies = (path: string): boolean => PATTERN.test(path);
