import { publicResourcePolicy } from "../../../src/analyse/rules/public-resource-policy.ts";
import { checkRule, type Given } from "../given.ts";

const QUEUE = "sqs:eu-west-1:111122223333:orders";
const BUCKET = "s3:::press";
const everyone = (condition?: object, more: object = {}) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  ...(condition === undefined ? {} : { Condition: condition }),
  ...more,
});
const queue =
  (statement: object) =>
  (g: Given): void =>
    void g.awsResource(QUEUE, [statement]);

/** A public bucket, and whether a block stands before it: at the bucket, at the tenant; null: not read. */
const bucket =
  (own: boolean | null, tenant: boolean | null) =>
  (g: Given): void => {
    g.awsResource(BUCKET, [everyone()], own === null ? {} : { restrictPublicBuckets: own });
    g.tenantIs(tenant === null ? {} : { restrictPublicBuckets: tenant });
  };

checkRule(publicResourcePolicy, [
  {
    name: "everyone is found",
    given: queue(everyone()),
    finds: ["orders"],
    says: "the policy of `orders` lets everyone in",
  },
  {
    name: "the star as an AWS principal is everyone",
    given: queue(everyone(undefined, { Principal: { AWS: "*" } })),
    finds: ["orders"],
  },
  {
    name: "everyone but somebody is everyone",
    given: queue({ Effect: "Allow", NotPrincipal: { AWS: "111122223333" }, Action: "*", Resource: "*" }),
    finds: ["orders"],
  },
  {
    name: "a range of all addresses binds nobody",
    given: queue(everyone({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } })),
    finds: ["orders"],
  },
  {
    name: "a condition that names nobody binds nobody",
    given: queue(everyone({ Bool: { "aws:SecureTransport": "true" } })),
    finds: ["orders"],
  },
  ...(
    [
      ["the organization", { StringEquals: { "aws:PrincipalOrgID": "o-acmesample" } }],
      ["the office", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }],
      ["a source", { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:news" } }],
      ["the caller of KMS", { StringEquals: { "kms:CallerAccount": "111122223333" } }],
      ["the mount targets of a file system", { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }],
    ] as const
  ).map(([what, condition]) => ({
    name: `bound to ${what} it is fine`,
    given: queue(everyone(condition)),
    finds: [],
    examined: 1,
  })),
  { name: "a denial of everyone is fine", given: queue(everyone(undefined, { Effect: "Deny" })), finds: [] },
  { name: "a bucket without a block is found", given: bucket(false, false), finds: ["press"] },
  { name: "a block at the bucket stands before it", given: bucket(true, false), finds: [] },
  { name: "a block at the tenant does", given: bucket(null, true), finds: [] },
  { name: "a block that was not read leaves it undecided", given: bucket(null, false), finds: [], undecided: 1 },
  { name: "so does one of the tenant", given: bucket(false, null), finds: [], undecided: 1 },
  {
    name: "the block is S3's: it protects no queue",
    given: (g) => {
      g.tenantIs({ restrictPublicBuckets: true });
      g.awsResource(QUEUE, [everyone()]);
    },
    finds: ["orders"],
  },
  {
    name: "a policy that was not read leaves it undecided",
    given: (g) => void g.awsResource(QUEUE, null),
    finds: [],
    undecided: 1,
  },
]);
