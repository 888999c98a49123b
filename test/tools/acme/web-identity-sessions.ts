/** What CloudTrail kept of tokens of GitHub that became a role of production: who did, beside who could. */
import { daysAgoZulu as daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";
import { TENANTS } from "./tenant.ts";

const HOST = "token.actions.githubusercontent.com";
const ROLES = `arn:aws:iam::${TENANTS.production}:role/`;

/** Role, subject, and days since each time. */
const SESSIONS: readonly (readonly [role: string, subject: string, ...days: number[]])[] = [
  ["github-infrastructure", "repo:acme-sample/infrastructure:ref:refs/heads/main", 1, 8, 15],
  ["github-infrastructure", "repo:acme-sample/infrastructure:pull_request", 2],
  ["github-release", "repo:acme-sample/web:ref:refs/heads/main", 2, 9],
  ["github-deploy", "repo:acme-sample/web-assets:ref:refs/heads/main", 1],
  ["github-payments", "repo:acme-sample/payments-ledger:environment:production", 3, 17],
  ["github-release-tools", "repo:acme-sample/release-tools:ref:refs/heads/main", 5],
  ["github-network", "repo:acme-sample/network:ref:refs/heads/main", 4],
  ["github-pipeline", "repo:acme-sample/data-pipeline:environment:production", 1],
  ["github-sdk", "repo:acme-sample@8000001/sdk-python@7000031:ref:refs/heads/main", 1],
];

/** web-identity-sessions.json, as `aws cloudtrail lookup-events` prints it. */
export const webIdentitySessions = (): Json => ({
  Events: SESSIONS.flatMap(([role, subject, ...days]) =>
    days.map((day, at) => ({
      EventId: `sample-${role}-${at}`,
      EventName: "AssumeRoleWithWebIdentity",
      EventTime: daysAgo(day),
      Username: subject,
      CloudTrailEvent: JSON.stringify({
        eventVersion: "1.09",
        userIdentity: {
          type: "WebIdentityUser",
          principalId: `arn:aws:iam::${TENANTS.production}:oidc-provider/${HOST}:sts.amazonaws.com:${subject}`,
          userName: subject,
          identityProvider: `arn:aws:iam::${TENANTS.production}:oidc-provider/${HOST}`,
        },
        eventTime: daysAgo(day),
        eventSource: "sts.amazonaws.com",
        eventName: "AssumeRoleWithWebIdentity",
        awsRegion: "eu-west-1",
        requestParameters: { roleArn: `${ROLES}${role}`, roleSessionName: "GitHubActions" },
        recipientAccountId: TENANTS.production,
      }),
    })),
  ),
});
