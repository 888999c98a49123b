import { describe, expect, test } from "vitest";
import { reasonOf, signInError } from "../../../connectors/aws/live/refusal.ts";

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error("told by the SDK"), { name, ...more });

describe("signing in that does not work", () => {
  test("without any credentials is the person's to mend", () => {
    const error = signInError(named("CredentialsProviderError"));
    expect([error.kind, error.message]).toEqual(["settings", "there are no AWS credentials in this environment"]);
    expect(error.hint).toContain("AWS_PROFILE");
  });

  test.each([
    ["the connection was refused", named("Error", { code: "ECONNREFUSED" })],
    ["below what the SDK says", named("Error", { cause: named("Error", { code: "ECONNREFUSED" }) })],
    [
      "for each address that was tried",
      named("AggregateError", { errors: [named("Error", { code: "ECONNREFUSED" })] }),
    ],
  ])("because nobody answers: %s", (_name, error) => {
    expect(reasonOf(error, "sts:GetCallerIdentity")).toBe("nobody answered `sts:GetCallerIdentity` (ECONNREFUSED)");
    expect(signInError(error)).toMatchObject({
      kind: "sign-in",
      hint: expect.stringContaining("`endpoint`") as unknown,
    });
  });

  test("because AWS does not take what was given", () => {
    expect(signInError(named("ExpiredToken"))).toMatchObject({
      kind: "sign-in",
      message: "AWS does not accept the credentials (ExpiredToken)",
    });
  });
});
