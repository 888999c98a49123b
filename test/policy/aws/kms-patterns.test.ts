/** A pattern that is wider than the keys it holds asks about keys: without their policy nobody is let in. */
import { expect, test } from "vitest";
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

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

test.each<[resource: string, expected: string]>([
  ["arn:aws:kms:us-east-1:111122223333:key/1111aaaa", "implicitly-denied"],
  ["*", "implicitly-denied"],
  ["arn:aws:kms:us-east-1:111122223333:*", "implicitly-denied"],
  ["arn:aws:kms:*", "implicitly-denied"],
])("a key without a policy of its own, asked about as `%s`", (resource, expected) => {
  expect(ask({ identity: layer(everything) }, ASHA, "kms:Decrypt", resource)).toBe(expected);
});

test("a key policy that leaves it to the tenant lets the pattern be asked about", () => {
  const resource = layer({ ...everything, Principal: { AWS: TENANT } });
  const asked = "arn:aws:kms:us-east-1:111122223333:*";
  expect(ask({ identity: layer(everything), resource }, ASHA, "kms:Decrypt", asked)).toBe("allowed");
});
