import { beforeAll, describe, expect, test } from "vitest";
import { parseAwsSettings } from "../../../connectors/aws/settings.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { BadDays } from "../../fakes/aws/bad-days.ts";
import { startFakeAws } from "../../fakes/aws/fake-aws.ts";
import { HOME, SEED } from "./fake-seed.ts";
import { collect, coverageOf, factsOf, openFake, openOver, signInForTests, STUBBORN } from "./open-fake.ts";
import { FRANKFURT, IRELAND } from "./regional-seed.ts";

const STEPS = ["resources", "resource-policies", "public-access-blocks"] as const;

/** Every list, and the types that are unread without it. */
const LISTS: readonly (readonly [call: string, ...kinds: readonly string[]])[] = [
  ["apprunner:ListServices", "running-as:apprunner:service"],
  ["batch:DescribeJobDefinitions", "running-as:batch:job-definition", "running-as:batch:job-definition-revision"],
  ["cloudformation:DescribeStacks", "running-as:cloudformation:stack"],
  ["codebuild:ListProjects", "running-as:codebuild:project"],
  ["ecs:ListTaskDefinitions", "running-as:ecs:task-definition"],
  ["ecs:ListClusters", "running-as:ecs:service", "running-as:ecs:task"],
  ["glue:GetJobs", "running-as:glue:job"],
  ["glue:GetDevEndpoints", "running-as:glue:devendpoint"],
  ["glue:ListSessions", "running-as:glue:session"],
  ["lambda:ListFunctions", "running-as:lambda:function", "resource-policy:lambda:function"],
  ["sagemaker:ListNotebookInstances", "running-as:sagemaker:notebook-instance"],
  ["sagemaker:ListProcessingJobs", "running-as:sagemaker:processing-job"],
  ["sagemaker:ListTrainingJobs", "running-as:sagemaker:training-job"],
  ["sagemaker:ListDomains", "running-as:sagemaker:domain"],
  ["scheduler:ListSchedules", "running-as:scheduler:schedule"],
  ["ssm:DescribeInstanceInformation", "running-as:ssm:managed-instance"],
  ["states:ListStateMachines", "running-as:states:statemachine"],
  ["kms:ListKeys", "resource-policy:kms:key"],
  ["secretsmanager:ListSecrets", "resource-policy:secretsmanager:Secret"],
  ["sns:ListTopics", "resource-policy:sns:topic"],
  ["sqs:ListQueues", "resource-policy:sqs:queue"],
  // Machines of Systems Manager are known without it, their roles are not.
  ["ec2:DescribeInstances", "running-as:ec2:instance", "running-as:ssm:managed-instance"],
  ["s3:ListBuckets", "resource-policy:s3:bucket"],
];

/** Calls for one thing, or a handful, after the list. */
const DETAILS: readonly (readonly [call: string, ...kinds: readonly string[]])[] = [
  ["apprunner:DescribeService", "running-as:apprunner:service"],
  ["codebuild:BatchGetProjects", "running-as:codebuild:project"],
  ["ecs:DescribeTaskDefinition", "running-as:ecs:service", "running-as:ecs:task", "running-as:ecs:task-definition"],
  ["ecs:ListServices", "running-as:ecs:service"],
  ["ecs:DescribeServices", "running-as:ecs:service"],
  ["ecs:ListTasks", "running-as:ecs:task"],
  ["ecs:DescribeTasks", "running-as:ecs:task"],
  ["sagemaker:DescribeNotebookInstance", "running-as:sagemaker:notebook-instance"],
  ["sagemaker:DescribeProcessingJob", "running-as:sagemaker:processing-job"],
  ["sagemaker:DescribeTrainingJob", "running-as:sagemaker:training-job"],
  ["sagemaker:DescribeDomain", "running-as:sagemaker:domain"],
  ["scheduler:GetSchedule", "running-as:scheduler:schedule"],
  ["states:DescribeStateMachine", "running-as:states:statemachine"],
  ["kms:GetKeyPolicy", "resource-policy:kms:key"],
  ["lambda:GetPolicy", "resource-policy:lambda:function"],
  ["s3:GetBucketPolicy", "resource-policy:s3:bucket"],
  ["secretsmanager:GetResourcePolicy", "resource-policy:secretsmanager:Secret"],
  ["sns:GetTopicAttributes", "resource-policy:sns:topic"],
  ["sqs:GetQueueAttributes", "resource-policy:sqs:queue"],
];

/** Calls of S3 are told by the permission that is missing. */
const told = (call: string): string => (call === "s3:ListBuckets" ? "s3:ListAllMyBuckets" : call);

describe("what runs, on a bad day", () => {
  signInForTests();
  let calm: SnapshotRecords;
  const read = async (badDays: BadDays, options: Parameters<typeof openFake>[0] = {}): Promise<SnapshotRecords> => {
    const { fake, session } = await openFake({ settings: { resources: {} }, ...options });
    fake.badDays = badDays;
    return collect(session, ...STEPS);
  };
  beforeAll(async () => {
    const fake = await startFakeAws(SEED);
    const session = await openOver(fake, { settings: { resources: {} } });
    calm = await collect(session, ...STEPS);
    await session.close();
    await fake.close();
  });

  const gaps = (records: SnapshotRecords) =>
    records.coverage.filter(({ state, kind }) => state !== "complete" && kind.includes(":"));
  /** Exactly these types are gaps; everything else is as on a calm day. */
  const expectGaps = (records: SnapshotRecords, kinds: readonly string[]) => {
    expect(
      gaps(records)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...kinds].sort());
    const whole = (all: SnapshotRecords) =>
      all.coverage
        .filter(({ kind }) => kind.includes(":") && !kinds.includes(kind))
        .map(({ kind, items }) => [kind, items]);
    expect(whole(records)).toEqual(whole(calm));
    return gaps(records).map(({ reason }) => reason ?? "");
  };

  test("a calm day has no gap", () => {
    expect(gaps(calm)).toEqual([]);
    expect(calm.coverage.filter(({ kind }) => kind.includes(":")).length).toBe(27);
  });

  describe.each(LISTS)("%s", (call, ...kinds) => {
    test("refused: its types are gaps that name the permission, and no others", async () => {
      for (const reason of expectGaps(await read({ denied: [call] }), kinds))
        expect(reason).toContain(`AWS refused \`${told(call)}\``);
    });

    test("answered with a page of HTML: a gap, and no zero", async () => {
      for (const reason of expectGaps(await read({ html: [call] }), kinds)) {
        expect(reason).toContain(`\`${told(call)}\` failed: `);
        expect(reason).not.toContain("<");
      }
    });

    test("refused after the first page, or naming one page for ever: a gap, and an end", async () => {
      expectGaps(
        await read({ deniedAfterFirstPage: [call] }, { fake: { pageSize: 1 }, settings: { resources: {} } }),
        kinds,
      );
      for (const reason of expectGaps(await read({ repeatToken: [call] }), kinds))
        expect(reason).toContain("the provider named the same next page twice");
    });
  });

  describe.each(DETAILS)("%s", (call, ...kinds) => {
    test("refused: its types are gaps that name the permission, and no others", async () => {
      for (const reason of expectGaps(await read({ denied: [call] }), kinds))
        expect(reason).toContain(`AWS refused \`${call}\``);
    });
  });

  test("answered with AWS's own error: a gap that names it", async () => {
    for (const reason of expectGaps(await read({ failing: ["glue:GetJobs"] }), ["running-as:glue:job"]))
      expect(reason).toContain("`glue:GetJobs` failed: InternalFailure");
  });

  test("refused in one region, a type is read in the others and says where it is not", async () => {
    const records = await read({ denied: [`lambda:ListFunctions@${IRELAND}`] });
    expect(coverageOf(records, "running-as:lambda:function")).toEqual([
      `resources: partial (AWS refused \`lambda:ListFunctions\` (${IRELAND}))`,
    ]);
    expect(records.resources.filter(({ attributes }) => attributes["type"] === "lambda:function").length).toBe(2);
    expect(coverageOf(records, "running-as")).toEqual([
      `resources: partial (lambda:function: AWS refused \`lambda:ListFunctions\` (${IRELAND}))`,
    ]);
  });

  test("refused everywhere, with nothing else asked, the kind itself is denied", async () => {
    const records = await read(
      { denied: ["lambda:ListFunctions"] },
      { settings: { resources: { services: ["lambda"], policies: ["lambda"] } } },
    );
    expect(coverageOf(records, "running-as")[0]).toMatch(
      /^resources: denied \(lambda:function: AWS refused `lambda:ListFunctions` \(eu-central-1, eu-west-1\); not in /,
    );
    expect(records.coverage.some(({ kind }) => kind.startsWith("running-as:"))).toBe(false);
  });

  test("instance profiles refused: the instances are there, their roles are unknown and not none", async () => {
    const records = await read({ denied: ["ListInstanceProfiles"] });
    expectGaps(records, [
      "running-as:ec2:instance",
      "running-as:iam:instance-profile",
      "running-as:ssm:managed-instance",
    ]);
    const instance = records.resources.find(({ locator }) => locator.endsWith("instance/i-0000000000000001a"));
    expect(instance?.attributes).toMatchObject({ type: "ec2:instance", runsAs: null });
    expect(instance?.attributes["instanceProfile"]).toContain("instance-profile/servers");
  });

  test("one key and one bucket that refuse us are told with their number, and the others are read", async () => {
    const { fake, session } = await openFake({ settings: { resources: {} } });
    const tenant = fake.tenant(HOME);
    const region = tenant.regions.get(FRANKFURT) ?? {};
    tenant.regions.set(FRANKFURT, {
      ...region,
      "kms:key": (region["kms:key"] ?? []).map((key) => (key.name === "k-2" ? { ...key, refused: true } : key)),
    });
    tenant.buckets = tenant.buckets.map((bucket) =>
      bucket.name === "sample-open" ? { ...bucket, refused: true } : bucket,
    );
    const records = await collect(session, ...STEPS);
    expect(coverageOf(records, "resource-policy:kms:key")).toEqual([
      `resource-policies: partial (1 of 2 could not be read: AWS refused \`kms:GetKeyPolicy\` (${FRANKFURT}))`,
    ]);
    expect(coverageOf(records, "resource-policy:s3:bucket")[0]).toContain("partial (1 of 2 could not be read");
    expect(records.policies.filter(({ kind }) => kind === "resource").map(({ locator }) => locator)).not.toContain(
      "arn:aws:s3:::sample-open/policy",
    );
    // Nothing is said of the refused bucket: neither that it blocks nor that it does not.
    expect(records.resources.some(({ locator }) => locator === "arn:aws:s3:::sample-open")).toBe(false);
    expect(records.runs.find(({ step }) => step === "public-access-blocks")).toMatchObject({
      state: "partial",
      reason: "1 of 2 buckets: AWS refused `s3:GetBucketPublicAccessBlock`",
    });
  });

  test.each([
    ["s3:GetAccountPublicAccessBlock", "partial", "AWS refused `s3:GetAccountPublicAccessBlock`"],
    ["s3:ListBuckets", "partial", "AWS refused `s3:ListAllMyBuckets`"],
  ])("public access blocks without %s are %s", async (call, state, reason) => {
    const records = await read({ denied: [call] });
    expect(records.runs.find(({ step }) => step === "public-access-blocks")).toMatchObject({ state, reason });
    const tenant = records.tenants.find(({ nativeId }) => nativeId === HOME);
    expect(Object.keys(tenant?.attributes ?? {}).length).toBe(call === "s3:ListBuckets" ? 4 : 0);
  });

  test("under a throttle on every fifth call nothing is lost", async () => {
    const fake = await startFakeAws(SEED, { pageSize: 500, badDays: { throttleEvery: 5 } });
    const session = await openOver(fake, { pace: STUBBORN, settings: { resources: {}, concurrency: 40 } });
    const records = await collect(session, ...STEPS);
    await session.close();
    await fake.close();
    expect(fake.throttled()).toBeGreaterThan(15);
    expect(factsOf(records)).toEqual(factsOf(calm));
  });

  test("a connection that is cut in the middle of an answer is asked again, and nothing is lost", async () => {
    const cut = Object.fromEntries([...LISTS, ...DETAILS].map(([call]) => [call, 1]));
    expect(factsOf(await read({ cut }))).toEqual(factsOf(calm));
  });

  test("credentials that run out in the middle stop the run: every other step would fail as well", async () => {
    const { fake, session } = await openFake({ settings: { resources: {} } });
    await collect(session, "password-policy");
    fake.badDays = { expired: true };
    const step = session.steps.find((one) => one.step.id === "resources");
    if (step === undefined) throw new Error("there is no such step");
    await expect(session.run(step)).rejects.toMatchObject({ kind: "sign-in" });
  });
});

describe("settings of what is read beyond IAM", () => {
  test.each([
    [{}, 12, 6, null],
    [{ services: "all", policies: "all", regions: "all" }, 12, 6, null],
    [{ services: ["lambda"], policies: [], regions: ["eu-west-1"] }, 1, 0, ["eu-west-1"]],
  ])("%j", (resources, services, policies, regions) => {
    const parsed = parseAwsSettings({ resources }).resources;
    expect([parsed?.services.length, parsed?.policies.length, parsed?.regions]).toEqual([services, policies, regions]);
  });

  test.each([
    [
      { services: ["lambda", "lamda"] },
      "`connectors.aws.resources.services[1]`: `lamda` is not a service that can be read here",
    ],
    [{ services: "lambda" }, "`connectors.aws.resources.services`: write `all` or a list of services"],
    [{ policies: ["ec2"] }, "`connectors.aws.resources.policies[0]`: `ec2` is not a service that can be read here"],
    [{ regions: ["Frankfurt"] }, "`connectors.aws.resources.regions[0]`: write a region such as `eu-west-1`"],
    [{ regions: [] }, "`connectors.aws.resources.regions`: name at least one region, or write `all`"],
    [{ regions: "eu-west-1" }, "`connectors.aws.resources.regions`: write `all` or a list of regions"],
    [{ service: ["lambda"] }, "`connectors.aws.resources` has no key `service`"],
  ])("%j names its fault", (resources, message) => {
    expect(() => parseAwsSettings({ resources })).toThrow(message);
  });
});
