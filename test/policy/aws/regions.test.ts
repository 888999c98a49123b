/**
 * Set algebra against asking one by one: over a small universe of resources, a resource lies in a region exactly when `decide`
 * allows the action on it, and with the same truth.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessRequest } from "../../../src/policy/aws/access-request.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { whatApplies } from "../../../src/policy/aws/applies.ts";
import { arnPattern } from "../../../src/policy/aws/arn-pattern.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import type { DecisionWord } from "../../../src/policy/aws/decision.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { questions } from "../../../src/policy/aws/evaluate-wide.ts";
import { GivenContext } from "../../../src/policy/aws/given-context.ts";
import { any, UNREAD, type OpenTruth } from "../../../src/policy/aws/open-truth.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { allowedRegions, inRegion } from "../../../src/policy/aws/regions.ts";
import { MAYBE, NO, YES } from "../../../src/policy/aws/request-context.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

const table = await loadActionTable();
const ASHA = "arn:aws:iam::111122223333:user/asha";
const ROLE = "arn:aws:iam::111122223333:role/reporter";
const SESSION = "arn:aws:sts::111122223333:assumed-role/reporter/nightly";
const BOSE = "arn:aws:iam::222233334444:user/bose";
const TRUTHS: Readonly<Record<DecisionWord, OpenTruth>> = {
  allowed: YES,
  conditional: MAYBE,
  unknown: UNREAD,
  "explicitly-denied": NO,
  "implicitly-denied": NO,
};

type Statement = Readonly<Record<string, unknown>>;

/** Universes small enough to be asked whole; what is asked of them; patterns that mean parts of them. */
const UNIVERSES = [
  {
    action: "s3:GetObject",
    asks: ["arn:aws:s3:::*", "arn:aws:s3:::ledgers/*", "arn:aws:s3:::*/open/*", "*"],
    resources: ["ledgers", "photos"].flatMap((bucket) =>
      ["open/a", "open/b", "shut/a", "red/a"].map((key) => `arn:aws:s3:::${bucket}/${key}`),
    ),
    patterns: [
      "*",
      "arn:aws:s3:::*",
      "arn:aws:s3:::ledgers/*",
      "arn:aws:s3:::*/open/*",
      "arn:aws:s3:::photos/shut/a",
      "arn:aws:s3:::?hotos/*/?",
      "arn:aws:s3:::ledgers/${aws:PrincipalTag/team}/*",
      "arn:aws:s3:::*/${aws:PrincipalTag/team, 'open'}/a",
      "arn:aws:sqs:*:*:*",
    ],
  },
  {
    action: "sqs:SendMessage",
    asks: ["arn:aws:sqs:*:*:*", "arn:aws:sqs:eu-west-1:111122223333:*", "*"],
    resources: ["eu-west-1", "us-east-1"].flatMap((region) =>
      ["orders", "orders-dead", "red"].map((name) => `arn:aws:sqs:${region}:111122223333:${name}`),
    ),
    patterns: [
      "*",
      "arn:aws:sqs:*:orders",
      "arn:aws:sqs:eu-*",
      "arn:aws:sqs:*-1:111122223333:o*",
      "arn:aws:sqs:??-*-1:*:*dead",
      "arn:aws:sqs:us-east-1:111122223333:*",
      "arn:*:sqs:*:1111*3333:orders",
      "arn:aws:sqs:*:*:${aws:PrincipalTag/team}",
    ],
  },
  {
    action: "kms:Decrypt",
    asks: ["arn:aws:kms:*:*:key/*"],
    resources: ["1111aaaa", "2222bbbb"].map((key) => `arn:aws:kms:eu-west-1:111122223333:key/${key}`),
    patterns: ["*", "arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:eu-west-1:111122223333:key/1111aaaa"],
  },
  {
    action: "sts:AssumeRole",
    asks: ["arn:aws:iam::111122223333:role/*"],
    resources: ["target", "team/other"].map((name) => `arn:aws:iam::111122223333:role/${name}`),
    patterns: ["*", "arn:aws:iam::*:role/team/*", "arn:aws:iam::111122223333:role/target"],
  },
  {
    action: "iam:PutRolePolicy",
    asks: ["arn:aws:iam::111122223333:role/*", "*"],
    resources: ["target", "aws-service-role/sqs.amazonaws.com/AWSServiceRoleForSample", "aws-reserved/sso/sample"].map(
      (name) => `arn:aws:iam::111122223333:role/${name}`,
    ),
    patterns: ["*", "arn:aws:iam::*:role/aws-*", "arn:aws:iam::111122223333:role/t*"],
  },
  { action: "ec2:DescribeInstances", asks: ["*"], resources: ["*"], patterns: ["*", "arn:aws:ec2:*:*:instance/*"] },
  { action: "sts:GetSessionToken", asks: ["*"], resources: ["*"], patterns: ["*"] },
  { action: "sts:GetCallerIdentity", asks: ["*"], resources: ["*"], patterns: ["*"] },
] as const;

const pick = <T>(items: readonly T[]) => fc.constantFrom(...items);
const condition = fc.oneof(
  fc.constant({ StringEquals: { "aws:PrincipalTag/team": "red" } }),
  fc.constant({ StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } }),
  fc.constant({ Null: { "aws:PrincipalTag/team": "true" } }),
);
const principal = pick<Statement>([
  { Principal: "*" },
  { Principal: { AWS: ASHA } },
  { Principal: { AWS: ROLE } },
  { Principal: { AWS: SESSION } },
  { Principal: { AWS: ["111122223333", BOSE] } },
  { NotPrincipal: { AWS: [ASHA, "111122223333"] } },
]);

/** Documents over the patterns of one universe. */
function documents(patterns: readonly string[], named: boolean, denies = 1) {
  const some = fc.uniqueArray(pick(patterns), { minLength: 1, maxLength: 3 });
  const statement = fc
    .record({
      effect: fc.oneof(
        { weight: 3, arbitrary: fc.constant("Allow") },
        { weight: denies, arbitrary: fc.constant("Deny") },
      ),
      field: pick(["Resource", "Resource", "Resource", "NotResource"]),
      some,
      condition: fc.option(condition, { freq: 2, nil: undefined }),
      principal,
    })
    .map((made) => ({
      Effect: made.effect,
      Action: "*",
      [made.field]: made.some,
      ...(made.condition && { Condition: made.condition }),
      ...(named && made.principal),
    }));
  return fc.record({
    statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
    unread: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
}

function layer({ statements, unread }: { statements: readonly Statement[]; unread: boolean }): LayerPolicies {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return {
    policies: [{ name: 0, policy: compilePolicy(parsed.value) }],
    ...(unread && { unread: ["a document nobody read"] }),
  };
}

const world = pick(UNIVERSES.map((_, index) => index)).chain((index) => {
  const { action, asks, resources, patterns } = UNIVERSES[index] ?? UNIVERSES[0];
  const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { freq, nil: undefined });
  const own = documents(patterns, false);
  return fc.record({
    action: fc.constant(action),
    resources: fc.constant(resources as readonly string[]),
    asks: pick(asks as readonly string[]),
    caller: pick([ASHA, SESSION, ROLE, BOSE, "arn:aws:iam::111122223333:root", "sns.amazonaws.com", "*"]),
    team: pick([["red"], ["open"], null, undefined] as const),
    identity: own,
    boundary: maybe(own),
    session: maybe(own),
    endpoint: maybe(documents(patterns, true)),
    resource: maybe(documents(patterns, true), 3),
    scps: maybe(fc.array(own, { minLength: 1, maxLength: 2 })),
    rcps: maybe(fc.array(documents(patterns, true, 3), { minLength: 1, maxLength: 1 })),
    block: fc.boolean(),
  });
});
type Made = typeof world extends fc.Arbitrary<infer T> ? T : never;

function layersOf(made: Made): PolicyLayers {
  const { identity, boundary, session, endpoint, resource, scps, rcps } = made;
  return {
    identity: layer(identity),
    ...(boundary && { boundary: layer(boundary) }),
    ...(session && { session: layer(session) }),
    ...(endpoint && { endpoint: layer(endpoint) }),
    ...(resource && { resource: layer(resource) }),
    ...(scps && { scps: scps.map(layer) }),
    // An RCP holds denies only; AWS's own full-access policy is understood.
    ...(rcps && {
      rcps: rcps.map((level) =>
        layer({ ...level, statements: level.statements.filter(({ Effect }) => Effect === "Deny") }),
      ),
    }),
    publicAccessBlock: { restrictPublicBuckets: made.block },
  };
}

function requestOf(made: Made, resource: string): AccessRequest {
  const caller = requestPrincipal(made.caller);
  if (caller === undefined) throw new Error(made.caller);
  const given = new Map<string, readonly string[] | null>([["aws:requestedregion", ["eu-west-1"]]]);
  if (made.team !== undefined) given.set("aws:principaltag/team", made.team);
  const unknown = made.team === undefined ? ["aws:principaltag/team", "sts:rolesessionname"] : false;
  return {
    principal: caller,
    action: made.action.toLowerCase(),
    resource,
    resourceTenant: "111122223333",
    context: new GivenContext(given, caller, "111122223333", unknown),
  };
}

describe("over a small universe of resources", () => {
  test("a resource is in a region exactly when the action is allowed on it, with the same truth", () => {
    const seen = new Set<OpenTruth>();
    fc.assert(
      fc.property(world, (made) => {
        const set = new PolicySet(layersOf(made));
        const asks = arnPattern(made.asks);
        const wide = requestOf(made, made.asks);
        const applies = {
          ...whatApplies(set, wide, table),
          // KMS keys are told by their ARN, which "*" is not.
          ...(made.asks === "*" && {
            resourceNeeded: whatApplies(set, requestOf(made, made.resources[0] ?? ""), table).resourceNeeded,
          }),
        };
        const { regions } = allowedRegions(set, wide, applies, asks);
        for (const resource of made.resources) {
          if (!asks.test(resource)) continue;
          const request = requestOf(made, resource);
          const truth = regions.reduce<OpenTruth>(
            (best, region) => any(best, inRegion(region, resource, request, applies)),
            NO,
          );
          const { decision } = decide(set, request, table);
          seen.add(TRUTHS[decision]);
          expect([resource, truth]).toEqual([resource, TRUTHS[decision]]);
        }
      }),
      { numRuns: 3_000 },
    );
    // The universes are worth asking: all four truths came up.
    expect([...seen].sort()).toEqual([NO, YES, MAYBE, UNREAD]);
  });

  test("what is allowed on some resource of the pattern is not denied when the pattern is asked", () => {
    fc.assert(
      fc.property(world, (made) => {
        const set = new PolicySet(layersOf(made));
        const best = made.resources
          .filter((resource) => arnPattern(made.asks).test(resource))
          .map((resource) => TRUTHS[decide(set, requestOf(made, resource), table).decision])
          .reduce<OpenTruth>(any, NO);
        if (best === NO) return;
        // Each required type is asked for "*": the others are not in the universe.
        if (made.asks === "*" && made.action !== "sqs:SendMessage") return;
        const { decision } = decide(set, requestOf(made, made.asks), table);
        expect(["allowed", "conditional", "unknown"]).toContain(decision);
        if (best === YES) expect(decision).toBe("allowed");
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("what `*` asks", () => {
  const asked = (action: string): readonly (readonly string[])[] =>
    questions({ ...requestOf(SAMPLE, "*"), action }, table).map((any) => any.map(({ source }) => source));
  test("each of the types an action requires, in the tenant it is about", () => {
    expect(asked("ec2:terminateinstances")).toEqual([["arn:*:ec2:*:111122223333:instance/*"]]);
    expect(asked("ec2:runinstances").length).toBeGreaterThan(3);
  });
  test("any of the types where none is required", () => {
    const [choices, ...more] = asked("s3:getobject");
    expect(more).toEqual([]);
    expect(choices).toContain("arn:*:s3:::*/*");
  });
  test("a pattern asks for itself, and so does anything of an action nobody knows", () => {
    expect(questions({ ...requestOf(SAMPLE, "arn:aws:s3:::x*"), action: "s3:getobject" }, table)).toEqual([
      [arnPattern("arn:aws:s3:::x*")],
    ]);
    expect(asked("nothing:known")).toEqual([["*"]]);
  });
});

const SAMPLE: Made = {
  action: "s3:GetObject",
  resources: [],
  asks: "*",
  caller: ASHA,
  team: null,
  identity: { statements: [], unread: false },
  boundary: undefined,
  session: undefined,
  endpoint: undefined,
  resource: undefined,
  scps: undefined,
  rcps: undefined,
  block: false,
};
