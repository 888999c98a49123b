import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGraph } from "../../../src/graph/build-graph.ts";
import { Escalation } from "../../../src/graph/escalation/escalation.ts";
import { ESCALATION_METHODS } from "../../../src/graph/escalation/methods/index.ts";
import type { Guardrail } from "../../../src/model/guardrail.ts";
import { known } from "../../../src/model/observed.ts";
import type { Principal } from "../../../src/model/principal.ts";
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
const LIMIT = "arn:aws:iam::111122223333:policy/limit";
const CONDITIONS: readonly (object | undefined)[] = [
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
  { StringEquals: { "aws:ResourceTag/team": "red" } },
  { ArnLike: { "aws:PrincipalArn": [`${ROLE}*`, `${USER}ana`] } },
  { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
  { ArnNotEquals: { "iam:PermissionsBoundary": LIMIT } },
];
const anyCondition = fc.integer({ min: 0, max: 17 }).map((at) => CONDITIONS[at]);
const anyStatement = fc
  .record({
    deny: fc.integer({ min: 0, max: 6 }),
    Action: anyAction,
    Resource: anyResource,
    Condition: anyCondition,
    not: fc.integer({ min: 0, max: 11 }),
  })
  .map(({ deny, Action, Resource, Condition, not }) => ({
    Effect: deny === 0 ? "Deny" : "Allow",
    Action,
    ...(not === 0 ? { NotResource: Resource } : { Resource }),
    ...(Condition === undefined ? {} : { Condition }),
  }));
const anyTrust = fc.tuple(
  fc.constantFrom<object>(
    { Service: "lambda.amazonaws.com" },
    { Service: "ec2.amazonaws.com" },
    { AWS: "arn:aws:iam::111122223333:root" },
    { AWS: `${USER}ana` },
    { AWS: `${ROLE}deploy` },
  ),
  fc.constantFrom<object | undefined>(
    undefined,
    undefined,
    undefined,
    { ArnLike: { "aws:PrincipalArn": `${ROLE}*` } },
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { StringEquals: { "aws:PrincipalTag/team": "red" } },
  ),
);
const anyTeam = fc.constantFrom("red", "blue");
/** What a world is made of. */
const anyWorld = fc.record({
  statements: fc.array(fc.tuple(fc.constantFrom(...names), anyStatement), { minLength: 1, maxLength: 7 }),
  trusts: fc.tuple(anyTrust, anyTrust, anyTrust),
  shared: fc.array(fc.tuple(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), anyStatement), {
    maxLength: 2,
  }),
  teams: fc.tuple(anyTeam, anyTeam, anyTeam, anyTeam),
  scp: fc.option(anyStatement, { nil: undefined }),
  boundary: fc.option(fc.constantFrom("ana", "deploy"), { nil: undefined }),
  member: fc.boolean(),
  running: fc.boolean(),
});
type AnyWorld = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

function build({ statements, trusts, shared, teams, scp, boundary, member, running }: AnyWorld): Given {
  const given = new Given();
  const limit = LIMIT;
  given.policy(
    limit,
    document({ Effect: "Allow", Action: ["s3:*", "iam:DeleteUserPermissionsBoundary", "sts:*"], Resource: "*" }),
    { locator: limit },
  );
  const more = (name: string, at: number): Partial<Principal> => ({
    ...(teams[at] === undefined ? {} : { tags: known({ team: teams[at] }) }),
    attributes: { boundary: boundary === name ? limit : null },
  });
  const trust = (at: 0 | 1 | 2): object => {
    const [Principal, Condition] = trusts[at];
    const asked = "Service" in Principal ? undefined : Condition;
    return {
      Effect: "Allow",
      Principal,
      Action: "sts:AssumeRole",
      ...(asked === undefined ? {} : { Condition: asked }),
    };
  };
  const holders = {
    ana: given.user("ana", more("ana", 0)),
    ben: given.user("ben", more("ben", 1)),
    deploy: given.role("deploy", more("deploy", 2), trust(0)),
    night: given.role("night", more("night", 3), trust(1)),
    boss: given.role("boss", more("boss", 0), trust(2)),
  };
  const admins = given.group("admins");
  given.inline(admins, "all", document({ Effect: "Allow", Action: "*", Resource: "*" }));
  given.inline(holders.boss, "all", document({ Effect: "Allow", Action: "*", Resource: "*" }));
  const byName = new Map<string, object[]>();
  for (const [name, statement] of statements) byName.set(name, [...(byName.get(name) ?? []), statement]);
  for (const [name, list] of byName) given.inline(holders[name as keyof typeof holders], "own", document(...list));
  for (const [at, [who, statement]] of shared.entries()) {
    const id = `arn:aws:iam::111122223333:policy/shared-${at}`;
    given.policy(id, document(statement), { locator: id });
    given.entitlement({ id: `${id}#policy`, kind: "policy", displayName: `policy shared ${at}`, targetId: id });
    for (const name of who) given.grant("attachment", holders[name].id, `${id}#policy`);
  }
  if (scp !== undefined)
    for (const [at, text] of [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { ...scp, Effect: "Deny" },
    ].entries()) {
      given.policy(`aws:scp-${at}`, document(text), { kind: "scp" });
      given.records.guardrails.push({
        id: `scp-${at}`,
        kind: "scp",
        policyId: `aws:scp-${at}`,
        targetId: "aws:111122223333",
      } as Guardrail);
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
    const party = (trusts[at]?.[0] ?? {}) as { Service?: string; AWS?: string };
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
  // Principals with equal texts share their answers, as they do where texts are read.
  given.records.policies.forEach((policy, at) => {
    given.records.policies[at] = { ...policy, documentHash: policy.document.known ? policy.document.value : "" };
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
        const { reached: slow } = bruteForce(graph, ACTION_TABLE, methods);
        const quick = reached(new Escalation(graph, ACTION_TABLE, methods));
        for (const [id, truth] of slow) expect(`${id} ${quick.get(id) ?? 0}`).toBe(`${id} ${truth}`);
      }),
      { numRuns: 100 },
    );
  });

  test("every hop of every path is a step that asking anew finds, and no surer than that", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const graph = build(world).graph();
        const { steps } = bruteForce(graph, ACTION_TABLE, methods);
        for (const path of new Escalation(graph, ACTION_TABLE, methods).paths().paths) {
          let actor = path.principal.id;
          for (const hop of path.hops) {
            if (hop.technique.id === "member-of" || hop.technique.id === "granted") continue;
            // What changes its own policies and administers by them stays who it is.
            const to = graph.principal(hop.toId) === undefined ? actor : hop.toId;
            const truth = steps.get(`${actor} ${hop.technique.id} ${to}`);
            expect(truth, `${actor} ${hop.technique.id} ${to}`).toBeDefined();
            expect(truth).toBeLessThanOrEqual(LEVEL[hop.state]);
            // Whoever writes the policies of another stays itself for now.
            if (!["iam-001", "iam-005", "iam-007"].includes(hop.technique.id)) actor = to;
          }
        }
      }),
      { numRuns: 80 },
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

  test("when the grants of a path are gone, searching again and building anew agree on what is left", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const snapshot: Snapshot = build(world).graph().snapshot;
        const escalation = new Escalation(buildGraph(snapshot), ACTION_TABLE, methods);
        const escalating = escalation.admins().admins.flatMap((one) => (one.how === "path" ? [one] : []));
        for (const { path, tenantId } of escalating.slice(0, 2)) {
          const used = new Set(path.hops.flatMap(({ grants }) => grants));
          const without = buildGraph({ ...snapshot, grants: snapshot.grants.filter(({ id }) => !used.has(id)) });
          const anew = reached(new Escalation(without, ACTION_TABLE, methods));
          const again = escalation.reaching(tenantId, 1, used).map(({ id }) => id);
          for (const { principal } of escalating)
            expect(`${principal.id} ${again.includes(principal.id)}`).toBe(
              `${principal.id} ${anew.get(principal.id) === 1}`,
            );
        }
      }),
      { numRuns: 60 },
    );
  });
});
