import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { ConnectorEnvironment, ConnectorSession } from "../../../src/contracts/connector.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import { aws } from "../../../connectors/aws/index.ts";
import { readAll } from "../../contracts/connector-contract.ts";

/** The tenant most tests read, and a second one that trusts it. */
export const TENANT = "111122223333";
export const OTHER = "444455556666";

/** Files by path inside a recording; text is written as it is, anything else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** An Allow statement that stands for something to do. */
export const allow = (action: string | readonly string[], resource = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
});

/** A trust policy that lets one party in. */
export const trusts = (principal: unknown) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
});

const arn = (path: string, tenant = TENANT): string => `arn:aws:iam::${tenant}:${path}`;
const CREATED = "2024-01-10T08:00:00+00:00";

/** A user of the sweep. */
export const user = (name: string, id: string, more: object = {}) => ({
  Path: "/",
  UserName: name,
  UserId: id,
  Arn: arn(`user/${name}`),
  CreateDate: CREATED,
  GroupList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  ...more,
});

/** A role of the sweep that EC2 may assume. */
export const role = (name: string, id: string, more: object = {}, tenant = TENANT) => ({
  Path: "/",
  RoleName: name,
  RoleId: id,
  Arn: arn(`role/${name}`, tenant),
  CreateDate: CREATED,
  AssumeRolePolicyDocument: trusts({ Service: "ec2.amazonaws.com" }),
  InstanceProfileList: [],
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  RoleLastUsed: { LastUsedDate: "2026-11-01T00:00:00+00:00", Region: "eu-west-1" },
  ...more,
});

/** A sweep with some of everything. */
export const sweep = {
  UserDetailList: [
    user("robin.example", "AIDAROBIN", {
      GroupList: ["builders"],
      AttachedManagedPolicies: [{ PolicyName: "ReadReports", PolicyArn: arn("policy/ReadReports") }],
      UserPolicyList: [{ PolicyName: "own-bucket", PolicyDocument: allow("s3:*", "arn:aws:s3:::robin-example/*") }],
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn("policy/Limit") },
      Tags: [{ Key: "team", Value: "reports" }],
    }),
    user("sam.example", "AIDASAM"),
  ],
  GroupDetailList: [
    {
      Path: "/",
      GroupName: "builders",
      GroupId: "AGPABUILDERS",
      Arn: arn("group/builders"),
      CreateDate: CREATED,
      GroupPolicyList: [{ PolicyName: "build", PolicyDocument: allow("codebuild:*") }],
      AttachedManagedPolicies: [
        { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      ],
    },
  ],
  RoleDetailList: [
    role("deployer", "AROADEPLOYER", {
      AssumeRolePolicyDocument: trusts({ AWS: arn("user/robin.example") }),
      AttachedManagedPolicies: [{ PolicyName: "ReadReports", PolicyArn: arn("policy/ReadReports") }],
      RolePolicyList: [{ PolicyName: "deploy", PolicyDocument: allow("lambda:UpdateFunctionCode") }],
      MaxSessionDuration: 3600,
    }),
  ],
  Policies: [
    {
      PolicyName: "ReadReports",
      PolicyId: "ANPAREADREPORTS",
      Arn: arn("policy/ReadReports"),
      Path: "/",
      DefaultVersionId: "v2",
      AttachmentCount: 2,
      CreateDate: CREATED,
      UpdateDate: "2024-02-01T00:00:00+00:00",
      PolicyVersionList: [
        { Document: allow("*"), VersionId: "v1", IsDefaultVersion: false, CreateDate: CREATED },
        {
          Document: allow("s3:Get*", "arn:aws:s3:::reports/*"),
          VersionId: "v2",
          IsDefaultVersion: true,
          CreateDate: CREATED,
        },
      ],
    },
    {
      PolicyName: "AdministratorAccess",
      PolicyId: "ANPAIWMBCKSKIEE64ZLYK",
      Arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      DefaultVersionId: "v1",
      PolicyVersionList: [{ Document: allow("*"), VersionId: "v1", IsDefaultVersion: true }],
    },
  ],
};

const REPORT_COLUMNS =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/** A credential report as AWS writes it: root, a user with two keys, a user with nothing. */
export const report = [
  REPORT_COLUMNS,
  `<root_account>,${arn("root")},2020-01-01T00:00:00+00:00,not_supported,2026-10-01T12:00:00+00:00,not_supported,not_supported,true,true,2021-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
  `robin.example,${arn("user/robin.example")},${CREATED},true,no_information,2024-01-11T08:00:00+00:00,N/A,false,true,2024-01-10T08:00:00+00:00,2026-11-20T09:00:00+00:00,eu-west-1,s3,true,2024-03-01T08:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A`,
  `sam.example,${arn("user/sam.example")},${CREATED},false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
].join("\n");

/** Every file of one tenant's folder, by file name. */
export const tenantFiles: Files = {
  "account-authorization-details.json": sweep,
  "credential-report.csv": report,
  "access-keys.json": {
    "robin.example": [
      {
        UserName: "robin.example",
        AccessKeyId: "AKIAFRESHFRESHFRESH1",
        Status: "Active",
        CreateDate: "2024-01-10T08:00:00+00:00",
      },
      {
        UserName: "robin.example",
        AccessKeyId: "AKIASTALESTALESTALE2",
        Status: "Active",
        CreateDate: "2024-03-01T08:00:00+00:00",
      },
    ],
    "sam.example": [],
  },
  "access-key-last-used.json": {
    AKIAFRESHFRESHFRESH1: { LastUsedDate: "2026-11-20T09:00:00+00:00", ServiceName: "s3", Region: "eu-west-1" },
    AKIASTALESTALESTALE2: { ServiceName: "N/A", Region: "N/A" },
  },
  "login-profiles.json": {
    "robin.example": { UserName: "robin.example", CreateDate: "2024-01-11T08:00:00+00:00" },
    "sam.example": null,
  },
  "mfa-devices.json": {
    "robin.example": [{ UserName: "robin.example", SerialNumber: arn("mfa/robin-phone"), EnableDate: CREATED }],
    "sam.example": [],
  },
  "ssh-public-keys.json": {
    "robin.example": [
      { UserName: "robin.example", SSHPublicKeyId: "APKAROBIN", Status: "Inactive", UploadDate: CREATED },
    ],
  },
  "service-specific-credentials.json": {
    "sam.example": [
      {
        UserName: "sam.example",
        ServiceSpecificCredentialId: "ACCASAM",
        ServiceName: "codecommit.amazonaws.com",
        Status: "Active",
        CreateDate: CREATED,
      },
    ],
  },
  "signing-certificates.json": {
    "sam.example": [{ UserName: "sam.example", CertificateId: "CERTSAM", Status: "Active", UploadDate: CREATED }],
  },
  "server-certificates.json": [
    {
      ServerCertificateName: "www",
      ServerCertificateId: "ASCAWWW",
      Arn: arn("server-certificate/www"),
      UploadDate: CREATED,
      Expiration: "2027-01-01T00:00:00+00:00",
    },
  ],
  "account-summary.json": { SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1, Users: 2 } },
  "password-policy.json": { PasswordPolicy: { MinimumPasswordLength: 8, RequireSymbols: true, RequireNumbers: false } },
  "identity-providers.json": {
    oidc: [
      {
        Arn: arn("oidc-provider/token.actions.githubusercontent.com"),
        Url: "token.actions.githubusercontent.com",
        ClientIDList: ["sts.amazonaws.com"],
        CreateDate: CREATED,
      },
    ],
    saml: [],
  },
  "service-last-accessed.json": {
    [arn("user/robin.example")]: {
      JobStatus: "COMPLETED",
      ServicesLastAccessed: [
        {
          ServiceName: "Amazon S3",
          ServiceNamespace: "s3",
          LastAuthenticated: "2026-11-20T09:00:00+00:00",
          TrackedActionsLastAccessed: [{ ActionName: "GetObject", LastAccessedTime: "2026-11-20T09:00:00+00:00" }],
        },
        { ServiceName: "Amazon SQS", ServiceNamespace: "sqs" },
      ],
    },
  },
  "organization.json": {
    managementTenant: TENANT,
    targets: [
      { id: "r-root", kind: "root", scps: [{ id: "p-full", name: "FullAWSAccess", document: allow("*") }] },
      {
        id: "ou-work",
        parentId: "r-root",
        kind: "ou",
        name: "work",
        scps: [{ id: "p-region", name: "OnlyEurope", document: JSON.stringify(allow("*")) }],
        rcps: [],
      },
      { id: TENANT, parentId: "r-root", kind: "tenant", tenant: TENANT, name: "example-main", scps: [] },
      { id: OTHER, parentId: "ou-work", kind: "tenant", tenant: OTHER, name: "example-side", scps: [] },
    ],
  },
  "identity-center.json": {
    instances: [{ InstanceArn: "arn:aws:sso:::instance/ssoins-1", IdentityStoreId: "d-1" }],
    permissionSets: [
      {
        PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-0001",
        Name: "Operators",
        CreatedDate: CREATED,
        managed: [{ Name: "AdministratorAccess", Arn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
        customerManaged: [{ Name: "ReadReports", Path: "/" }],
        inline: JSON.stringify(allow("logs:*")),
        boundary: null,
      },
    ],
    assignments: [
      {
        AccountId: TENANT,
        PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-0001",
        PrincipalType: "GROUP",
        PrincipalId: "g-ops",
      },
    ],
    users: [
      {
        UserId: "u-kim",
        UserName: "kim.example",
        DisplayName: "Kim Example",
        Emails: [{ Value: "kim@invented.example", Primary: true }],
      },
    ],
    groups: [{ GroupId: "g-ops", DisplayName: "operators" }],
    memberships: [{ GroupId: "g-ops", MemberId: { UserId: "u-kim" } }],
  },
  "resource-policies.json": [{ arn: "arn:aws:s3:::reports", policy: allow("s3:GetObject") }],
  "public-access-blocks.json": {
    account: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: false },
    "arn:aws:s3:::reports": null,
  },
  "resources.json": [
    {
      arn: `arn:aws:lambda:eu-west-1:${TENANT}:function:report`,
      type: "lambda:function",
      roleArn: arn("role/deployer"),
    },
  ],
};

/** The files of one tenant with some replaced; `undefined` leaves one out. */
export function inTenant(changes: Files = {}, tenant = TENANT): Files {
  const files = { ...tenantFiles, ...changes };
  return Object.fromEntries(
    Object.entries(files)
      .filter(([, content]) => content !== undefined)
      .map(([name, content]) => [`aws/${tenant}/${name}`, content]),
  );
}

const made: string[] = [];
afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});

/** Writes files into a new temporary folder, gone when the test file is over, and answers its path. */
export async function recording(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-recording-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 2),
    );
  }
  return folder;
}

/** Where the tests stand in time. */
export const environment: ConnectorEnvironment = {
  clock: { now: () => "2026-11-25T00:00:00Z" },
  secrets: { read: () => undefined },
  log: { progress: () => undefined, warn: () => undefined },
};

/** Opens a recorded path. */
export function openRecorded(path: string, workingCopy = false): Promise<ConnectorSession> {
  return aws.open({ mode: "recorded", path, workingCopy }, environment);
}

/** Everything a recording says. */
export async function recordsOf(files: Files): Promise<SnapshotRecords> {
  const folder = await recording(files);
  try {
    return await readAll(await openRecorded(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything a single file of the sweep says. */
export async function recordsOfFile(content: unknown): Promise<SnapshotRecords> {
  const folder = await recording({ "details.json": content });
  try {
    return await readAll(await openRecorded(join(folder, "details.json")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
