import { describe, expect, test } from "vitest";
import { readDenial } from "../../../../src/policy/aws/denial/read-denial.ts";
import type { Denial, OtherCause } from "../../../../src/policy/denial.ts";
import { actions, denialIn, stated } from "./said.ts";

const ADA = "arn:aws:iam::111122223333:user/ada";
const BLOB = `${"aB3_xY-9".repeat(30)}Qw`;

const MESSAGES: readonly { readonly name: string; readonly text: string; readonly says: Partial<Denial> }[] = [
  {
    name: "a bare denial by S3 knows neither action nor layer, but what the call could have needed",
    text: "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
    says: {
      principal: null,
      action: null,
      actionFrom: null,
      code: "AccessDenied",
      operation: "ListObjectsV2",
      possible: [{ action: "s3:ListBucket", resource: null }],
      stated: stated({}),
    },
  },
  {
    name: "a copy may have failed on either side",
    text: "An error occurred (AccessDenied) when calling the CopyObject operation: Access Denied",
    says: {
      action: null,
      possible: [
        { action: "s3:GetObject", resource: null },
        { action: "s3:PutObject", resource: null },
      ],
    },
  },
  {
    name: "a call several services have says nothing of the action",
    text: "An error occurred (AccessDeniedException) when calling the TagResource operation: Access denied",
    says: { action: null, possible: [], operation: "TagResource" },
  },
  {
    name: "where the SDK names the service, the call gives the action",
    text: "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: 11112222-3333-4444-5555-666677778888, api error AccessDeniedException: Access denied",
    says: {
      action: "secretsmanager:GetSecretValue",
      actionFrom: "operation",
      code: "AccessDeniedException",
      requestId: "11112222-3333-4444-5555-666677778888",
    },
  },
  {
    name: "the action a message states outweighs the call",
    text: `operation error EC2: RunInstances, https response error StatusCode: 403, RequestID: 4N5EXAMPLE, api error UnauthorizedOperation: You are not authorized to perform this operation. User: ${ADA} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/Web because no identity-based policy allows the iam:PassRole action. Encoded authorization failure message: ${BLOB}`,
    says: {
      action: "iam:PassRole",
      actionFrom: "stated",
      operation: "RunInstances",
      code: "UnauthorizedOperation",
      resource: "arn:aws:iam::111122223333:role/Web",
      stated: stated({ layer: "identity", explicit: false }),
      encodedMessage: BLOB,
    },
  },
  {
    name: "a refused HEAD has no message",
    text: "An error occurred (403) when calling the HeadObject operation: Forbidden",
    says: { code: "403", operation: "HeadObject", possible: [{ action: "s3:GetObject", resource: null }] },
  },
  {
    name: "a federated sign-in names the action only",
    text: "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    says: { principal: null, action: "sts:AssumeRoleWithWebIdentity", actionFrom: "stated", resource: null },
  },
  {
    name: "an anonymous caller is one, and a masked tenant leaves the resource unknown",
    text: '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:abc123/prod/GET/orders with an explicit deny"}',
    says: { principal: "anonymous", resource: null, action: "execute-api:Invoke", stated: stated({ explicit: true }) },
  },
  {
    name: "a masked principal stays unknown",
    text: "User: arn:aws:sts::XXXXXXXXXXXX:assumed-role/Deploy/ci is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/web with an explicit deny in a service control policy: arn:aws:organizations::***:policy/o-x/service_control_policy/p-x",
    says: {
      principal: null,
      principalTenant: null,
      action: "ecr:PutImage",
      region: "eu-west-1",
      stated: stated({ layer: "scp", explicit: true }),
    },
  },
  {
    name: "a masked role name stays unknown too",
    text: "User: arn:aws:sts::111122223333:assumed-role/***/ci is not authorized to perform: ecr:PutImage",
    says: { principal: null, principalTenant: null },
  },
  {
    name: "a session name of `xxx` was one before",
    text: "User: arn:aws:sts::111122223333:assumed-role/Deploy/xxx is not authorized to perform: ecr:PutImage",
    says: { principal: null, action: "ecr:PutImage" },
  },
  {
    name: "a name that merely ends in x is no mask",
    text: "User: arn:aws:sts::111122223333:assumed-role/Deploy/foxxx is not authorized to perform: ecr:PutImage",
    says: { principal: "arn:aws:sts::111122223333:assumed-role/Deploy/foxxx" },
  },
  {
    name: "a masked action is told by the tail",
    text: `User: ${ADA} is not authorized to perform: *** on resource: role Web because no identity-based policy allows the iam:GetRole action`,
    says: { action: "iam:GetRole", resource: "role Web" },
  },
  {
    name: "a service is a principal, without the word `User`",
    text: "events.amazonaws.com is not authorized to access the key because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access. Please ensure more",
    says: { principal: "events.amazonaws.com", action: null, stated: stated({ layer: "resource", mayNotExist: true }) },
  },
  {
    name: "the key of a ciphertext is not named, and may not exist",
    text: `User: ${ADA} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    says: { action: "kms:Decrypt", resource: null, stated: stated({ layer: "resource", mayNotExist: true }) },
  },
  {
    name: "a key that does not exist or may not be used",
    text: "AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
    says: { action: null, stated: stated({ mayNotExist: true }) },
  },
  {
    name: "a service that refuses a header only answers with a status",
    text: "operation error S3: HeadBucket, https response error StatusCode: 403, RequestID: 4N5EXAMPLE, HostID: x, api error Forbidden: Forbidden",
    says: { action: "s3:ListBucket", actionFrom: "operation", requestId: "4N5EXAMPLE" },
  },
  {
    name: "a role of a function is said to lack a permission",
    text: "InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
    says: { action: "ec2:CreateNetworkInterface", actionFrom: "operation", principal: null },
  },
  {
    name: "a resource that may not be accessed",
    text: "AuthorizationError: Not authorized to access resource arn:aws:sns:eu-west-1:111122223333:alerts.",
    says: { code: "AuthorizationError", resource: "arn:aws:sns:eu-west-1:111122223333:alerts", action: null },
  },
  {
    name: "backticks around names are not part of them",
    text: `User: ${ADA} is not authorized to perform: widgets:\`GetWidget\` on resource: \`my-example-widget\``,
    says: { action: "widgets:GetWidget", resource: "my-example-widget" },
  },
  {
    name: "a terminal of eighty columns breaks words",
    text: (
      `User: ${ADA} is not authorized to perform: secretsmanager:GetSecretValue on resource: ` +
      "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/payments/database-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action"
    ).replaceAll(/.{80}/g, "$&\n"),
    says: {
      principal: ADA,
      action: "secretsmanager:GetSecretValue",
      resource: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/payments/database-AbCdEf",
      stated: stated({ layer: "identity", explicit: false }),
    },
  },
  {
    name: "a quoted key broken over two lines is not put together by chance",
    text: `User: ${ADA} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-reports/a\nfile.csv" because no identity-based policy allows the s3:GetObject action`,
    says: { resource: null, action: "s3:GetObject", stated: stated({ layer: "identity", explicit: false }) },
  },
  {
    name: "a paste that was cut off inside the resource does not make one up",
    text: `User: ${ADA} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-rep`,
    says: { resource: null, action: "s3:GetObject" },
  },
  {
    name: "the denial behind a generic client error keeps its code",
    text: "ClientError: An error occurred (KMS.AccessDeniedException) when calling the SendMessage operation: User is not authorized",
    says: { code: "KMS.AccessDeniedException" },
  },
];

describe("messages without the usual parts", () => {
  test.each(MESSAGES)("$name", ({ text, says }) => {
    expect(denialIn(text)).toMatchObject({ source: "message", system: "aws", ...says });
  });
});

const OTHERS: readonly (readonly [text: string, what: OtherCause])[] = [
  [
    "An error occurred (ThrottlingException) when calling the ListRoles operation (reached max retries: 4): Rate exceeded",
    "rate-limit",
  ],
  ["api error RequestLimitExceeded: Request limit exceeded.", "rate-limit"],
  ["<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>", "rate-limit"],
  [
    "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
    "expired-credentials",
  ],
  [
    "<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires></Error>",
    "expired-credentials",
  ],
  ["Error when retrieving token from sso: Token has expired and refresh failed", "expired-credentials"],
  [
    "An error occurred (RequestTimeTooSkewed) when calling the ListBuckets operation: The difference between the request time and the current time is too large.",
    "clock-skew",
  ],
  ["InvalidSignatureException: Signature expired: 20260302T100000Z is now earlier than 20260302T101500Z", "clock-skew"],
  [
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    "invalid-credentials",
  ],
  ["UnrecognizedClientException: The security token included in the request is invalid", "invalid-credentials"],
  ['Unable to locate credentials. You can configure credentials by running "aws configure".', "invalid-credentials"],
  ["api error AuthFailure: AWS was not able to validate the provided access credentials", "invalid-credentials"],
  [
    "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.",
    "signature",
  ],
  ['Could not connect to the endpoint URL: "https://s3.eu-central-9.amazonaws.com/"', "network"],
  ["dial tcp 192.0.2.7:443: i/o timeout", "network"],
  ["Error: getaddrinfo ENOTFOUND sts.eu-central-1.amazonaws.com", "network"],
  [
    "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist",
    "not-found",
  ],
  [
    "An error occurred (InvalidInstanceID.NotFound) when calling the DescribeInstances operation: The instance ID 'i-1' does not exist",
    "not-found",
  ],
  ["ResourceNotFoundException: Secrets Manager can't find the specified secret.", "not-found"],
  ["An error occurred (404) when calling the HeadObject operation: Not Found", "not-found"],
  ["api error VcpuLimitExceeded: You have requested more vCPU capacity than your current limit allows", "quota"],
  ["LimitExceededException: Cannot exceed quota for PoliciesPerRole: 10", "quota"],
  [
    "An error occurred (OptInRequired) when calling the DescribeInstances operation: You are not subscribed to this service.",
    "region-disabled",
  ],
  [
    "An error occurred (InternalError) when calling the RunInstances operation: An internal error has occurred",
    "service-error",
  ],
  ["An error occurred (ValidationError) when calling the CreateStack operation: Template format error", "validation"],
  [
    "An error occurred (DryRunOperation) when calling the RunInstances operation: Request would have succeeded, but DryRun flag is set.",
    "dry-run",
  ],
];

describe("what is no matter of access", () => {
  test.each(OTHERS.map(([text, what]) => ({ text, what })))("`$text` is $what", ({ text, what }) => {
    const reading = readDenial(text, actions);
    expect(reading).toMatchObject({ kind: "not-access", what });
    expect(text).toContain(reading.kind === "not-access" ? reading.evidence : "nothing");
  });

  test.each([
    "Access denied for user 'root'@'localhost' (using password: YES)",
    "the build failed with exit code 1",
    "git push: the remote said 403 Forbidden",
    "",
    "ParserError: unexpected token",
    '{"allowed":true,"context":{"action":"ec2:RunInstances"}}',
    '{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","userIdentity":{}}',
  ])("`%s` is no refusal by AWS", (text) => {
    expect(readDenial(text, actions)).toMatchObject({
      kind: "unreadable",
      hint: expect.stringMatching(/^[^A-Z].*[^.]$/),
    });
  });

  test("words of a slow network beside a refusal do not make it one of the network", () => {
    expect(denialIn("retrying after connection reset: AccessDenied: Access Denied").code).toBe("AccessDenied");
  });
});

describe("encoded messages", () => {
  const start =
    "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: ";

  test.each([
    { name: "behind the message of EC2", text: start + BLOB, operation: "RunInstances", truncated: false },
    {
      name: "wrapped over lines",
      text: `${start}\n${BLOB.replaceAll(/.{70}/g, "$&\n")}\nand more words`,
      operation: "RunInstances",
      truncated: false,
    },
    {
      name: "before the line of the status",
      text: `${start}${BLOB}\n\tstatus code: 403, request id: 4N5EXAMPLE`,
      operation: "RunInstances",
      truncated: false,
    },
    { name: "alone", text: `${BLOB}\n`, operation: null, truncated: false },
    { name: "cut off", text: `${start}${BLOB}...`, operation: "RunInstances", truncated: true },
  ])("one $name is not decoded, but the command is given", ({ text, operation, truncated }) => {
    expect(readDenial(text, actions)).toMatchObject({
      kind: "encoded",
      encoded: BLOB,
      truncated,
      operation,
      command: `aws sts decode-authorization-message --encoded-message ${BLOB} --query DecodedMessage --output text`,
    });
  });
});

describe("decoded messages", () => {
  const items = (...values: string[]): object => ({ items: values.map((value) => ({ value })) });
  const decoded = {
    allowed: false,
    explicitDeny: true,
    matchedStatements: {
      items: [
        {
          statementId: "NoBigMachines",
          effect: "DENY",
          principals: items("AROA111122223333EXAM"),
          principalGroups: { items: [] },
          actions: items("ec2:RunInstances"),
          resources: items("*"),
          conditions: { items: [] },
        },
      ],
    },
    failures: { items: [] },
    context: {
      principal: { id: "AROA111122223333EXAM:ada", arn: "arn:aws:sts::111122223333:assumed-role/Deploy/ada" },
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      conditions: {
        items: [
          { key: "ec2:InstanceType", values: items("m7i.48xlarge") },
          { key: "aws:Service", values: items("ec2") },
          { key: "ec2:Region", values: items("eu-west-1") },
        ],
      },
    },
  };
  const says = {
    source: "decoded-message",
    principal: "arn:aws:sts::111122223333:assumed-role/Deploy/ada",
    principalTenant: "111122223333",
    action: "ec2:RunInstances",
    actionFrom: "stated",
    resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
    region: "eu-west-1",
    stated: stated({ explicit: true }),
    statedStatements: [{ sid: "NoBigMachines", effect: "Deny", actions: ["ec2:RunInstances"], resources: ["*"] }],
    context: { "aws:Service": ["ec2"], "ec2:InstanceType": ["m7i.48xlarge"], "ec2:Region": ["eu-west-1"] },
  };

  test.each([
    { name: "as text", text: JSON.stringify(decoded) },
    { name: "as the command prints it", text: JSON.stringify({ DecodedMessage: JSON.stringify(decoded) }, null, 4) },
    {
      name: "behind a prompt",
      text: `$ aws sts decode-authorization-message …\n${JSON.stringify({ DecodedMessage: JSON.stringify(decoded) })}\n$ `,
    },
    {
      name: "with a bare action",
      text: JSON.stringify({ ...decoded, context: { ...decoded.context, action: "runinstances" } }),
    },
  ])("one $name gives statements and condition keys", ({ text }) => {
    expect(denialIn(text)).toMatchObject(says);
  });

  test("an implicit denial has no statements", () => {
    const text = JSON.stringify({ ...decoded, explicitDeny: false, matchedStatements: { items: [] } });
    expect(denialIn(text)).toMatchObject({ stated: stated({ explicit: false }), statedStatements: [] });
  });
});
