/** The root user assumes no role: "AssumeRole", AWS STS API Reference. */
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

const ROOT = "arn:aws:iam::111122223333:root";
const ROLE = "arn:aws:iam::111122223333:role/reporter";
const trusting = (principal: unknown) => layer({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal });

test.each([["*"], [{ AWS: "*" }], [{ AWS: TENANT }], [{ AWS: ROOT }]])(
  "a trust of %j lets the root user into no role",
  (principal) => {
    expect(ask({ resource: trusting(principal) }, ROOT, "sts:AssumeRole", ROLE)).toBe("implicitly-denied");
    expect(ask({ resource: trusting(principal) }, ROOT, "sts:AssumeRole", "arn:aws:iam::111122223333:role/*")).toBe(
      "implicitly-denied",
    );
  },
);

test("a user is let in by everyone", () => {
  expect(ask({ resource: trusting("*") }, ASHA, "sts:AssumeRole", ROLE)).toBe("allowed");
});
