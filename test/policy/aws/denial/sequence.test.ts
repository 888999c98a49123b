import { describe, expect, test } from "vitest";
import { loadActionTable } from "../../../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../../../src/policy/aws/compile-policy.ts";
import { denialSequence } from "../../../../src/policy/aws/denial/sequence.ts";
import { GivenContext } from "../../../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../../../src/policy/aws/parse-policy.ts";
import type { LayerPolicies, PolicyLayers } from "../../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../../src/policy/aws/request-principal.ts";

const table = await loadActionTable();
const layer = (...statements: object[]): LayerPolicies => {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return { policies: [{ name: "p", policy: compilePolicy(parsed.value) }] };
};
const allow = (more: object = {}) => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: object = {}) => ({ Effect: "Deny", Action: "s3:*", Resource: "*", ...more });

const steps = (
  layers: PolicyLayers,
  resource = "arn:aws:s3:::sample-ledger/2026.csv",
  tenant = "111122223333",
): string[] => {
  const principal = requestPrincipal("arn:aws:iam::111122223333:user/ana.sample");
  if (principal === undefined) throw new Error("no principal");
  const context = new GivenContext(null, principal, tenant, false);
  const found = denialSequence(
    layers,
    { principal, action: "s3:getobject", resource, resourceTenant: tenant, context },
    table,
  );
  return [
    ...found.steps.map((step) => `${step.layer} ${step.explicit ? "denies" : "allows nothing"}`),
    found.end.decision,
  ];
};

describe("every refusal a request would meet, one behind the other", () => {
  test.each<[name: string, layers: PolicyLayers, expected: string[]]>([
    ["what is allowed meets none", { identity: layer(allow()) }, ["allowed"]],
    ["nothing allows it", { identity: layer(allow({ Action: "sqs:*" })) }, ["identity allows nothing", "allowed"]],
    [
      "the organization denies it, and behind that nothing allows it",
      { identity: layer(allow({ Action: "sqs:*" })), scps: [layer(allow(), deny())] },
      ["scp denies", "identity allows nothing", "allowed"],
    ],
    [
      "a boundary behind an identity policy that denies",
      { identity: layer(allow(), deny()), boundary: layer(allow({ Action: "sqs:*" })) },
      ["identity denies", "boundary allows nothing", "allowed"],
    ],
    [
      "two levels of the organization that allow nothing are one refusal",
      { identity: layer(allow()), scps: [layer(allow({ Action: "sqs:*" })), layer(allow({ Action: "ec2:*" }))] },
      ["scp allows nothing", "allowed"],
    ],
    [
      "the bucket's own policy denies, and so does the organization's for resources",
      { identity: layer(allow()), resource: layer(deny({ Principal: "*" })), rcps: [layer(deny({ Principal: "*" }))] },
      ["rcp denies", "resource denies", "allowed"],
    ],
    [
      "what hangs on a condition is told when all else is fixed",
      { identity: layer(allow({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })) },
      ["identity allows nothing", "allowed"],
    ],
  ])("%s", (_name, layers, expected) => {
    expect(steps(layers)).toEqual(expected);
  });

  test("in another tenant both sides are missing, one after the other", () => {
    expect(steps({ identity: layer(allow({ Action: "sqs:*" })) }, undefined, "222233334444")).toEqual([
      "resource allows nothing",
      "identity allows nothing",
      "allowed",
    ]);
  });

  test.each<[name: string, by: string, action: string, resource: string, expected: string[]]>([
    [
      "what AWS alone changes is refused once, whatever is allowed",
      "arn:aws:iam::111122223333:user/ana.sample",
      "iam:attachrolepolicy",
      "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX",
      ["resource"],
    ],
    [
      "the root user that would assume a role is refused once by its own side",
      "arn:aws:iam::111122223333:root",
      "sts:assumerole",
      "arn:aws:iam::111122223333:role/reporter",
      ["trust", "identity"],
    ],
  ])("%s", (_name, by, action, resource, expected) => {
    const principal = requestPrincipal(by);
    if (principal === undefined) throw new Error("no principal");
    const context = new GivenContext(null, principal, "111122223333", false);
    const request = { principal, action, resource, resourceTenant: "111122223333", context };
    const found = denialSequence({ identity: layer(allow()) }, request, table);
    expect(found.steps.map((step) => step.layer)).toEqual(expected);
    expect(found.end.decision).toBe("implicitly-denied");
  });
});
