import { describe, expect, test } from "vitest";
import {
  actionsOfCall,
  KNOWN_CALLS,
  KNOWN_PREFIXES,
  servicePrefix,
} from "../../../../src/policy/aws/denial/call-actions.ts";
import { readDenial } from "../../../../src/policy/aws/denial/read-denial.ts";
import { splitDenials } from "../../../../src/policy/aws/denial/split-denials.ts";
import type { Denial } from "../../../../src/policy/denial.ts";
import { actions, denialIn, stated } from "./said.ts";

const ROLE = "arn:aws:iam::111122223333:role/team/Deploy";
const SESSION = "arn:aws:sts::111122223333:assumed-role/Deploy/ada";
const base = {
  eventVersion: "1.11",
  userIdentity: {
    type: "AssumedRole",
    principalId: "AROA111122223333EXAM:ada",
    arn: SESSION,
    accountId: "111122223333",
    sessionContext: {
      sessionIssuer: { type: "Role", arn: ROLE, accountId: "111122223333", userName: "Deploy" },
      attributes: { creationDate: "2026-03-02T09:00:00Z", mfaAuthenticated: "false" },
    },
  },
  eventTime: "2026-03-02T10:00:00Z",
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  awsRegion: "eu-central-1",
  sourceIPAddress: "192.0.2.7",
  userAgent: "[aws-cli/2.30]",
  errorCode: "AccessDenied",
  errorMessage: "Access Denied",
  requestParameters: { bucketName: "acme-reports", key: "2026/a.csv" },
  requestID: "4N5EXAMPLE",
  eventID: "11111111-2222-3333-4444-555555555555",
  recipientAccountId: "111122223333",
};
const event = (changes: object): string => JSON.stringify({ ...base, ...changes });

describe("an event", () => {
  test("tells who, what, where, when and the condition keys it knows", () => {
    expect(denialIn(event({ tlsDetails: { tlsVersion: "TLSv1.3" } }))).toEqual({
      kind: "denial",
      system: "aws",
      source: "cloudtrail",
      principal: SESSION,
      principalTenant: "111122223333",
      action: "s3:GetObject",
      actionFrom: "operation",
      possible: [],
      resource: "arn:aws:s3:::acme-reports/2026/a.csv",
      resourceTenant: null,
      stated: stated({}),
      statedStatements: [],
      context: {
        "aws:CurrentTime": ["2026-03-02T10:00:00Z"],
        "aws:MultiFactorAuthPresent": ["false"],
        "aws:PrincipalAccount": ["111122223333"],
        "aws:PrincipalArn": [ROLE],
        "aws:PrincipalIsAWSService": ["false"],
        "aws:PrincipalType": ["AssumedRole"],
        "aws:RequestedRegion": ["eu-central-1"],
        "aws:SecureTransport": ["true"],
        "aws:SourceIp": ["192.0.2.7"],
        "aws:TokenIssueTime": ["2026-03-02T09:00:00Z"],
        "aws:UserAgent": ["aws-cli/2.30"],
        "aws:ViaAWSService": ["false"],
        "aws:userid": ["AROA111122223333EXAM:ada"],
      },
      operation: "GetObject",
      code: "AccessDenied",
      requestId: "4N5EXAMPLE",
      at: "2026-03-02T10:00:00Z",
      region: "eu-central-1",
      encodedMessage: null,
    });
  });

  test.each([
    { name: "alone", text: event({}) },
    { name: "indented", text: JSON.stringify(base, null, 2) },
    {
      name: "in a file of records after one that succeeded",
      text: JSON.stringify({ Records: [{ ...base, errorCode: undefined, errorMessage: undefined }, base] }),
    },
    {
      name: "as `lookup-events` prints it",
      text: JSON.stringify({ Events: [{ EventId: "1", CloudTrailEvent: JSON.stringify(base) }] }),
    },
    {
      name: "in an EventBridge envelope",
      text: JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: base }),
    },
    { name: "behind the prefix of a log line", text: `2026-03-02T10:00:01Z {} trail: ${event({})} done` },
    {
      name: "after a throttled one",
      text: `[${event({ errorCode: "ThrottlingException", errorMessage: "Rate exceeded" })},${event({})}]`,
    },
  ])("is found $name", ({ text }) => {
    expect(denialIn(text)).toMatchObject({
      source: "cloudtrail",
      principal: SESSION,
      action: "s3:GetObject",
      operation: "GetObject",
    });
  });

  test("that was throttled is no refusal", () => {
    expect(
      readDenial(event({ errorCode: "Client.RequestLimitExceeded", errorMessage: "Request limit exceeded." }), actions),
    ).toMatchObject({
      kind: "not-access",
      what: "rate-limit",
    });
  });

  test("through an endpoint has a private address", () => {
    const { context } = denialIn(
      event({ vpcEndpointId: "vpce-1111", vpcEndpointAccountId: "222233334444", sourceIPAddress: "10.0.0.7" }),
    );
    expect(context).toMatchObject({
      "aws:SourceVpce": ["vpce-1111"],
      "aws:VpceAccount": ["222233334444"],
      "aws:VpcSourceIp": ["10.0.0.7"],
    });
    expect(context).not.toHaveProperty("aws:SourceIp");
  });

  test("lists the prefix and headers of S3 as condition keys", () => {
    const requestParameters = {
      bucketName: "acme-reports",
      prefix: "2026/",
      "max-keys": 10,
      "x-amz-acl": ["public-read"],
      "x-amz-nonsense": "1",
    };
    const { context } = denialIn(event({ eventName: "ListObjects", requestParameters }));
    expect(context).toMatchObject({ "s3:prefix": ["2026/"], "s3:max-keys": ["10"], "s3:x-amz-acl": ["public-read"] });
    expect(context).not.toHaveProperty("s3:x-amz-nonsense");
  });
});

const CALLS: readonly { readonly name: string; readonly changes: object; readonly says: Partial<Denial> }[] = [
  {
    name: "listing a bucket, with its owner from the list of resources",
    changes: {
      eventName: "ListObjectsV2",
      requestParameters: { bucketName: "acme-reports", prefix: "2026/" },
      resources: [
        { type: "AWS::S3::Object", ARNPrefix: "arn:aws:s3:::acme-reports/" },
        { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::acme-reports", accountId: "222233334444" },
      ],
    },
    says: { action: "s3:ListBucket", resource: "arn:aws:s3:::acme-reports", resourceTenant: "222233334444" },
  },
  {
    name: "reading an object, of which the bucket is listed too",
    changes: {
      requestParameters: null,
      resources: [
        { type: "AWS::S3::Object", ARN: "arn:aws:s3:::acme-reports/2026/a.csv" },
        { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::acme-reports", accountId: "222233334444" },
      ],
    },
    says: { action: "s3:GetObject", resource: "arn:aws:s3:::acme-reports/2026/a.csv" },
  },
  {
    name: "a HEAD",
    changes: { eventName: "HeadObject" },
    says: { action: "s3:GetObject", resource: "arn:aws:s3:::acme-reports/2026/a.csv" },
  },
  {
    name: "a version of an object",
    changes: { requestParameters: { bucketName: "acme-reports", key: "a.csv", versionId: "v1" } },
    says: { action: "s3:GetObjectVersion", resource: "arn:aws:s3:::acme-reports/a.csv" },
  },
  {
    name: "all buckets",
    changes: { eventName: "ListBuckets", requestParameters: { Host: "s3.amazonaws.com" } },
    says: { action: "s3:ListAllMyBuckets", resource: null },
  },
  {
    name: "a copy, of which either side may be refused",
    changes: {
      eventName: "CopyObject",
      requestParameters: { bucketName: "acme-reports", key: "b.csv", "x-amz-copy-source": "acme-source/a%20b.csv" },
    },
    says: {
      action: null,
      actionFrom: null,
      resource: null,
      possible: [
        { action: "s3:GetObject", resource: "arn:aws:s3:::acme-source/a b.csv" },
        { action: "s3:PutObject", resource: "arn:aws:s3:::acme-reports/b.csv" },
      ],
    },
  },
  {
    name: "a versioned name of Lambda",
    changes: {
      eventSource: "lambda.amazonaws.com",
      eventName: "UpdateFunctionCode20150331v2",
      requestParameters: { functionName: "report" },
    },
    says: { action: "lambda:UpdateFunctionCode", resource: "arn:aws:lambda:eu-central-1:111122223333:function:report" },
  },
  {
    name: "an invocation",
    changes: {
      eventSource: "lambda.amazonaws.com",
      eventName: "Invoke20150331",
      requestParameters: { functionName: "arn:aws:lambda:eu-central-1:222233334444:function:report" },
    },
    says: { action: "lambda:InvokeFunction", resourceTenant: "222233334444" },
  },
  {
    name: "a metric, by the prefix in policies",
    changes: { eventSource: "monitoring.amazonaws.com", eventName: "PutMetricAlarm", requestParameters: null },
    says: { action: "cloudwatch:PutMetricAlarm", resource: null },
  },
  {
    name: "a queue by its address",
    changes: {
      eventSource: "sqs.amazonaws.com",
      eventName: "SendMessageBatch",
      requestParameters: { queueUrl: "https://sqs.eu-central-1.amazonaws.com/222233334444/jobs" },
    },
    says: {
      action: "sqs:SendMessage",
      resource: "arn:aws:sqs:eu-central-1:222233334444:jobs",
      resourceTenant: "222233334444",
    },
  },
  {
    name: "a table by its name",
    changes: {
      eventSource: "dynamodb.amazonaws.com",
      eventName: "DeleteTable",
      requestParameters: { tableName: "orders" },
    },
    says: { action: "dynamodb:DeleteTable", resource: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders" },
  },
  {
    name: "a secret by its name, as AWS says it",
    changes: {
      eventSource: "secretsmanager.amazonaws.com",
      eventName: "GetSecretValue",
      requestParameters: { secretId: "prod/db" },
    },
    says: { action: "secretsmanager:GetSecretValue", resource: "prod/db", resourceTenant: null },
  },
  {
    name: "a role by its name, whose path is not known",
    changes: {
      eventSource: "iam.amazonaws.com",
      eventName: "PutRolePolicy",
      requestParameters: { roleName: "Admin", policyName: "x" },
    },
    says: { action: "iam:PutRolePolicy", resource: "role Admin" },
  },
  {
    name: "a role that is assumed across tenants",
    changes: {
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRole",
      requestParameters: { roleArn: "arn:aws:iam::222233334444:role/Admin", roleSessionName: "ada" },
    },
    says: {
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::222233334444:role/Admin",
      resourceTenant: "222233334444",
    },
  },
  {
    name: "a role that is passed, refused in a call of another service",
    changes: {
      eventSource: "lambda.amazonaws.com",
      eventName: "CreateFunction20150331",
      errorCode: "AccessDeniedException",
      errorMessage: `User: ${SESSION} is not authorized to perform: iam:PassRole on resource: ${ROLE} because no identity-based policy allows the iam:PassRole action`,
      requestParameters: { functionName: "report", role: ROLE },
    },
    says: {
      action: "iam:PassRole",
      actionFrom: "stated",
      resource: ROLE,
      operation: "CreateFunction20150331",
      stated: stated({ layer: "identity", explicit: false }),
    },
  },
  {
    name: "a key, of which the event lists only another resource",
    changes: {
      eventSource: "secretsmanager.amazonaws.com",
      eventName: "GetSecretValue",
      errorMessage: "User is not authorized to perform: kms:Decrypt",
      requestParameters: { kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" },
    },
    says: { action: "kms:Decrypt", actionFrom: "stated", resource: null },
  },
  {
    name: "a key, refused while reading an object, about which the event of S3 does not say more",
    changes: {
      errorMessage: `User: ${SESSION} is not authorized to perform: kms:Decrypt on this resource because no identity-based policy allows the kms:Decrypt action`,
    },
    says: { action: "kms:Decrypt", resource: null },
  },
  {
    name: "a call the table does not know",
    changes: { eventSource: "apigateway.amazonaws.com", eventName: "GetRestApis", requestParameters: null },
    says: { action: null, actionFrom: null, possible: [], operation: "GetRestApis" },
  },
  {
    name: "an encoded message in the event",
    changes: {
      eventSource: "ec2.amazonaws.com",
      eventName: "RunInstances",
      errorCode: "Client.UnauthorizedOperation",
      errorMessage: `You are not authorized to perform this operation. Encoded authorization failure message: ${"aB3_xY-9".repeat(30)}`,
      requestParameters: {},
    },
    says: { action: "ec2:RunInstances", actionFrom: "operation", encodedMessage: "aB3_xY-9".repeat(30) },
  },
];

describe("the action and the resource of", () => {
  test.each(CALLS)("$name", ({ changes, says }) => {
    expect(denialIn(event(changes))).toMatchObject(says);
  });
});

const IDENTITIES: readonly {
  readonly name: string;
  readonly userIdentity: object;
  readonly says: Partial<Denial>;
  readonly keys: object;
}[] = [
  {
    name: "a user",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDA111122223333EXAM",
      arn: "arn:aws:iam::111122223333:user/ada",
      accountId: "111122223333",
      userName: "ada",
    },
    says: { principal: "arn:aws:iam::111122223333:user/ada", principalTenant: "111122223333" },
    keys: {
      "aws:username": ["ada"],
      "aws:PrincipalArn": ["arn:aws:iam::111122223333:user/ada"],
      "aws:PrincipalType": ["User"],
    },
  },
  {
    name: "the root user",
    userIdentity: {
      type: "Root",
      principalId: "111122223333",
      arn: "arn:aws:iam::111122223333:root",
      accountId: "111122223333",
    },
    says: { principal: "arn:aws:iam::111122223333:root" },
    keys: { "aws:PrincipalType": ["Account"] },
  },
  {
    name: "a federated user",
    userIdentity: {
      type: "FederatedUser",
      principalId: "111122223333:ada",
      arn: "arn:aws:sts::111122223333:federated-user/ada",
      accountId: "111122223333",
    },
    says: { principal: "arn:aws:sts::111122223333:federated-user/ada" },
    keys: { "aws:PrincipalType": ["FederatedUser"] },
  },
  {
    name: "a service",
    userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" },
    says: { principal: "config.amazonaws.com", principalTenant: null },
    keys: { "aws:PrincipalIsAWSService": ["true"], "aws:PrincipalServiceName": ["config.amazonaws.com"] },
  },
  {
    name: "a session a service used",
    userIdentity: { ...base.userIdentity, invokedBy: "athena.amazonaws.com" },
    says: { principal: SESSION },
    keys: { "aws:ViaAWSService": ["true"], "aws:CalledViaLast": ["athena.amazonaws.com"] },
  },
  {
    name: "somebody of another tenant, whom the event does not name",
    userIdentity: { type: "AWSAccount", principalId: "AROA111122223333EXAM:ada", accountId: "222233334444" },
    says: { principal: null, principalTenant: "222233334444" },
    keys: {},
  },
  {
    name: "a user of an identity provider",
    userIdentity: {
      type: "WebIdentityUser",
      principalId: "accounts.example.com:app:ada",
      userName: "ada",
      identityProvider: "accounts.example.com",
    },
    says: { principal: null, principalTenant: null },
    keys: { "aws:FederatedProvider": ["accounts.example.com"] },
  },
  {
    name: "a SAML user",
    userIdentity: { type: "SAMLUser", principalId: "x:ada", userName: "ada", identityProvider: "x" },
    says: { principal: null },
    keys: {},
  },
  {
    name: "a user of Identity Center",
    userIdentity: {
      type: "IdentityCenterUser",
      accountId: "111122223333",
      onBehalfOf: { userId: "u-1111", identityStoreArn: "arn:aws:identitystore::111122223333:identitystore/d-1" },
    },
    says: { principal: null, principalTenant: "111122223333" },
    keys: { "identitystore:UserId": ["u-1111"] },
  },
  {
    name: "a masked session",
    userIdentity: { ...base.userIdentity, arn: "arn:aws:sts::xxx:assumed-role/xxx/xxx", accountId: "xxx" },
    says: { principal: null, principalTenant: null },
    keys: {},
  },
];

describe("who is", () => {
  test.each(IDENTITIES)("$name", ({ userIdentity, says, keys }) => {
    const denial = denialIn(event({ userIdentity }));
    expect(denial).toMatchObject(says);
    expect(denial.context).toMatchObject(keys);
  });
});

describe("the tables of calls", () => {
  test("name only actions and services AWS documents", () => {
    const unknown = Object.entries(KNOWN_CALLS).flatMap(([call, known]) => {
      const prefix = call.slice(0, call.indexOf(":"));
      return [
        ...(actions.range(prefix) === undefined ? [call] : []),
        ...[known].flat().filter((action) => actions.idOf(action) === undefined),
      ];
    });
    expect(unknown).toEqual([]);
    expect(Object.values(KNOWN_PREFIXES).filter((prefix) => actions.range(prefix) === undefined)).toEqual([]);
  });

  test("do not rename what is an action by its own name", () => {
    expect(Object.keys(KNOWN_CALLS).filter((call) => actions.idOf(call) !== undefined)).toEqual([]);
  });

  test.each([
    ["monitoring.amazonaws.com", "cloudwatch"],
    ["email.amazonaws.com", "ses"],
    ["elasticloadbalancing.amazonaws.com", "elasticloadbalancing"],
    ["Secrets Manager", "secretsmanager"],
    ["AmazonS3", "s3"],
    ["AWSSecurityTokenService", "sts"],
    ["Cognito Identity Provider", "cognito-idp"],
    ["CloudWatch Logs", "logs"],
    ["SFN", "states"],
    ["nothing.amazonaws.com", null],
  ])("`%s` is `%s` in policies", (service, prefix) => {
    expect(servicePrefix(service, actions)).toBe(prefix);
  });

  test("a versioned call is the action without its version", () => {
    expect(actionsOfCall("cloudfront", "CreateDistribution2020_05_31", actions)).toEqual([
      "cloudfront:CreateDistribution",
    ]);
  });
});

describe("a log", () => {
  const log = [
    "2026-03-02 10:00:00 starting",
    '2026-03-02 10:00:01 An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:iam::111122223333:user/ada is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::acme-reports" because no identity-based policy allows the s3:ListBucket action',
    "2026-03-02 10:00:02 Access denied for a visitor of the shop",
    "│ Error: reading",
    "│ ",
    "│ User: arn:aws:iam::111122223333:user/olaf is not authorized to perform:",
    "│ kms:Decrypt with an explicit deny in a session policy",
    "2026-03-02 10:00:03 ThrottlingException: Rate exceeded",
    event({}),
    "2026-03-02 10:00:04 AccessDenied: Access Denied",
  ];

  test.each(["\n", "\r\n"])("gives every refusal with its line", (newline) => {
    const found = splitDenials(log.join(newline), actions);
    expect(found.map(({ line, denial }) => ({ line, principal: denial.principal, action: denial.action }))).toEqual([
      { line: 2, principal: "arn:aws:iam::111122223333:user/ada", action: "s3:ListBucket" },
      { line: 6, principal: "arn:aws:iam::111122223333:user/olaf", action: "kms:Decrypt" },
      { line: 9, principal: SESSION, action: "s3:GetObject" },
      { line: 10, principal: null, action: null },
    ]);
  });

  test("two refusals on one line are two", () => {
    const one = (who: string): string =>
      `User: arn:aws:iam::111122223333:user/${who} is not authorized to perform: sqs:SendMessage`;
    expect(
      splitDenials(`${one("ada")}; ${one("olaf")}`, actions).map(({ line, denial }) => [line, denial.principal]),
    ).toEqual([
      [1, "arn:aws:iam::111122223333:user/ada"],
      [1, "arn:aws:iam::111122223333:user/olaf"],
    ]);
  });

  test("a file of records gives each refused event with the line of its id", () => {
    const text = JSON.stringify(
      {
        Records: [
          base,
          { ...base, errorCode: undefined, errorMessage: undefined, eventID: "2" },
          { ...base, eventID: "last-one" },
        ],
      },
      null,
      2,
    );
    const lines = text.split("\n");
    expect(splitDenials(text, actions).map(({ line }) => lines[line - 1]?.trim())).toEqual([
      '"eventID": "11111111-2222-3333-4444-555555555555",',
      '"eventID": "last-one",',
    ]);
  });
});
