import type { AwsSeed, PolicyDocument, TenantSeed } from "../../fakes/aws/seed.ts";
import { REGIONAL } from "./regional-seed.ts";

/** The tenant the tests' own credentials belong to. */
export const HOME = "111122223333";
/** A tenant that is reached by a role that asks for an external id. */
export const PAYMENTS = "222233334444";
/** A tenant that is reached by a role that does not trust the tests. */
export const CLOSED = "333344445555";
/** What the role of {@link PAYMENTS} asks for. */
export const EXTERNAL_ID = "sample-external-id";

const OWN = "arn:aws:iam::aws:policy";
const allow = (...actions: readonly string[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});
const deny = (action: string): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: action, Resource: "*" }],
});
const trust = (Principal: PolicyDocument, Condition?: PolicyDocument): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) }],
});

const home: TenantSeed = {
  id: HOME,
  alias: "sample-home",
  ...REGIONAL,
  users: [
    // The first three have nothing attached: a first page may hold no policy at all.
    { name: "ada-example", groups: ["admins", "readers"], password: { lastUsed: "2026-11-20T08:00:00Z" }, mfa: 2 },
    { name: "kai-lorem", groups: ["readers"], password: {}, sshKeys: 3, tags: [{ Key: "team", Value: "sample" }] },
    { name: "rex-awaiter", serviceCredentials: ["codecommit.amazonaws.com", "cassandra.amazonaws.com"] },
    { name: "mia-sample", attached: [`arn:aws:iam::${HOME}:policy/read-sample-buckets`], certificates: 2 },
    {
      name: "ci-deployer",
      path: "/machines/",
      keys: [
        { lastUsed: "2026-11-24T03:00:00Z", service: "s3", region: "eu-west-1" },
        { createdAt: "2024-02-01T00:00:00Z" },
      ],
      attached: [`${OWN}/PowerUserAccess`, `arn:aws:iam::${HOME}:policy/team/ship-releases`],
      // The spaces and the percent sign must survive a deletion and its undo.
      inline: { deploy: { ...allow("s3:PutObject"), Id: "50% of it + more" }, tidy: allow("s3:DeleteObject") },
      boundary: `arn:aws:iam::${HOME}:policy/ceiling`,
    },
    { name: "old-robot", keys: [{ status: "Inactive", lastUsed: "2025-01-02T00:00:00Z" }], groups: ["robots"] },
    { name: "zoe-placeholder", password: { lastUsed: "2024-06-01T00:00:00Z" }, boundary: `${OWN}/ReadOnlyAccess` },
  ],
  groups: [
    { name: "admins", attached: [`${OWN}/AdministratorAccess`] },
    { name: "readers", attached: [`${OWN}/ReadOnlyAccess`], inline: { "look-around": allow("ec2:Describe*") } },
    { name: "robots" },
    { name: "nobody" },
  ],
  roles: [
    {
      name: "app-server",
      trust: trust({ Service: "ec2.amazonaws.com" }),
      attached: [`arn:aws:iam::${HOME}:policy/read-sample-buckets`],
      inline: { "write-logs": allow("logs:PutLogEvents") },
      lastUsed: "2026-11-24T00:00:00Z",
    },
    {
      name: "release-pipeline",
      trust: trust({ Federated: `arn:aws:iam::${HOME}:oidc-provider/tokens.sample.example` }),
      boundary: `arn:aws:iam::${HOME}:policy/ceiling`,
    },
    { name: "of-payments", trust: trust({ AWS: `arn:aws:iam::${PAYMENTS}:role/batch` }) },
  ],
  policies: [
    {
      name: "read-sample-buckets",
      versions: [allow("s3:Get*"), allow("s3:Get*", "s3:List*"), allow("s3:*")],
      default: "v2",
    },
    { name: "ship-releases", path: "/team/", versions: [allow("codedeploy:*")] },
    { name: "ceiling", versions: [allow("s3:*", "codedeploy:*")] },
    { name: "left-behind", versions: [allow("sqs:*")] },
  ],
  oidc: [
    { url: "tokens.sample.example", clients: ["sts.amazonaws.com"] },
    { url: "builds.sample.example", clients: ["one", "two"] },
  ],
  saml: ["sample-directory", "old-directory"],
  serverCertificates: ["www", "api", "old"].map((name) => ({
    ServerCertificateName: `${name}-sample`,
    UploadDate: new Date("2025-03-01T00:00:00Z"),
    Expiration: new Date("2027-03-01T00:00:00Z"),
  })),
  passwordPolicy: { MinimumPasswordLength: 14, RequireSymbols: true, ExpirePasswords: false },
  root: { mfa: false, lastUsed: "2026-10-01T00:00:00Z", keys: 1 },
  lastAccessed: {
    "user/machines/ci-deployer": { s3: "2026-11-24T03:00:00Z", codedeploy: "2026-11-23T00:00:00Z", sqs: null },
    "user/mia-sample": { s3: null },
    "role/app-server": { s3: "2026-11-24T00:00:00Z", logs: "2026-11-24T00:00:00Z" },
  },
};

const payments: TenantSeed = {
  id: PAYMENTS,
  users: [
    { name: "lia-invented", groups: ["admins"], password: {}, attached: [`${OWN}/SecurityAudit`] },
    { name: "batch-robot", keys: [{ lastUsed: "2023-01-01T00:00:00Z" }, { lastUsed: "2026-11-24T00:00:00Z" }] },
  ],
  groups: [{ name: "admins", attached: [`${OWN}/AdministratorAccess`] }],
  roles: [
    {
      name: "leastwise-reader",
      trust: trust({ AWS: `arn:aws:iam::${HOME}:root` }, { StringEquals: { "sts:ExternalId": EXTERNAL_ID } }),
      attached: [`${OWN}/SecurityAudit`],
    },
    { name: "batch", trust: trust({ Service: "lambda.amazonaws.com" }), inline: { pay: allow("sqs:*") } },
  ],
};

const closed: TenantSeed = {
  id: CLOSED,
  users: [{ name: "sam-nobody" }],
  roles: [{ name: "leastwise-reader", trust: trust({ AWS: "arn:aws:iam::999999999999:root" }) }],
};

/** One company of three tenants with an organization and Identity Center, some of everything in it. */
export const SEED: AwsSeed = {
  tenants: [home, payments, closed],
  organization: {
    managementTenant: HOME,
    targets: [
      { id: "r-smpl", name: "Root", parent: null, scps: ["p-full"] },
      { id: "ou-smpl-work", name: "Workloads", parent: "r-smpl", scps: ["p-full", "p-leave"], rcps: ["p-own"] },
      { id: "ou-smpl-play", name: "Sandbox", parent: "r-smpl", scps: ["p-full"] },
      { id: "ou-smpl-money", name: "Money", parent: "ou-smpl-work", scps: ["p-full", "p-region"] },
      { id: HOME, name: "Home", parent: "r-smpl" },
      { id: CLOSED, name: "Closed", parent: "ou-smpl-play" },
      { id: "444455556666", name: "Sandbox of Ada", parent: "ou-smpl-play" },
      { id: PAYMENTS, name: "Payments", parent: "ou-smpl-money", scps: ["p-full", "p-leave", "p-region"] },
    ],
    policies: [
      { id: "p-full", name: "FullAWSAccess", kind: "scp", document: allow("*") },
      { id: "p-leave", name: "stay", kind: "scp", document: deny("organizations:LeaveOrganization") },
      { id: "p-region", name: "no-other-regions", kind: "scp", document: deny("ec2:*") },
      { id: "p-own", name: "only-our-own", kind: "rcp", document: deny("s3:*") },
    ],
  },
  identityCenter: {
    users: ["ada", "kai", "lia"].map((name) => ({
      id: `u-${name}`,
      userName: `${name}@sample.example`,
      email: `${name}@sample.example`,
    })),
    groups: [
      { id: "g-ops", name: "operations", members: ["u-ada", "u-kai"] },
      { id: "g-pay", name: "payments", members: ["u-lia"] },
    ],
    permissionSets: [
      {
        id: "ps-0001",
        name: "Administrator",
        managed: [`${OWN}/AdministratorAccess`, `${OWN}/ReadOnlyAccess`],
        assignments: [
          { tenant: HOME, group: "g-ops" },
          { tenant: HOME, user: "u-lia" },
          { tenant: PAYMENTS, user: "u-ada" },
        ],
      },
      {
        id: "ps-0002",
        name: "Releases",
        customerManaged: ["read-sample-buckets", "ceiling"],
        inline: allow("codedeploy:*"),
        boundary: `${OWN}/PowerUserAccess`,
        assignments: [{ tenant: HOME, user: "u-kai" }],
      },
    ],
  },
};
