/**
 * Writes a file as `aws iam get-account-authorization-details` prints it, of as many principals as wanted, from a seed:
 * half users, half roles, a group per fifty users, managed and inline policies, boundaries, trusts, a few administrators.
 * `node test/bench/generate-authorization-details.ts <principals> <file>`; about 4 KB a principal.
 */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

const TENANT = "123456789012";

/** A small, fast, seeded generator (mulberry32): the same number always gives the same file. */
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
const arn = (path: string): string => `arn:aws:iam::${TENANT}:${path}`;
const allow = (actions: string[], resources: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: resources }],
});
const ADMIN = [{ PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }];
const SERVICES = ["s3", "sqs", "sns", "dynamodb", "lambda", "ec2", "logs", "kms", "secretsmanager", "cloudwatch"];

/** A document of several statements, different for most principals, as grown tenants have them. */
function inline(n: number, rand: () => number) {
  const statements = Array.from({ length: 8 }, (_, i) => {
    const service = SERVICES[Math.floor(rand() * SERVICES.length)] ?? "s3";
    return {
      Sid: `Grown${i}`,
      Effect: "Allow",
      Action: [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`, `${service}:Put${i}Item`],
      Resource: [
        `arn:aws:${service}:eu-west-1:${TENANT}:team-${n % 97}/app-${n}/*`,
        `arn:aws:${service}:eu-west-1:${TENANT}:shared-${i}/*`,
      ],
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    };
  });
  return { Version: "2012-10-17", Statement: statements };
}

/** Whom role `n` trusts: mostly a service, as in grown tenants; some users, pipelines, tenants outside and the tenant itself. */
function trust(n: number, users: number) {
  const statement = (principal: unknown, action = "sts:AssumeRole", condition?: unknown) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: principal,
        Action: action,
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  });
  switch (n % 20) {
    case 0:
    case 10:
      return statement({ AWS: arn(`user/user-${n % Math.max(1, users)}`) });
    case 5:
      return statement({ AWS: arn("root") });
    case 7:
      return statement(
        { AWS: `arn:aws:iam::${String(200_000_000_000 + (n % 30))}:root` },
        "sts:AssumeRole",
        n % 40 === 7 ? undefined : { StringEquals: { "sts:ExternalId": `partner-${n}` } },
      );
    case 13:
      return statement(
        { Federated: arn("oidc-provider/token.actions.githubusercontent.com") },
        "sts:AssumeRoleWithWebIdentity",
        {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          StringLike: { "token.actions.githubusercontent.com:sub": `repo:invented-example/app-${n}:*` },
        },
      );
    default:
      return statement({ Service: n % 3 === 0 ? "lambda.amazonaws.com" : "ec2.amazonaws.com" });
  }
}

/** Writes the file and answers its size in bytes. */
export async function generateAuthorizationDetails(principals: number, file: string): Promise<number> {
  const rand = random(principals);
  const out = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, "drain");
  };
  const users = Math.floor(principals / 2);
  const groups = Math.max(1, Math.floor(users / 50));
  const managed = Math.max(3, Math.floor(principals / 100));
  const list = async (name: string, count: number, make: (n: number) => unknown, last = false): Promise<void> => {
    await write(`    "${name}": [\n`);
    for (let n = 0; n < count; n += 1)
      await write(`        ${JSON.stringify(make(n), null, 1)}${n + 1 < count ? "," : ""}\n`);
    await write(`    ]${last ? "" : ","}\n`);
  };
  const created = (n: number): string => `20${20 + (n % 6)}-0${1 + (n % 9)}-1${n % 10}T08:00:00+00:00`;
  const attached = (n: number) => [{ PolicyName: `team-${n % managed}`, PolicyArn: arn(`policy/team-${n % managed}`) }];
  await write("{\n");
  await list("UserDetailList", users, (n) => ({
    Path: "/",
    UserName: `user-${n}`,
    UserId: id("AIDA", n),
    Arn: arn(`user/user-${n}`),
    CreateDate: created(n),
    GroupList: [`group-${n % groups}`],
    AttachedManagedPolicies: n % 500 === 499 ? ADMIN : rand() < 0.1 ? attached(n) : [],
    ...(n % 25 === 0
      ? { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy/team-1") } }
      : {}),
    UserPolicyList: [{ PolicyName: `grown-${n}`, PolicyDocument: inline(n, rand) }],
    Tags: [{ Key: "team", Value: `team-${n % 97}` }],
  }));
  await list("GroupDetailList", groups, (n) => ({
    Path: "/",
    GroupName: `group-${n}`,
    GroupId: id("AGPA", n),
    Arn: arn(`group/group-${n}`),
    CreateDate: created(n),
    GroupPolicyList: [],
    AttachedManagedPolicies: n % 40 === 0 ? ADMIN : attached(n),
  }));
  await list("RoleDetailList", principals - users, (n) => ({
    Path: "/",
    RoleName: `role-${n}`,
    RoleId: id("AROA", n),
    Arn: arn(`role/role-${n}`),
    CreateDate: created(n),
    AssumeRolePolicyDocument: trust(n, users),
    InstanceProfileList: [],
    RolePolicyList: [{ PolicyName: `grown-${n}`, PolicyDocument: inline(n + users, rand) }],
    AttachedManagedPolicies: attached(n),
    ...(n % 20 === 0
      ? { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy/team-0") } }
      : {}),
    Tags: [],
    RoleLastUsed: n % 3 === 0 ? {} : { LastUsedDate: `2026-0${1 + (n % 9)}-10T10:00:00+00:00`, Region: "eu-west-1" },
  }));
  const policy = (name: string, policyArn: string, n: number, document: unknown) => ({
    PolicyName: name,
    PolicyId: id("ANPA", n),
    Arn: policyArn,
    Path: "/",
    DefaultVersionId: "v1",
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: created(n),
    UpdateDate: created(n),
    PolicyVersionList: [{ Document: document, VersionId: "v1", IsDefaultVersion: true, CreateDate: created(n) }],
  });
  await list(
    "Policies",
    managed + 1,
    (n) =>
      n === managed
        ? policy("AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess", n, allow(["*"], ["*"]))
        : policy(`team-${n}`, arn(`policy/team-${n}`), n, allow([`s3:Get*`, "s3:List*"], [`arn:aws:s3:::team-${n}/*`])),
    true,
  );
  await write("}\n");
  out.end();
  await once(out, "finish");
  return out.bytesWritten;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , count, file] = process.argv;
  if (count === undefined || file === undefined || !(Number(count) > 0))
    throw new Error("usage: generate-authorization-details.ts <principals> <file>");
  console.log(`${await generateAuthorizationDetails(Number(count), file)} bytes`);
}
