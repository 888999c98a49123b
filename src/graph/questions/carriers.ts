/**
 * Kinds of resources that can carry a policy of their own, by the form of their ARN ("AWS services that work with IAM", IAM User
 * Guide, column "Resource-based policies"; types are named as in the Service Authorization Reference).
 */
const CARRIERS: readonly (readonly [form: RegExp, type: string])[] = [
  [/^arn:[^:]+:s3:::/, "s3:bucket"],
  [/^arn:[^:]+:s3:[^:]*:[^:]*:accesspoint\//, "s3:accesspoint"],
  [/^arn:[^:]+:s3express:[^:]*:[^:]*:bucket\//, "s3express:bucket"],
  [/^arn:[^:]+:s3tables:[^:]*:[^:]*:bucket\//, "s3tables:TableBucket"],
  [/^arn:[^:]+:s3vectors:[^:]*:[^:]*:bucket\//, "s3vectors:VectorBucket"],
  [/^arn:[^:]+:s3-outposts:[^:]*:[^:]*:outpost\//, "s3-outposts:bucket"],
  [/^arn:[^:]+:s3-object-lambda:[^:]*:[^:]*:accesspoint\//, "s3-object-lambda:objectlambdaaccesspoint"],
  [/^arn:[^:]+:kms:[^:]*:[^:]*:(key|alias)\//, "kms:key"],
  [/^arn:[^:]+:sqs:/, "sqs:queue"],
  [/^arn:[^:]+:sns:/, "sns:topic"],
  [/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/, "lambda:function"],
  [/^arn:[^:]+:lambda:[^:]*:[^:]*:layer:/, "lambda:layerVersion"],
  [/^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:/, "secretsmanager:secret"],
  [/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter\//, "ssm:parameter"],
  [/^arn:[^:]+:ecr(-public)?:[^:]*:[^:]*:repository\//, "ecr:repository"],
  [/^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//, "events:event-bus"],
  [/^arn:[^:]+:schemas:/, "schemas:registry"],
  [/^arn:[^:]+:logs:/, "logs:log-group"],
  [/^arn:[^:]+:cloudtrail:[^:]*:[^:]*:(channel|dashboard|eventdatastore)\//, "cloudtrail:eventdatastore"],
  [/^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\//, "dynamodb:table"],
  [/^arn:[^:]+:kinesis:[^:]*:[^:]*:stream\//, "kinesis:stream"],
  [/^arn:[^:]+:kafka:[^:]*:[^:]*:cluster\//, "kafka:cluster"],
  [/^arn:[^:]+:(es|aoss):/, "es:domain"],
  [/^arn:[^:]+:elasticfilesystem:[^:]*:[^:]*:file-system\//, "elasticfilesystem:file-system"],
  [/^arn:[^:]+:backup:[^:]*:[^:]*:backup-vault:/, "backup:backupVault"],
  [/^arn:[^:]+:glacier:/, "glacier:vault"],
  [/^arn:[^:]+:glue:/, "glue:catalog"],
  [/^arn:[^:]+:redshift-serverless:[^:]*:[^:]*:namespace\//, "redshift-serverless:namespace"],
  [/^arn:[^:]+:codeartifact:/, "codeartifact:repository"],
  [/^arn:[^:]+:codebuild:[^:]*:[^:]*:(project|report-group)\//, "codebuild:project"],
  [/^arn:[^:]+:serverlessrepo:/, "serverlessrepo:applications"],
  [/^arn:[^:]+:execute-api:/, "execute-api:execute-api-general"],
  [/^arn:[^:]+:vpc-lattice:/, "vpc-lattice:Service"],
  [/^arn:[^:]+:acm-pca:[^:]*:[^:]*:certificate-authority\//, "acm-pca:certificate-authority"],
  [/^arn:[^:]+:signer:[^:]*:[^:]*:\/signing-profiles\//, "signer:signing-profile"],
  [/^arn:[^:]+:ses:[^:]*:[^:]*:identity\//, "ses:identity"],
  [/^arn:[^:]+:lex:[^:]*:[^:]*:bot(-alias)?\//, "lex:bot"],
  [/^arn:[^:]+:mediastore:/, "mediastore:container"],
  [/^arn:[^:]+:rekognition:[^:]*:[^:]*:project\//, "rekognition:project"],
];

/** The type of a resource that can carry a policy; undefined for one that cannot. */
export function carrierType(arn: string): string | undefined {
  return CARRIERS.find(([form]) => form.test(arn))?.[1];
}

/** The resource a policy hangs on: an object's bucket, a version's function, an index's table. */
export function carrierOf(arn: string): string {
  const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(arn)?.[1];
  const lambda = /^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+):/.exec(arn)?.[1];
  const table = /^(arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+)\//.exec(arn)?.[1];
  return bucket ?? lambda ?? table ?? arn;
}
