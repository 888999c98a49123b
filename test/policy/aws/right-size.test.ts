/** Right-sizing: nothing new, nothing lost that was used, nothing taken on a guess. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { LastUse } from "../../../src/model/instant.ts";
import type { Usage } from "../../../src/model/usage.ts";
import { actionIds } from "../../../src/policy/aws/action-bits.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { LastUses } from "../../../src/policy/aws/last-uses.ts";
import {
  LONGEST_MANAGED_POLICY,
  policyLength,
  type WrittenStatement,
} from "../../../src/policy/aws/policy-documents.ts";
import { PolicySet } from "../../../src/policy/aws/policy-set.ts";
import { refinesStatements } from "../../../src/policy/aws/refines-statements.ts";
import { comparePolicies, rightSize, type RightSized } from "../../../src/policy/aws/right-size.ts";
import { actionCovers } from "../../../src/policy/aws/wildcard.ts";
import { asking, layerOf, randomLayers, REQUESTS, setOf } from "./random-access.ts";

const table = await loadActionTable();
const NOW = "2026-11-20T10:00:00Z";
const RECENT = known("2026-11-01T00:00:00Z");
const OLD = known("2026-01-01T00:00:00Z");
const NEVER = known<LastUse>("never");

const row = (name: string, lastUsedAt: Observed<LastUse>): Usage => {
  const [service = "", action] = name.split(":");
  return {
    id: name,
    tenantId: "aws:111122223333",
    principalId: "aws:111122223333:asha",
    service,
    action: action === undefined ? null : name,
    lastUsedAt,
    source: "service-last-accessed",
  };
};
const usesOf = (rows: Readonly<Record<string, Observed<LastUse>>>): LastUses =>
  new LastUses(
    Object.entries(rows).map(([name, at]) => row(name, at)),
    NOW,
    90,
  );

const at = fc.constantFrom<Observed<LastUse>>(RECENT, OLD, NEVER, NEVER, unknown("not read"));
/** Actions AWS follows one by one, here. */
const FOLLOWED = [
  "s3:GetObject",
  "s3:PutBucketPolicy",
  "s3:PutObject",
  "sqs:DeleteQueue",
  "iam:CreateAccessKey",
  "madeup:Thing",
];
const usage = fc
  .record(
    Object.fromEntries(
      ["s3", "sqs", "ec2", "iam", "kms", "translate", "sts", "sns", "madeup", ...FOLLOWED].map((name) => [name, at]),
    ),
    { requiredKeys: [] },
  )
  .map((rows) => rows as Readonly<Record<string, Observed<LastUse>>>);

describe("on random policies and uses", () => {
  test("allows nothing new, and everything that was used or may have been as before, request by request", () => {
    let [narrowed, removed] = [0, 0];
    fc.assert(
      fc.property(randomLayers, usage, (made, rows) => {
        const set = setOf(made);
        const uses = usesOf(rows);
        const ask = (about: PolicySet) => asking(about, table, made.team);
        const answer = rightSize(set, uses, ask, table);
        expect(answer.unproven).toEqual([]);
        expect(answer.beyondTable).toBe(true);
        if (answer.changed) narrowed += 1;
        const { identity } = set.layers;
        const smaller = new PolicySet({
          ...set.layers,
          identity: layerOf(answer.documents, identity?.unread !== undefined),
        });
        for (const [action, resource] of REQUESTS) {
          const before = decide(set, ask(set)(action, resource).request, table).decision;
          const after = decide(smaller, ask(smaller)(action, resource).request, table).decision;
          const denied = (word: string): boolean => word.endsWith("denied");
          if (uses.action(action) !== "unused") expect([action, resource, after]).toEqual([action, resource, before]);
          else if (after !== before) removed += 1;
          if (denied(before)) expect(denied(after)).toBe(true);
          if (after === "allowed") expect(before).toBe("allowed");
        }
        // Actions of services nobody has heard of are as they were, too.
        if (rows["madeup:Thing"] === RECENT)
          expect(decide(smaller, ask(smaller)("madeup:Thing", "*").request, table).decision).toBe(
            decide(set, ask(set)("madeup:Thing", "*").request, table).decision,
          );
      }),
      { numRuns: 200 },
    );
    expect(narrowed).toBeGreaterThan(50);
    expect(removed).toBeGreaterThan(50);
  });
});

const POLICY = (...statements: readonly object[]): object => ({ Version: "2012-10-17", Statement: statements });
const ALLOW = (Action: string | readonly string[], more: object = {}): object => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});

function sized(documents: readonly object[], rows: Readonly<Record<string, Observed<LastUse>>>): RightSized {
  const set = new PolicySet({ identity: layerOf(documents) });
  return rightSize(set, usesOf(rows), (about) => asking(about, table, undefined), table);
}
const statements = (answer: RightSized): readonly WrittenStatement[] =>
  answer.documents.flatMap(({ Statement }) => Statement);
const actionsOf = (answer: RightSized): readonly (readonly string[] | undefined)[] =>
  statements(answer).map(({ Action }) => Action);

describe("one element", () => {
  test.each<
    [string, string | readonly string[], Readonly<Record<string, Observed<LastUse>>>, readonly (readonly string[])[]]
  >([
    ["a service that was not used goes", ["s3:*", "sqs:*"], { s3: RECENT, sqs: OLD }, [["s3:*"]]],
    ["a service that was never used goes", ["s3:Get*", "sqs:*"], { s3: RECENT, sqs: NEVER }, [["s3:Get*"]]],
    ["a statement of which nothing is left goes", "sqs:*", { sqs: NEVER }, []],
    ["a service AWS says nothing of stays", ["s3:*", "sqs:*"], { s3: RECENT }, [["s3:*", "sqs:*"]]],
    ["a service whose use could not be read stays", "sqs:*", { sqs: unknown("no") }, [["sqs:*"]]],
    [
      "passing roles is not reported, so it stays",
      ["iam:*", "s3:*"],
      { iam: NEVER, s3: RECENT },
      [["iam:PassRole", "s3:*"]],
    ],
    ["a name nobody documents stays while its service is used", ["s3:NewThing"], { s3: RECENT }, [["s3:NewThing"]]],
    ["a name nobody documents goes with its service", ["sqs:NewThing", "s3:*"], { sqs: NEVER }, [["s3:*"]]],
    [
      "a pattern that means nothing documented goes with its service",
      ["sqs:Nope*", "s3:*"],
      { sqs: NEVER },
      [["s3:*"]],
    ],
    [
      "an action of a used service goes when AWS follows it",
      ["sqs:SendMessage", "sqs:DeleteQueue"],
      { sqs: RECENT, "sqs:DeleteQueue": NEVER },
      [["sqs:SendMessage"]],
    ],
    ["an action that was seen keeps its service", "sqs:*", { sqs: NEVER, "sqs:SendMessage": RECENT }, [["sqs:*"]]],
  ])("%s", (_name, actions, rows, left) => {
    expect(actionsOf(sized([POLICY(ALLOW(actions))], rows))).toEqual(left);
  });

  test("everything but one action of a service is told in few patterns that mean nothing else", () => {
    const answer = sized([POLICY(ALLOW("sqs:*"))], { sqs: RECENT, "sqs:DeleteQueue": NEVER });
    const [left = []] = actionsOf(answer);
    expect(left).not.toContain("sqs:*");
    expect(left).toContain("sqs:DeleteMessage");
    expect(left.length).toBeLessThan(18);
    expect(answer.removed.map((id) => table.nameOf(id))).toEqual(["sqs:DeleteQueue"]);
  });

  test("no pattern means more than the one it comes from, documented or not", () => {
    const answer = sized([POLICY(ALLOW("ec2:Describe*s"))], { ec2: RECENT, "ec2:DescribeVpcs": NEVER });
    const [left = []] = actionsOf(answer);
    expect(left.filter((pattern) => !actionCovers("ec2:Describe*s", pattern))).toEqual([]);
    expect(answer.removed.map((id) => table.nameOf(id))).toEqual(["ec2:DescribeVpcs"]);
    expect(answer.beyondTable).toBe(true);
  });

  test("a star keeps what AWS says nothing of, known or not: only what is known to be unused is left out", () => {
    const answer = sized([POLICY(ALLOW("*"))], { s3: RECENT, sqs: NEVER, iam: OLD, "s3:PutBucketPolicy": NEVER });
    expect(statements(answer)).toEqual([
      { Effect: "Allow", NotAction: ["iam:*", "s3:PutBucketPolicy", "sqs:*"], Resource: ["*"] },
      { Effect: "Allow", Action: ["iam:PassRole"], Resource: ["*"] },
    ]);
  });

  test("a star of which nearly nothing was used is told by what is left", () => {
    const rows = Object.fromEntries([...table.services.keys()].map((service) => [service, NEVER]));
    const answer = sized([POLICY(ALLOW("*"))], { ...rows, s3: RECENT, sqs: RECENT });
    expect(actionsOf(answer)).toEqual([["iam:PassRole", "s3:*", "sqs:*"]]);
    expect(answer.unproven).toEqual([]);
    expect(answer.beyondTable).toBe(true);
  });

  test("nothing is changed where AWS was not asked", () => {
    const answer = sized([POLICY(ALLOW(["s3:*", "iam:*"]))], {});
    expect(answer.changed).toBe(false);
    expect(answer.removed).toEqual([]);
  });
});

describe("what stays as it is", () => {
  const condition = {
    Condition: { StringLike: { "s3:prefix": ["a*", "b*"] }, Bool: { "aws:SecureTransport": "true" } },
  };
  test("resources, conditions and names of statements", () => {
    const whole = {
      Sid: "Mine",
      ...ALLOW(["s3:*", "sqs:*"], condition),
      Resource: ["arn:aws:s3:::ledgers", "arn:aws:sqs:*:*:*"],
    };
    expect(statements(sized([POLICY(whole)], { s3: RECENT, sqs: NEVER }))).toEqual([
      {
        Sid: "Mine",
        Effect: "Allow",
        Action: ["s3:*"],
        Resource: ["arn:aws:s3:::ledgers", "arn:aws:sqs:*:*:*"],
        Condition: { StringLike: { "s3:prefix": ["a*", "b*"] }, Bool: { "aws:SecureTransport": ["true"] } },
      },
    ]);
  });

  test("every Deny, of unused services too", () => {
    const denies = [
      { Effect: "Deny", Action: ["sqs:*"], Resource: ["*"] },
      { Effect: "Deny", NotAction: ["s3:*"], NotResource: ["arn:aws:s3:::x"] },
    ];
    const answer = sized([POLICY(ALLOW("sqs:*"), ...denies)], { sqs: NEVER });
    expect(statements(answer)).toEqual(denies);
  });

  test("what looks like a variable in an old policy stays in an old one", () => {
    const old = {
      Version: "2008-10-17",
      Statement: [ALLOW("s3:*", { Resource: "arn:aws:s3:::${aws:username}" }), ALLOW("sqs:*")],
    };
    const answer = sized([old], { s3: RECENT });
    expect(answer.documents.map(({ Version, Statement }) => [Version, Statement.length])).toEqual([
      ["2012-10-17", 1],
      ["2008-10-17", 1],
    ]);
  });

  test("statements of one name get different ones, and equal statements are told once", () => {
    const answer = sized(
      [POLICY({ Sid: "A", ...ALLOW("s3:*") }), POLICY({ Sid: "A", ...ALLOW("sqs:*") }), POLICY(ALLOW("s3:*"))],
      {},
    );
    expect(statements(answer).map(({ Sid }) => Sid)).toEqual(["A", "A2"]);
  });
});

describe("the proof", () => {
  const before = POLICY(ALLOW("s3:*", { Resource: "arn:aws:s3:::ledgers/*" }), {
    Effect: "Deny",
    Action: "s3:PutObject",
    Resource: "*",
  });
  const set = new PolicySet({ identity: layerOf([before]) });
  const deny = { Effect: "Deny", Action: ["s3:PutObject"], Resource: ["*"] } as const;
  test.each<[string, readonly string[], WrittenStatement, readonly WrittenStatement[]]>([
    ["another action", ["sqs:SendMessage"], { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["*"] }, [deny]],
    [
      "another resource",
      ["s3:GetObject"],
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::*"] },
      [deny],
    ],
    [
      "a Deny that lacks",
      ["s3:PutObject"],
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::ledgers/*"] },
      [],
    ],
    [
      "nothing new",
      [],
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::ledgers/2026/*"] },
      [deny],
    ],
  ])("does not hold for what is new: %s", (_name, actions, allow, denies) => {
    const answer = comparePolicies(
      set,
      [{ Version: "2012-10-17", Statement: [allow, ...denies] }],
      (about) => asking(about, table, undefined),
      table,
    );
    expect(answer.unproven.flatMap((one) => [...actionIds(one.actions)]).map((id) => table.nameOf(id))).toEqual(
      actions,
    );
  });
});

describe("statements refine statements", () => {
  const parsed = (...made: readonly object[]) => compiled(POLICY(...made));
  const compiled = (document: object) => layerOf([document]).policies.flatMap(({ policy }) => policy.parsed.statements);
  const all = { Effect: "Allow", Resource: "*" };
  const when = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
  test.each<[boolean, object, readonly object[]]>([
    [true, ALLOW("s3:Get*"), [ALLOW("s3:*")]],
    [false, ALLOW("s3:*"), [ALLOW("s3:Get*")]],
    [true, ALLOW(["s3:Get*", "sqs:*"]), [ALLOW("s3:*"), ALLOW("sqs:*")]],
    [
      true,
      ALLOW("s3:*", { Resource: ["a", "b"] }),
      [ALLOW("s3:*", { Resource: "a" }), ALLOW("s3:*", { Resource: ["b", "c"] })],
    ],
    [false, ALLOW("s3:*", { Resource: ["a", "b"] }), [ALLOW("s3:*", { Resource: "a" })]],
    [true, ALLOW("s3:*", { Resource: "a" }), [ALLOW("s3:*")]],
    [false, ALLOW("s3:*"), [ALLOW("s3:*", { Resource: "a" })]],
    [false, ALLOW("s3:*"), [ALLOW("s3:*", when)]],
    [true, ALLOW("s3:*", when), [ALLOW("s3:*", when)]],
    [true, { ...all, NotAction: ["s3:*", "sqs:*"] }, [{ ...all, NotAction: "s3:Get*" }]],
    [false, { ...all, NotAction: ["s3:Get*"] }, [{ ...all, NotAction: "s3:*" }]],
    [true, { ...all, NotAction: ["s3:*"] }, [ALLOW("*")]],
    [false, { ...all, NotAction: ["s3:*"] }, [ALLOW("sqs:*")]],
    [true, ALLOW("sqs:*"), [{ ...all, NotAction: "s3:*" }]],
    [false, ALLOW("s3:*"), [{ Effect: "Deny", Action: "s3:*", Resource: "*" }]],
    [
      true,
      { Effect: "Allow", Action: "s3:*", NotResource: ["a", "b"] },
      [{ Effect: "Allow", Action: "*", NotResource: ["b", "a"] }],
    ],
    [
      false,
      { Effect: "Allow", Action: "s3:*", NotResource: "a" },
      [{ Effect: "Allow", Action: "*", NotResource: ["a", "b"] }],
    ],
  ])("%j: %j in %j", (answer, narrow, wide) => {
    expect(refinesStatements(parsed(narrow), parsed(...wide), "Allow")).toBe(answer);
  });
});

describe("AWS's limit on the length of a policy", () => {
  const names = Array.from({ length: 400 }, (_, at) => `arn:aws:s3:::a-bucket-with-a-long-name-${at}/*`);
  test("more than fits goes into several documents, each a policy within the limit", () => {
    const answer = sized([POLICY(...names.map((Resource) => ALLOW("s3:GetObject", { Resource })))], { s3: RECENT });
    expect(answer.documents.length).toBeGreaterThan(3);
    for (const one of answer.documents) expect(policyLength(one)).toBeLessThanOrEqual(LONGEST_MANAGED_POLICY);
    expect(statements(answer)).toHaveLength(names.length);
    expect(answer.tooLong).toEqual([]);
  });

  test.each(["Allow", "Deny"])("one %s that is too long is cut, and means the same", (Effect) => {
    const answer = sized([POLICY(ALLOW("s3:*"), { Effect, Action: "s3:GetObject", Resource: names })], { s3: RECENT });
    for (const one of answer.documents) expect(policyLength(one)).toBeLessThanOrEqual(LONGEST_MANAGED_POLICY);
    expect(
      statements(answer)
        .flatMap(({ Resource = [] }) => Resource)
        .filter((one) => one !== "*"),
    ).toEqual(names);
    expect(answer.changed).toBe(false);
    expect(answer.beyondTable).toBe(true);
    expect(answer.unproven).toEqual([]);
  });

  test("what can not be cut is named", () => {
    const answer = sized([POLICY({ Effect: "Deny", Action: "s3:GetObject", NotResource: names }, ALLOW("s3:*"))], {});
    expect(answer.tooLong).toEqual([0]);
  });

  test("ten thousand statements come to their end, with the proof", () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      ALLOW("s3:GetObject", { Resource: `arn:aws:s3:::ledgers-${at}/*` }),
    );
    const answer = sized([POLICY(...many)], { s3: RECENT });
    expect(statements(answer)).toHaveLength(many.length);
    expect([answer.unproven, answer.beyondTable, answer.changed]).toEqual([[], true, false]);
  });
});
