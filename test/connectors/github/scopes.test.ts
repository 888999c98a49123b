import { onTestFinished, expect, test } from "vitest";
import { openLiveSession } from "../../../connectors/github/live-session.ts";
import { startFakeGitHub } from "../../fakes/github/fake-github.ts";
import { environmentWith, settingsOf } from "./open-fake.ts";

const WHOLE = "admin:org, admin:org_hook, read:audit_log, repo";

/** Scopes that doctor says a classic token lacks. */
async function lacking(scopes: string, enterprise?: string): Promise<readonly string[]> {
  const headers = { "x-oauth-scopes": scopes };
  const fake = await startFakeGitHub({
    first: { path: "/orgs/acme-sample", times: 1, status: 200, body: "{}", headers },
  });
  onTestFinished(() => fake.close());
  const settings = { ...settingsOf(fake), ...(enterprise === undefined ? {} : { enterprise }) };
  const pace = { throttled: false, second: 1 };
  const session = await openLiveSession([settings], { recordTo: null }, environmentWith(), pace);
  const lines = await session.check();
  return lines.flatMap(({ level, text, hint }) => {
    const scope = /^the token lacks the scope `(.+)`$/.exec(text)?.[1];
    if (scope !== undefined) expect([level, hint]).toEqual(["warning", expect.stringMatching(/will not be readable/)]);
    return scope ?? [];
  });
}

test.each([
  ["a whole token", WHOLE, undefined, []],
  ["scopes that include others", `${WHOLE.replace("read:audit_log", "audit_log")}, admin:enterprise`, "acme", []],
  ["the two of old", "read:org, repo", undefined, ["admin:org", "admin:org_hook", "read:audit_log"]],
  [
    "only repositories",
    "repo",
    undefined,
    ["read:org", "admin:org", "admin:org_hook", "read:audit_log", "manage_billing:copilot"],
  ],
  [
    "Copilot by its own scope",
    "repo, manage_billing:copilot",
    undefined,
    ["read:org", "admin:org", "admin:org_hook", "read:audit_log"],
  ],
  ["an enterprise that is named", WHOLE, "acme", ["read:enterprise", "admin:enterprise"]],
  ["an enterprise's reader", `${WHOLE}, read:enterprise`, "acme", ["admin:enterprise"]],
  [
    "a token without any",
    "",
    undefined,
    ["read:org", "repo", "admin:org", "admin:org_hook", "read:audit_log", "manage_billing:copilot"],
  ],
] as const)("doctor names what is missing of %s", async (_name, scopes, enterprise, expected) => {
  expect(await lacking(scopes, enterprise)).toEqual(expected);
});
