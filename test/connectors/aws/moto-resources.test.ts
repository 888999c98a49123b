import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as batch from "@aws-sdk/client-batch";
import * as codebuild from "@aws-sdk/client-codebuild";
import * as ec2 from "@aws-sdk/client-ec2";
import * as ecs from "@aws-sdk/client-ecs";
import * as glue from "@aws-sdk/client-glue";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sagemaker from "@aws-sdk/client-sagemaker";
import * as scheduler from "@aws-sdk/client-scheduler";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aws } from "../../../connectors/aws/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { coverageOfType } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { pythonWithMoto, startMoto, type Moto } from "../../fakes/moto.ts";
import { describeWith } from "../../fakes/needs-tool.ts";

const environment = {
  clock: { now: () => "2026-11-20T08:00:00Z" },
  secrets: { read: () => undefined },
  log: { progress() {}, warn() {} },
};
/** moto's own tenant. */
const TENANT = "123456789012";
const HERE = "eu-west-1";
const STEPS = ["account-authorization-details", "resources", "resource-policies", "public-access-blocks"];
const SECRET = "sampleSecretInAnEnvironment";
const ROLE = `arn:aws:iam::${TENANT}:role/worker`;
const allow = (action: string, resource = "*"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "sample", Effect: "Allow", Principal: "*", Action: action, Resource: resource }],
  });

describeWith("python3-moto", pythonWithMoto() !== undefined)("what runs, as others wrote AWS (moto)", () => {
  let moto: Moto;
  let folder: string;
  let records: SnapshotRecords;
  const before = { ...process.env };

  beforeAll(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: HERE });
    folder = mkdtempSync(join(tmpdir(), "leastwise-moto-"));
    moto = await startMoto();
    await plant(moto.url);
    records = await read(await live(folder));
  });
  afterAll(async () => {
    await moto?.close();
    rmSync(folder, { recursive: true, force: true });
    process.env = before;
  });

  const live = (recordTo: string | null): Promise<ConnectorSession> =>
    aws.open(
      {
        mode: "live",
        settings: { endpoint: moto.url, region: HERE, serviceLastAccessed: false, resources: { regions: [HERE] } },
        recordTo,
      },
      environment,
    );
  const read = async (session: ConnectorSession): Promise<SnapshotRecords> => {
    const parts = [];
    for (const one of session.steps) if (STEPS.includes(one.step.id)) parts.push((await session.run(one)).records);
    return mergeRecords(parts);
  };
  const ofType = (type: string) => records.resources.filter(({ attributes }) => attributes["type"] === type);

  test.each([
    ["lambda:function", `arn:aws:lambda:${HERE}:${TENANT}:function:report`],
    ["ec2:instance", `arn:aws:ec2:${HERE}:${TENANT}:instance/i-`],
    ["iam:instance-profile", `arn:aws:iam::${TENANT}:instance-profile/servers`],
    ["ecs:task-definition", `arn:aws:ecs:${HERE}:${TENANT}:task-definition/shop:1`],
    ["ecs:service", `arn:aws:ecs:${HERE}:${TENANT}:service/main/shop`],
    ["codebuild:project", `arn:aws:codebuild:${HERE}:${TENANT}:project/site`],
    ["batch:job-definition-revision", `arn:aws:batch:${HERE}:${TENANT}:job-definition/bill:1`],
    ["scheduler:schedule", `arn:aws:scheduler:${HERE}:${TENANT}:schedule/default/hourly`],
  ])("%s is read with its role", (type, arn) => {
    const found = ofType(type).find(({ locator }) => locator.startsWith(arn));
    expect(found?.attributes["runsAs"]).toBe(ROLE);
  });

  test.each([
    ["s3:bucket", "arn:aws:s3:::sample-open", "s3:GetObject"],
    ["kms:key", `arn:aws:kms:${HERE}:${TENANT}:key/`, "kms:Decrypt"],
    ["sqs:queue", `arn:aws:sqs:${HERE}:${TENANT}:orders`, "sqs:SendMessage"],
    ["sns:topic", `arn:aws:sns:${HERE}:${TENANT}:news`, "SNS:Publish"],
    ["lambda:function", `arn:aws:lambda:${HERE}:${TENANT}:function:report`, "lambda:InvokeFunction"],
    [
      "secretsmanager:Secret",
      `arn:aws:secretsmanager:${HERE}:${TENANT}:secret:database-`,
      "secretsmanager:GetSecretValue",
    ],
  ])("the policy of a %s is read", (_type, arn, action) => {
    const policy = records.policies.find(({ kind, locator }) => kind === "resource" && locator.startsWith(arn));
    expect(policy?.document.known === true ? policy.document.value : "").toContain(action);
  });

  test("a bucket, a queue and a function without a policy are known to have none", () => {
    for (const arn of ["arn:aws:s3:::sample-plain", `arn:aws:sqs:${HERE}:${TENANT}:quiet`])
      expect(records.resources.find(({ locator }) => locator === arn)?.attributes).toMatchObject({
        hasResourcePolicy: false,
      });
  });

  test("the public access block of a bucket is read, and one that is not set blocks nothing", () => {
    const block = (arn: string) => records.resources.find(({ locator }) => locator === arn)?.attributes;
    expect(block("arn:aws:s3:::sample-plain")).toMatchObject({ blockPublicAcls: true, restrictPublicBuckets: true });
    expect(block("arn:aws:s3:::sample-open")).toMatchObject({ blockPublicAcls: false });
    expect(records.runs.find(({ step }) => step === "public-access-blocks")?.state).toBe("complete");
  });

  test("what moto has not implemented is unread and not absent; what it has is read", () => {
    const stateOf = (type: string) => coverageOfType(records.coverage, `aws:${TENANT}`, "running-as", type)?.state;
    // Regions other than the one that is asked make everything else partial.
    expect(stateOf("lambda:function")).toBe("partial");
    expect(stateOf("iam:instance-profile")).toBe("complete");
    // Debian's moto has no App Runner, no list of managed machines, and for stacks a library is missing.
    for (const type of ["apprunner:service", "ssm:managed-instance", "cloudformation:stack"])
      expect(stateOf(type), type).toBe("denied");
    // It writes dates of these as text, which the SDK does not take: they are there, and cannot be read.
    for (const type of ["glue:job", "glue:session", "sagemaker:notebook-instance"])
      expect(stateOf(type), type).toBe("denied");
    expect(stateOf("no:such-type")).toBe("skipped");
  });

  test("no environment of anything is kept, and a recording reads back the same", async () => {
    expect(JSON.stringify(records)).not.toContain(SECRET);
    const again = await read(await aws.open({ mode: "recorded", path: folder, workingCopy: false }, environment));
    for (const table of ["resources", "policies", "coverage"] as const) expect(again[table]).toEqual(records[table]);
  });
});

/** One of everything that moto has, with a secret where customers keep theirs. */
async function plant(endpoint: string): Promise<void> {
  const at = { endpoint, region: HERE };
  const variable = [{ name: "DB_PASSWORD", value: SECRET }];
  const identity = new iam.IAMClient(at);
  await identity.send(
    new iam.CreateRoleCommand({
      RoleName: "worker",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    }),
  );
  await identity.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: "servers" }));
  await identity.send(new iam.AddRoleToInstanceProfileCommand({ InstanceProfileName: "servers", RoleName: "worker" }));

  const functions = new lambda.LambdaClient(at);
  await functions.send(
    new lambda.CreateFunctionCommand({
      FunctionName: "report",
      Runtime: "python3.12",
      Role: ROLE,
      Handler: "index.handler",
      Code: { ZipFile: zipSync({ "index.py": new TextEncoder().encode("def handler(e, c): pass") }) },
      Environment: { Variables: { DB_PASSWORD: SECRET } },
    }),
  );
  await functions.send(
    new lambda.AddPermissionCommand({
      FunctionName: "report",
      StatementId: "sample",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
    }),
  );

  const machines = new ec2.EC2Client(at);
  const { Images = [] } = await machines.send(new ec2.DescribeImagesCommand({}));
  await machines.send(
    new ec2.RunInstancesCommand({
      ImageId: Images[0]?.ImageId,
      MinCount: 1,
      MaxCount: 1,
      IamInstanceProfile: { Name: "servers" },
      UserData: Buffer.from(SECRET).toString("base64"),
    }),
  );

  const containers = new ecs.ECSClient(at);
  await containers.send(new ecs.CreateClusterCommand({ clusterName: "main" }));
  await containers.send(
    new ecs.RegisterTaskDefinitionCommand({
      family: "shop",
      taskRoleArn: ROLE,
      containerDefinitions: [{ name: "app", image: "sample", memory: 128, environment: variable }],
    }),
  );
  await containers.send(
    new ecs.CreateServiceCommand({ cluster: "main", serviceName: "shop", taskDefinition: "shop:1", desiredCount: 0 }),
  );

  await new codebuild.CodeBuildClient(at).send(
    new codebuild.CreateProjectCommand({
      name: "site",
      source: { type: "S3", location: "bucket/path/file.zip" },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        image: "sample",
        computeType: "BUILD_GENERAL1_SMALL",
        environmentVariables: variable,
      },
      serviceRole: ROLE,
    }),
  );
  const jobs = new glue.GlueClient(at);
  await jobs.send(
    new glue.CreateJobCommand({
      Name: "import",
      Role: "worker",
      Command: { Name: "glueetl" },
      DefaultArguments: { "--password": SECRET },
    }),
  );
  await jobs.send(new glue.CreateSessionCommand({ Id: "s-1", Role: ROLE, Command: { Name: "glueetl" } }));
  await new sagemaker.SageMakerClient(at).send(
    new sagemaker.CreateNotebookInstanceCommand({
      NotebookInstanceName: "forecast",
      InstanceType: "ml.t2.medium",
      RoleArn: ROLE,
    }),
  );
  await new batch.BatchClient(at).send(
    new batch.RegisterJobDefinitionCommand({
      jobDefinitionName: "bill",
      type: "container",
      containerProperties: { image: "sample", vcpus: 1, memory: 128, jobRoleArn: ROLE, environment: variable },
    }),
  );
  await new scheduler.SchedulerClient(at).send(
    new scheduler.CreateScheduleCommand({
      Name: "hourly",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: `arn:aws:lambda:${HERE}:${TENANT}:function:report`, RoleArn: ROLE, Input: SECRET },
    }),
  );

  const store = new s3.S3Client({ ...at, forcePathStyle: true });
  for (const Bucket of ["sample-open", "sample-plain"])
    await store.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: HERE } }));
  await store.send(
    new s3.PutBucketPolicyCommand({
      Bucket: "sample-open",
      Policy: allow("s3:GetObject", "arn:aws:s3:::sample-open/*"),
    }),
  );
  await store.send(
    new s3.PutPublicAccessBlockCommand({
      Bucket: "sample-plain",
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await new kms.KMSClient(at).send(new kms.CreateKeyCommand({ Policy: allow("kms:Decrypt") }));
  const queues = new sqs.SQSClient(at);
  await queues.send(
    new sqs.CreateQueueCommand({
      QueueName: "orders",
      Attributes: { Policy: allow("sqs:SendMessage", `arn:aws:sqs:${HERE}:${TENANT}:orders`) },
    }),
  );
  await queues.send(new sqs.CreateQueueCommand({ QueueName: "quiet" }));
  await new sns.SNSClient(at).send(new sns.CreateTopicCommand({ Name: "news" }));
  const vault = new secrets.SecretsManagerClient(at);
  await vault.send(new secrets.CreateSecretCommand({ Name: "database", SecretString: SECRET }));
  await vault.send(
    new secrets.PutResourcePolicyCommand({
      SecretId: "database",
      ResourcePolicy: allow("secretsmanager:GetSecretValue"),
    }),
  );
}
