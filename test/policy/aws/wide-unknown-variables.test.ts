/** A Deny whose resource hangs on a variable nobody knows, where some resource of a pattern is asked about. */
import { describe, expect, test } from "vitest";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { GivenContext } from "../../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

const table = await loadActionTable();
const TENANT = "111122223333";
const ASHA = "arn:aws:iam::111122223333:user/asha";

function layer(...statements: readonly object[]): LayerPolicies {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return { policies: [{ name: 0, policy: compilePolicy(parsed.value) }] };
}

function ask(layers: PolicyLayers, by: string, action: string, resource: string): string {
  const principal = requestPrincipal(by);
  if (principal === undefined) throw new Error(by);
  const context = new GivenContext(null, principal, TENANT, true);
  const request = { principal, action: action.toLowerCase(), resource, resourceTenant: TENANT, context };
  return decide(new PolicySet(layers), request, table).decision;
}

const VARIABLE = "arn:aws:s3:::${aws:PrincipalTag/team}/*";
const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const ledgers = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::ledgers/*" };

describe("a Deny on an unknown variable", () => {
  test.each<[name: string, allow: object, deny: object, resource: string, expected: string]>([
    ["may take all that is asked", everything, { Resource: VARIABLE }, "arn:aws:s3:::ledgers/*", "conditional"],
    [
      "may take all but what it spares elsewhere",
      everything,
      { NotResource: VARIABLE },
      "arn:aws:s3:::ledgers/*",
      "conditional",
    ],
    ["may take all that is allowed", ledgers, { NotResource: VARIABLE }, "*", "conditional"],
    ["takes no more than one bucket of many", everything, { Resource: VARIABLE }, "*", "allowed"],
    [
      "takes nothing from what a constant spares",
      everything,
      { NotResource: [VARIABLE, "arn:aws:s3:::ledgers/a"] },
      "arn:aws:s3:::ledgers/*",
      "allowed",
    ],
    [
      "is no question where it can not reach",
      everything,
      { Resource: "arn:aws:sqs:*:*:${aws:PrincipalTag/team}" },
      "arn:aws:s3:::ledgers/*",
      "allowed",
    ],
  ])("%s", (_name, allow, deny, resource, expected) => {
    const identity = layer(allow, { Effect: "Deny", Action: "s3:*", ...deny });
    expect(ask({ identity }, ASHA, "s3:GetObject", resource)).toBe(expected);
  });
});
