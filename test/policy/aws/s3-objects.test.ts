/** Buckets and what lies in them: the form of a bucket ARN fits both. */
import { describe, expect, test } from "vitest";
import { accessByService } from "../../../src/policy/aws/access-by-service.ts";
import { effectiveAccess } from "../../../src/policy/aws/effective-access.ts";
import { asking } from "./random-access.ts";
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

const on = (resource: string) => ({ Effect: "Allow", Action: "s3:*", Resource: resource });

describe("a statement on objects alone", () => {
  const identity = layer(on("arn:aws:s3:::ledgers/*"));

  test.each([
    ["s3:ListBucket", "*", "implicitly-denied"],
    ["s3:ListBucket", "arn:aws:s3:::*", "implicitly-denied"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::l*", "implicitly-denied"],
    ["s3:GetObject", "*", "allowed"],
    ["s3:GetObject", "arn:aws:s3:::*", "allowed"],
  ])("%s on %s is %s", (action, resource, expected) => {
    expect(ask({ identity }, ASHA, action, resource)).toBe(expected);
  });

  test("counts no action on buckets", () => {
    const set = new PolicySet({ identity });
    const [s3] = accessByService(effectiveAccess(set, asking(set, table, null), table), table).services;
    const names = s3?.actions.map((id) => table.nameOf(id)) ?? [];
    expect(names).toContain("s3:GetObject");
    expect(names).not.toContain("s3:ListBucket");
  });
});

test("a statement on buckets lets them be listed, and so does one on both", () => {
  for (const resource of ["arn:aws:s3:::ledgers", "arn:aws:s3:::ledgers*", "arn:aws:s3:::*", "*"])
    expect(ask({ identity: layer(on(resource)) }, ASHA, "s3:ListBucket", "*")).toBe("allowed");
});
