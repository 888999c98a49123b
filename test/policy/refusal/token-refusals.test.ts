import { describe, expect, test } from "vitest";
import { refusalsIn } from "../../../src/policy/refusal/read-text.ts";
import { tokenRefusalsIn } from "../../../src/policy/refusal/token-refusals.ts";
import { tokenAdvice } from "../../../src/policy/refusal/token-steps.ts";

const ROLE = "arn:aws:iam::222233334444:role/ci/deploy-sample";
const TRUST = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
const ISSUER = "https://token.actions.githubusercontent.com";

describe("tokens AWS does not take", () => {
  test.each<[name: string, text: string, signal: string, says: RegExp]>([
    ["the trust", `Error: Could not assume role with OIDC: ${TRUST}`, "trust", /`sub`.*environment.*`aud`/s],
    [
      "the trust, in the words of the command line",
      `An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: ${TRUST}`,
      "trust",
      /compare issuer/,
    ],
    [
      "a provider that is not there",
      `##[error]Could not assume role with OIDC: No OpenIDConnect provider found in your account for ${ISSUER}`,
      "no-provider",
      /no identity provider for `token\.actions\.githubusercontent\.com`/,
    ],
    ["an audience", "##[error]Incorrect token audience", "audience", /add the `aud`.*`sts\.amazonaws\.com`/s],
    [
      "keys that could not be fetched",
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
      "provider-keys",
      /try again/,
    ],
    [
      "a certificate",
      "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
      "provider-certificate",
      /thumbprints/,
    ],
    [
      "a session that would be too long",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      "session-duration",
      /`role-duration-seconds`/,
    ],
    [
      "a name instead of an ARN",
      "Error: Source Account ID is needed if the Role Name is provided and not the Role Arn.",
      "role-name",
      /whole ARN/,
    ],
  ])("%s", (_name, text, signal, says) => {
    const [found, ...more] = tokenRefusalsIn(text);
    expect([found?.signal, more]).toEqual([signal, []]);
    if (found === undefined) return;
    const { reason, steps } = tokenAdvice(found, "deploy-sample");
    expect([reason, ...steps].join("\n")).toMatch(says);
    for (const line of [reason, ...steps]) expect(line).toMatch(/^(?:AWS |[^A-Z]).*[^.]$/s);
    // It is AWS that refused.
    expect(refusalsIn(text)).toEqual([]);
  });

  test.each([
    ["above, as the log of a job shows it", `  role-to-assume: ${ROLE}\nError: ${TRUST}`, ROLE],
    ["below", `Error: ${TRUST}\nthe role was ${ROLE}.`, ROLE],
    ["by its name", `  role-to-assume: deploy-sample\nError: ${TRUST}`, "deploy-sample"],
    ["nowhere", `Error: ${TRUST}`, null],
  ])("the role is named %s", (_name, text, role) => {
    expect(tokenRefusalsIn(text).map((one) => one.role)).toEqual([role]);
  });

  test("what was tried again is told once, another role by itself", () => {
    const log = `role-to-assume: ${ROLE}\nError: ${TRUST}\nError: ${TRUST}\nrole-to-assume: ${ROLE}-two\nError: ${TRUST}`;
    expect(tokenRefusalsIn(log).map(({ line, role }) => [line, role])).toEqual([
      [2, ROLE],
      [5, `${ROLE}-two`],
    ]);
  });

  test("a principal that may not call it is another matter", () => {
    const text =
      "User: arn:aws:iam::111122223333:user/ana.sample is not authorized to perform: sts:AssumeRoleWithWebIdentity on resource: x";
    expect(tokenRefusalsIn(text)).toEqual([]);
  });

  test("a pod's token is not told of GitHub", () => {
    const [found] = tokenRefusalsIn(
      `WebIdentityErr: failed to retrieve credentials\ncaused by: AccessDenied: ${TRUST}`,
    );
    expect(found?.isGitHub).toBe(false);
  });
});
