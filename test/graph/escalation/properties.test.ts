import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { Escalation } from "../../../src/graph/escalation/escalation.ts";
import { ESCALATION_METHODS } from "../../../src/graph/escalation/methods/index.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { ACTION_TABLE, document, Given } from "../../analyse/given.ts";
import { bruteForce } from "./brute-force.ts";
import { told } from "./small-world.ts";

const ROLE = "arn:aws:iam::111122223333:role/";
const USER = "arn:aws:iam::111122223333:user/";
const WAYS = [
  "iam-001",
  "iam-002",
  "iam-005",
  "iam-007",
  "iam-012",
  "iam-013",
  "iam-017",
  "iam-022",
  "lambda-001",
  "lambda-003",
  "ec2-001",
  "sts-001",
];
const methods = ESCALATION_METHODS.filter(({ id }) => WAYS.includes(id));

const names = ["ana", "ben", "deploy", "night", "boss"] as const;
const anyResource = fc.constantFrom(
  "*",
  `${USER}*`,
  `${USER}ana`,
  `${USER}ben`,
  `${ROLE}*`,
  `${ROLE}deploy`,
  `${ROLE}n*`,
  `${USER}\${aws:username}`,
  "arn:aws:iam::111122223333:policy/*",
  "arn:aws:iam::111122223333:group/*",
  "arn:aws:lambda:*:111122223333:function:*",
);
const anyAction = fc.constantFrom(
  ["iam:PutUserPolicy"],
  ["iam:PutRolePolicy", "sts:AssumeRole"],
  ["iam:CreateAccessKey"],
  ["iam:UpdateAssumeRolePolicy"],
  ["iam:AddUserToGroup"],
  ["iam:PassRole"],
  ["lambda:CreateFunction", "lambda:InvokeFunction"],
  ["lambda:UpdateFunctionCode"],
  ["ec2:RunInstances", "iam:PassRole"],
  ["sts:AssumeRole"],
  ["iam:CreatePolicyVersion"],
  ["iam:DeleteUserPermissionsBoundary"],
  ["iam:*"],
  ["s3:*"],
  ["iam:Put*"],
);
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const anyStatement = fc
  .record({
    deny: fc.integer({ min: 0, max: 9 }),
    Action: anyAction,
    Resource: anyResource,
    conditional: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ deny, Action, Resource, conditional }) => ({
    Effect: deny === 0 ? "Deny" : "Allow",
    Action,
    Resource,
    ...(conditional === 0 ? { Condition: MFA } : {}),
  }));
const anyTrust = fc.constantFrom<object>(
  { Service: "lambda.amazonaws.com" },
  { Service: "ec2.amazonaws.com" },
  { AWS: "arn:aws:iam::111122223333:root" },
  { AWS: `${USER}ana` },
  { AWS: `${ROLE}deploy` },
);
/** What a world is made of. */
const anyWorld = fc.record({
  statements: fc.array(fc.tuple(fc.constantFrom(...names), anyStatement), { minLength: 1, maxLength: 7 }),
  trusts: fc.tuple(anyTrust, anyTrust, anyTrust),
  shared: fc.option(fc.tuple(fc.constantFrom(...names), anyStatement), { nil: undefined }),
  boundary: fc.option(fc.constantFrom("ana", "deploy"), { nil: undefined }),
  member: fc.boolean(),
  running: fc.boolean(),
});
type AnyWorld = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

function build({ statements, trusts, shared, boundary, member, running }: AnyWorld): Given {
  const given = new Given();
  const limit = "arn:aws:iam::111122223333:policy/limit";
  given.policy(
    limit,
    document({ Effect: "Allow", Action: ["s3:*", "iam:DeleteUserPermissionsBoundary", "sts:*"], Resource: "*" }),
    { locator: limit },
  );
  const holders = {
    ana: given.user("ana", boundary === "ana" ? { attributes: { boundary: limit } } : {}),
    ben: given.user("ben"),
    deploy: given.role("deploy", boundary === "deploy" ? { attributes: { boundary: limit } } : {}, {
      Effect: "Allow",
      Principal: trusts[0],
      Action: "sts:AssumeRole",
    }),
    night: given.role("night", {}, { Effect: "Allow", Principal: trusts[1], Action: "sts:AssumeRole" }),
    boss: given.role("boss", {}, { Effect: "Allow", Principal: trusts[2], Action: "sts:AssumeRole" }),
  };
  const admins = given.group("admins");
  given.inline(admins, "all", document({ Effect: "Allow", Action: "*", Resource: "*" }));
  given.inline(holders.boss, "all", document({ Effect: "Allow", Action: "*", Resource: "*" }));
  const byName = new Map<string, object[]>();
  for (const [name, statement] of statements) byName.set(name, [...(byName.get(name) ?? []), statement]);
  for (const [name, list] of byName) given.inline(holders[name as keyof typeof holders], "own", document(...list));
  if (shared !== undefined) {
    const id = "arn:aws:iam::111122223333:policy/shared";
    given.policy(id, document(shared[1]), { locator: id });
    given.entitlement({ id: `${id}#policy`, kind: "policy", displayName: "policy shared", targetId: id });
    given.grant("attachment", holders[shared[0]].id, `${id}#policy`);
  }
  if (boundary !== undefined)
    given.records.relations.push({
      id: "limit",
      kind: "limited-by",
      fromId: holders[boundary].id,
      toId: limit,
      attributes: {},
    });
  for (const [at, name] of (["deploy", "night", "boss"] as const).entries()) {
    const party = trusts[at] as { Service?: string; AWS?: string };
    const id =
      party.Service !== undefined
        ? `aws-service:${party.Service}`
        : party.AWS === `${USER}ana`
          ? holders.ana.id
          : party.AWS === `${ROLE}deploy`
            ? holders.deploy.id
            : "aws:111122223333:root";
    if (party.Service !== undefined && !given.records.principals.some((one) => one.id === id))
      given.records.principals.push({
        ...holders.ana,
        id,
        kind: "service",
        nativeType: "aws-service",
        nativeId: party.Service,
        locator: party.Service,
        displayName: party.Service,
      });
    given.grant("trust", id, `${holders[name].id}#assume`);
  }
  given.root();
  if (member) given.grant("membership", holders.ben.id, `${admins.id}#membership`);
  if (running)
    given.records.resources.push({
      id: "aws:111122223333:function",
      system: "aws",
      tenantId: "aws:111122223333",
      kind: "aws-resource",
      nativeId: "function",
      locator: "arn:aws:lambda:eu-central-1:111122223333:function:night",
      displayName: "night",
      attributes: { type: "lambda:function", runsAs: `${ROLE}night` },
    });
  return given;
}

const LEVEL = { yes: 1, conditional: 2, unknown: 3 } as const;

/** How surely each principal reaches administration, as the engine says. */
function reached(escalation: Escalation): Map<string, number> {
  const best = new Map<string, number>();
  for (const { principal, state } of escalation.paths().paths)
    best.set(principal.id, Math.min(best.get(principal.id) ?? 9, LEVEL[state]));
  return best;
}

describe("paths of generated worlds", () => {
  test("as many principals reach administration, and as surely, as asking every method for every pair finds", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const graph = build(world).graph();
        const slow = bruteForce(graph, ACTION_TABLE, methods);
        const quick = reached(new Escalation(graph, ACTION_TABLE, methods));
        for (const [id, truth] of slow) expect(`${id} ${quick.get(id) ?? 0}`).toBe(`${id} ${truth}`);
      }),
      { numRuns: 400 },
    );
  });

  test("a Deny more never makes a way more", () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...names), anyAction, anyResource, (world, name, Action, Resource) => {
        const before = reached(new Escalation(build(world).graph(), ACTION_TABLE, methods));
        const given = build(world);
        const holder = given.records.principals.find((one) => one.displayName === name);
        if (holder === undefined) throw new Error(name);
        given.inline(holder, "denied", document({ Effect: "Deny", Action, Resource }));
        for (const [id, level] of reached(new Escalation(given.graph(), ACTION_TABLE, methods)))
          expect(before.get(id) ?? 9, id).toBeLessThanOrEqual(level);
      }),
      { numRuns: 100 },
    );
  });

  test("shuffled records give the same paths in the same order", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const given = build(world);
        const straight = new Escalation(given.graph(), ACTION_TABLE).paths();
        for (const rows of Object.values(given.records)) (rows as unknown[]).reverse();
        const turned = new Escalation(given.graph(), ACTION_TABLE).paths();
        expect(turned.paths.map(told)).toEqual(straight.paths.map(told));
        expect(turned.omitted).toBe(straight.omitted);
      }),
      { numRuns: 60 },
    );
  });

  test("without the grants of a path the path is gone", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const given = build(world);
        const snapshot: Snapshot = given.graph().snapshot;
        for (const path of new Escalation(buildGraph(snapshot), ACTION_TABLE, methods).paths().paths) {
          const used = new Set(path.hops.flatMap(({ grants }) => grants));
          const without = buildGraph({ ...snapshot, grants: snapshot.grants.filter(({ id }) => !used.has(id)) });
          const left = new Escalation(without, ACTION_TABLE, methods).paths({ principalId: path.principal.id }).paths;
          expect(left.map(told)).not.toContain(told(path));
        }
      }),
      { numRuns: 40 },
    );
  });
});
