/**
 * Writes a recording of a whole organization with many ways to become more than one is, from a seed: five tenants, groups,
 * shared and own policies, variables and tags, boundaries, SCPs with region, second factor and exceptions by ARN, roles that
 * trust services, tenants and single principals, one in ten with PassRole and Lambda or EC2, functions that run as roles,
 * Identity Center, one administrator in three hundred.
 * `node test/bench/generate-organization.ts <principals> <folder>`; about 2 KB a principal.
 */
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const TENANTS = ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777"] as const;
const MANAGEMENT = TENANTS[0];

/** A small, fast, seeded generator (mulberry32): the same number always gives the same files. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const id = (prefix: string, n: number): string => `${prefix}${n.toString(36).toUpperCase().padStart(17, "0")}`;
const document = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown = "*", more: object = {}): object => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const ADMIN = [{ PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }];

/** What a team may do; every tenth also takes roles further. */
function teamPolicy(n: number, tenant: string): object {
  const data = allow(["s3:Get*", "s3:List*"], `arn:aws:s3:::team-${n}/*`);
  const own = allow("sqs:*", `arn:aws:sqs:*:${tenant}:\${aws:username}-*`);
  const pass = (service: string): object =>
    allow("iam:PassRole", `arn:aws:iam::${tenant}:role/team-${n}-*`, {
      Condition: { StringEquals: { "iam:PassedToService": service } },
    });
  switch (n % 10) {
    case 0:
      return document(data, pass("lambda.amazonaws.com"), allow(["lambda:CreateFunction", "lambda:InvokeFunction"]));
    case 1:
      return document(data, pass("ec2.amazonaws.com"), allow("ec2:RunInstances"));
    case 2:
      return document(data, allow("sts:AssumeRole", `arn:aws:iam::${tenant}:role/team-${n}-*`));
    case 3:
      return document(data, allow("lambda:UpdateFunctionCode", `arn:aws:lambda:*:${tenant}:function:team-${n}-*`));
    case 4:
      return document(
        data,
        allow("sts:AssumeRole", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
      );
    case 5:
      return document(data, allow("iam:CreateAccessKey", `arn:aws:iam::${tenant}:user/user-${n}`), own);
    case 6:
      return document(
        data,
        allow("iam:*AccessKey*", `arn:aws:iam::${tenant}:user/\${aws:username}`),
        allow(["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"], "*", {
          Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
        }),
      );
    case 7:
      // Who deploys functions with their roles.
      return document(
        data,
        allow(["iam:PutRolePolicy", "iam:PassRole"], `arn:aws:iam::${tenant}:role/team-${n}-*`),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
      );
    default:
      return document(data, own);
  }
}

/** What one in three users holds beside its group: a text of its own, which no other shares. */
function ownPolicy(n: number, tenant: string): object {
  const home = allow(["s3:GetObject", "s3:PutObject"], `arn:aws:s3:::home/user-${n}/*`);
  if (n % 10 !== 0) return document(home);
  return document(
    home,
    allow("iam:PassRole", `arn:aws:iam::${tenant}:role/team-${n % 37}-*`),
    n % 20 === 0 ? allow(["lambda:CreateFunction", "lambda:InvokeFunction"]) : allow("ec2:RunInstances"),
  );
}

/** Whom a role trusts. */
function trust(n: number, tenant: string, users: number): object {
  const assume = (Principal: unknown): object => document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
  if (n % 7 === 0) return assume({ AWS: `arn:aws:iam::${tenant}:root` });
  if (n % 50 === 3)
    return document({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${tenant}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${tenant}:user/user-${n % 10}*` } },
    });
  if (n % 7 === 1) return assume({ AWS: `arn:aws:iam::${tenant}:user/user-${n % Math.max(1, users)}` });
  if (n % 50 === 2) return assume({ AWS: `arn:aws:iam::${TENANTS[n % TENANTS.length]}:root` });
  return assume({ Service: n % 2 === 0 ? "lambda.amazonaws.com" : "ec2.amazonaws.com" });
}

/** Writes the recording and answers its size in bytes. */
export async function generateOrganization(principals: number, folder: string): Promise<number> {
  let bytes = 0;
  const scps = [
    { id: "p-full", name: "FullAWSAccess", document: document(allow("*")) },
    {
      id: "p-region",
      name: "regions",
      document: document({
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*", "organizations:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
      }),
    },
    {
      id: "p-change",
      name: "changes",
      document: document(
        {
          Effect: "Deny",
          Action: ["iam:Attach*", "iam:Put*"],
          Resource: "*",
          Condition: { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/team-1-*"] } },
        },
        {
          Effect: "Deny",
          Action: "iam:CreateAccessKey",
          Resource: "*",
          Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
        },
      ),
    },
  ];
  const each = Math.floor(principals / TENANTS.length);
  for (const tenant of TENANTS) {
    const place = join(folder, "aws", tenant);
    mkdirSync(place, { recursive: true });
    if (tenant === MANAGEMENT) {
      writeFileSync(join(place, "identity-center.json"), JSON.stringify(identityCenter(principals)));
      writeFileSync(
        join(place, "organization.json"),
        JSON.stringify({
          managementTenant: MANAGEMENT,
          targets: [
            { id: "r-1", parentId: null, kind: "root", scps: [scps[0]], rcps: [] },
            ...TENANTS.map((one) => ({ id: one, parentId: "r-1", kind: "tenant", tenant: one, scps, rcps: [] })),
          ],
        }),
      );
    }
    bytes += await writeTenant(tenant, each, place);
  }
  return bytes;
}

/** People beside the users: one for every five principals, in groups that are assigned one of ten permission sets. */
function identityCenter(principals: number): object {
  const set = (n: number): string => `arn:aws:sso:::permissionSet/ssoins-1/ps-${n}`;
  const people = Math.floor(principals / 5);
  const groups = Math.max(10, Math.floor(principals / 200));
  return {
    instances: [{ InstanceArn: "arn:aws:sso:::instance/ssoins-1", IdentityStoreId: "d-1", OwnerAccountId: MANAGEMENT }],
    permissionSets: Array.from({ length: 10 }, (_, n) => ({
      PermissionSetArn: set(n),
      Name: `set-${n}`,
      managed: n === 0 ? ADMIN.map(({ PolicyName, PolicyArn }) => ({ Name: PolicyName, Arn: PolicyArn })) : [],
      customerManaged: [],
      inline: n === 0 ? "" : JSON.stringify(teamPolicy(n, TENANTS[n % TENANTS.length] ?? MANAGEMENT)),
      boundary: null,
    })),
    users: Array.from({ length: people }, (_, n) => ({ UserId: `u-${n}`, UserName: `person-${n}` })),
    groups: Array.from({ length: groups }, (_, n) => ({ GroupId: `g-${n}`, DisplayName: `people-${n}` })),
    memberships: Array.from({ length: people }, (_, n) => ({ GroupId: `g-${n % groups}`, UserId: `u-${n}` })),
    assignments: Array.from({ length: groups }, (_, n) => ({
      PermissionSetArn: set(n % 10),
      AccountId: TENANTS[(n >> 1) % TENANTS.length],
      PrincipalId: `g-${n}`,
      PrincipalType: "GROUP",
    })),
  };
}

async function writeTenant(tenant: string, principals: number, place: string): Promise<number> {
  const rand = random(principals + Number(tenant.slice(0, 6)));
  const arn = (path: string): string => `arn:aws:iam::${tenant}:${path}`;
  const users = Math.floor(principals / 2);
  const roles = principals - users;
  const teams = Math.max(1, Math.floor(principals / 40));
  const attached = (n: number) => [{ PolicyName: `team-${n % teams}`, PolicyArn: arn(`policy/team-${n % teams}`) }];
  const out = createWriteStream(join(place, "account-authorization-details.json"));
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, "drain");
  };
  const list = async (name: string, count: number, make: (n: number) => unknown, last = false): Promise<void> => {
    await write(`"${name}":[`);
    for (let n = 0; n < count; n += 1) await write(`${n === 0 ? "" : ","}\n${JSON.stringify(make(n))}`);
    await write(`]${last ? "" : ","}\n`);
  };
  const limited = {
    PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy/limit") },
  };
  await write("{");
  await list("UserDetailList", users, (n) => ({
    Path: "/",
    UserName: `user-${n}`,
    UserId: id("AIDA", n),
    Arn: arn(`user/user-${n}`),
    CreateDate: "2024-01-10T08:00:00Z",
    Tags: [{ Key: "team", Value: `team-${n % teams}` }],
    GroupList: [`group-${n % teams}`],
    AttachedManagedPolicies: n % 300 === 299 ? ADMIN : [],
    UserPolicyList:
      rand() < 0.3
        ? [
            {
              PolicyName: "own",
              PolicyDocument: ownPolicy(n, tenant),
            },
          ]
        : [],
    ...(n % 25 === 0 ? limited : {}),
  }));
  await list("GroupDetailList", teams, (n) => ({
    Path: "/",
    GroupName: `group-${n}`,
    GroupId: id("AGPA", n),
    Arn: arn(`group/group-${n}`),
    CreateDate: "2024-01-10T08:00:00Z",
    GroupPolicyList: [],
    AttachedManagedPolicies: attached(n),
  }));
  await list("RoleDetailList", roles, (n) => ({
    Path: "/",
    RoleName: `team-${n % teams}-role-${n}`,
    RoleId: id("AROA", n),
    Arn: arn(`role/team-${n % teams}-role-${n}`),
    CreateDate: "2024-01-10T08:00:00Z",
    AssumeRolePolicyDocument: trust(n, tenant, users),
    InstanceProfileList: [],
    RolePolicyList: [],
    Tags: [{ Key: "team", Value: `team-${n % teams}` }],
    AttachedManagedPolicies: n % 150 === 4 || n % 300 === 79 ? ADMIN : attached(n),
    ...(n % 20 === 0 ? limited : {}),
    RoleLastUsed: {},
  }));
  const policy = (name: string, policyArn: string, n: number, text: object) => ({
    PolicyName: name,
    PolicyId: id("ANPA", n),
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: 1,
    IsAttachable: true,
    CreateDate: "2024-01-10T08:00:00Z",
    UpdateDate: "2024-01-10T08:00:00Z",
    PolicyVersionList: [
      { Document: text, VersionId: "v1", IsDefaultVersion: true, CreateDate: "2024-01-10T08:00:00Z" },
    ],
  });
  await list(
    "Policies",
    teams + 2,
    (n) => {
      if (n === teams)
        return policy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess", n, document(allow("*")));
      if (n === teams + 1)
        return policy("limit", arn("policy/limit"), n, document(allow(["s3:*", "sqs:*", "lambda:*"])));
      return policy(`team-${n}`, arn(`policy/team-${n}`), n, teamPolicy(n, tenant));
    },
    true,
  );
  await write("}\n");
  out.end();
  await once(out, "finish");
  const functions = Array.from({ length: Math.floor(roles / 10) }, (_, n) => ({
    arn: `arn:aws:lambda:eu-central-1:${tenant}:function:team-${n % teams}-function-${n}`,
    type: "lambda:function",
    roleArn: arn(`role/team-${(n * 2) % teams}-role-${n * 2}`),
  }));
  writeFileSync(join(place, "resources.json"), JSON.stringify(functions));
  const keys = Object.fromEntries(Array.from({ length: users }, (_, n) => [`user-${n}`, []]));
  writeFileSync(join(place, "access-keys.json"), JSON.stringify(keys));
  return out.bytesWritten;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , count, folder] = process.argv;
  if (count === undefined || folder === undefined || !(Number(count) > 0))
    throw new Error("usage: generate-organization.ts <principals> <folder>");
  console.log(`${await generateOrganization(Number(count), folder)} bytes`);
}
