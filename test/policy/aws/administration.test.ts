/** How surely somebody administers: the way that hangs on least counts, and what was not read is no no. */
import { expect, test } from "vitest";
import { administration } from "../../../src/policy/aws/administration.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { UNREAD } from "../../../src/policy/aws/open-truth.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { NO, YES } from "../../../src/policy/aws/request-context.ts";

function layer(...statements: readonly object[]): LayerPolicies {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return { policies: [{ name: 0, policy: compilePolicy(parsed.value) }] };
}

const WITH_FACTOR = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const butIam = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
const iam = { Effect: "Allow", Action: "iam:*", Resource: "*" };
const UNREAD_POLICY: LayerPolicies = { policies: [], unread: ["a policy nobody read"] };

test.each<[name: string, layers: PolicyLayers, truth: number]>([
  [
    "a condition before two statements without one",
    { identity: layer({ ...everything, ...WITH_FACTOR }, butIam, iam) },
    YES,
  ],
  ["a conditional pair before one without", { identity: layer({ ...butIam, ...WITH_FACTOR }, iam, butIam) }, YES],
  [
    "what is left out is allowed under a condition and again without",
    { identity: layer(butIam, { ...iam, ...WITH_FACTOR }, iam) },
    YES,
  ],
  ["the only policy was not read", { identity: UNREAD_POLICY }, UNREAD],
  [
    "a policy that was not read beside one that is little",
    { identity: { ...layer(iam), unread: ["another"] } },
    UNREAD,
  ],
  ["what was not read is limited by a boundary", { identity: UNREAD_POLICY, boundary: layer(iam) }, NO],
  [
    "what was not read is denied the essentials",
    { identity: UNREAD_POLICY, scps: [layer(everything, { ...iam, Effect: "Deny" })] },
    NO,
  ],
])("%s", (_name, layers, truth) => {
  expect(administration(new PolicySet(layers), { boundary: true, session: false, scp: true }).truth).toBe(truth);
});
