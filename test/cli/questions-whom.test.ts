import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { explainForm } from "../../src/model/forms/explain.ts";
import { canForm, pathsForm, whoCanForm } from "../../src/model/forms/questions.ts";
import { HandClock } from "../app/fake-provider.ts";
import {
  allow,
  arn,
  deny,
  document,
  OTHER,
  service,
  TENANT,
  trusting,
  writeRecording,
  type SmallTenant,
} from "../graph/escalation/small-world.ts";
import { runCli, testWorld, type CliRun } from "./run-cli.ts";

const world = testWorld(new HandClock("2026-11-20T10:00:00Z"));
const BUCKET = "arn:aws:s3:::sample-ledger";
const VENDOR = "777766665555";
const PLAIN = { scps: [], accessBlocks: { account: null }, resourcePolicies: { [BUCKET]: null } } as const;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function ask(tenants: Readonly<Record<string, SmallTenant>>, ...args: string[]): Promise<CliRun> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  folders.push(folder);
  await writeRecording(folder, tenants);
  return runCli([...args, "--from", folder], world);
}

async function can(tenant: SmallTenant, ...args: string[]) {
  return canForm.parse(JSON.parse((await ask({ [TENANT]: tenant }, "can", ...args, "--json")).out));
}

async function whoCan(tenant: SmallTenant, ...args: string[]): Promise<string[]> {
  const { out } = await ask({ [TENANT]: tenant }, "who-can", ...args, "--json");
  return whoCanForm.parse(JSON.parse(out)).principals.map(({ principal, answer }) => `${answer} ${principal}`);
}

const set = (name: string, inline: object): object => ({
  PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`,
  Name: name,
  managed: [],
  customerManaged: [],
  inline: JSON.stringify(document(inline)),
});
const center: SmallTenant = {
  ...PLAIN,
  identityCenter: {
    instances: [],
    permissionSets: [set("Reader", allow("s3:Get*")), set("Nobody", deny("*"))],
    assignments: ["Nobody", "Reader"].map((name) => ({
      PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`,
      AccountId: TENANT,
      PrincipalId: "u-1",
      PrincipalType: "USER",
    })),
    users: [
      { UserId: "u-1", UserName: "kim.sample", DisplayName: "Kim" },
      { UserId: "u-2", UserName: "lou.sample", DisplayName: "Lou" },
    ],
    groups: [],
    memberships: [],
  },
};

describe("who is asked about", () => {
  test("a person of Identity Center is answered through the permission set that gives most, which is named", async () => {
    expect(await can(center, "kim.sample", "s3:GetObject", `${BUCKET}/x`)).toMatchObject({
      answer: "yes",
      principal: "kim.sample",
      through: `aws:${TENANT}:ps-Reader`,
    });
    const { out } = await ask({ [TENANT]: center }, "can", "kim.sample", "s3:GetObject", `${BUCKET}/x`);
    expect(out).toContain(`through permission set aws:${TENANT}:ps-Reader`);
  });

  test("a person to whom nothing is assigned may nothing", async () => {
    const answer = await can(center, "Lou", "s3:GetObject", `${BUCKET}/x`);
    expect(answer).toMatchObject({ answer: "no", decision: "implicitly-denied" });
    expect(answer).not.toHaveProperty("through");
  });

  const roles: SmallTenant = {
    ...PLAIN,
    users: { ana: {}, twin: {} },
    groups: { twin: {}, crew: {} },
    roles: { reader: { path: "/team/", may: [allow("s3:GetObject", `${BUCKET}/*`)], trust: service("ec2") } },
  };
  test.each<[string, string, object]>([
    [
      "a session of a role that was read is that role",
      `arn:aws:sts::${TENANT}:assumed-role/reader/laptop`,
      { answer: "yes", decidedBy: "identity" },
    ],
    ["the root user", arn("root"), { answer: "yes" }],
    [
      "somebody outside, whom no policy lets in",
      arn("user/guest", VENDOR),
      { answer: "no", principalId: `external:aws:${arn("user/guest", VENDOR)}` },
    ],
    [
      "a service nothing names",
      "lambda.amazonaws.com",
      { answer: "no", principalId: "aws-service:lambda.amazonaws.com" },
    ],
    ["anybody", "*", { answer: "no", principalId: "external:aws:*" }],
  ])("%s", async (_name, principal, expected) => {
    expect(await can(roles, principal, "s3:GetObject", `${BUCKET}/x`)).toMatchObject(expected);
  });

  test("what somebody outside may is unknown where the bucket lets him in: his own policies were not read", async () => {
    const guest = arn("user/guest", VENDOR);
    const open = {
      ...roles,
      resourcePolicies: { [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: { AWS: guest } }) },
    };
    expect(await can(open, guest, "s3:GetObject", `${BUCKET}/x`)).toMatchObject({
      answer: "unknown",
      unknown: [`the policies of \`${guest}\`, which lies outside the collected tenants`],
    });
  });

  test.each<[string, string, string]>([
    ["twin", "fits 2 principals", arn("group/twin")],
    ["crew", "is a group", "its members act"],
    [arn("user/gone"), "there is no principal", ""],
    [`arn:aws:sts::${TENANT}:assumed-role/gone/laptop`, "there is no principal", ""],
  ])("`%s` is the user's mistake", async (principal, says, and) => {
    const { code, err } = await ask({ [TENANT]: roles }, "can", principal, "s3:GetObject");
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).toContain(and);
  });

  test("a file of questions that is not there is a mistake, not a bug", async () => {
    const { code, err } = await ask({ [TENANT]: roles }, "can", "--batch", "/nowhere/questions.ndjson");
    expect([code, err]).toEqual([2, expect.stringContaining("`/nowhere/questions.ndjson` does not exist")]);
  });
});

describe("what is asked about", () => {
  test("some role: each role's own trust is asked, in both directions", async () => {
    const tenant: SmallTenant = {
      users: { ana: { may: [allow("sts:AssumeRole", arn("role/open"))] }, ben: {}, cleo: { may: [allow("sts:*")] } },
      roles: {
        open: { trust: trusting({ AWS: arn("root") }) },
        named: { trust: trusting({ AWS: arn("user/ben") }) },
        closed: { trust: service("ec2") },
      },
      scps: [],
    };
    expect(await can(tenant, "ana", "sts:AssumeRole")).toMatchObject({ answer: "yes", resource: "*" });
    expect(await can(tenant, "ana", "sts:AssumeRole", arn("role/closed*"))).toMatchObject({ answer: "no" });
    expect(await whoCan(tenant, "sts:AssumeRole")).toEqual([
      "yes ec2.amazonaws.com",
      ...["ana", "ben", "cleo"].map((name) => `yes ${arn(`user/${name}`)}`),
    ]);
  });

  test("objects of a bucket: its policy counts for a pattern as for one of them", async () => {
    const tenant: SmallTenant = {
      ...PLAIN,
      users: { ana: { may: [allow("s3:*")] } },
      resourcePolicies: { [BUCKET]: document({ ...deny("s3:*", `${BUCKET}/*`), Principal: "*" }) },
    };
    expect(await can(tenant, "ana", "s3:GetObject", `${BUCKET}/*`)).toMatchObject({
      answer: "no",
      decidedBy: "resource",
    });
    expect(await can(tenant, "ana", "s3:GetObject", "arn:aws:s3:::other/*")).toMatchObject({ answer: "yes" });
  });

  test("some object of some bucket whose policy lets in, and only what fits the pattern", async () => {
    const tenant: SmallTenant = {
      ...PLAIN,
      users: { ana: {} },
      resourcePolicies: {
        [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/out/*`), Principal: { AWS: arn("user/ana") } }),
      },
    };
    const answers = async (resource: string): Promise<string> =>
      (await can(tenant, "ana", "s3:GetObject", resource)).answer;
    expect(await answers("*")).toBe("yes");
    expect(await answers("arn:aws:s3:::sample-*")).toBe("yes");
    expect(await answers("arn:aws:s3:::sample-*/out/*")).toBe("yes");
    expect(await answers("arn:aws:s3:::sample-*/in/*")).toBe("no");
    expect(await answers("arn:aws:s3:::elsewhere-*")).toBe("no");
  });

  test("the region stands in the ARN, and IAM has one: nobody is asked for it", async () => {
    const elsewhere = { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } };
    const tenant: SmallTenant = { ...PLAIN, users: { ana: { may: [allow("*"), deny("*", "*", elsewhere)] } } };
    const queue = (region: string): string => `arn:aws:sqs:${region}:${TENANT}:jobs`;
    const answer = async (...args: string[]): Promise<string> => (await can(tenant, "ana", ...args)).answer;
    expect(await answer("sqs:SendMessage", queue("eu-west-1"))).toBe("yes");
    expect(await answer("sqs:SendMessage", queue("eu-north-1"))).toBe("no");
    expect(await answer("iam:CreateUser", arn("user/new"))).toBe("no");
    expect(await answer("s3:GetObject", `${BUCKET}/x`)).toBe("conditional");
  });

  test("a tenant's access block takes away what a public bucket policy gave", async () => {
    const tenant = (restrict: boolean): SmallTenant => ({
      ...PLAIN,
      users: {},
      accessBlocks: { account: { RestrictPublicBuckets: restrict } },
      resourcePolicies: { [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: "*" }) },
    });
    expect(await can(tenant(false), "*", "s3:GetObject", `${BUCKET}/x`)).toMatchObject({ answer: "yes" });
    expect(await can(tenant(true), "*", "s3:GetObject", `${BUCKET}/x`)).toMatchObject({
      answer: "no",
      decidedBy: "public-access-block",
    });
  });

  test("across tenants both sides have to allow", async () => {
    const answer = async (may: object[], policy: object | null): Promise<string> => {
      const tenants = {
        [TENANT]: { ...PLAIN, users: { ana: { may } }, resourcePolicies: {} },
        [OTHER]: { ...PLAIN, users: {}, resourcePolicies: { [BUCKET]: policy } },
      };
      const { out } = await ask(tenants, "can", "ana", "s3:GetObject", `${BUCKET}/x`, "--json");
      return canForm.parse(JSON.parse(out)).answer;
    };
    const open = document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: { AWS: arn("user/ana") } });
    expect(await answer([allow("s3:*")], open)).toBe("yes");
    expect(await answer([], open)).toBe("no");
    expect(await answer([allow("s3:*")], null)).toBe("no");
  });
});

describe("who-can", () => {
  test("those whom only the resource's policy names are among the answers", async () => {
    const policy = (Principal: unknown): object => ({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal });
    const tenant: SmallTenant = {
      ...PLAIN,
      users: { ana: {} },
      resourcePolicies: {
        [BUCKET]: document(
          policy({ AWS: [VENDOR, arn("user/guest", VENDOR)] }),
          policy({ Service: "cloudfront.amazonaws.com" }),
        ),
      },
    };
    const expected = [
      "yes cloudfront.amazonaws.com",
      `yes ${arn("root")}`,
      `yes ${arn("root", VENDOR)}`,
      `unknown ${arn("user/guest", VENDOR)}`,
    ];
    expect(await whoCan(tenant, "s3:GetObject", `${BUCKET}/x`)).toEqual(expected);
    expect(await whoCan(tenant, "s3:GetObject")).toEqual(expected);
    const open = { ...tenant, resourcePolicies: { [BUCKET]: document(policy("*")) } };
    expect(await whoCan(open, "s3:GetObject", `${BUCKET}/x`)).toContain("yes *");
  });

  test("equal policies are one answer only where they mean the same for each", async () => {
    const home = [allow("s3:GetObject", `${BUCKET}/\${aws:username}/*`)];
    const tenant: SmallTenant = { ...PLAIN, users: { ana: { may: home }, ben: { may: home }, cleo: { may: home } } };
    expect(await whoCan(tenant, "s3:GetObject", `${BUCKET}/ben/x`)).toEqual([
      `yes ${arn("user/ben")}`,
      `yes ${arn("root")}`,
    ]);
  });

  test("one whom the bucket's policy names is told apart from others with equal policies", async () => {
    const may = [allow("s3:GetObject")];
    const out = { ...deny("s3:*", [BUCKET, `${BUCKET}/*`]), Principal: { AWS: arn("user/ben") } };
    const tenant: SmallTenant = {
      ...PLAIN,
      users: { ana: { may }, ben: { may }, cleo: { may } },
      resourcePolicies: { [BUCKET]: document(out) },
    };
    expect(await whoCan(tenant, "s3:GetObject", `${BUCKET}/x`)).toEqual([
      `yes ${arn("user/ana")}`,
      `yes ${arn("user/cleo")}`,
      `yes ${arn("root")}`,
    ]);
  });
});

describe("paths to a resource", () => {
  test("go through what each may itself, the bucket's own policy included", async () => {
    const home = [allow("s3:GetObject", `${BUCKET}/\${aws:username}/*`)];
    const tenant: SmallTenant = {
      ...PLAIN,
      users: { ana: { may: home }, ben: { may: home }, cleo: { may: [allow("sts:AssumeRole", arn("role/keeper"))] } },
      roles: { keeper: { trust: trusting({ AWS: arn("root") }) } },
      resourcePolicies: {
        [BUCKET]: document({ ...allow("s3:GetObject", `${BUCKET}/*`), Principal: { AWS: arn("role/keeper") } }),
      },
    };
    const { out } = await ask(
      { [TENANT]: tenant },
      "paths",
      "--to",
      `${BUCKET}/ben/x`,
      "--action",
      "s3:GetObject",
      "--json",
    );
    expect(
      pathsForm
        .parse(JSON.parse(out))
        .paths.map(({ principal, hops }) => [
          principal.split("/").at(-1),
          hops.map(({ technique }) => technique.id),
          hops.at(-1)?.permissions,
        ]),
    ).toEqual([
      ["ben", ["granted"], ["s3:GetObject"]],
      ["cleo", ["sts-001", "granted"], ["s3:GetObject"]],
      ["keeper", ["granted"], ["s3:GetObject"]],
    ]);
  });

  test("name the policy of the resource where it was not given", async () => {
    const { out } = await ask(
      { [TENANT]: { users: { ana: { may: [allow("s3:*")] } }, scps: [], accessBlocks: { account: null } } },
      "paths",
      "--to",
      `${BUCKET}/x`,
      "--json",
    );
    expect(pathsForm.parse(JSON.parse(out)).paths.map(({ assumes }) => assumes)).toEqual([["resource"]]);
  });
});

test("explain says what a principal administers, how and on which way", async () => {
  const tenant: SmallTenant = {
    ...PLAIN,
    users: { ana: { may: [allow("iam:CreateAccessKey", arn("user/kim"))] }, kim: { admin: true }, dan: {} },
  };
  const administers = async (name: string): Promise<unknown> => {
    const { out } = await ask({ [TENANT]: tenant }, "explain", name, "--json");
    const explanation = explainForm.parse(JSON.parse(out));
    return explanation.kind === "principal"
      ? explanation.administers.map(({ how, state, path }) => [how, state, path.map(({ technique }) => technique.id)])
      : undefined;
  };
  expect(await administers("kim")).toEqual([["direct", "yes", ["granted"]]]);
  expect(await administers("ana")).toEqual([["path", "yes", ["iam-002", "granted"]]]);
  expect(await administers("dan")).toEqual([]);
  const { out } = await ask({ [TENANT]: tenant }, "explain", "ana");
  expect(out).toMatch(/can come to administer 111122223333\n {2}└ .+ → arn:aws:iam::111122223333:user\/kim\n/);
});
