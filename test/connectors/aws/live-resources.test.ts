import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { startFakeAws, type FakeAws } from "../../fakes/aws/fake-aws.ts";
import { AWS_CANARY } from "../../fakes/aws/world.ts";
import { HOME, SEED } from "./fake-seed.ts";
import { collect, coverageOf, openFake, openOver, signInForTests } from "./open-fake.ts";
import { FRANKFURT, IRELAND } from "./regional-seed.ts";

const STEPS = ["resources", "resource-policies", "public-access-blocks"] as const;
const role = (name: string): string => `arn:aws:iam::${HOME}:role/${name}`;
const APP = role("app-server");
const PIPELINE = role("release-pipeline");
const PAYMENTS_ROLE = role("of-payments");
const in1 = (service: string, rest: string): string => `arn:aws:${service}:${FRANKFURT}:${HOME}:${rest}`;

/** Type, ARN, the roles it runs as, the one that only starts it. */
const RUNNING: readonly (readonly [type: string, arn: string, roles: readonly string[], starting?: string])[] = [
  ["apprunner:service", in1("apprunner", "service/api/0a1b2c3d"), [PIPELINE], PIPELINE],
  ["apprunner:service", in1("apprunner", "service/web/0a1b2c3d"), [APP, PIPELINE], PIPELINE],
  ["batch:job-definition", in1("batch", "job-definition/bill"), [APP, PIPELINE], PIPELINE],
  // Where both are the same role, the code gets it.
  ["batch:job-definition", in1("batch", "job-definition/count"), [APP]],
  ["batch:job-definition-revision", in1("batch", "job-definition/bill:1"), [APP, PIPELINE], PIPELINE],
  ["batch:job-definition-revision", in1("batch", "job-definition/count:1"), [APP]],
  ["cloudformation:stack", in1("cloudformation", "stack/by-hand/0a1b2c3d"), []],
  ["cloudformation:stack", in1("cloudformation", "stack/network/0a1b2c3d"), [PIPELINE]],
  ["codebuild:project", in1("codebuild", "project/docs"), [PIPELINE]],
  ["codebuild:project", in1("codebuild", "project/site"), [PIPELINE]],
  ["ec2:instance", in1("ec2", "instance/i-0000000000000001a"), [APP]],
  ["ec2:instance", in1("ec2", "instance/i-0000000000000002a"), []],
  ["ecs:service", in1("ecs", "service/main/shop"), [APP, PIPELINE], PIPELINE],
  ["ecs:service", in1("ecs", "service/main/shop-old"), [PAYMENTS_ROLE]],
  ["ecs:task", in1("ecs", "task/main/t1"), [APP, PIPELINE], PIPELINE],
  // A task may be started with another role than its definition names.
  ["ecs:task", in1("ecs", "task/spare/t2"), [PAYMENTS_ROLE, PIPELINE], PIPELINE],
  ["ecs:task-definition", in1("ecs", "task-definition/nightly:1"), [PIPELINE], PIPELINE],
  ["ecs:task-definition", in1("ecs", "task-definition/shop:2"), [APP, PIPELINE], PIPELINE],
  ["glue:devendpoint", in1("glue", "devEndpoint/bench"), [APP]],
  ["glue:devendpoint", in1("glue", "devEndpoint/desk"), [APP]],
  ["glue:job", in1("glue", "job/export"), [PIPELINE]],
  ["glue:job", in1("glue", "job/import"), [APP]],
  ["glue:session", in1("glue", "session/s-1"), [APP]],
  ["glue:session", in1("glue", "session/s-3"), [APP]],
  ["iam:instance-profile", `arn:aws:iam::${HOME}:instance-profile/empty`, []],
  ["iam:instance-profile", `arn:aws:iam::${HOME}:instance-profile/servers`, [APP]],
  ["lambda:function", in1("lambda", "function:report"), [APP]],
  ["lambda:function", in1("lambda", "function:tidy"), [PIPELINE]],
  ["lambda:function", `arn:aws:lambda:${IRELAND}:${HOME}:function:mirror`, [APP]],
  ["sagemaker:domain", in1("sagemaker", "domain/d-1"), [APP]],
  ["sagemaker:domain", in1("sagemaker", "domain/d-2"), [APP]],
  ["sagemaker:notebook-instance", in1("sagemaker", "notebook-instance/forecast"), [APP]],
  ["sagemaker:notebook-instance", in1("sagemaker", "notebook-instance/sketch"), [APP]],
  ["sagemaker:processing-job", in1("sagemaker", "processing-job/clean"), [APP]],
  ["sagemaker:processing-job", in1("sagemaker", "processing-job/merge"), [APP]],
  ["sagemaker:training-job", in1("sagemaker", "training-job/train"), [APP]],
  ["sagemaker:training-job", in1("sagemaker", "training-job/tune"), [APP]],
  ["scheduler:schedule", in1("scheduler", "schedule/default/daily"), [PIPELINE]],
  ["scheduler:schedule", in1("scheduler", "schedule/default/hourly"), [APP]],
  ["ssm:managed-instance", in1("ssm", "managed-instance/i-0000000000000001a"), [APP]],
  ["ssm:managed-instance", in1("ssm", "managed-instance/mi-000000000000000b"), [PIPELINE]],
  ["states:statemachine", in1("states", "stateMachine:order"), [APP]],
  ["states:statemachine", in1("states", "stateMachine:refund"), [PIPELINE]],
];

/** Type, ARN, and the action that its policy allows to anybody; null where it has none. */
const POLICIES: readonly (readonly [type: string, arn: string, action: string | null])[] = [
  ["kms:key", in1("kms", "key/k-1"), "kms:*"],
  ["kms:key", in1("kms", "key/k-2"), "kms:Decrypt"],
  ["lambda:function", in1("lambda", "function:report"), "lambda:InvokeFunction"],
  ["lambda:function", in1("lambda", "function:tidy"), null],
  ["s3:bucket", "arn:aws:s3:::sample-open", "s3:GetObject"],
  ["s3:bucket", "arn:aws:s3:::sample-plain", null],
  ["secretsmanager:Secret", in1("secretsmanager", "secret:database-AbCdEf"), "secretsmanager:GetSecretValue"],
  ["secretsmanager:Secret", in1("secretsmanager", "secret:own-AbCdEf"), null],
  ["sns:topic", in1("sns", "news"), "sns:Publish"],
  ["sns:topic", in1("sns", "silent"), null],
  ["sqs:queue", in1("sqs", "orders"), "sqs:SendMessage"],
  ["sqs:queue", in1("sqs", "quiet"), null],
];

describe("looking beyond IAM, one thing on each page", () => {
  signInForTests();
  let fake: FakeAws;
  let records: SnapshotRecords;
  beforeAll(async () => {
    fake = await startFakeAws(SEED, { pageSize: 1 });
    const session = await openOver(fake, { settings: { resources: {} } });
    records = await collect(session, ...STEPS);
    await session.close();
  });
  afterAll(() => fake.close());

  const resource = (arn: string) => records.resources.find(({ locator }) => locator === arn);

  const running = RUNNING.map(([type, arn, roles, starting]) => ({ type, arn, roles, starting }));
  test.each(running)("$type $arn runs as its roles", ({ type, arn, roles, starting }) => {
    expect(resource(arn)?.attributes).toMatchObject({ type, runsAs: roles.length === 0 ? null : roles.join(" ") });
    expect(resource(arn)?.attributes["executionRole"]).toBe(starting);
  });

  test("nothing else runs: what ended, was stopped or terminated is left out", () => {
    const all = records.resources.filter(({ attributes }) => attributes["runsAs"] !== undefined);
    expect(all.map(({ locator }) => locator).sort()).toEqual(RUNNING.map(([, arn]) => arn).sort());
  });

  test("an instance names its profile, and a managed machine of EC2 its instance", () => {
    const instance = in1("ec2", "instance/i-0000000000000001a");
    expect(resource(instance)?.attributes["instanceProfile"]).toBe(`arn:aws:iam::${HOME}:instance-profile/servers`);
    expect(resource(in1("ssm", "managed-instance/i-0000000000000001a"))?.attributes["instance"]).toBe(instance);
    expect(resource(in1("ssm", "managed-instance/mi-000000000000000b"))?.attributes["instance"]).toBeUndefined();
  });

  test.each(POLICIES)("%s %s has the policy that AWS answers", (type, arn, action) => {
    expect(resource(arn)?.attributes).toMatchObject({ type, hasResourcePolicy: action !== null });
    const policy = records.policies.find(({ locator }) => locator === `${arn}/policy`);
    if (action === null) expect(policy).toBeUndefined();
    else
      expect(policy?.document).toMatchObject({ known: true, value: expect.stringContaining(`"${action}"`) as unknown });
  });

  test("public access blocks are those of the tenant and of each bucket; where none is set, nothing is blocked", () => {
    expect(records.tenants.find(({ nativeId }) => nativeId === HOME)?.attributes).toEqual({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: false,
      restrictPublicBuckets: true,
    });
    expect(resource("arn:aws:s3:::sample-open")?.attributes).toMatchObject({
      blockPublicAcls: true,
      restrictPublicBuckets: false,
    });
    expect(resource("arn:aws:s3:::sample-plain")?.attributes).toMatchObject({ blockPublicAcls: false });
  });

  test("every type has coverage of its own, and counts what was read of it", () => {
    const typed = (kind: string) =>
      records.coverage
        .filter((row) => row.kind.startsWith(`${kind}:`))
        .map((row) => [row.kind.slice(kind.length + 1), row.state, row.items]);
    const counted = (rows: readonly (readonly [type: string, ...unknown[]])[]) =>
      [...Map.groupBy(rows, ([type]) => type)].map(([type, all]) => [type, "complete", all.length]).sort();
    expect(typed("running-as").sort()).toEqual(counted(RUNNING));
    expect(typed("resource-policy").sort()).toEqual(counted(POLICIES.filter(([, , action]) => action !== null)));
    expect(coverageOf(records, "running-as")).toEqual(["resources: complete"]);
    expect(coverageOf(records, "resource-policy")).toEqual(["resource-policies: complete"]);
    expect(records.runs.find(({ step }) => step === "public-access-blocks")?.state).toBe("complete");
  });

  test("what customers keep in environments, parameters and definitions is in no record", () => {
    expect(JSON.stringify(records)).not.toContain(AWS_CANARY);
  });

  test("one answer serves whoever needs it: profiles, instances, buckets and definitions are asked for once", () => {
    const asked = (call: string): number => fake.calls.get(call) ?? 0;
    // Two profiles, two pages; three instances in one region, none in the other.
    expect(asked("ListInstanceProfiles")).toBe(2);
    expect(asked("ec2:DescribeInstances")).toBe(4);
    expect(asked("s3:ListBuckets")).toBe(2);
    expect(asked("ecs:DescribeTaskDefinition")).toBe(3);
    expect(asked("ec2:DescribeRegions")).toBe(1);
  });

  test("the permissions are exactly those of the calls that were made", () => {
    /** Calls of S3 are not named as their permissions are. */
    const permissionOf: Readonly<Record<string, string>> = {
      "s3:ListBuckets": "s3:ListAllMyBuckets",
      "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
      ListInstanceProfiles: "iam:ListInstanceProfiles",
    };
    const needed = new Set(
      aws.manifest.steps
        .filter(({ id }) => STEPS.some((step) => id.startsWith(step)))
        .flatMap((step) => step.permissions),
    );
    const used = [...fake.calls.keys()]
      .filter((call) => call.includes(":") || permissionOf[call] !== undefined)
      .map((call) => permissionOf[call] ?? call);
    expect([...new Set(used)].sort()).toEqual([...needed].sort());
    // Nothing but reading: no call changes anything, and none hands out a secret.
    expect(used.filter((call) => !/:(?:List|Describe|Get|BatchGet)/.test(call))).toEqual([]);
  });
});

describe("what is not configured", () => {
  signInForTests();

  test("is not asked for at all, and is said to be in the three steps", async () => {
    const { fake, session } = await openFake();
    const records = await collect(session, ...STEPS);
    expect(coverageOf(records, "running-as")).toEqual([
      "resources: skipped (`resources` is not set in the configuration; a recording may hold resources.json)",
    ]);
    expect([...fake.calls.keys()].filter((call) => call.includes(":"))).toEqual([]);
  });

  test("of the services is unread, type by type, and the others are whole", async () => {
    const { fake, session } = await openFake({
      settings: { resources: { services: ["lambda", "ec2"], policies: ["s3"], publicAccessBlocks: false } },
    });
    const records = await collect(session, ...STEPS);
    expect(coverageOf(records, "running-as:lambda:function")).toEqual(["resources: complete"]);
    expect(coverageOf(records, "running-as:iam:instance-profile")).toEqual(["resources: complete"]);
    expect(coverageOf(records, "running-as:glue:job")).toEqual(["resources: skipped (not in `resources.services`)"]);
    expect(coverageOf(records, "resource-policy:kms:key")).toEqual([
      "resource-policies: skipped (not in `resources.policies`)",
    ]);
    expect(coverageOf(records, "running-as")[0]).toBe(
      "resources: partial (not in `resources.services`: apprunner, batch, cloudformation and 7 more)",
    );
    expect(
      [...new Set([...fake.calls.keys()].flatMap((call) => /^([a-z0-9]+):/.exec(call)?.[1] ?? []))].sort(),
    ).toEqual(["ec2", "lambda", "s3"]);
    expect(records.runs.find(({ step }) => step === "public-access-blocks")).toMatchObject({ state: "skipped" });
  });

  test("of the regions is a gap of every type that is in regions", async () => {
    const { fake, session } = await openFake({ settings: { resources: { regions: [IRELAND] } } });
    const records = await collect(session, ...STEPS);
    expect(coverageOf(records, "running-as:lambda:function")).toEqual([
      "resources: partial (1 region of the tenant is not in `resources.regions`)",
    ]);
    expect(coverageOf(records, "running-as:iam:instance-profile")).toEqual(["resources: complete"]);
    // Buckets are listed wherever they are.
    expect(coverageOf(records, "resource-policy:s3:bucket")).toEqual(["resource-policies: complete"]);
    expect(records.resources.some(({ locator }) => locator.includes(FRANKFURT))).toBe(false);
    fake.tenant(HOME).regions.delete(FRANKFURT);
    const { session: all } = await openFake({ settings: { resources: { regions: [FRANKFURT, IRELAND] } } });
    expect(coverageOf(await collect(all, ...STEPS), "running-as")).toEqual(["resources: complete"]);
  });

  test("which regions there are may be refused: those that are named are read, and the rest is a gap", async () => {
    const { session } = await openFake({
      settings: { resources: { regions: [FRANKFURT] } },
      fake: { badDays: { denied: ["ec2:DescribeRegions"] } },
    });
    const records = await collect(session, ...STEPS);
    expect(coverageOf(records, "running-as:lambda:function")).toEqual([
      "resources: partial (which other regions the tenant uses is not known: AWS refused `ec2:DescribeRegions`)",
    ]);
    expect(records.resources.some(({ locator }) => locator === in1("lambda", "function:report"))).toBe(true);
  });
});
