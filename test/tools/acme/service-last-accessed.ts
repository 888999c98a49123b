import { daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";
import type { Services, Tenant } from "./tenant.ts";

/** Services by the names AWS shows. */
const NAMES: Readonly<Record<string, string>> = {
  athena: "Amazon Athena",
  budgets: "AWS Budgets",
  ce: "AWS Cost Explorer Service",
  cloudfront: "Amazon CloudFront",
  cloudtrail: "AWS CloudTrail",
  cloudwatch: "Amazon CloudWatch",
  config: "AWS Config",
  dynamodb: "Amazon DynamoDB",
  ec2: "Amazon EC2",
  glue: "AWS Glue",
  iam: "AWS Identity and Access Management",
  lambda: "AWS Lambda",
  logs: "Amazon CloudWatch Logs",
  organizations: "AWS Organizations",
  s3: "Amazon S3",
  sqs: "Amazon SQS",
  sts: "AWS Security Token Service",
};

/** Services without a region of their own. */
const GLOBAL = new Set(["budgets", "ce", "cloudfront", "iam", "organizations"]);

/**
 * `GetServiceLastAccessedDetails` of every user and role, by ARN. Whoever holds everything is shown with
 * the services that matter to the story; AWS would list some four hundred.
 */
export function lastAccessed({ digits, users, roles }: Tenant): Json {
  const principals = [
    ...users.map(({ name, services }) => ({ arn: `arn:aws:iam::${digits}:user/${name}`, services })),
    ...roles.map(({ name, path = "/", services }) => ({ arn: `arn:aws:iam::${digits}:role${path}${name}`, services })),
  ];
  return Object.fromEntries(principals.map(({ arn, services }) => [arn, details(arn, services ?? {})]));
}

const details = (arn: string, services: Services): Json => ({
  JobStatus: "COMPLETED",
  JobType: "SERVICE_LEVEL",
  JobCreationDate: daysAgo(0),
  JobCompletionDate: daysAgo(0),
  ServicesLastAccessed: Object.entries(services).map(([namespace, days]) => ({
    ServiceName: NAMES[namespace] ?? namespace,
    ...(days === null ? {} : { LastAuthenticated: daysAgo(days) }),
    ServiceNamespace: namespace,
    ...(days === null
      ? {}
      : { LastAuthenticatedEntity: arn, LastAuthenticatedRegion: GLOBAL.has(namespace) ? "us-east-1" : "eu-west-1" }),
    TotalAuthenticatedEntities: days === null ? 0 : 1,
  })),
  IsTruncated: false,
});
