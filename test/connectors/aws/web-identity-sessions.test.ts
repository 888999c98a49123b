import { expect, test } from "vitest";
import { webIdentitySessions } from "../../../connectors/aws/convert/web-identity-sessions.ts";
import { TenantContext } from "../../../connectors/aws/tenant-context.ts";

const ROLE = "arn:aws:iam::111122223333:role/deploy";
const event = (subject: string, day: string, more: object = {}): object => ({
  eventName: "AssumeRoleWithWebIdentity",
  eventTime: `${day}T08:00:00Z`,
  userIdentity: {
    type: "WebIdentityUser",
    userName: subject,
    identityProvider: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
  },
  requestParameters: { roleArn: ROLE, roleSessionName: "GitHubActions" },
  ...more,
});

test("subjects that became a role are counted with their last day; refused and unreadable events are not invented", () => {
  const context = new TenantContext("111122223333", "2026-11-20T08:00:00Z");
  context.ids.set(ROLE, "aws:111122223333:AROASAMPLE");
  const text = (one: object) => ({ EventName: "AssumeRoleWithWebIdentity", CloudTrailEvent: JSON.stringify(one) });
  const { records, kinds } = webIdentitySessions(
    [
      text(event("repo:sample/infra:ref:refs/heads/main", "2026-11-01")),
      text(event("repo:sample/infra:ref:refs/heads/main", "2026-11-03")),
      event("repo:sample@12/infra@34:environment:production", "2026-10-01") as Record<string, unknown>,
      text(event("repo:else/where:pull_request", "2026-11-05", { errorCode: "AccessDenied" })),
      { CloudTrailEvent: "{" },
    ],
    context,
  );
  expect(records.relations?.map(({ kind, toId, attributes }) => [kind, toId, attributes])).toEqual([
    [
      "became",
      "aws:111122223333:AROASAMPLE",
      expect.objectContaining({
        subject: "repo:sample/infra:ref:refs/heads/main",
        times: 2,
        lastAt: expect.stringMatching(/^2026-11-03/),
      }),
    ],
    [
      "became",
      "aws:111122223333:AROASAMPLE",
      expect.objectContaining({ subject: "repo:sample@12/infra@34:environment:production", times: 1 }),
    ],
  ]);
  expect(kinds["web-identity-session"]).toEqual({ items: 2, gap: "1 event could not be read" });
});
