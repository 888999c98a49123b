/** Production: most true cases of the AWS rules, each beside something that only looks like one. */
import { daysAgo } from "./moment.ts";
import { allow, deny, doc, service, trust, type Json } from "./policy.ts";
import { BUILD_CACHE, GITHUB_ROLES } from "./aws-production-github.ts";
import { PRODUCTION_USERS } from "./aws-production-users.ts";
import { STRONG_PASSWORDS, TENANTS, type Role, type Tenant } from "./tenant.ts";

const DIGITS = TENANTS.production;
const arn = (rest: string): string => `arn:aws:iam::${DIGITS}:${rest}`;
const lambda = (name: string): string => `arn:aws:lambda:eu-west-1:${DIGITS}:function:${name}`;
const queue = (name: string): string => `arn:aws:sqs:eu-west-1:${DIGITS}:${name}`;
const send = (name: string): Json => allow("sqs:SendMessage", queue(name));
const OIDC = arn("oidc-provider/token.actions.githubusercontent.com");
const SAML = arn("saml-provider/AWSSSO_sample_DO_NOT_DELETE");

/** Trust in GitHub's tokens; `more` are further operators of the condition. */
const gitHub = (equals: Json = {}, more: Json = {}): Json =>
  trust({ Federated: OIDC }, "sts:AssumeRoleWithWebIdentity", {
    StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", ...equals },
    ...more,
  });

const POLICIES: Tenant["policies"] = {
  "deploy-web": doc(
    allow(["s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::acme-web/*"),
    allow("cloudfront:CreateInvalidation", `arn:aws:cloudfront::${DIGITS}:distribution/ESAMPLE0000001`),
  ),
  "payments-operate": doc(
    allow(
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      `arn:aws:dynamodb:eu-west-1:${DIGITS}:table/payments`,
    ),
    allow(["sqs:SendMessage", "sqs:ReceiveMessage"], `arn:aws:sqs:eu-west-1:${DIGITS}:payments`),
  ),
  // One hop to administration: the function runs as an administrator.
  "report-development": doc(
    allow(["lambda:GetFunction", "lambda:UpdateFunctionCode", "lambda:InvokeFunction"], lambda("nightly-report")),
  ),
  "data-read": doc(allow(["athena:StartQueryExecution", "glue:GetTable", "s3:GetObject", "s3:ListBucket"])),
  "break-glass": doc(allow("*", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
  // Looks like a way to administration; whoever holds it here has a boundary that allows none of IAM.
  "own-policies": doc(allow(["iam:AttachUserPolicy", "iam:ListAttachedUserPolicies"], arn("user/${aws:username}"))),
  // Looks like a way to administration; whoever holds it here is also in a group that denies all of IAM.
  "web-policies": doc(allow(["iam:CreatePolicyVersion", "iam:GetPolicyVersion"], arn("policy/deploy-web"))),
  // Looks like a way to administration; the role's trust policy lets nobody in but functions.
  "run-reports-by-hand": doc(allow("sts:AssumeRole", arn("role/nightly-report"))),
  // These two are harmless enough apart. Whoever holds both holds everything.
  "build-anything": doc({ Effect: "Allow", NotAction: ["iam:*User*", "iam:*Group*"], Resource: "*" }),
  "look-after-people": doc(allow(["iam:*User*", "iam:*Group*"])),
  "renew-keys": doc(
    allow(
      ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys"],
      [
        "quin.bazley",
        "ray.quuxton",
        "bjoern.umlaeut",
        "eve.iterable",
        "mo.dolor",
        "mystery",
        "uma.garply",
        "vic.waldo",
        "ci-web",
        "ci-legacy",
        "metrics-exporter",
        "backup-agent",
      ].map((name) => arn(`user/${name}`)),
    ),
  ),
  "build-cache": BUILD_CACHE,
  "start-builds": doc(allow("sts:AssumeRole", arn("role/build-runner"))),
  // The second hop: a role that may hand the administrator's role to a function of its own.
  "run-builds": doc(
    allow(["lambda:CreateFunction", "lambda:InvokeFunction"], lambda("build-*")),
    allow("iam:PassRole", arn("role/nightly-report"), {
      Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    }),
  ),
};

const ROLES: readonly Role[] = [
  {
    name: "web-server",
    made: 700,
    trust: service("ec2"),
    used: 0,
    attached: ["AmazonS3ReadOnlyAccess"],
    instanceProfile: true,
    services: { s3: 0 },
  },
  // An administrator because that was quicker.
  {
    name: "nightly-report",
    made: 650,
    trust: service("lambda"),
    used: 1,
    attached: ["AdministratorAccess"],
    services: { s3: 1, ec2: null, iam: null },
  },
  {
    name: "old-migration",
    made: 800,
    trust: service("ec2"),
    used: 320,
    inline: { "migrate-all": doc(allow(["dynamodb:*", "s3:*"])) },
    instanceProfile: true,
    services: { dynamodb: 320, s3: 321 },
  },
  // A vendor that publishes this tenant as its own: without an external id any of its customers can ask it to come in here.
  {
    name: "vendor-monitoring",
    made: 420,
    trust: trust({ AWS: "arn:aws:iam::464622532012:root" }),
    used: 2,
    attached: ["ReadOnlyAccess"],
    services: { cloudwatch: 2, ec2: 2, logs: 3, s3: 2, iam: 5 },
  },
  {
    name: "vendor-billing",
    made: 420,
    trust: trust({ AWS: "arn:aws:iam::999911112222:root" }, "sts:AssumeRole", {
      StringEquals: { "sts:ExternalId": "acme-billing-4711" },
    }),
    used: 6,
    attached: ["Billing"],
    services: { ce: 6, budgets: 34 },
  },
  {
    name: "partner-upload",
    made: 260,
    trust: trust({ AWS: "*" }),
    used: 15,
    inline: { upload: doc(allow("s3:PutObject", "arn:aws:s3:::acme-partner-inbox/*")) },
    tags: { purpose: "<b>partners</b> put their files here" },
    services: { s3: 15 },
  },
  {
    name: "org-inventory",
    made: 250,
    trust: trust({ AWS: "*" }, "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": "o-acmesample" } }),
    used: 1,
    attached: ["SecurityAudit"],
    services: { cloudtrail: 1, config: 1, iam: 1 },
  },
  {
    name: "github-deploy",
    made: 300,
    trust: gitHub(),
    used: 1,
    attached: ["deploy-web"],
    services: { s3: 1, cloudfront: 1 },
  },
  {
    name: "github-release",
    made: 280,
    trust: gitHub({ "token.actions.githubusercontent.com:sub": "repo:acme-sample/web:ref:refs/heads/main" }),
    used: 2,
    attached: ["deploy-web"],
    services: { s3: 2, cloudfront: 2 },
  },
  // Whoever may push to any branch of the infrastructure administers production.
  {
    name: "github-infrastructure",
    made: 270,
    trust: gitHub(
      {},
      { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme-sample/infrastructure:*" } },
    ),
    used: 1,
    attached: ["PowerUserAccess", "IAMFullAccess"],
    services: { ec2: 1, iam: 1, lambda: 4, s3: 1 },
  },
  {
    name: "payments-admin",
    made: 240,
    trust: trust({ AWS: [arn("user/pia.foobar"), arn("user/sue.corge")] }, "sts:AssumeRole", {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
    }),
    used: 30,
    attached: ["IAMFullAccess"],
    services: { iam: 30, organizations: 30 },
  },
  {
    name: "build-runner",
    made: 180,
    trust: trust({ AWS: arn("user/cal.iterato") }),
    used: 3,
    attached: ["run-builds"],
    services: { lambda: 3, iam: 3 },
  },
  {
    name: "OrganizationAccountAccessRole",
    made: 1_600,
    trust: trust({ AWS: `arn:aws:iam::${TENANTS.management}:root` }),
    used: 40,
    attached: ["AdministratorAccess"],
    services: { iam: 40, organizations: 41 },
  },
  {
    name: "AWSServiceRoleForSupport",
    path: "/aws-service-role/support.amazonaws.com/",
    made: 1_600,
    trust: service("support"),
    used: null,
    attached: ["AWSSupportServiceRolePolicy"],
  },
  {
    name: "AWSReservedSSO_Administrator_0a1b2c3d4e5f6789",
    path: "/aws-reserved/sso.amazonaws.com/",
    made: 700,
    trust: trust({ Federated: SAML }, ["sts:AssumeRoleWithSAML", "sts:TagSession"], {
      StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
    }),
    used: 1,
    attached: ["AdministratorAccess"],
    services: { iam: 1, ec2: 1 },
  },
  {
    name: "AWSReservedSSO_DataReader_1b2c3d4e5f67890a",
    path: "/aws-reserved/sso.amazonaws.com/",
    made: 600,
    trust: trust({ Federated: SAML }, ["sts:AssumeRoleWithSAML", "sts:TagSession"], {
      StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
    }),
    used: 0,
    attached: ["AmazonS3ReadOnlyAccess", "data-read"],
    services: { athena: 0, glue: 3, s3: 0 },
  },
  ...GITHUB_ROLES,
];

/** The tenant everything runs in. */
export const production: Tenant = {
  digits: DIGITS,
  root: { mfa: true, used: 410, key: null },
  passwordPolicy: { ...STRONG_PASSWORDS, MinimumPasswordLength: 8 },
  policies: POLICIES,
  groups: [
    { name: "administrators", attached: ["AdministratorAccess"] },
    { name: "payments-operators", attached: ["payments-operate"] },
    { name: "web-deployers", attached: ["deploy-web"] },
    { name: "auditors", attached: ["SecurityAudit", "ReadOnlyAccess"] },
    { name: "on-call", attached: ["break-glass"] },
    { name: "report-developers", attached: ["report-development"] },
    { name: "data-machines", attached: ["data-read"] },
    { name: "builders", attached: ["start-builds"] },
    { name: "self-service", attached: ["own-policies"] },
    { name: "developers", attached: ["PowerUserAccess"] },
    { name: "web-leads", attached: ["web-policies"] },
    { name: "no-identity-changes", inline: { "no-identity-changes": doc(deny("iam:*")) } },
    { name: "report-testers", attached: ["run-reports-by-hand"] },
    { name: "platform-builders", attached: ["build-anything"] },
    { name: "people-desk", attached: ["look-after-people"] },
    { name: "key-desk", attached: ["renew-keys"] },
    // Whoever is away for long keeps the groups and may do nothing until back.
    { name: "on-leave", inline: { nothing: doc(deny("*")) } },
  ],
  users: PRODUCTION_USERS,
  roles: ROLES,
  oidc: [
    {
      Arn: OIDC,
      Url: "token.actions.githubusercontent.com",
      ClientIDList: ["sts.amazonaws.com"],
      ThumbprintList: [],
      CreateDate: daysAgo(300),
      Tags: [],
    },
  ],
  saml: [{ Arn: SAML, CreateDate: daysAgo(700), ValidUntil: daysAgo(-35_000) }],
  serverCertificates: [
    {
      Path: "/",
      ServerCertificateName: "www-acme-example",
      ServerCertificateId: "ASCASAMPLE00000000001",
      Arn: arn("server-certificate/www-acme-example"),
      UploadDate: daysAgo(200),
      Expiration: "2027-05-01T00:00:00+00:00",
    },
  ],
  resources: [
    { arn: lambda("nightly-report"), type: "lambda:function", roleArn: arn("role/nightly-report") },
    { arn: lambda("build-web"), type: "lambda:function", roleArn: arn("role/web-server") },
    {
      arn: `arn:aws:ec2:eu-west-1:${DIGITS}:instance/i-0sample0000000001`,
      type: "ec2:instance",
      roleArn: arn("role/web-server"),
    },
  ],
  resourcePolicies: [
    {
      arn: "arn:aws:s3:::acme-partner-inbox",
      policy: doc({
        Effect: "Allow",
        Principal: { AWS: arn("role/partner-upload") },
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::acme-partner-inbox/*",
      }),
    },
    {
      arn: "arn:aws:s3:::acme-web",
      policy: doc({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::acme-web", "arn:aws:s3:::acme-web/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    },
    // S3 sends for whoever asks it: any customer's bucket could fill this queue.
    {
      arn: queue("web-events"),
      policy: doc({ ...send("web-events"), Principal: { Service: "s3.amazonaws.com" } }),
    },
    {
      arn: queue("payment-events"),
      policy: doc({
        ...send("payment-events"),
        Principal: { Service: "s3.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": DIGITS } },
      }),
    },
    { arn: queue("partner-orders"), policy: doc({ ...send("partner-orders"), Principal: "*" }) },
    // Everyone, but the tenant's public access block stands before it.
    {
      arn: "arn:aws:s3:::acme-press",
      policy: doc({ ...allow("s3:GetObject", "arn:aws:s3:::acme-press/*"), Principal: "*" }),
    },
  ],
  publicAccessBlocks: {
    account: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    "arn:aws:s3:::acme-press": {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    },
  },
};
