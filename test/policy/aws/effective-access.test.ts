/** Effective access against asking one by one, and what it comes to by service. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessByService } from "../../../src/policy/aws/access-by-service.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import type { DecisionWord } from "../../../src/policy/aws/decision.ts";
import { accessOn, effectiveAccess, type EffectiveAccess } from "../../../src/policy/aws/effective-access.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { UNREAD, type OpenTruth } from "../../../src/policy/aws/open-truth.ts";
import { PolicySet, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { notCovered } from "../../../src/policy/aws/region-covers.ts";
import { MAYBE, NO, YES } from "../../../src/policy/aws/request-context.ts";
import { asking, layerOf, randomLayers, REQUESTS, setOf } from "./random-access.ts";

const table = await loadActionTable();
const TRUTHS: Readonly<Record<DecisionWord, OpenTruth>> = {
  allowed: YES,
  conditional: MAYBE,
  unknown: UNREAD,
  "explicitly-denied": NO,
  "implicitly-denied": NO,
};

describe("on random policies", () => {
  test("effective access says of every request what the evaluator says of it", () => {
    const seen = new Map<OpenTruth, number>();
    fc.assert(
      fc.property(randomLayers, (made) => {
        const set = setOf(made);
        const ask = asking(set, table, made.team);
        const access = effectiveAccess(set, ask, table);
        for (const [action, resource] of REQUESTS) {
          const { decision } = decide(set, ask(action, resource).request, table);
          const truth = accessOn(access, action, resource, ask, table);
          seen.set(truth, (seen.get(truth) ?? 0) + 1);
          expect([action, resource, truth]).toEqual([action, resource, TRUTHS[decision]]);
        }
      }),
      { numRuns: 600 },
    );
    // The universe is worth asking: each answer came up often.
    for (const truth of [NO, YES, MAYBE, UNREAD] as const) expect(seen.get(truth)).toBeGreaterThan(100);
  });

  test("access lies in itself, and in what it was before a Deny was added", () => {
    fc.assert(
      fc.property(randomLayers, (made) => {
        const access = ofSet(setOf(made));
        expect(notCovered(access, access)).toEqual([]);
        const deny = {
          Version: "2012-10-17",
          Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::ledgers" }],
        };
        const { identity } = made;
        const less = ofSet(setOf({ ...made, identity: { ...identity, documents: [...identity.documents, deny] } }));
        expect(notCovered(less, access)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("what is said to lie in another's access is allowed to that one, request by request", () => {
    let proven = 0;
    fc.assert(
      fc.property(randomLayers, randomLayers, (one, two) => {
        const [narrow, wide] = [setOf(one), setOf({ ...two, team: one.team })];
        const [asks, allows] = [asking(narrow, table, one.team), asking(wide, table, one.team)];
        const inner = effectiveAccess(narrow, asks, table);
        const left = notCovered(inner, effectiveAccess(wide, allows, table));
        for (const [action, resource] of REQUESTS) {
          const id = table.idOf(action) ?? -1;
          if (left.some(({ actions }) => ((actions[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0)) continue;
          if (decide(narrow, asks(action, resource).request, table).decision !== "allowed") continue;
          proven += 1;
          expect(decide(wide, allows(action, resource).request, table).decision).toBe("allowed");
        }
      }),
      { numRuns: 300 },
    );
    expect(proven).toBeGreaterThan(100);
  });
});

const allow = (about: object): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Resource: "*", ...about }],
});
const deny = (about: object): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Resource: "*", ...about }],
});
const EVERYTHING = allow({ Action: "*" });

function ofSet(set: PolicySet): EffectiveAccess {
  return effectiveAccess(set, asking(set, table, undefined), table);
}

function byService(layers: PolicyLayers) {
  const { services, everythingOnEverything } = accessByService(ofSet(new PolicySet(layers)), table);
  return { services: new Map(services.map((one) => [one.service, one])), everythingOnEverything };
}

describe("by service", () => {
  test("everything on everything is recognised, and is not where an action or a resource lacks", () => {
    expect(byService({ identity: layerOf([EVERYTHING]) }).everythingOnEverything).toBe(true);
    const lacks = [
      deny({ Action: "translate:TranslateText" }),
      deny({ Action: "*", Resource: "arn:aws:s3:::ledgers" }),
    ];
    for (const one of lacks) {
      const answer = byService({ identity: layerOf([EVERYTHING, one]) });
      expect(answer.everythingOnEverything).toBe(false);
      expect(answer.services.get("sqs")?.everything).toBe(one === lacks[0]);
    }
    expect(byService({ identity: layerOf([EVERYTHING], true) }).everythingOnEverything).toBe(false);
  });

  test("levels are counted as AWS names them, with the highest", () => {
    const { services } = byService({
      identity: layerOf([
        allow({ Action: ["s3:GetObject", "s3:ListBucket", "s3:PutBucketPolicy", "s3:PutObjectTagging"] }),
      ]),
    });
    const s3 = services.get("s3");
    expect(s3?.levels.map(({ level, granted }) => [level, granted])).toEqual([
      ["List", 1],
      ["Read", 1],
      ["Tagging", 1],
      ["Write", 0],
      ["Permissions management", 1],
    ]);
    expect(s3?.highest).toBe("Permissions management");
    // What everybody may is there too.
    expect([...services.keys()]).toEqual(["s3", "sts"]);
  });

  test("what an action can not be asked of is left out", () => {
    const onRole = allow({
      Action: ["s3:GetObject", "iam:PassRole"],
      Resource: "arn:aws:iam::111122223333:role/nightly",
    });
    const { services } = byService({ identity: layerOf([onRole]) });
    expect([...services.keys()]).toEqual(["iam", "sts"]);
  });

  test("an action that can not be limited to a resource is allowed by a star only", () => {
    const onOne = allow({ Action: "ec2:DescribeInstances", Resource: "arn:aws:ec2:*:*:instance/*" });
    expect(byService({ identity: layerOf([onOne]) }).services.has("ec2")).toBe(false);
    expect(byService({ identity: layerOf([allow({ Action: "ec2:DescribeInstances" })]) }).services.has("ec2")).toBe(
      true,
    );
  });

  test.each<[string, PolicyLayers, "yes" | "conditional" | "unknown" | "none"]>([
    ["a boundary that lacks it", { boundary: layerOf([allow({ Action: "sqs:*" })]) }, "none"],
    ["a boundary that has it", { boundary: layerOf([allow({ Action: "s3:*" })]) }, "yes"],
    [
      "one level of the organization that lacks it",
      { scps: [layerOf([EVERYTHING]), layerOf([allow({ Action: "sqs:*" })])] },
      "none",
    ],
    ["a session that denies it", { session: layerOf([EVERYTHING, deny({ Action: "s3:*" })]) }, "none"],
    [
      "a Deny that hangs on a condition",
      {
        scps: [
          layerOf([
            EVERYTHING,
            deny({ Action: "s3:*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
          ]),
        ],
      },
      "conditional",
    ],
    ["a boundary that was not read", { boundary: layerOf([], true) }, "unknown"],
  ])("%s decides", (_name, layers, state) => {
    const { services } = byService({ identity: layerOf([allow({ Action: "s3:GetObject" })]), ...layers });
    const states = services.get("s3")?.states;
    expect(states).toEqual(state === "none" ? undefined : { yes: 0, conditional: 0, unknown: 0, [state]: 1 });
  });

  test("regions that say the same are one, with every policy that allows it", () => {
    const access = ofSet(
      new PolicySet({
        identity: layerOf([
          allow({ Action: "sqs:SendMessage" }),
          allow({ Action: "sns:Publish" }),
          allow({ Action: ["sqs:SendMessage", "sns:*"] }),
        ]),
      }),
    );
    const own = access.regions.filter(({ policies }) => policies.length > 0);
    expect(own).toHaveLength(1);
    expect([...(own[0]?.policies ?? [])].sort()).toEqual([0, 1, 2]);
  });

  test("an Allow that lies in a wider one is not told", () => {
    const access = ofSet(
      new PolicySet({
        identity: layerOf([allow({ Action: "s3:*", Resource: "arn:aws:s3:::ledgers/*" }), allow({ Action: "s3:*" })]),
      }),
    );
    expect(access.regions.filter(({ policies }) => policies.includes(0))).toEqual([]);
  });
});
