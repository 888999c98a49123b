import { describe, expect, test } from "vitest";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { compilePolicy } from "../../../src/policy/aws/compile-policy.ts";
import { decideAll } from "../../../src/policy/aws/decide-all.ts";
import type { Decision } from "../../../src/policy/aws/decision.ts";
import { decide } from "../../../src/policy/aws/evaluate.ts";
import { GivenContext, type UnknownContext } from "../../../src/policy/aws/given-context.ts";
import { parsePolicy } from "../../../src/policy/aws/parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../../../src/policy/aws/policy-set.ts";
import { requestPrincipal } from "../../../src/policy/aws/request-principal.ts";

const table = await loadActionTable();
const ASHA = "arn:aws:iam::111122223333:user/asha";
const ROLE = "arn:aws:iam::111122223333:role/reporter";
const SESSION = "arn:aws:sts::111122223333:assumed-role/reporter/nightly";
const FEDERATED = "arn:aws:sts::111122223333:federated-user/asha";
const BOSE = "arn:aws:iam::222233334444:user/bose";
const TENANT = "111122223333";
const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders";
const TARGET = "arn:aws:iam::111122223333:role/target";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1111aaaa";

type Statement = Readonly<Record<string, unknown>>;
const allow = (more: Statement = {}): Statement => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: Statement = {}): Statement => ({ Effect: "Deny", Action: "*", Resource: "*", ...more });
const IF_RED = { Condition: { StringEquals: { "aws:PrincipalTag/team": "red" } } };

/** A layer of one policy; nothing at all is a document that allows nothing. */
function layer(...statements: readonly Statement[]): LayerPolicies {
  const parsed = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!parsed.known) throw new Error(parsed.why);
  return { policies: [{ name: 0, policy: compilePolicy(parsed.value) }] };
}
const unread = (...statements: readonly Statement[]): LayerPolicies => ({
  policies: statements.length === 0 ? [] : layer(...statements).policies,
  unread: ["policy/not-read"],
});

interface Asked {
  readonly by?: string;
  readonly action?: string;
  readonly on?: string;
  readonly context?: Readonly<Record<string, string | null>>;
  readonly unknown?: UnknownContext;
}

function ask(
  layers: PolicyLayers,
  { by = ASHA, action = "sqs:SendMessage", on = QUEUE, context = {}, unknown = false }: Asked = {},
): Decision {
  const principal = requestPrincipal(by);
  if (principal === undefined) throw new Error(by);
  const given = new Map(
    Object.entries(context).map(([key, value]) => [key.toLowerCase(), value === null ? null : [value]]),
  );
  return decide(
    new PolicySet({ identity: { policies: [] }, ...layers }),
    {
      principal,
      action: action.toLowerCase(),
      resource: on,
      resourceTenant: TENANT,
      context: new GivenContext(given, principal, TENANT, unknown),
    },
    table,
  );
}

describe("a document that was not read", () => {
  test.each<[string, PolicyLayers, Asked, string, string | null]>([
    ["of identity might allow", { identity: unread() }, {}, "unknown", "identity"],
    ["of identity might deny what is allowed", { identity: unread(allow()) }, {}, "unknown", "identity"],
    ["of identity does not lift a denial", { identity: unread(deny()) }, {}, "explicitly-denied", "identity"],
    ["of the boundary might allow", { identity: layer(allow()), boundary: unread() }, {}, "unknown", "boundary"],
    ["of the boundary gives nothing by itself", { boundary: unread(allow()) }, {}, "implicitly-denied", "identity"],
    ["of a session", { identity: layer(allow()), session: unread() }, { by: SESSION }, "unknown", "session"],
    ["of one level of SCPs", { identity: layer(allow()), scps: [layer(allow()), unread()] }, {}, "unknown", "scp"],
    [
      "of an SCP level under one that does not allow",
      { identity: layer(allow()), scps: [layer(), unread()] },
      {},
      "implicitly-denied",
      "scp",
    ],
    ["of an RCP might deny", { identity: layer(allow()), rcps: [unread()] }, {}, "unknown", "rcp"],
    [
      "of an RCP does not reach a service without RCPs",
      { identity: layer(allow()), rcps: [unread()] },
      { action: "ec2:DescribeInstances", on: "*" },
      "allowed",
      "identity",
    ],
    ["of an endpoint", { identity: layer(allow()), endpoint: unread() }, {}, "unknown", "endpoint"],
    ["of the resource might allow", { resource: unread() }, {}, "unknown", "resource"],
    ["of the resource might deny", { identity: layer(allow()), resource: unread() }, {}, "unknown", "resource"],
    [
      "of the resource, another tenant",
      { identity: layer(allow()), resource: unread() },
      { by: BOSE },
      "unknown",
      "resource",
    ],
    [
      "of the resource, another tenant that may not ask",
      { identity: layer(), resource: unread() },
      { by: BOSE },
      "implicitly-denied",
      "identity",
    ],
    ["of a trust policy", { resource: unread() }, { action: "sts:AssumeRole", on: TARGET }, "unknown", "trust"],
    [
      "and a key nobody gave: unknown weighs more",
      { identity: unread(allow(IF_RED)) },
      { unknown: true },
      "unknown",
      "identity",
    ],
    ["where a pattern is asked", { identity: unread() }, { on: "arn:aws:sqs:*:*:*" }, "unknown", "identity"],
    ["that might deny where a pattern is asked", { identity: unread(allow()) }, { on: "*" }, "unknown", "identity"],
    [
      "of a layer the root user does not have",
      { boundary: unread() },
      { by: "arn:aws:iam::111122223333:root" },
      "allowed",
      "identity",
    ],
  ])("%s", (_name, layers, asked, decision, decidedBy) => {
    const answer = ask(layers, asked);
    expect([answer.decision, answer.decidedBy]).toEqual([decision, decidedBy]);
  });
});

describe("three values", () => {
  test.each<[string, PolicyLayers, string, readonly string[]]>([
    [
      "a maybe-deny makes an Allow conditional",
      { identity: layer(allow(), deny(IF_RED)) },
      "conditional",
      ["aws:PrincipalTag/team"],
    ],
    [
      "a maybe-deny changes nothing where nothing is allowed",
      { identity: layer(deny(IF_RED)) },
      "implicitly-denied",
      [],
    ],
    ["a certain Deny outweighs a maybe", { identity: layer(allow(IF_RED), deny()) }, "explicitly-denied", []],
    ["one of two conditional Allows is enough", { identity: layer(allow(IF_RED), allow()) }, "allowed", []],
    [
      "what is certain for one layer is no question there",
      {
        identity: layer(allow(), allow({ Condition: { Bool: { "aws:SecureTransport": "true" } } })),
        boundary: layer(allow(IF_RED)),
      },
      "conditional",
      ["aws:PrincipalTag/team"],
    ],
    [
      "a conditional layer under one that does not allow",
      { identity: layer(allow(IF_RED)), boundary: layer() },
      "implicitly-denied",
      [],
    ],
    [
      "the certain way in makes the conditional one no question",
      { identity: layer(allow(IF_RED)), resource: layer(allow({ Principal: { AWS: ASHA } })) },
      "allowed",
      [],
    ],
    [
      "an operator AWS does not know allows nothing",
      { identity: layer(allow({ Condition: { StringIsh: { a: "b" } } })) },
      "implicitly-denied",
      [],
    ],
  ])("%s", (_name, layers, decision, keys) => {
    const answer = ask(layers, { unknown: true });
    expect([answer.decision, answer.missingContext]).toEqual([decision, keys]);
  });

  test("the conditions behind an answer say operator and values", () => {
    expect(ask({ identity: layer(allow(IF_RED)) }, { unknown: true }).conditions).toEqual([
      { key: "aws:PrincipalTag/team", operator: "StringEquals", values: ["red"] },
    ]);
  });
});

describe("who is named", () => {
  const nobodyElse = { NotPrincipal: { AWS: [ROLE, "111122223333"] } };
  const withSession = { NotPrincipal: { AWS: [ROLE, "111122223333", SESSION] } };
  test.each<[string, PolicyLayers, Asked, string]>([
    [
      "NotPrincipal with Deny hits a session that is not listed",
      { identity: layer(allow()), resource: layer(deny(nobodyElse)) },
      { by: SESSION },
      "explicitly-denied",
    ],
    [
      "it spares the session that is listed with role and tenant",
      { identity: layer(allow()), resource: layer(deny(withSession)) },
      { by: SESSION },
      "allowed",
    ],
    [
      "it hits a role of which no session is listed",
      { identity: layer(allow()), resource: layer(deny(nobodyElse)) },
      { by: ROLE, unknown: true },
      "explicitly-denied",
    ],
    [
      "which session of the role asks is a question",
      { identity: layer(allow()), resource: layer(deny(withSession)) },
      { by: ROLE, unknown: true },
      "conditional",
    ],
    [
      "the session is the listed one",
      { identity: layer(allow()), resource: layer(deny(withSession)) },
      { by: ROLE, context: { "sts:RoleSessionName": "nightly" } },
      "allowed",
    ],
    [
      "the session is another one",
      { identity: layer(allow()), resource: layer(deny(withSession)) },
      { by: ROLE, context: { "sts:RoleSessionName": "daily" } },
      "explicitly-denied",
    ],
    [
      "it never spares who has a boundary",
      { identity: layer(allow()), boundary: layer(allow()), resource: layer(deny(withSession)) },
      { by: SESSION },
      "explicitly-denied",
    ],
    [
      "NotPrincipal with Allow lets everybody else in",
      { resource: layer(allow({ NotPrincipal: { AWS: BOSE } })) },
      { by: "*" },
      "allowed",
    ],
    ["and not who is listed", { resource: layer(allow({ NotPrincipal: { AWS: ASHA } })) }, {}, "implicitly-denied"],
    [
      "a Deny of one session spares the role's others",
      { identity: layer(allow()), resource: layer(deny({ Principal: { AWS: SESSION } })) },
      { by: ROLE, context: { "sts:RoleSessionName": "daily" } },
      "allowed",
    ],
    [
      "a Deny of one session, whichever session asks",
      { identity: layer(allow()), resource: layer(deny({ Principal: { AWS: SESSION } })) },
      { by: ROLE, unknown: true },
      "conditional",
    ],
    [
      "an endpoint's policy for somebody else",
      { identity: layer(allow()), endpoint: layer(allow({ Principal: { AWS: BOSE } })) },
      {},
      "implicitly-denied",
    ],
    [
      "an endpoint's policy for the tenant",
      { identity: layer(allow()), endpoint: layer(allow({ Principal: { AWS: TENANT } })) },
      {},
      "allowed",
    ],
    [
      "every service is no identity provider",
      { resource: layer(allow({ Principal: { Service: "*" } })) },
      { by: "accounts.google.com" },
      "implicitly-denied",
    ],
    ["a resource's policy without a Principal lets nobody in", { resource: layer(allow()) }, {}, "implicitly-denied"],
  ])("%s", (_name, layers, asked, decision) => {
    expect(ask(layers, asked).decision).toBe(decision);
  });
});

describe("what still limits an Allow of the resource's policy", () => {
  const byUser = layer(allow({ Principal: { AWS: ASHA } }));
  test.each<[string, PolicyLayers, Asked, string, string | null]>([
    ["a user by its own ARN: no boundary does", { boundary: layer(), resource: byUser }, {}, "allowed", "resource"],
    [
      "a user's federated session by the user's ARN: the session policy does",
      { session: layer(), resource: byUser },
      {},
      "implicitly-denied",
      "session",
    ],
    [
      "the same where the session policy allows",
      { session: layer(allow()), resource: byUser },
      {},
      "allowed",
      "resource",
    ],
    [
      "a federated session by its own ARN: nothing does",
      { session: layer(), resource: layer(allow({ Principal: { AWS: FEDERATED } })) },
      { by: FEDERATED },
      "allowed",
      "resource",
    ],
    [
      "a role by its ARN: the boundary does",
      { boundary: layer(), resource: layer(allow({ Principal: { AWS: ROLE } })) },
      { by: SESSION },
      "implicitly-denied",
      "boundary",
    ],
    [
      "a session by its own ARN: nothing does",
      { boundary: layer(), session: layer(), resource: layer(allow({ Principal: { AWS: SESSION } })) },
      { by: SESSION },
      "allowed",
      "resource",
    ],
    [
      "but the organization does",
      { scps: [layer()], resource: layer(allow({ Principal: { AWS: SESSION } })) },
      { by: SESSION },
      "implicitly-denied",
      "scp",
    ],
    [
      "the tenant by its number decides nothing",
      { resource: layer(allow({ Principal: { AWS: TENANT } })) },
      {},
      "implicitly-denied",
      "identity",
    ],
  ])("%s", (_name, layers, asked, decision, by) => {
    const answer = ask(layers, asked);
    expect([answer.decision, answer.decidedBy]).toEqual([decision, by]);
  });
});

describe("both sides", () => {
  const trusts = layer(allow({ Principal: { AWS: ASHA }, Resource: undefined }));
  test.each<[string, PolicyLayers, Asked, string, string | null]>([
    [
      "AssumeRole by a trusted user of the tenant needs one",
      { resource: trusts },
      { action: "sts:AssumeRole" },
      "allowed",
      "trust",
    ],
    [
      "TagSession needs the caller's as well",
      { resource: trusts },
      { action: "sts:TagSession" },
      "implicitly-denied",
      "identity",
    ],
    [
      "TagSession with both",
      { identity: layer(allow()), resource: trusts },
      { action: "sts:TagSession" },
      "allowed",
      "identity",
    ],
    [
      "TagSession needs the trust policy's as well",
      { identity: layer(allow()), resource: layer() },
      { action: "sts:TagSession" },
      "implicitly-denied",
      "trust",
    ],
    [
      "SetSourceIdentity needs both",
      { resource: trusts },
      { action: "sts:SetSourceIdentity" },
      "implicitly-denied",
      "identity",
    ],
    [
      "who comes with a provider's token has one side only",
      { resource: layer(allow({ Principal: { Federated: "accounts.google.com" }, Resource: undefined })) },
      { by: "accounts.google.com", action: "sts:TagSession" },
      "allowed",
      "trust",
    ],
    [
      "a boundary limits the caller's side of TagSession",
      { identity: layer(allow()), boundary: layer(), resource: trusts },
      { action: "sts:TagSession" },
      "implicitly-denied",
      "boundary",
    ],
  ])("%s", (_name, layers, asked, decision, by) => {
    const answer = ask(layers, { on: TARGET, ...asked });
    expect([answer.decision, answer.decidedBy]).toEqual([decision, by]);
  });

  test("one key of several is asked like any key: `*` needs its policy too", () => {
    const layers = { identity: layer(allow()) };
    const kms = { action: "kms:Decrypt" };
    expect(ask(layers, { ...kms, on: KEY })).toMatchObject({ decision: "implicitly-denied", decidedBy: "resource" });
    expect(ask(layers, { ...kms, on: "*" })).toMatchObject({ decision: "implicitly-denied", decidedBy: "resource" });
    const enabled = { ...layers, resource: layer(allow({ Principal: { AWS: TENANT } })) };
    expect(ask(enabled, { ...kms, on: "*" })).toMatchObject({ decision: "allowed", decidedBy: "identity" });
  });

  test("an RCP cannot keep a grant from being retired", () => {
    const layers = {
      identity: layer(allow()),
      resource: layer(allow({ Principal: "*" })),
      rcps: [layer(deny({ Principal: "*" }))],
    };
    expect(ask(layers, { action: "kms:Decrypt", on: KEY }).decision).toBe("explicitly-denied");
    expect(ask(layers, { action: "kms:RetireGrant", on: KEY }).decision).toBe("allowed");
  });
});

describe("a pattern in the question", () => {
  const OPEN = "arn:aws:s3:::ledgers/open/*";
  const ALL = "arn:aws:s3:::ledgers/*";
  const get = { action: "s3:GetObject", on: ALL };
  test.each<[string, PolicyLayers, Asked, string, string | null]>([
    ["an Allow of a part is enough", { identity: layer(allow({ Resource: OPEN })) }, get, "allowed", "identity"],
    ["a Deny of a part is not", { identity: layer(allow(), deny({ Resource: OPEN })) }, get, "allowed", "identity"],
    [
      "a Deny of all that is allowed is",
      { identity: layer(allow({ Resource: OPEN }), deny({ Resource: OPEN })) },
      get,
      "explicitly-denied",
      "identity",
    ],
    [
      "a Deny of the whole pattern is one where nothing is allowed either",
      { identity: layer(deny({ Resource: ALL })) },
      get,
      "explicitly-denied",
      "identity",
    ],
    [
      "layers that allow nothing in common",
      {
        identity: layer(allow({ Resource: OPEN })),
        boundary: layer(allow({ Resource: "arn:aws:s3:::ledgers/shut/*" })),
      },
      get,
      "implicitly-denied",
      "boundary",
    ],
    [
      "a NotResource that leaves out the whole pattern",
      { identity: layer(allow({ Resource: undefined, NotResource: "arn:aws:s3:::*" })) },
      get,
      "implicitly-denied",
      "identity",
    ],
    [
      "a Deny of everything but a part spares the part",
      { identity: layer(allow(), deny({ Resource: undefined, NotResource: OPEN })) },
      get,
      "allowed",
      "identity",
    ],
    [
      "the resource's policy lets in for a part",
      { resource: layer(allow({ Principal: { AWS: ASHA }, Resource: OPEN })) },
      get,
      "allowed",
      "resource",
    ],
    [
      "what only AWS changes, whoever may",
      { identity: layer(allow()) },
      { action: "iam:PutRolePolicy", on: "arn:aws:iam::111122223333:role/aws-service-role/*" },
      "implicitly-denied",
      "resource",
    ],
    [
      "one of the types an action can be on is enough",
      { identity: layer(allow({ Resource: "arn:aws:s3:::ledgers/*" })) },
      { action: "s3:GetObject", on: "*" },
      "allowed",
      "identity",
    ],
    [
      "each of the types an action requires is needed",
      { identity: layer(allow({ Resource: "arn:aws:ec2:*:*:instance/*" })) },
      { action: "ec2:RunInstances", on: "*" },
      "implicitly-denied",
      "identity",
    ],
    [
      "a star in the region and tenant of another service is no resource of this one",
      { identity: layer(allow({ Resource: "arn:aws:sqs:*:*:*" })) },
      { action: "s3:GetObject", on: "*" },
      "implicitly-denied",
      "identity",
    ],
  ])("%s", (_name, layers, asked, decision, by) => {
    const answer = ask(layers, asked);
    expect([answer.decision, answer.decidedBy]).toEqual([decision, by]);
  });

  test("what is not worked out any more is unknown, not denied", () => {
    // 80 x 80 ways in which two patterns can meet.
    const many = (edge: (n: number) => string): Statement =>
      allow({ Resource: Array.from({ length: 80 }, (_, n) => edge(n)) });
    const answer = ask(
      {
        identity: layer(many((n) => `arn:aws:s3:::*/${n}/*`)),
        boundary: layer(many((n) => `arn:aws:s3:::*-${n}-*`)),
        session: layer(allow({ Resource: "arn:aws:s3:::*", Condition: { Null: { "aws:PrincipalTag/team": "true" } } })),
      },
      { action: "s3:GetObject", on: "arn:aws:s3:::*", unknown: true },
    );
    expect(answer.decision).toBe("unknown");
  });
});

describe("the statements of an answer", () => {
  const layers: PolicyLayers = {
    identity: layer(allow({ Sid: "Own" }), allow({ Sid: "Other", Resource: "arn:aws:sqs:*:*:returns" })),
    boundary: layer(allow({ Sid: "Bound" })),
    scps: [layer(allow({ Sid: "Root" })), layer(allow({ Sid: "Leaf" }))],
    resource: layer(allow({ Sid: "Queue", Principal: { AWS: ASHA } })),
  };
  test("are all that allow, who grants first and then who limits", () => {
    const { statements, decidedBy } = ask(layers);
    expect(statements.map(({ layer: at, statement }) => `${at} ${statement}`)).toEqual([
      "identity Own",
      "resource Queue",
      "boundary Bound",
      "scp Root",
      "scp Leaf",
    ]);
    expect(decidedBy).toBe(statements[0]?.layer);
  });
  test("are those that deny, in the order of the layers, and the first decides", () => {
    const denied = ask(
      { ...layers, session: layer(deny({ Sid: "S" })), scps: [layer(allow(), deny({ Sid: "D" }))] },
      { by: SESSION },
    );
    expect(denied.statements.map(({ layer: at, statement }) => `${at} ${statement}`)).toEqual(["scp D", "session S"]);
    expect(denied.decidedBy).toBe("scp");
  });
  test("are none where nothing was allowed", () => {
    expect(ask({})).toMatchObject({ decision: "implicitly-denied", decidedBy: "identity", statements: [] });
  });
  test("every layer has its own word, and what does not apply is absent", () => {
    expect(ask({ ...layers, boundary: layer(allow(IF_RED)) }, { unknown: true }).layers).toEqual({
      rcp: "absent",
      scp: "allowed",
      endpoint: "absent",
      resource: "allowed",
      identity: "allowed",
      boundary: "conditional",
      session: "absent",
    });
  });
});

describe("several resources at once", () => {
  const both = (identity: LayerPolicies): Decision => {
    const principal = requestPrincipal(ASHA);
    if (principal === undefined) throw new Error("no principal");
    const context = new GivenContext(null, principal, TENANT, false);
    return decideAll(
      new PolicySet({ identity }),
      ["a", "b"].map((name) => ({
        principal,
        action: "sqs:sendmessage",
        resource: `arn:aws:sqs:eu-west-1:111122223333:${name}`,
        resourceTenant: TENANT,
        context,
      })),
      table,
    );
  };
  test("each has to be allowed, by whichever statement", () => {
    const only = (name: string): Statement => allow({ Sid: name.toUpperCase(), Resource: `arn:aws:sqs:*:*:${name}` });
    expect(both(layer(only("a"), only("b")))).toMatchObject({
      decision: "allowed",
      statements: [{ statement: "A" }, { statement: "B" }],
    });
    expect(both(layer(only("a"))).decision).toBe("implicitly-denied");
    expect(both(layer(allow(), deny({ Resource: "arn:aws:sqs:*:*:b" }))).decision).toBe("explicitly-denied");
  });
});
