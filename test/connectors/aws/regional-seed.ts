import type { PolicyDocument, TenantSeed } from "../../fakes/aws/seed.ts";

/** Regions that the sample's home tenant has switched on. */
export const FRANKFURT = "eu-central-1";
export const IRELAND = "eu-west-1";

const anybody = (Action: string): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action, Resource: "*" }],
});

/** What runs outside IAM: two of everything that is listed, so that one thing on each page makes two pages. */
export const REGIONAL: Pick<TenantSeed, "instanceProfiles" | "regions" | "buckets" | "publicAccessBlock"> = {
  instanceProfiles: { servers: "app-server", empty: null },
  regions: {
    [FRANKFURT]: {
      "lambda:function": [
        { name: "report", role: "app-server", policy: anybody("lambda:InvokeFunction") },
        { name: "tidy", role: "release-pipeline" },
      ],
      "ec2:instance": [
        { name: "i-0000000000000001a", profile: "servers" },
        { name: "i-0000000000000002a" },
        { name: "i-0000000000000003a", profile: "servers", ended: true },
      ],
      "ecs:task-definition": [
        { name: "shop:2", role: "app-server", executionRole: "release-pipeline" },
        { name: "nightly:1", executionRole: "release-pipeline" },
        { name: "shop:1", role: "of-payments", ended: true },
      ],
      "ecs:cluster": [{ name: "main" }, { name: "spare" }],
      "ecs:service": [
        { name: "shop", cluster: "main", definition: "shop:2" },
        // Runs a revision that is not listed any more.
        { name: "shop-old", cluster: "main", definition: "shop:1" },
      ],
      "ecs:task": [
        { name: "t1", cluster: "main", definition: "shop:2" },
        { name: "t2", cluster: "spare", definition: "shop:2", role: "of-payments" },
      ],
      "codebuild:project": [
        { name: "site", role: "release-pipeline" },
        { name: "docs", role: "release-pipeline" },
      ],
      "cloudformation:stack": [{ name: "network", role: "release-pipeline" }, { name: "by-hand" }],
      "glue:job": [
        // The path of this role is not in its name.
        { name: "import", role: "app-server" },
        { name: "export", role: "arn:aws:iam::111122223333:role/release-pipeline" },
      ],
      "glue:devendpoint": [
        { name: "desk", role: "app-server" },
        { name: "bench", role: "app-server" },
      ],
      "glue:session": [
        { name: "s-1", role: "app-server" },
        { name: "s-3", role: "app-server" },
        { name: "s-2", role: "app-server", ended: true },
      ],
      "sagemaker:notebook-instance": [
        { name: "forecast", role: "app-server" },
        { name: "sketch", role: "app-server" },
      ],
      "sagemaker:processing-job": [
        { name: "clean", role: "app-server" },
        { name: "merge", role: "app-server" },
        { name: "cleaned", role: "of-payments", ended: true },
      ],
      "sagemaker:training-job": [
        { name: "train", role: "app-server" },
        { name: "tune", role: "app-server" },
        { name: "trained", role: "of-payments", ended: true },
      ],
      "sagemaker:domain": [
        { name: "d-1", role: "app-server" },
        { name: "d-2", role: "app-server" },
      ],
      "ssm:managed-instance": [
        { name: "i-0000000000000001a" },
        { name: "mi-000000000000000b", role: "release-pipeline" },
      ],
      "states:statemachine": [
        { name: "order", role: "app-server" },
        { name: "refund", role: "release-pipeline" },
      ],
      "apprunner:service": [
        { name: "web", role: "app-server", executionRole: "release-pipeline" },
        { name: "api", executionRole: "release-pipeline" },
      ],
      "batch:job-definition": [
        { name: "bill", role: "app-server", executionRole: "release-pipeline" },
        { name: "count", role: "app-server", executionRole: "app-server" },
      ],
      "scheduler:schedule": [
        { name: "hourly", role: "app-server" },
        { name: "daily", role: "release-pipeline" },
      ],
      "kms:key": [
        { name: "k-1", policy: anybody("kms:*") },
        { name: "k-2", policy: anybody("kms:Decrypt") },
      ],
      "sqs:queue": [{ name: "orders", policy: anybody("sqs:SendMessage") }, { name: "quiet" }],
      "sns:topic": [{ name: "news", policy: anybody("sns:Publish") }, { name: "silent" }],
      "secretsmanager:Secret": [
        { name: "database", policy: anybody("secretsmanager:GetSecretValue") },
        { name: "own" },
      ],
    },
    [IRELAND]: { "lambda:function": [{ name: "mirror", role: "app-server" }] },
  },
  buckets: [
    {
      name: "sample-open",
      region: FRANKFURT,
      policy: anybody("s3:GetObject"),
      block: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false },
    },
    { name: "sample-plain", region: IRELAND },
  ],
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  },
};
