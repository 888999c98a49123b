import { describe, expect, test } from "vitest";
import type { AdminGrant } from "../../src/graph/access-graph.ts";
import type { Grant } from "../../src/model/grant.ts";
import type { Principal } from "../../src/model/principal.ts";
import { allow, deny, document, Given } from "../analyse/given.ts";

const MFA = { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } };
const OFFICE = { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
const SELF_SERVICE = {
  Effect: "Deny",
  NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"],
  Resource: "*",
};

/** What a user is found to administer with these policies. */
const withPolicies = (...texts: (string | null)[]): readonly AdminGrant[] => {
  const given = new Given();
  const user = given.user("u");
  texts.forEach((text, i) => given.inline(user, `p${i}`, text));
  return given.graph().adminGrants(user.id);
};

describe("administration by what a principal is granted", () => {
  test.each<[name: string, statements: object[], expected: object | null]>([
    ["everything on everything", [allow("*")], { how: "all-actions", state: "yes", conditions: [], unread: [] }],
    ["everything, spelt with a colon", [allow("*:*")], { how: "all-actions", state: "yes" }],
    ["all of IAM on everything", [allow("IAM:*")], { how: "all-iam-actions", state: "yes" }],
    [
      "all of IAM in the tenant",
      [allow("iam:*", { Resource: "arn:aws:iam::111122223333:*" })],
      { how: "all-iam-actions", state: "yes" },
    ],
    [
      "all of IAM in every tenant",
      [allow("iam:*", { Resource: ["arn:aws:iam::*:*"] })],
      { how: "all-iam-actions", state: "yes" },
    ],
    [
      "everything in IAM, and nowhere else",
      [allow("*", { Resource: "arn:aws:iam::*" })],
      { how: "all-iam-actions", state: "yes" },
    ],
    ["all of IAM in another tenant", [allow("iam:*", { Resource: "arn:aws:iam::444455556666:*" })], null],
    ["all of IAM on users only", [allow("iam:*", { Resource: "arn:aws:iam::111122223333:user/*" })], null],
    ["a question mark is one character, not all of IAM", [allow("iam:?")], null],
    [
      "everything but a service leaves IAM whole",
      [{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }],
      { how: "all-iam-actions", state: "yes" },
    ],
    [
      "everything but IAM does not",
      [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }],
      null,
    ],
    ["everything but a part of IAM does not", [{ Effect: "Allow", NotAction: "iam:*Role", Resource: "*" }], null],
    [
      "everything but on a bucket leaves IAM whole",
      [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::sample/*" }],
      { how: "all-iam-actions", state: "yes" },
    ],
    [
      "everything but on a role does not",
      [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:iam::*:role/admin" }],
      null,
    ],
    ["under a condition", [allow("*", OFFICE)], { state: "conditional", conditions: ["aws:SourceIp"] }],
    ["under a condition here and without there", [allow("*", OFFICE), allow("*")], { state: "yes", conditions: [] }],
    ["everything is denied", [allow("*"), deny("*")], null],
    ["IAM is denied", [allow("*"), deny("iam:*")], null],
    ["IAM is denied in the tenant", [allow("*"), deny("iam:*", { Resource: "arn:aws:iam::111122223333:*" })], null],
    [
      "IAM is denied where a condition holds",
      [allow("*"), deny("iam:*", OFFICE)],
      { state: "conditional", conditions: ["aws:SourceIp"] },
    ],
    [
      "everything but setting up a second factor is denied without one",
      [allow("*"), { ...SELF_SERVICE, ...MFA }],
      { state: "conditional", conditions: ["aws:MultiFactorAuthPresent"] },
    ],
    ["everything but setting up a second factor is denied", [allow("*"), SELF_SERVICE], null],
    [
      "whatever changes access is denied",
      [allow("*"), deny(["iam:Add*", "iam:Attach*", "iam:Create*", "iam:Put*", "iam:Set*", "iam:Update*"])],
      null,
    ],
    ["a denial of one action leaves administration", [allow("*"), deny("iam:DeleteRole")], { state: "yes" }],
    [
      "a denial on one role leaves administration",
      [allow("*"), deny("iam:*", { Resource: "arn:aws:iam::111122223333:role/audit" })],
      { state: "yes" },
    ],
    ["a denial of another service leaves administration", [allow("*"), deny("s3:*")], { state: "yes" }],
  ])("%s", (_name, statements, expected) => {
    const [found, ...more] = withPolicies(document(...statements));
    if (expected === null) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
    expect(more).toEqual([]);
  });

  test("a denial in another policy it holds, through a group, ends it", () => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    given.inline(user, "admin", document(allow("*")));
    given.join(user, group);
    given.attach(group, "NoIam", document(deny("iam:*")));
    expect(given.graph().adminGrants(user.id)).toEqual([]);
  });

  test("another policy that could not be read may deny it: unknown, and it is named", () => {
    expect(withPolicies(document(allow("*")), null)).toMatchObject([
      { state: "unknown", unread: ["policy `p1`: the policy was not read"] },
    ]);
  });

  test("a policy that was not read is no administration by itself, but it is told", () => {
    const given = new Given();
    const [user, group] = [given.user("u"), given.group("g")];
    given.join(user, group);
    given.attach(group, "Gone", null);
    given.inline(user, "broken", "{");
    given.inline(user, "fine", document(allow("s3:*")));
    const graph = given.graph();
    expect(graph.adminGrants(user.id)).toEqual([]);
    expect(graph.unjudged(user.id).map(({ why }) => why)).toEqual([
      "the policy was not read",
      expect.stringContaining("not JSON"),
    ]);
  });
});

describe("a permission set", () => {
  const ELSEWHERE = "aws:444455556666";
  /** A person with a permission set of another tenant that allows everything; the person's own policies say `own`. */
  const assigned = (own: string): { given: Given; person: string; set: Principal } => {
    const given = new Given();
    given.records.tenants.push({
      id: ELSEWHERE,
      system: "aws",
      nativeId: "444455556666",
      name: "sample-test",
      managementTenantId: null,
      attributes: {},
    });
    const person = given.user("p", { nativeType: "identity-center-user" });
    given.inline(person, "own", own);
    const set = given.role("set", { nativeType: "permission-set", tenantId: ELSEWHERE });
    given.entitlement({
      id: `${set.id}#permission-set`,
      tenantId: ELSEWHERE,
      kind: "permission-set",
      displayName: "permission set Admin",
      targetId: set.id,
    });
    given.grant("assignment", person.id, `${set.id}#permission-set`, { tenantId: ELSEWHERE });
    given.inline(set, "admin", document(allow("*")));
    given.records.grants.push({ ...given.records.grants.pop(), tenantId: ELSEWHERE } as Grant);
    return { given, person: person.id, set };
  };

  test("administers the tenant it works in, whatever the person's own policies deny", () => {
    const { given, person, set } = assigned(document(deny("*")));
    expect(given.graph().adminGrants(person)).toMatchObject([
      { tenantId: ELSEWHERE, state: "yes", holding: { via: [set.id] } },
    ]);
  });
  test("is limited by its own boundary", () => {
    const { given, person, set } = assigned(document(allow("s3:*")));
    given.bounded(set, document(allow("s3:*")));
    expect(given.graph().adminGrants(person)).toEqual([]);
  });
  test("is approved for the tenant it works in", () => {
    const { given, person } = assigned(document(allow("s3:*")));
    given.approved("aws", "p", "inline policy admin");
    const approved = (tenant: string): number => {
      given.records.approvals[0] = {
        ...given.records.approvals[0],
        tenant,
      } as (typeof given.records.approvals)[number];
      const graph = given.graph();
      return graph.adminGrants(person).flatMap(({ holding }) => graph.approvalsOf(holding)).length;
    };
    expect([approved("444455556666"), approved("sample-test"), approved("111122223333")]).toEqual([1, 1, 0]);
  });
});

describe("a permissions boundary", () => {
  test.each<[name: string, text: string | null, expected: object | null]>([
    ["that allows everything changes nothing", document(allow("*")), { state: "yes", how: "all-actions" }],
    [
      "that allows IAM among others leaves IAM",
      document(allow(["iam:*", "s3:*"])),
      { state: "yes", how: "all-iam-actions" },
    ],
    ["that allows less ends it", document(allow("s3:*")), null],
    ["that denies IAM ends it", document(allow("*"), deny("iam:*")), null],
    [
      "that denies IAM under a condition makes it conditional",
      document(allow("*"), deny("iam:*", OFFICE)),
      { state: "conditional", conditions: ["aws:SourceIp"] },
    ],
    [
      "that allows under a condition makes it conditional",
      document(allow("*", OFFICE)),
      { state: "conditional", conditions: ["aws:SourceIp"] },
    ],
    [
      "that was not read leaves it unknown",
      null,
      { state: "unknown", unread: ["boundary `boundary-of-u`: the policy was not read"] },
    ],
    ["that does not parse leaves it unknown", "{", { state: "unknown" }],
  ])("%s", (_name, text, expected) => {
    const given = new Given();
    const user = given.user("u");
    given.attach(user, "Admin", document(allow("*")));
    given.bounded(user, text);
    const [found] = given.graph().adminGrants(user.id);
    if (expected === null) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  test("that is known only as a guardrail counts as well", () => {
    const given = new Given();
    const user = given.user("u");
    given.attach(user, "Admin", document(allow("*")));
    given.records.guardrails.push({
      id: "guardrail:1",
      tenantId: user.tenantId,
      kind: "boundary",
      policyId: "aws:111122223333:gone",
      targetId: user.id,
      targetKind: "principal",
    });
    expect(given.graph().adminGrants(user.id)[0]?.state).toBe("unknown");
  });
});

describe("administration through other layers", () => {
  const withScp = (text: string | null): Given => {
    const given = new Given();
    given.attach(given.user("u"), "Admin", document(allow("*")));
    given.policy("aws:111122223333:p-1", text, { kind: "scp" });
    given.records.guardrails.push({
      id: "guardrail:1",
      tenantId: "aws:999900001111",
      kind: "scp",
      policyId: "aws:111122223333:p-1",
      targetId: "aws:111122223333",
      targetKind: "tenant",
    });
    return given;
  };
  const stateOf = (given: Given): string | undefined => given.graph().adminGrants("aws:111122223333:u")[0]?.state;

  test("an SCP that denies IAM ends it", () =>
    expect(stateOf(withScp(document(allow("*"), { Effect: "Deny", Action: "iam:*", Resource: "*" })))).toBeUndefined());
  test("an SCP level that allows less ends it", () =>
    expect(stateOf(withScp(document(allow("s3:*"))))).toBeUndefined());
  test("an SCP that allows everything leaves it", () => expect(stateOf(withScp(document(allow("*"))))).toBe("yes"));
  test("an SCP that could not be read leaves it unknown, not clean", () =>
    expect(stateOf(withScp(null))).toBe("unknown"));
  test("an SCP that denies IAM under a condition makes it conditional", () =>
    expect(stateOf(withScp(document(allow("*"), deny("iam:*", OFFICE))))).toBe("conditional"));
  test("an SCP of a unit above the tenant counts", () => {
    const given = withScp(document(allow("*"), deny("iam:*")));
    given.records.guardrails[0] = {
      ...given.records.guardrails[0],
      targetId: "aws:999900001111:ou-1",
      targetKind: "ou",
    } as (typeof given.records.guardrails)[number];
    expect(stateOf(given)).toBe("yes");
    given.records.relations.push({
      id: "relation:1",
      kind: "parent-of",
      fromId: "aws:999900001111:ou-1",
      toId: "aws:111122223333",
      attributes: {},
    });
    expect(stateOf(given)).toBeUndefined();
  });
  test("an SCP does not limit a service-linked role", () => {
    const given = withScp(document(deny("*")));
    const role = given.role("linked", { attributes: { serviceLinked: true } });
    given.attach(role, "Admin", document(allow("*")));
    expect(given.graph().adminGrants(role.id)[0]?.state).toBe("yes");
  });
  test("an SCP does not limit the management tenant", () => {
    const given = withScp(document(allow("*"), { Effect: "Deny", Action: "iam:*", Resource: "*" }));
    given.records.tenants[0] = {
      ...given.records.tenants[0],
      managementTenantId: "aws:111122223333",
    } as (typeof given.records.tenants)[number];
    expect(stateOf(given)).toBe("yes");
  });
});
