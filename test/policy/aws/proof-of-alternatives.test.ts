/** What is allowed under one condition or another is allowed in two ways, and a proof has to show both. */
import { expect, test } from "vitest";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { comparePolicies } from "../../../src/policy/aws/right-size.ts";
import { asking, layerOf } from "./random-access.ts";
import { PolicySet } from "../../../src/policy/aws/policy-set.ts";

const table = await loadActionTable();
const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } as const;
const reads = (key?: string) => ({
  Effect: "Allow" as const,
  Action: ["s3:GetObject"],
  Resource: ["*"],
  ...(key === undefined ? {} : { Condition: { StringEquals: { [key]: ["red"] } } }),
});
const policy = (...statements: ReturnType<typeof reads>[]) => ({
  Version: "2012-10-17" as const,
  Statement: statements,
});

test.each<[name: string, before: object, limit: object, after: ReturnType<typeof policy>]>([
  [
    "another condition behind a boundary is not proven",
    policy(reads("aws:PrincipalTag/team")),
    everything,
    policy(reads("aws:PrincipalTag/team"), reads("aws:RequestedRegion")),
  ],
  [
    "a condition that went is not proven by a boundary that asks for it or for something else",
    policy(reads("aws:PrincipalTag/team")),
    policy(reads("aws:PrincipalTag/team"), reads("aws:RequestedRegion")),
    policy(reads()),
  ],
])("%s", (_name, before, limit, after) => {
  const set = new PolicySet({ identity: layerOf([before]), boundary: layerOf([limit]) });
  const compared = comparePolicies(set, [after], (one) => asking(one, table, undefined), table);
  expect(compared.unproven).not.toEqual([]);
});
