/**
 * Which IAM actions a call is authorised by, where its name is not the action's.
 * Sources: "Required permissions for Amazon S3 API operations", S3 User Guide; Service Authorization Reference; "CloudTrail log
 * file examples" and "Logging … with CloudTrail" of the services for event names.
 */
import type { ActionTable } from "../action-table.ts";

/** Services whose name in CloudTrail or in SDKs is not their prefix in policies; names lower case, without spaces and dashes. */
const PREFIXES: Readonly<Record<string, string>> = {
  monitoring: "cloudwatch",
  email: "ses",
  sesv2: "ses",
  tagging: "tag",
  resourcegroupstaggingapi: "tag",
  "models.lex": "lex",
  "runtime.lex": "lex",
  lexmodelsv2: "lex",
  lexruntimev2: "lex",
  "data.iot": "iot",
  iotdata: "iot",
  "streams.dynamodb": "dynamodb",
  dynamodbstreams: "dynamodb",
  cloudcontrolapi: "cloudformation",
  cloudcontrol: "cloudformation",
  rdsdata: "rds-data",
  redshiftdata: "redshift-data",
  cloudwatchlogs: "logs",
  cloudwatchevents: "events",
  eventbridge: "events",
  sfn: "states",
  stepfunctions: "states",
  awsstepfunctions: "states",
  emr: "elasticmapreduce",
  elasticloadbalancingv2: "elasticloadbalancing",
  elb: "elasticloadbalancing",
  efs: "elasticfilesystem",
  opensearch: "es",
  elasticsearchservice: "es",
  cognitoidentityprovider: "cognito-idp",
  cognitoidentity: "cognito-identity",
  configservice: "config",
  costexplorer: "ce",
  ssoadmin: "sso",
  acmpca: "acm-pca",
  ecrpublic: "ecr-public",
  databasemigrationservice: "dms",
  databasemigration: "dms",
  simpledb: "sdb",
  simplesystemsmanagement: "ssm",
  systemsmanager: "ssm",
  securitytokenservice: "sts",
  identitymanagement: "iam",
  keymanagementservice: "kms",
  simplenotificationservice: "sns",
  simplequeueservice: "sqs",
  elasticcomputecloud: "ec2",
  simplestorageservice: "s3",
  simpleemailservice: "ses",
  bedrockruntime: "bedrock",
  servicecatalogappregistry: "servicecatalog",
  s3control: "s3",
};

/** Calls of which the action has another name; of those with several, one was refused and the name does not say which. */
const CALLS: Readonly<Record<string, string | readonly string[]>> = {
  "s3:listobjects": "s3:ListBucket",
  "s3:listobjectsv2": "s3:ListBucket",
  "s3:headbucket": "s3:ListBucket",
  "s3:headobject": "s3:GetObject",
  "s3:selectobjectcontent": "s3:GetObject",
  "s3:listbuckets": "s3:ListAllMyBuckets",
  "s3:listobjectversions": "s3:ListBucketVersions",
  "s3:listmultipartuploads": "s3:ListBucketMultipartUploads",
  "s3:listparts": "s3:ListMultipartUploadParts",
  "s3:createmultipartupload": "s3:PutObject",
  "s3:initiatemultipartupload": "s3:PutObject",
  "s3:uploadpart": "s3:PutObject",
  "s3:completemultipartupload": "s3:PutObject",
  "s3:postobject": "s3:PutObject",
  "s3:copyobject": ["s3:GetObject", "s3:PutObject"],
  "s3:uploadpartcopy": ["s3:GetObject", "s3:PutObject"],
  "s3:deleteobjects": "s3:DeleteObject",
  "s3:getbucketencryption": "s3:GetEncryptionConfiguration",
  "s3:putbucketencryption": "s3:PutEncryptionConfiguration",
  "s3:deletebucketencryption": "s3:PutEncryptionConfiguration",
  "s3:getbucketlifecycle": "s3:GetLifecycleConfiguration",
  "s3:getbucketlifecycleconfiguration": "s3:GetLifecycleConfiguration",
  "s3:putbucketlifecycle": "s3:PutLifecycleConfiguration",
  "s3:putbucketlifecycleconfiguration": "s3:PutLifecycleConfiguration",
  "s3:deletebucketlifecycle": "s3:PutLifecycleConfiguration",
  "s3:getbucketreplication": "s3:GetReplicationConfiguration",
  "s3:putbucketreplication": "s3:PutReplicationConfiguration",
  "s3:deletebucketreplication": "s3:PutReplicationConfiguration",
  "s3:getbucketnotificationconfiguration": "s3:GetBucketNotification",
  "s3:putbucketnotificationconfiguration": "s3:PutBucketNotification",
  "s3:getbucketaccelerateconfiguration": "s3:GetAccelerateConfiguration",
  "s3:putbucketaccelerateconfiguration": "s3:PutAccelerateConfiguration",
  "s3:deletebucketcors": "s3:PutBucketCORS",
  "s3:deletebuckettagging": "s3:PutBucketTagging",
  "s3:deletebucketownershipcontrols": "s3:PutBucketOwnershipControls",
  "s3:getpublicaccessblock": "s3:GetBucketPublicAccessBlock",
  "s3:putpublicaccessblock": "s3:PutBucketPublicAccessBlock",
  "s3:deletepublicaccessblock": "s3:PutBucketPublicAccessBlock",
  "s3:deletebucketpublicaccessblock": "s3:PutBucketPublicAccessBlock",
  "s3:getobjectlockconfiguration": "s3:GetBucketObjectLockConfiguration",
  "s3:putobjectlockconfiguration": "s3:PutBucketObjectLockConfiguration",
  "s3:getbucketinventoryconfiguration": "s3:GetInventoryConfiguration",
  "s3:listbucketinventoryconfigurations": "s3:GetInventoryConfiguration",
  "s3:putbucketinventoryconfiguration": "s3:PutInventoryConfiguration",
  "s3:deletebucketinventoryconfiguration": "s3:PutInventoryConfiguration",
  "s3:getbucketanalyticsconfiguration": "s3:GetAnalyticsConfiguration",
  "s3:listbucketanalyticsconfigurations": "s3:GetAnalyticsConfiguration",
  "s3:putbucketanalyticsconfiguration": "s3:PutAnalyticsConfiguration",
  "s3:deletebucketanalyticsconfiguration": "s3:PutAnalyticsConfiguration",
  "s3:getbucketmetricsconfiguration": "s3:GetMetricsConfiguration",
  "s3:listbucketmetricsconfigurations": "s3:GetMetricsConfiguration",
  "s3:putbucketmetricsconfiguration": "s3:PutMetricsConfiguration",
  "s3:deletebucketmetricsconfiguration": "s3:PutMetricsConfiguration",
  "lambda:invoke": "lambda:InvokeFunction",
  "lambda:invokewithresponsestream": "lambda:InvokeFunction",
  "kms:reencrypt": ["kms:ReEncryptFrom", "kms:ReEncryptTo"],
  "sqs:sendmessagebatch": "sqs:SendMessage",
  "sqs:deletemessagebatch": "sqs:DeleteMessage",
  "sqs:changemessagevisibilitybatch": "sqs:ChangeMessageVisibility",
  "sns:publishbatch": "sns:Publish",
  "dynamodb:transactgetitems": "dynamodb:GetItem",
  "dynamodb:transactwriteitems": [
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
  ],
  "dynamodb:executestatement": [
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLUpdate",
  ],
  "bedrock:converse": "bedrock:InvokeModel",
  "bedrock:conversestream": "bedrock:InvokeModelWithResponseStream",
  "signin:switchrole": "sts:AssumeRole",
};

/** Calls by their versioned names: `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`. */
const VERSION = /(?:20\d{6}|20\d{2}_\d{2}_\d{2})(?:v\d+)?$/;

/** The prefix of a service in policies, from `monitoring.amazonaws.com` or `Secrets Manager`; null where AWS has none. */
export function servicePrefix(service: string, actions: ActionTable): string | null {
  const name = service
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, "")
    .replace(/^(?:amazon|aws)\s*(?=\w)/, "");
  const tight = name.replaceAll(/[\s_-]/g, "");
  for (const prefix of [PREFIXES[tight], name, tight, name.replaceAll(/\s+/g, "-")]) {
    if (prefix !== undefined && actions.range(prefix) !== undefined) return prefix;
  }
  return null;
}

/**
 * The actions a call may have been refused for, as AWS spells them: one where the call has one, several where it needs several,
 * none where the table knows no such call. Actions it needs besides (`iam:PassRole`) are not among them.
 */
export function actionsOfCall(prefix: string, call: string, actions: ActionTable): readonly string[] {
  for (const name of new Set([call, call.replace(VERSION, "")])) {
    const known = CALLS[`${prefix}:${name}`.toLowerCase()];
    if (known !== undefined) return typeof known === "string" ? [known] : known;
    const id = actions.idOf(`${prefix}:${name}`);
    if (id !== undefined) return [actions.nameOf(id)];
  }
  return [];
}

/** The actions of a call whose service is not told: some only where one service has a call of that name. */
export function actionsOfUnplacedCall(call: string, actions: ActionTable): readonly string[] {
  const prefixes = new Set<string>();
  const suffix = `:${call.toLowerCase()}`;
  for (const key of Object.keys(CALLS)) if (key.endsWith(suffix)) prefixes.add(key.slice(0, -suffix.length));
  for (const [prefix, names] of actions.services) if (names.has(call.toLowerCase())) prefixes.add(prefix);
  const [only] = prefixes;
  return prefixes.size === 1 && only !== undefined ? actionsOfCall(only, call, actions) : [];
}

/** The names the tables hold, for the test that compares them with the action table. */
export const KNOWN_CALLS = CALLS;
/** See `KNOWN_CALLS`. */
export const KNOWN_PREFIXES = PREFIXES;
