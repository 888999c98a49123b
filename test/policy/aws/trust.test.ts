import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { conditionsOn, narrows, trustStatements } from "../../../src/policy/aws/trust.ts";

const trust = (...statements: object[]) => {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return trustStatements(parsed.value);
};
const assume = (principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal: principal,
  Action: "sts:AssumeRole",
  ...more,
});

describe("who is trusted", () => {
  test.each([
    ["everyone", "*", [{ kind: "anyone" }]],
    ["everyone, spelt as AWS", { AWS: "*" }, [{ kind: "anyone" }]],
    ["a tenant by its digits", { AWS: "444455556666" }, [{ kind: "tenant", tenant: "444455556666" }]],
    ["a tenant by its root", { AWS: "arn:aws:iam::444455556666:root" }, [{ kind: "tenant", tenant: "444455556666" }]],
    [
      "a role in another partition",
      { AWS: "arn:aws-cn:iam::444455556666:role/a/b" },
      [{ kind: "principal", tenant: "444455556666", arn: "arn:aws-cn:iam::444455556666:role/a/b" }],
    ],
    [
      "a session",
      { AWS: "arn:aws:sts::444455556666:assumed-role/a/b" },
      [{ kind: "principal", tenant: "444455556666", arn: "arn:aws:sts::444455556666:assumed-role/a/b" }],
    ],
    ["a principal that was deleted", { AWS: "AROASAMPLE" }, [{ kind: "other", text: "AROASAMPLE" }]],
    [
      "services",
      { Service: ["ec2.amazonaws.com", "ecs.amazonaws.com"] },
      [
        { kind: "service", name: "ec2.amazonaws.com" },
        { kind: "service", name: "ecs.amazonaws.com" },
      ],
    ],
    [
      "a provider",
      { Federated: "arn:aws:iam::111122223333:saml-provider/sample" },
      [{ kind: "federated", provider: "arn:aws:iam::111122223333:saml-provider/sample" }],
    ],
    [
      "several kinds at once",
      { AWS: "444455556666", Service: "ec2.amazonaws.com" },
      [
        { kind: "tenant", tenant: "444455556666" },
        { kind: "service", name: "ec2.amazonaws.com" },
      ],
    ],
  ])("%s", (_name, principal, expected) => expect(trust(assume(principal))[0]?.trusted).toEqual(expected));

  test("everybody but the one that is named", () => {
    expect(trust({ Effect: "Allow", NotPrincipal: { AWS: "444455556666" }, Action: "sts:AssumeRole" })).toMatchObject([
      { everyoneExcept: true, trusted: [] },
    ]);
  });
  test("whoever is denied is not trusted", () =>
    expect(trust({ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" })).toEqual([]));
});

describe("conditions that narrow", () => {
  test.each([
    ["a value", "StringEquals", ["x"], true],
    ["a pattern", "StringLike", ["repo:sample/*"], true],
    ["any of several values", "ForAnyValue:StringEquals", ["x", "y"], true],
    ["a bare wildcard", "StringLike", ["*"], false],
    ["a wildcard among others", "StringLike", ["x", "*"], false],
    ["what is true without the key", "StringEqualsIfExists", ["x"], false],
    ["what is true of no values", "ForAllValues:StringEquals", ["x"], false],
    ["a negation", "StringNotEquals", ["x"], false],
    ["the presence of a key", "Null", ["false"], false],
    ["no value at all", "StringEquals", [], false],
  ])("%s", (_name, operator, values, expected) => expect(narrows({ operator, key: "k", values })).toBe(expected));

  test("keys are compared without case", () => {
    const [statement] = trust(assume("*", { Condition: { StringEquals: { "STS:externalid": "x" } } }));
    expect(statement === undefined ? [] : conditionsOn(statement, "sts:ExternalId")).toMatchObject([{ values: ["x"] }]);
  });
});

describe("a denial to everybody else narrows as a condition does", () => {
  const unlessOurs = (more: object = {}) => ({
    Effect: "Deny",
    Principal: "*",
    Action: "sts:*",
    Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-sample" } },
    ...more,
  });
  const required = (...statements: object[]) => trust(assume("*"), ...statements)[0]?.conditions;

  test("with the opposite operator", () =>
    expect(required(unlessOurs())).toEqual([
      { operator: "StringEquals", key: "aws:PrincipalOrgID", values: ["o-sample"] },
    ]));
  test("a missing key is denied too, so IfExists changes nothing", () => {
    expect(
      required(
        unlessOurs({ Condition: { StringNotLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::111122223333:*" } } }),
      ),
    ).toMatchObject([{ operator: "StringLike" }]);
  });
  test.each([
    ["to some people only", { Principal: { AWS: "444455556666" } }],
    ["of another action", { Action: "sts:TagSession" }],
    [
      "where several keys have to differ at once",
      { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-sample", "aws:PrincipalAccount": "111122223333" } } },
    ],
    ["where a key has a value", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-sample" } } }],
    ["to services", { Principal: { Service: "*" } }],
  ])("but not %s", (_name, more) => expect(required(unlessOurs(more))).toEqual([]));
});
