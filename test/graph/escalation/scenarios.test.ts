import { describe, expect, test } from "vitest";
import {
  allow,
  arn,
  deny,
  document,
  OTHER,
  pathsOf,
  service,
  smallWorld,
  TENANT,
  trusting,
  type SmallTenant,
} from "./small-world.ts";

const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const LAMBDA = allow(["lambda:CreateFunction", "lambda:InvokeFunction"]);
const pass = (role: string, condition?: object): object => allow("iam:PassRole", arn(`role/${role}`), condition);
const boss: SmallTenant["roles"] = { boss: { admin: true, trust: service("lambda") } };
const FUNCTION = {
  arn: `arn:aws:lambda:eu-central-1:${TENANT}:function:report`,
  type: "lambda:function",
  roleArn: arn("role/boss"),
};

describe("ways of ana to administration", () => {
  test.each<[name: string, tenant: SmallTenant, expected: string[]]>([
    ["none where she may nothing", { users: { ana: {} } }, []],
    ["what she was made", { users: { ana: { admin: true } } }, ["yes ana: granted → admin"]],
    [
      "through a group she is in",
      { users: { ana: { groups: ["admins"] } }, groups: { admins: { admin: true } } },
      ["yes ana: member-of → admins, granted → admin"],
    ],
    [
      "by several policies that together are everything, whatever else is conditional",
      {
        users: { ana: { attached: ["first", "most", "rest"] } },
        policies: {
          first: document(allow("*", "*", MFA)),
          most: document({ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }),
          rest: document(allow(["iam:*", "organizations:*"])),
        },
      },
      ["yes ana: granted → admin"],
    ],
    [
      "a new version of a policy she holds",
      {
        users: { ana: { attached: ["mine"] } },
        policies: { mine: document(allow("iam:CreatePolicyVersion", arn("policy/mine"))) },
      },
      ["yes ana: iam-001 → admin"],
    ],
    [
      "no new version of a policy somebody else holds",
      {
        users: { ana: { attached: ["mine"] }, ben: { attached: ["his"] } },
        policies: { mine: document(allow("iam:CreatePolicyVersion", arn("policy/his"))), his: document(allow("s3:*")) },
      },
      [],
    ],
    [
      "no new version of AWS's own policy",
      { users: { ana: { may: [allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*")] } } },
      [],
    ],
    [
      "a policy of her own",
      { users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/ana"))] } } },
      ["yes ana: iam-007 → admin"],
    ],
    [
      "a policy of her own by her own name",
      { users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/${aws:username}"))] } } },
      ["yes ana: iam-007 → admin"],
    ],
    ["none by somebody else's name", { users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/ben"))] } } }, []],
    [
      "none where an explicit deny in another policy takes it away",
      { users: { ana: { may: [allow("iam:*")], attached: ["no"] } }, policies: { no: document(deny("iam:*")) } },
      [],
    ],
    [
      "none where the boundary holds whatever she writes",
      {
        users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/ana"))], boundary: "limit" } },
        policies: { limit: document(allow(["s3:*", "iam:PutUserPolicy"])) },
      },
      [],
    ],
    [
      "the boundary removed first, then a policy of her own",
      {
        users: {
          ana: {
            may: [allow(["iam:DeleteUserPermissionsBoundary", "iam:PutUserPolicy"], arn("user/ana"))],
            boundary: "limit",
          },
        },
        policies: { limit: document(allow(["s3:*", "iam:DeleteUserPermissionsBoundary"])) },
      },
      ["yes ana: iam-022 → ana, iam-007 → admin"],
    ],
    [
      "an inline policy that denies removed first",
      {
        users: {
          ana: { may: [deny("iam:PutUserPolicy"), allow("iam:DeleteUserPolicy", arn("user/ana"))], attached: ["more"] },
        },
        policies: { more: document(allow("iam:PutUserPolicy", arn("user/ana"))) },
      },
      ["yes ana: iam-026 → ana, iam-007 → admin"],
    ],
    [
      "none where the organization denies it",
      { users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/ana"))] } }, scps: [document(deny("iam:Put*"))] },
      [],
    ],
    [
      "conditional where she needs a second factor, with the key named",
      { users: { ana: { may: [allow("iam:PutUserPolicy", arn("user/ana"), MFA)] } } },
      ["conditional ana: iam-007 → admin (aws:MultiFactorAuthPresent)"],
    ],
    [
      "an access key of an administrator",
      { users: { ana: { may: [allow("iam:CreateAccessKey")] }, kim: { admin: true } } },
      ["yes ana: iam-002 → kim, granted → admin"],
    ],
    [
      "none of one who has two keys already",
      {
        users: { ana: { may: [allow("iam:CreateAccessKey")] }, kim: { admin: true } },
        keys: { kim: ["Active", "Active"] },
      },
      [],
    ],
    [
      "two keys, of which she may delete one",
      {
        users: { ana: { may: [allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"])] }, kim: { admin: true } },
        keys: { kim: ["Active", "Inactive"] },
      },
      ["yes ana: iam-003 → kim, granted → admin"],
    ],
    [
      "unknown where nobody read how many keys there are",
      {
        users: { ana: { may: [allow("iam:CreateAccessKey", arn("user/kim"))] }, kim: { admin: true } },
        unread: ["access-keys"],
      },
      ["unknown ana: iam-002 → kim, granted → admin"],
    ],
    [
      "a first password for an administrator without one",
      { users: { ana: { may: [allow("iam:CreateLoginProfile", arn("user/kim"))] }, kim: { admin: true } } },
      ["yes ana: iam-004 → kim, granted → admin"],
    ],
    [
      "no first password for one who has one",
      {
        users: { ana: { may: [allow("iam:CreateLoginProfile", arn("user/kim"))] }, kim: { admin: true } },
        passwords: ["kim"],
      },
      [],
    ],
    [
      "a function that runs as a role she may pass",
      { users: { ana: { may: [pass("boss"), LAMBDA] } }, roles: boss },
      ["yes ana: lambda-001 → boss, granted → admin"],
    ],
    [
      "none where the role trusts another service",
      { users: { ana: { may: [pass("boss"), LAMBDA] } }, roles: { boss: { admin: true, trust: service("ec2") } } },
      [],
    ],
    [
      "none where she may pass it to another service only",
      {
        users: {
          ana: { may: [pass("boss", { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }), LAMBDA] },
        },
        roles: boss,
      },
      [],
    ],
    [
      "the permissions of several policies together",
      {
        users: { ana: { attached: ["pass", "run"] } },
        policies: { pass: document(pass("boss")), run: document(LAMBDA) },
        roles: boss,
      },
      ["yes ana: lambda-001 → boss, granted → admin"],
    ],
    [
      "a role that is no stronger is no way",
      {
        users: { ana: { may: [pass("weak"), LAMBDA] } },
        roles: { weak: { may: [allow("s3:*")], trust: service("lambda") } },
      },
      [],
    ],
    [
      "the code of a function that runs as the role",
      { users: { ana: { may: [allow("lambda:UpdateFunctionCode")] } }, roles: boss, running: [FUNCTION] },
      ["yes ana: lambda-003 → boss, granted → admin"],
    ],
    [
      "none where no function runs as it",
      { users: { ana: { may: [allow("lambda:UpdateFunctionCode")] } }, roles: boss },
      [],
    ],
    [
      "unknown where nobody read which functions there are",
      { users: { ana: { may: [allow("lambda:UpdateFunctionCode")] } }, roles: boss, unread: ["resources"] },
      ["unknown ana: lambda-003 → boss, granted → admin"],
    ],
    [
      "none on another function",
      {
        users: { ana: { may: [allow("lambda:UpdateFunctionCode", `arn:aws:lambda:*:${TENANT}:function:other`)] } },
        roles: boss,
        running: [FUNCTION],
      },
      [],
    ],
    [
      "two steps: a role that may pass another",
      {
        users: { ana: { may: [allow("sts:AssumeRole", arn("role/build"))] } },
        roles: { ...boss, build: { may: [pass("boss"), LAMBDA], trust: trusting({ AWS: arn("root") }) } },
      },
      ["yes ana: sts-001 → build, lambda-001 → boss, granted → admin"],
    ],
    [
      "a role whose trust names her needs no permission",
      { users: { ana: {} }, roles: { boss: { admin: true, trust: trusting({ AWS: arn("user/ana") }) } } },
      ["yes ana: sts-001 → boss, granted → admin"],
    ],
    [
      "a role that leaves it to the tenant needs one",
      { users: { ana: {} }, roles: { boss: { admin: true, trust: trusting({ AWS: arn("root") }) } } },
      [],
    ],
    [
      "conditional where the trust asks for a second factor",
      {
        users: { ana: { may: [allow("sts:AssumeRole")] } },
        roles: { boss: { admin: true, trust: trusting({ AWS: arn("root") }, MFA) } },
      },
      ["conditional ana: sts-001 → boss, granted → admin (aws:MultiFactorAuthPresent)"],
    ],
    [
      "a new trust for a role",
      { users: { ana: { may: [allow("iam:UpdateAssumeRolePolicy", arn("role/boss"))] } }, roles: boss },
      ["yes ana: iam-012 → boss, granted → admin"],
    ],
    [
      "no new trust for a service-linked role",
      {
        users: { ana: { may: [allow("iam:UpdateAssumeRolePolicy")] } },
        roles: { AWSServiceRoleForSample: { admin: true, path: "/aws-service-role/sample.amazonaws.com/" } },
      },
      [],
    ],
    [
      "a policy for a role she may assume",
      {
        users: { ana: { may: [allow(["sts:AssumeRole", "iam:PutRolePolicy"], arn("role/weak"))] } },
        roles: { weak: { trust: trusting({ AWS: arn("root") }) } },
      },
      ["yes ana: iam-017 → weak, granted → admin"],
    ],
    [
      "a policy written for a role that a function of hers then runs as",
      {
        users: { ana: { may: [allow("iam:PutRolePolicy", arn("role/weak")), pass("weak"), LAMBDA] } },
        roles: { weak: { trust: service("lambda") } },
      },
      ["yes ana: iam-005 → weak, lambda-001 → weak, granted → admin"],
    ],
    [
      "a policy written for a role that is two steps away",
      {
        users: {
          ana: { may: [allow("iam:AttachRolePolicy", arn("role/weak")), allow("sts:AssumeRole", arn("role/build"))] },
        },
        roles: {
          weak: { trust: service("lambda") },
          build: { may: [pass("weak"), LAMBDA], trust: trusting({ AWS: arn("root") }) },
        },
      },
      ["yes ana: iam-009 → weak, sts-001 → build, lambda-001 → weak, granted → admin"],
    ],
    [
      "none by a policy for a role that is out of reach",
      {
        users: { ana: { may: [allow("iam:PutRolePolicy", arn("role/weak")), LAMBDA] } },
        roles: { weak: { trust: service("lambda") } },
      },
      [],
    ],
    [
      "none by a policy for a role whose boundary holds",
      {
        users: { ana: { may: [allow("iam:PutRolePolicy", arn("role/weak")), pass("weak"), LAMBDA] } },
        roles: { weak: { trust: service("lambda"), boundary: "limit" } },
        policies: { limit: document(allow("s3:*")) },
      },
      [],
    ],
    [
      "conditional where she may attach none but one policy, which may be worth nothing",
      {
        users: {
          ana: {
            may: [
              allow("iam:AttachUserPolicy", arn("user/ana"), {
                ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" },
              }),
            ],
          },
        },
      },
      ["conditional ana: iam-008 → admin (iam:PolicyARN)"],
    ],
    [
      "any policy but the plainest is choice enough",
      {
        users: {
          ana: {
            may: [
              allow("iam:AttachUserPolicy", arn("user/ana"), {
                ArnNotEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
              }),
            ],
          },
        },
      },
      ["yes ana: iam-008 → admin"],
    ],
    [
      "a trust that looks at names lets in whom it means",
      {
        users: { ana: { may: [allow("sts:AssumeRole")] }, ben: { may: [allow("sts:AssumeRole"), allow("s3:*")] } },
        roles: {
          boss: {
            admin: true,
            trust: trusting({ AWS: arn("root") }, { ArnLike: { "aws:PrincipalArn": arn("user/a*") } }),
          },
        },
      },
      ["yes ana: sts-001 → boss, granted → admin"],
    ],
    [
      "a trust that looks at names keeps out the others",
      {
        users: { ana: { may: [allow("sts:AssumeRole")] } },
        roles: {
          boss: {
            admin: true,
            trust: trusting({ AWS: arn("root") }, { ArnLike: { "aws:PrincipalArn": arn("user/b*") } }),
          },
        },
      },
      [],
    ],
    [
      "a trust that denies her",
      {
        users: { ana: { may: [allow("sts:AssumeRole")] } },
        roles: {
          boss: {
            admin: true,
            trust: document(
              { Effect: "Allow", Principal: { AWS: arn("root") }, Action: "sts:AssumeRole" },
              { Effect: "Deny", Principal: { AWS: arn("user/ana") }, Action: "sts:AssumeRole" },
            ),
          },
        },
      },
      [],
    ],
    [
      "not a role she may assume by tag only, where it has another",
      {
        users: { ana: { may: [allow("sts:AssumeRole", "*", { StringEquals: { "aws:ResourceTag/team": "red" } })] } },
        roles: { boss: { admin: true, tags: { team: "blue" }, trust: trusting({ AWS: arn("root") }) } },
      },
      [],
    ],
    [
      "a role she may assume by tag, where it has it",
      {
        users: { ana: { may: [allow("sts:AssumeRole", "*", { StringEquals: { "aws:ResourceTag/team": "red" } })] } },
        roles: { boss: { admin: true, tags: { team: "red" }, trust: trusting({ AWS: arn("root") }) } },
      },
      ["yes ana: sts-001 → boss, granted → admin"],
    ],
    [
      "by her own tag",
      {
        users: {
          ana: {
            tags: { team: "red" },
            may: [
              allow("iam:UpdateAssumeRolePolicy", "*", {
                StringEquals: { "iam:ResourceTag/team": "${aws:PrincipalTag/team}" },
              }),
            ],
          },
        },
        roles: {
          boss: { admin: true, trust: service("ec2"), tags: { team: "red" } },
          other: { trust: service("ec2"), tags: { team: "blue" } },
        },
      },
      ["yes ana: iam-012 → boss, granted → admin"],
    ],
    [
      "everything but what is left out",
      { users: { ana: { may: [{ Effect: "Allow", NotAction: "s3:*", Resource: arn("user/ana") }] } } },
      ["yes ana: iam-007 → admin"],
    ],
    [
      "every role but the one that counts",
      {
        users: { ana: { may: [{ Effect: "Allow", Action: "iam:PassRole", NotResource: arn("role/boss") }, LAMBDA] } },
        roles: boss,
      },
      [],
    ],
    [
      "nothing on a role of Identity Center, which only that changes",
      {
        users: { ana: { may: [allow(["iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "sts:AssumeRole"])] } },
        roles: { AWSReservedSSO_Boss: { admin: true, path: "/aws-reserved/sso.amazonaws.com/" } },
      },
      [],
    ],
    [
      "a boundary that a condition on the target's asks for",
      {
        users: {
          ana: {
            may: [
              allow("iam:PutUserPolicy", arn("user/*"), {
                StringEquals: { "iam:PermissionsBoundary": arn("policy/limit") },
              }),
            ],
          },
          kim: { boundary: "limit" },
        },
        policies: { limit: document(allow("s3:*")) },
      },
      [],
    ],
    [
      "herself put into a group",
      {
        users: { ana: { may: [allow("iam:AddUserToGroup", arn("group/admins"))] } },
        groups: { admins: { admin: true } },
      },
      ["yes ana: iam-013 → ana, granted → admin"],
    ],
    [
      "by tag where the role has it",
      {
        users: {
          ana: { may: [allow("iam:UpdateAssumeRolePolicy", "*", { StringEquals: { "aws:ResourceTag/team": "red" } })] },
        },
        roles: { boss: { admin: true, trust: service("ec2"), tags: { team: "red" } } },
      },
      ["yes ana: iam-012 → boss, granted → admin"],
    ],
    [
      "not by tag where the role has another",
      {
        users: {
          ana: { may: [allow("iam:UpdateAssumeRolePolicy", "*", { StringEquals: { "aws:ResourceTag/team": "red" } })] },
        },
        roles: { boss: { admin: true, trust: service("ec2"), tags: { team: "blue" } } },
      },
      [],
    ],
    [
      "a region the caller may choose is no obstacle",
      {
        users: { ana: { may: [pass("boss"), LAMBDA] } },
        roles: boss,
        scps: [document(deny("lambda:*", "*", { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } }))],
      },
      ["yes ana: lambda-001 → boss, granted → admin"],
    ],
  ])("%s", async (_name, tenant, expected) => {
    const found = pathsOf(await smallWorld({ [TENANT]: tenant }), "ana");
    // Other ways through the same first grant are counted, not listed, so one line a grant is all there is.
    expect(found.filter((line) => expected.length === 0 || expected.includes(line))).toEqual(expected);
  });
});

test("whoever holds a policy that nobody read may be able to, which is not the same as being able to", async () => {
  const users = { ana: { attached: ["lost"] }, ben: {} };
  const escalation = await smallWorld({ [TENANT]: { users, withoutDocument: ["lost"] } });
  const states = escalation.paths().paths.map(({ principal, state }) => `${principal.displayName} ${state}`);
  expect(new Set(states)).toEqual(new Set(["ana unknown"]));
});

test("equal policies mean something else to each where they ask for tags, among many roles as among few", async () => {
  const byTag = { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } };
  const others = Object.fromEntries(
    Array.from("abcdefghijkl", (letter) => [`other-${letter}`, { trust: service("ec2"), tags: { team: letter } }]),
  );
  const escalation = await smallWorld({
    [TENANT]: {
      users: {
        ana: { groups: ["ops"], tags: { team: "red" } },
        ben: { groups: ["ops"], tags: { team: "blue" } },
        tim: { groups: ["ops"] },
      },
      groups: { ops: { may: [allow("iam:UpdateAssumeRolePolicy", "*", byTag)] } },
      roles: { ...others, boss: { admin: true, trust: service("ec2"), tags: { team: "red" } } },
    },
  });
  expect(pathsOf(escalation, "ana")).toEqual(["yes ana: member-of → ops, iam-012 → boss, granted → admin"]);
  expect(pathsOf(escalation, "ben")).toEqual([]);
  expect(pathsOf(escalation, "tim")).toEqual([]);
});

test("an organization's exception by ARN is for whom it names, whose policies are those of others", async () => {
  const but = { ArnNotLike: { "aws:PrincipalArn": arn("user/a*") } };
  const escalation = await smallWorld({
    [TENANT]: {
      users: { ana: { groups: ["ops"] }, ben: { groups: ["ops"] }, kim: { admin: true } },
      groups: { ops: { may: [allow("iam:CreateAccessKey", arn("user/kim"))] } },
      scps: [document(deny("iam:CreateAccessKey", "*", but))],
    },
  });
  expect(pathsOf(escalation, "ana")).toEqual(["yes ana: member-of → ops, iam-002 → kim, granted → admin"]);
  expect(pathsOf(escalation, "ben")).toEqual([]);
});

describe("across tenants", () => {
  const roles = { boss: { admin: true as const, trust: trusting({ AWS: arn("root") }) } };

  test("both sides have to allow", async () => {
    const users = { ana: { may: [allow("sts:AssumeRole", arn("role/boss", OTHER))] }, ben: {} };
    const escalation = await smallWorld({ [TENANT]: { users }, [OTHER]: { roles } });
    expect(pathsOf(escalation, "ana")).toEqual(["yes ana: sts-001 → boss, granted → admin"]);
    expect(escalation.paths().paths.find(({ principal }) => principal.displayName === "ana")?.tenantId).toBe(
      `aws:${OTHER}`,
    );
    expect(pathsOf(escalation, "ben")).toEqual([]);
  });

  test("a role that anyone may assume is left to the tenants its conditions name", async () => {
    const trust = trusting("*", { StringEquals: { "aws:PrincipalAccount": TENANT } });
    const users = { ana: { may: [allow("sts:AssumeRole")] } };
    const escalation = await smallWorld({
      [TENANT]: { users },
      [OTHER]: { roles: { boss: { admin: true, trust } }, users: { tim: { may: [allow("sts:AssumeRole")] } } },
    });
    expect(pathsOf(escalation, "ana")).toEqual(["yes ana: sts-001 → boss, granted → admin"]);
    expect(pathsOf(escalation, "tim")).toEqual([]);
  });

  test("a permission that ends at the tenant's own resources does not lead out of it", async () => {
    const own = { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } };
    const users = { ana: { may: [allow("sts:AssumeRole", "*", own)] }, ben: { may: [allow("sts:AssumeRole")] } };
    const escalation = await smallWorld({ [TENANT]: { users }, [OTHER]: { roles } });
    expect(pathsOf(escalation, "ana")).toEqual([]);
    expect(pathsOf(escalation, "ben")).toEqual(["yes ben: sts-001 → boss, granted → admin"]);
  });

  test("roles that may assume each other's boss are told apart from the boss", async () => {
    // Both may assume whatever trusts the tenant; what the first one cannot become is itself only.
    const may = [allow("sts:AssumeRole")];
    const open = trusting({ AWS: arn("root") });
    const escalation = await smallWorld({
      [TENANT]: {
        roles: {
          first: { may: [...may, allow("iam:PutRolePolicy", arn("role/first"))], trust: open },
          second: { may, trust: open },
        },
      },
    });
    expect(pathsOf(escalation, "first")).toContain("yes first: iam-005 → admin");
    expect(pathsOf(escalation, "second")).toEqual(["yes second: sts-001 → first, iam-005 → admin"]);
  });

  test("a named principal of another tenant needs a permission of its own as well", async () => {
    const named = { boss: { admin: true as const, trust: trusting({ AWS: arn("user/ana") }) } };
    const escalation = await smallWorld({ [TENANT]: { users: { ana: {} } }, [OTHER]: { roles: named } });
    expect(pathsOf(escalation, "ana")).toEqual([]);
  });

  test("a tenant outside that is trusted is a source of its own, under the condition it has to meet", async () => {
    const outside = {
      boss: {
        admin: true as const,
        trust: trusting({ AWS: arn("root", "777766665555") }, { StringEquals: { "sts:ExternalId": "sample" } }),
      },
    };
    const escalation = await smallWorld({ [OTHER]: { roles: outside } });
    expect(pathsOf(escalation, "tenant 777766665555")).toEqual([
      "conditional arn:aws:iam::777766665555:root: sts-001 → boss, granted → admin (sts:ExternalId)",
    ]);
  });
});

test("a person of Identity Center administers through the permission set that is assigned", async () => {
  const set = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
  const escalation = await smallWorld({
    [TENANT]: {
      users: { ana: {} },
      identityCenter: {
        instances: [],
        permissionSets: [
          {
            PermissionSetArn: set,
            Name: "Boss",
            managed: [{ Arn: "arn:aws:iam::aws:policy/AdministratorAccess", Name: "AdministratorAccess" }],
            customerManaged: [],
            inline: "",
          },
        ],
        assignments: [{ PermissionSetArn: set, AccountId: TENANT, PrincipalId: "u-1", PrincipalType: "USER" }],
        users: [{ UserId: "u-1", UserName: "kim.sample", DisplayName: "Kim" }],
        groups: [],
        memberships: [],
      },
    },
  });
  expect(pathsOf(escalation, "Kim")).toEqual(["yes kim.sample: assigned → AWSReservedSSO_Boss, granted → admin"]);
});

test("grants that are gone cut the ways that use them, and only those", async () => {
  const escalation = await smallWorld({
    [TENANT]: { users: { ana: { groups: ["ops"] } }, groups: { ops: { may: [pass("boss"), LAMBDA] } }, roles: boss },
  });
  const tenant = `aws:${TENANT}`;
  const way = escalation.survivor(tenant, 1, new Set()) ?? [];
  expect(way.length).toBeGreaterThan(2);
  for (const grant of way) expect(escalation.reaching(tenant, 1, new Set([grant]))).toEqual([]);
  expect(escalation.reaching(tenant, 1, new Set(["something else"])).map(({ displayName }) => displayName)).toEqual([
    "ana",
  ]);
});
