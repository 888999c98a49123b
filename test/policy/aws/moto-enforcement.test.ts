/**
 * A sample of decisions, confirmed by real calls to moto with its policy check switched on: the same documents are given to it
 * and to us, and what it lets through has to be what we call allowed. moto looks at the identity policies of users and role
 * sessions, at actions, and at resources for S3 only; where it is known to differ from AWS, the test says so and how.
 */
import * as iamSdk from "@aws-sdk/client-iam";
import * as s3Sdk from "@aws-sdk/client-s3";
import * as sqsSdk from "@aws-sdk/client-sqs";
import * as stsSdk from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Simulator } from "../../../src/app/simulate.ts";
import { loadActionTable } from "../../../src/policy/aws/action-table.ts";
import { pythonWithMoto, startMoto, type Moto } from "../../fakes/moto.ts";
import { describeWith } from "../../fakes/needs-tool.ts";

// moto's own number.
const TENANT = "123456789012";
const USER = `arn:aws:iam::${TENANT}:user/asha`;
const SESSION = `arn:aws:sts::${TENANT}:assumed-role/reporter/nightly`;

type Statement = Readonly<Record<string, unknown>>;
const policy = (...statements: readonly Statement[]) => ({ Version: "2012-10-17", Statement: statements });
const allow = (Action: unknown, Resource: unknown = "*"): Statement => ({ Effect: "Allow", Action, Resource });
const deny = (Action: unknown, Resource: unknown = "*"): Statement => ({ Effect: "Deny", Action, Resource });

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
interface Call {
  readonly action: string;
  readonly resource: string;
  make(endpoint: string, credentials: Credentials): Promise<unknown>;
}

const at = (endpoint: string, credentials: Credentials) => ({
  endpoint,
  credentials,
  region: "us-east-1",
  maxAttempts: 1,
});
const s3 = (endpoint: string, credentials: Credentials) =>
  new s3Sdk.S3Client({ ...at(endpoint, credentials), forcePathStyle: true });
const CALLS: Readonly<Record<string, Call>> = {
  "list users": {
    action: "iam:ListUsers",
    resource: "*",
    make: (to, as) => new iamSdk.IAMClient(at(to, as)).send(new iamSdk.ListUsersCommand({})),
  },
  "list roles": {
    action: "iam:ListRoles",
    resource: "*",
    make: (to, as) => new iamSdk.IAMClient(at(to, as)).send(new iamSdk.ListRolesCommand({})),
  },
  "get a role": {
    action: "iam:GetRole",
    resource: `arn:aws:iam::${TENANT}:role/reporter`,
    make: (to, as) => new iamSdk.IAMClient(at(to, as)).send(new iamSdk.GetRoleCommand({ RoleName: "reporter" })),
  },
  "list queues": {
    action: "sqs:ListQueues",
    resource: `arn:aws:sqs:us-east-1:${TENANT}:*`,
    make: (to, as) => new sqsSdk.SQSClient(at(to, as)).send(new sqsSdk.ListQueuesCommand({})),
  },
  "who am I": {
    action: "sts:GetCallerIdentity",
    resource: "*",
    make: (to, as) => new stsSdk.STSClient(at(to, as)).send(new stsSdk.GetCallerIdentityCommand({})),
  },
  "read an open object": {
    action: "s3:GetObject",
    resource: "arn:aws:s3:::ledgers/open/a",
    make: (to, as) => s3(to, as).send(new s3Sdk.GetObjectCommand({ Bucket: "ledgers", Key: "open/a" })),
  },
  "read a shut object": {
    action: "s3:GetObject",
    resource: "arn:aws:s3:::ledgers/shut/a",
    make: (to, as) => s3(to, as).send(new s3Sdk.GetObjectCommand({ Bucket: "ledgers", Key: "shut/a" })),
  },
};

const table = await loadActionTable();

/** Our answer to the same question. */
function ours(principal: string, policies: readonly unknown[], { action, resource }: Call): string {
  const line = { request: { principal, action, resource }, identityPolicies: policies };
  const { text } = new Simulator(table).line(JSON.stringify(line), 1);
  return (JSON.parse(text ?? "{}") as { decision: string }).decision;
}

describeWith("python3-moto", pythonWithMoto() !== undefined)("AWS as others wrote it (moto), policies enforced", () => {
  const root: Credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
  let moto: Moto;
  let admin: iamSdk.IAMClient;
  let user: Credentials;
  let session: Credentials;

  const enforce = async (on: boolean): Promise<void> => {
    const { ok } = await fetch(`${moto.url}/moto-api/reset-auth`, { method: "POST", body: on ? "0" : "inf" });
    expect(ok).toBe(true);
  };

  beforeAll(async () => {
    moto = await startMoto();
    admin = new iamSdk.IAMClient(at(moto.url, root));
    await admin.send(new iamSdk.CreateUserCommand({ UserName: "asha" }));
    await admin.send(new iamSdk.CreateGroupCommand({ GroupName: "readers" }));
    await admin.send(new iamSdk.AddUserToGroupCommand({ GroupName: "readers", UserName: "asha" }));
    const { AccessKey } = await admin.send(new iamSdk.CreateAccessKeyCommand({ UserName: "asha" }));
    user = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const trust = policy({ Effect: "Allow", Principal: { AWS: USER }, Action: "sts:AssumeRole" });
    const { Role } = await admin.send(
      new iamSdk.CreateRoleCommand({ RoleName: "reporter", AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    const { Credentials: given } = await new stsSdk.STSClient(at(moto.url, root)).send(
      new stsSdk.AssumeRoleCommand({ RoleArn: Role?.Arn ?? "", RoleSessionName: "nightly" }),
    );
    session = {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken ?? "",
    };
    const objects = s3(moto.url, root);
    await objects.send(new s3Sdk.CreateBucketCommand({ Bucket: "ledgers" }));
    for (const Key of ["open/a", "shut/a"])
      await objects.send(new s3Sdk.PutObjectCommand({ Bucket: "ledgers", Key, Body: "1" }));
  });
  afterAll(() => moto?.close());

  /** Whether moto lets the call through, with these policies and no others. */
  async function theirs(as: "user" | "session", policies: readonly unknown[], group: readonly unknown[], call: Call) {
    const names = policies.map((_, index) => `p${index}`);
    for (const [index, one] of policies.entries()) {
      const put = { PolicyName: names[index], PolicyDocument: JSON.stringify(one) };
      if (as === "user") await admin.send(new iamSdk.PutUserPolicyCommand({ UserName: "asha", ...put }));
      else await admin.send(new iamSdk.PutRolePolicyCommand({ RoleName: "reporter", ...put }));
    }
    for (const one of group)
      await admin.send(
        new iamSdk.PutGroupPolicyCommand({
          GroupName: "readers",
          PolicyName: "g",
          PolicyDocument: JSON.stringify(one),
        }),
      );
    await enforce(true);
    try {
      await call.make(moto.url, as === "user" ? user : session);
      return "allowed";
    } catch (error) {
      const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
      if ($metadata?.httpStatusCode !== 403 || !/AccessDenied/.test(name)) throw error;
      return "denied";
    } finally {
      await enforce(false);
      for (const PolicyName of names) {
        if (as === "user") await admin.send(new iamSdk.DeleteUserPolicyCommand({ UserName: "asha", PolicyName }));
        else await admin.send(new iamSdk.DeleteRolePolicyCommand({ RoleName: "reporter", PolicyName }));
      }
      if (group.length > 0)
        await admin.send(new iamSdk.DeleteGroupPolicyCommand({ GroupName: "readers", PolicyName: "g" }));
    }
  }
  const word = (decision: string): string => (decision === "allowed" ? "allowed" : "denied");

  test.each<[string, "user" | "session", readonly unknown[], readonly unknown[], string, string]>([
    ["nothing", "user", [], [], "list users", "implicitly-denied"],
    ["the very action", "user", [policy(allow("iam:ListUsers"))], [], "list users", "allowed"],
    ["another action", "user", [policy(allow("iam:ListUsers"))], [], "list roles", "implicitly-denied"],
    ["a star in the name", "user", [policy(allow("iam:List*"))], [], "list roles", "allowed"],
    ["a star elsewhere in the name", "user", [policy(allow("iam:*Users"))], [], "list users", "allowed"],
    ["a star that does not reach", "user", [policy(allow("iam:List*"))], [], "get a role", "implicitly-denied"],
    ["everything of a service", "user", [policy(allow("iam:*"))], [], "get a role", "allowed"],
    ["everything of another service", "user", [policy(allow("sqs:*"))], [], "get a role", "implicitly-denied"],
    ["everything", "user", [policy(allow("*"))], [], "list queues", "allowed"],
    ["a list of actions", "user", [policy(allow(["sqs:ListQueues", "iam:ListUsers"]))], [], "list queues", "allowed"],
    ["a Deny beside it", "user", [policy(allow("*"), deny("iam:*"))], [], "list users", "explicitly-denied"],
    [
      "a Deny in another policy",
      "user",
      [policy(allow("*")), policy(deny("iam:List*"))],
      [],
      "list users",
      "explicitly-denied",
    ],
    ["a Deny of something else", "user", [policy(allow("*"), deny("sqs:*"))], [], "list users", "allowed"],
    [
      "NotAction spares",
      "user",
      [policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })],
      [],
      "list users",
      "implicitly-denied",
    ],
    [
      "NotAction means the rest",
      "user",
      [policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })],
      [],
      "list queues",
      "allowed",
    ],
    [
      "NotAction with Deny",
      "user",
      [policy(allow("*"), { Effect: "Deny", NotAction: ["sqs:*", "sts:*"], Resource: "*" })],
      [],
      "list roles",
      "explicitly-denied",
    ],
    [
      "a single statement without a list",
      "user",
      [{ Version: "2012-10-17", Statement: allow("sqs:List*") }],
      [],
      "list queues",
      "allowed",
    ],
    ["a group's policy", "user", [], [policy(allow("iam:ListUsers"))], "list users", "allowed"],
    [
      "a group's Deny over the user's Allow",
      "user",
      [policy(allow("*"))],
      [policy(deny("*"))],
      "list users",
      "explicitly-denied",
    ],
    ["GetCallerIdentity without anything", "user", [], [], "who am I", "allowed"],
    ["GetCallerIdentity under a Deny", "user", [policy(deny("*"))], [], "who am I", "allowed"],
    ["a session by its role's policy", "session", [policy(allow("iam:Get*"))], [], "get a role", "allowed"],
    ["a session without", "session", [policy(allow("iam:Get*"))], [], "list roles", "implicitly-denied"],
    ["a session under a Deny", "session", [policy(allow("*"), deny("*"))], [], "list users", "explicitly-denied"],
    [
      "an object under the prefix",
      "user",
      [policy(allow("s3:GetObject", "arn:aws:s3:::ledgers/open/*"))],
      [],
      "read an open object",
      "allowed",
    ],
    [
      "an object beside the prefix",
      "user",
      [policy(allow("s3:GetObject", "arn:aws:s3:::ledgers/open/*"))],
      [],
      "read a shut object",
      "implicitly-denied",
    ],
    [
      "a Deny of one prefix",
      "user",
      [policy(allow("s3:*"), deny("s3:*", "arn:aws:s3:::ledgers/shut/*"))],
      [],
      "read a shut object",
      "explicitly-denied",
    ],
    [
      "a Deny of the other prefix",
      "user",
      [policy(allow("s3:*"), deny("s3:*", "arn:aws:s3:::ledgers/shut/*"))],
      [],
      "read an open object",
      "allowed",
    ],
    [
      "the bucket is not its objects",
      "user",
      [policy(allow("s3:*", "arn:aws:s3:::ledgers"))],
      [],
      "read an open object",
      "implicitly-denied",
    ],
    [
      "an object of a session",
      "session",
      [policy(allow("s3:Get*", "arn:aws:s3:::*/open/a"))],
      [],
      "read an open object",
      "allowed",
    ],
  ])("%s (%s)", async (_name, as, policies, group, name, decision) => {
    const call = CALLS[name];
    if (call === undefined) throw new Error(name);
    expect(ours(as === "user" ? USER : SESSION, [...policies, ...group], call)).toBe(decision);
    expect(await theirs(as, policies, group, call)).toBe(word(decision));
  });

  // The source of ours is AWS's documentation; what moto says is kept so that a better moto is noticed.
  test.each<[string, readonly unknown[], string, string, string]>([
    [
      "tells actions apart by letter case, AWS does not",
      [policy(allow("IAM:listusers"))],
      "list users",
      "denied",
      "allowed",
    ],
    [
      "looks at no conditions: one that does not hold",
      [policy({ ...allow("iam:ListUsers"), Condition: { StringEquals: { "aws:PrincipalTag/team": "red" } } })],
      "list users",
      "allowed",
      "implicitly-denied",
    ],
    [
      "knows no ARN of what IAM is asked for",
      [policy(allow("iam:GetRole", `arn:aws:iam::${TENANT}:role/reporter`))],
      "get a role",
      "denied",
      "allowed",
    ],
    [
      "denies by no ARN of what IAM is asked for",
      [policy(allow("iam:*"), deny("iam:GetRole", `arn:aws:iam::${TENANT}:role/*`))],
      "get a role",
      "allowed",
      "explicitly-denied",
    ],
    [
      "takes a question mark for a letter that may lack",
      [policy(allow("iam:ListUsers?"))],
      "list users",
      "allowed",
      "implicitly-denied",
    ],
    [
      "puts no variables in",
      [
        policy(
          allow("s3:GetObject", "arn:aws:s3:::ledgers/${aws:PrincipalType, 'x'}pen/a"),
          allow("s3:GetObject", "arn:aws:s3:::ledgers/${aws:PrincipalTag/none, 'open'}/a"),
        ),
      ],
      "read an open object",
      "denied",
      "allowed",
    ],
  ])("moto %s", async (_name, policies, name, motoSays, decision) => {
    const call = CALLS[name];
    if (call === undefined) throw new Error(name);
    expect(ours(USER, policies, call)).toBe(decision);
    expect(await theirs("user", policies, [], call)).toBe(motoSays);
  });
});
