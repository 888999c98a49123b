/** The AWS side of the sample company: three tenants, one true case of every AWS rule, and decoys that look like one. */
import { PEOPLE, person, type Person } from "./people.ts";

/** Management, production and sandbox. */
export const TENANTS = { management: "111122223333", production: "222233334444", sandbox: "333344445555" } as const;

type Json = Record<string, unknown>;
type Files = Record<string, unknown>;

const NOW = "2026-11-20T08:00:00Z";
const daysAgo = (days: number): string => `${new Date(Date.parse(NOW) - days * 86_400_000).toISOString().slice(0, 11)}07:30:00+00:00`;
const doc = (...statements: Json[]): Json => ({ Version: "2012-10-17", Statement: statements });
const allow = (actions: string | string[], resources: string | string[] = "*", more: Json = {}): Json => ({ Effect: "Allow", Action: actions, Resource: resources, ...more });
const deny = (actions: string | string[], resources: string | string[] = "*", more: Json = {}): Json => ({ Effect: "Deny", Action: actions, Resource: resources, ...more });
const trust = (principal: Json, action = "sts:AssumeRole", condition?: Json): Json =>
  doc({ Effect: "Allow", Principal: principal, Action: action, ...(condition === undefined ? {} : { Condition: condition }) });
const service = (name: string): Json => trust({ Service: `${name}.amazonaws.com` });

/** A key of a user: when made, when last used (days ago; null is never), where. */
interface Key {
  readonly active?: boolean;
  readonly made: number;
  readonly used: number | null;
  readonly where?: readonly [service: string, region: string];
}

interface User {
  readonly name: string;
  readonly made?: number;
  readonly groups?: string[];
  readonly attached?: string[];
  readonly inline?: Record<string, Json>;
  readonly boundary?: string;
  readonly tags?: Record<string, string>;
  readonly keys?: Key[];
  /** Console password: days since it was last used; `never` when it was not. */
  readonly password?: number | "never";
  readonly mfa?: boolean;
  readonly sshKey?: number;
  readonly codeCommit?: number;
  readonly certificate?: number;
  /** Services it is granted: days since the last attempt, null never. */
  readonly services?: Record<string, number | null>;
}

interface Role {
  readonly name: string;
  readonly path?: string;
  readonly made?: number;
  readonly trust: Json;
  /** Days since the last use; null is no use in AWS's window. */
  readonly used: number | null;
  readonly attached?: string[];
  readonly inline?: Record<string, Json>;
  readonly boundary?: string;
  readonly tags?: Record<string, string>;
  readonly services?: Record<string, number | null>;
}

interface Group {
  readonly name: string;
  readonly attached?: string[];
  readonly inline?: Record<string, Json>;
}

interface Tenant {
  readonly digits: string;
  readonly users: User[];
  readonly groups: Group[];
  readonly roles: Role[];
  readonly policies: Record<string, Json>;
  readonly root: { readonly mfa: boolean; readonly used: number | null; readonly key: number | null };
  readonly passwordPolicy: Json | null;
  readonly oidc?: Json[];
  readonly saml?: Json[];
  readonly serverCertificates?: Json[];
  readonly resources?: Json[];
  readonly resourcePolicies?: Json[];
}

const AWS_MANAGED: Record<string, Json> = {
  AdministratorAccess: doc(allow("*")),
  ReadOnlyAccess: doc(allow(["s3:Get*", "s3:List*", "ec2:Describe*", "iam:Get*", "iam:List*", "cloudwatch:Get*", "logs:Get*", "logs:Describe*"])),
  SecurityAudit: doc(allow(["iam:Get*", "iam:List*", "cloudtrail:Describe*", "cloudtrail:LookupEvents", "config:Describe*"])),
  AmazonS3ReadOnlyAccess: doc(allow(["s3:Get*", "s3:List*"])),
  IAMFullAccess: doc(allow("iam:*")),
  Billing: doc(allow(["aws-portal:View*", "ce:Get*", "budgets:View*"])),
};

const userArn = (digits: string, name: string): string => `arn:aws:iam::${digits}:user/${name}`;
const oidcArn = (digits: string): string => `arn:aws:iam::${digits}:oidc-provider/token.actions.githubusercontent.com`;

const strong = { MinimumPasswordLength: 16, RequireSymbols: true, RequireNumbers: true, RequireUppercaseCharacters: true, RequireLowercaseCharacters: true, PasswordReusePrevention: 24, MaxPasswordAge: 365, ExpirePasswords: true, AllowUsersToChangePassword: true, HardExpiry: false };

const production: Tenant = {
  digits: TENANTS.production,
  root: { mfa: true, used: 410, key: null },
  passwordPolicy: { ...strong, MinimumPasswordLength: 8 },
  policies: {
    "deploy-web": doc(allow(["s3:PutObject", "s3:DeleteObject", "cloudfront:CreateInvalidation"], ["arn:aws:s3:::acme-web/*", "*"])),
    "payments-operate": doc(allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "sqs:SendMessage", "sqs:ReceiveMessage"], `arn:aws:dynamodb:eu-west-1:${TENANTS.production}:table/payments`)),
    "lambda-update": doc(allow(["lambda:UpdateFunctionCode", "lambda:InvokeFunction"], `arn:aws:lambda:eu-west-1:${TENANTS.production}:function:nightly-report`)),
    "no-iam": doc(allow("*"), deny(["iam:*", "organizations:*", "sts:*"])),
    "data-read": doc(allow(["s3:GetObject", "s3:ListBucket", "athena:StartQueryExecution", "glue:GetTable"], "*")),
    "break-glass": doc(allow("*", "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })),
  },
  groups: [
    { name: "administrators", attached: ["AdministratorAccess"] },
    { name: "payments-operators", attached: ["payments-operate"] },
    { name: "web-deployers", attached: ["deploy-web"] },
    { name: "auditors", attached: ["SecurityAudit", "ReadOnlyAccess"] },
    { name: "on-call", attached: ["break-glass"] },
  ],
  users: [
    { name: "kai.lorem", made: 900, groups: ["administrators"], keys: [{ made: 60, used: 1, where: ["iam", "us-east-1"] }], password: 2, mfa: true, services: { iam: 1, s3: 3, ec2: 2 } },
    { name: "lia.ipsum", made: 700, groups: ["administrators"], password: 12, mfa: true, services: { iam: 5, s3: 9, ec2: 12 } },
    // Left in August; the key is old, idle and still an administrator's.
    { name: "odo.amet", made: 1_200, groups: ["administrators"], keys: [{ made: 412, used: 200, where: ["s3", "eu-west-1"] }], services: { iam: 300, s3: 200 } },
    { name: "pia.foobar", made: 500, groups: ["payments-operators", "on-call"], password: 4, mfa: true, services: { dynamodb: 2, sqs: 3 } },
    { name: "quin.bazley", made: 480, groups: ["payments-operators"], password: 70, mfa: true, services: { dynamodb: 70, sqs: 88 } },
    { name: "ray.quuxton", made: 450, groups: ["payments-operators"], password: 9, mfa: false, services: { dynamodb: 9, sqs: 9 } },
    { name: "sue.corge", made: 300, attached: ["payments-operate"], password: 6, mfa: true, services: { dynamodb: 6, sqs: 110 } },
    { name: "uma.garply", made: 640, groups: ["web-deployers"], keys: [{ made: 30, used: 0, where: ["s3", "eu-west-1"] }], services: { s3: 0, cloudfront: 0 } },
    { name: "vic.waldo", made: 620, groups: ["web-deployers"], keys: [{ made: 130, used: 44, where: ["s3", "eu-west-1"] }], services: { s3: 44, cloudfront: 60 } },
    { name: "eve.iterable", made: 200, groups: ["auditors"], password: 1, mfa: true, services: { iam: 1, cloudtrail: 1, config: 2, s3: 2 } },
    // Two keys, one stale and one busy: only the stale one may ever be touched.
    { name: "ci-web", made: 800, inline: { "deploy-anything": doc(allow("s3:*")) }, keys: [{ made: 700, used: 210, where: ["s3", "eu-west-1"] }, { made: 50, used: 0, where: ["s3", "eu-west-1"] }], tags: { team: "web" }, services: { s3: 0 } },
    { name: "ci-legacy", made: 1_500, attached: ["deploy-web"], keys: [{ made: 1_400, used: 300, where: ["cloudfront", "us-east-1"] }], services: { s3: 300, cloudfront: 300 } },
    { name: "metrics-exporter", made: 400, attached: ["AmazonS3ReadOnlyAccess"], keys: [{ made: 80, used: null }], tags: { description: "=HYPERLINK(\"https://sample.invalid\",\"metrics\")" }, services: { s3: null } },
    { name: "backup-agent", made: 390, attached: ["data-read"], keys: [{ made: 20, used: null }], services: { s3: null, athena: null, glue: null } },
    { name: "mystery", made: 950, attached: ["ReadOnlyAccess"], keys: [{ made: 940, used: 20, where: ["ec2", "eu-west-1"] }], services: { s3: 20, ec2: 20, iam: null } },
    // Decoys: everything, but a deny in another policy; everything, but a boundary.
    { name: "nia.sitamet", made: 350, attached: ["no-iam"], password: 3, mfa: true, services: { s3: 3 } },
    { name: "mo.dolor", made: 330, attached: ["AdministratorAccess"], boundary: "data-read", password: 5, mfa: true, services: { s3: 5, athena: 5 } },
    // Left in May; nothing signs in any more.
    { name: "yan.xyzzy", made: 1_000, groups: ["web-deployers"], keys: [{ active: false, made: 600, used: 260, where: ["s3", "eu-west-1"] }] },
    { name: "bjoern.umlaeut", made: 210, groups: ["web-deployers"], password: 8, mfa: true, sshKey: 210, services: { s3: 8, cloudfront: 30 } },
    { name: "oz.promiset", made: 190, attached: ["lambda-update"], keys: [{ made: 70, used: 3, where: ["lambda", "eu-west-1"] }], services: { lambda: 3 } },
  ],
  roles: [
    { name: "web-server", made: 700, trust: service("ec2"), used: 0, attached: ["AmazonS3ReadOnlyAccess"], services: { s3: 0 } },
    { name: "nightly-report", made: 650, trust: service("lambda"), used: 1, attached: ["AdministratorAccess"], services: { s3: 1, ec2: null, iam: null } },
    { name: "old-migration", made: 800, trust: service("ec2"), used: 320, inline: { "migrate-all": doc(allow(["dynamodb:*", "s3:*"])) }, services: { dynamodb: 320, s3: 321 } },
    { name: "vendor-monitoring", made: 420, trust: trust({ AWS: "arn:aws:iam::999988887777:root" }), used: 2, attached: ["ReadOnlyAccess"], services: { ec2: 2, s3: 2 } },
    { name: "vendor-billing", made: 420, trust: trust({ AWS: "arn:aws:iam::999911112222:root" }, "sts:AssumeRole", { StringEquals: { "sts:ExternalId": "acme-billing-4711" } }), used: 6, attached: ["Billing"] },
    { name: "partner-upload", made: 260, trust: trust({ AWS: "*" }), used: 15, inline: { upload: doc(allow("s3:PutObject", "arn:aws:s3:::acme-partner-inbox/*")) } },
    { name: "org-inventory", made: 250, trust: trust({ AWS: "*" }, "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": "o-acmesample" } }), used: 1, attached: ["SecurityAudit"] },
    { name: "github-deploy", made: 300, trust: trust({ Federated: oidcArn(TENANTS.production) }, "sts:AssumeRoleWithWebIdentity", { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }), used: 1, attached: ["deploy-web"] },
    { name: "github-release", made: 280, trust: trust({ Federated: oidcArn(TENANTS.production) }, "sts:AssumeRoleWithWebIdentity", { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "repo:acme-sample/web:ref:refs/heads/main" } }), used: 2, attached: ["deploy-web"] },
    { name: "payments-admin", made: 240, trust: trust({ AWS: userArn(TENANTS.production, "pia.foobar") }, "sts:AssumeRole", { Bool: { "aws:MultiFactorAuthPresent": "true" } }), used: 30, attached: ["IAMFullAccess"] },
    { name: "OrganizationAccountAccessRole", made: 1_600, trust: trust({ AWS: `arn:aws:iam::${TENANTS.management}:root` }), used: 40, attached: ["AdministratorAccess"] },
    { name: "AWSServiceRoleForSupport", path: "/aws-service-role/support.amazonaws.com/", made: 1_600, trust: service("support"), used: null },
    { name: "AWSReservedSSO_Administrator_0a1b2c3d4e5f6789", path: "/aws-reserved/sso.amazonaws.com/", made: 700, trust: trust({ Federated: `arn:aws:iam::${TENANTS.production}:saml-provider/AWSSSO_sample_DO_NOT_DELETE` }, "sts:AssumeRoleWithSAML"), used: 1, attached: ["AdministratorAccess"] },
  ],
  oidc: [{ Arn: oidcArn(TENANTS.production), Url: "token.actions.githubusercontent.com", ClientIDList: ["sts.amazonaws.com"], ThumbprintList: [], CreateDate: daysAgo(300) }],
  saml: [{ Arn: `arn:aws:iam::${TENANTS.production}:saml-provider/AWSSSO_sample_DO_NOT_DELETE`, CreateDate: daysAgo(700) }],
  serverCertificates: [{ Path: "/", ServerCertificateName: "www-acme-example", ServerCertificateId: "ASCASAMPLE00000000001", Arn: `arn:aws:iam::${TENANTS.production}:server-certificate/www-acme-example`, UploadDate: daysAgo(200), Expiration: "2027-05-01T00:00:00+00:00" }],
  resources: [
    { arn: `arn:aws:lambda:eu-west-1:${TENANTS.production}:function:nightly-report`, type: "lambda:function", roleArn: `arn:aws:iam::${TENANTS.production}:role/nightly-report` },
    { arn: `arn:aws:ec2:eu-west-1:${TENANTS.production}:instance/i-0sample0000000001`, type: "ec2:instance", roleArn: `arn:aws:iam::${TENANTS.production}:role/web-server` },
  ],
  resourcePolicies: [{ arn: "arn:aws:s3:::acme-partner-inbox", policy: doc({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${TENANTS.production}:role/partner-upload` }, Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-partner-inbox/*" }) }],
};

const management: Tenant = {
  digits: TENANTS.management,
  root: { mfa: false, used: 20, key: null },
  passwordPolicy: strong,
  policies: {},
  groups: [],
  users: [{ name: "cleo.sample", made: 1_500, attached: ["AdministratorAccess"], password: 3, mfa: true, services: { organizations: 3, iam: 10 } }],
  roles: [
    { name: "org-reader", made: 400, trust: service("lambda"), used: 1, attached: ["SecurityAudit"], services: { iam: 1, cloudtrail: null } },
    { name: "AWSServiceRoleForOrganizations", path: "/aws-service-role/organizations.amazonaws.com/", made: 1_600, trust: service("organizations"), used: null },
  ],
};

const sandbox: Tenant = {
  digits: TENANTS.sandbox,
  root: { mfa: true, used: null, key: 800 },
  passwordPolicy: null,
  policies: { "play-with-everything": doc(allow("*")), "sandbox-boundary": doc(allow(["s3:*", "lambda:*", "logs:*"])) },
  groups: [{ name: "players", attached: ["play-with-everything"] }],
  users: [
    { name: "abe.metasyn", made: 220, groups: ["players"], keys: [{ made: 40, used: 2, where: ["lambda", "eu-west-1"] }], services: { lambda: 2, s3: 4 } },
    { name: "bea.nullson", made: 220, groups: ["players"], password: "never", mfa: true },
    { name: "experiment-runner", made: 150, inline: { "do-anything": doc(allow("*")) }, boundary: "sandbox-boundary", keys: [{ made: 60, used: 5, where: ["s3", "eu-west-1"] }], codeCommit: 150, certificate: 150, services: { s3: 5, lambda: 8, logs: 9 } },
  ],
  roles: [
    { name: "notebook", made: 140, trust: service("sagemaker"), used: 30, attached: ["AmazonS3ReadOnlyAccess"] },
    { name: "never-started", made: 200, trust: service("lambda"), used: null, attached: ["AmazonS3ReadOnlyAccess"] },
    { name: "brand-new", made: 10, trust: service("lambda"), used: null, attached: ["AmazonS3ReadOnlyAccess"] },
    { name: "OrganizationAccountAccessRole", made: 1_600, trust: trust({ AWS: `arn:aws:iam::${TENANTS.management}:root` }), used: 60, attached: ["AdministratorAccess"] },
  ],
};

/** Unique ids as AWS makes them: a prefix and 17 characters, here obviously made up. */
function uniqueIds(tenant: number): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}SAMPLE${tenant}${String(count).padStart(10, "0")}`;
  };
}

/** Everything AWS would answer for a tenant, by file name. */
function filesOf(tenant: Tenant, number: number): Files {
  const id = uniqueIds(number);
  const { digits } = tenant;
  const arn = (kind: string, path: string, name: string): string => `arn:aws:iam::${digits}:${kind}${path}${name}`;
  const policyArn = (name: string): string => (name in AWS_MANAGED && !(name in tenant.policies) ? `arn:aws:iam::aws:policy/${name === "Billing" ? "job-function/" : ""}${name}` : arn("policy", "/", name));
  const attach = (names: string[] = []): Json[] => names.map((name) => ({ PolicyName: name, PolicyArn: policyArn(name) }));
  const inline = (policies: Record<string, Json> = {}): Json[] => Object.entries(policies).map(([name, document]) => ({ PolicyName: name, PolicyDocument: document }));
  const boundary = (name: string | undefined): Json => (name === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: policyArn(name) } });
  const tags = (all: Record<string, string> = {}): Json[] => Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
  const users = tenant.users.map((user) => ({ user, id: id("AIDA"), keys: (user.keys ?? []).map((key) => ({ key, id: id("AKIA").replace("0000000", "000000") })) }));
  const used = new Set([...tenant.users, ...tenant.groups, ...tenant.roles].flatMap((holder) => holder.attached ?? []));
  const managed = [...Object.keys(tenant.policies), ...Object.keys(AWS_MANAGED).filter((name) => used.has(name) && !(name in tenant.policies))];
  const details = {
    UserDetailList: users.map(({ user, id: userId }) => ({
      Path: "/",
      UserName: user.name,
      UserId: userId,
      Arn: arn("user", "/", user.name),
      CreateDate: daysAgo(user.made ?? 365),
      ...(user.inline === undefined ? {} : { UserPolicyList: inline(user.inline) }),
      GroupList: user.groups ?? [],
      AttachedManagedPolicies: attach(user.attached),
      ...boundary(user.boundary),
      Tags: tags(user.tags),
    })),
    GroupDetailList: tenant.groups.map((group) => ({ Path: "/", GroupName: group.name, GroupId: id("AGPA"), Arn: arn("group", "/", group.name), CreateDate: daysAgo(900), GroupPolicyList: inline(group.inline), AttachedManagedPolicies: attach(group.attached) })),
    RoleDetailList: tenant.roles.map((role) => ({
      Path: role.path ?? "/",
      RoleName: role.name,
      RoleId: id("AROA"),
      Arn: arn("role", role.path ?? "/", role.name),
      CreateDate: daysAgo(role.made ?? 365),
      AssumeRolePolicyDocument: role.trust,
      InstanceProfileList: [],
      RolePolicyList: inline(role.inline),
      AttachedManagedPolicies: attach(role.attached),
      ...boundary(role.boundary),
      Tags: tags(role.tags),
      RoleLastUsed: role.used === null ? {} : { LastUsedDate: daysAgo(role.used), Region: "eu-west-1" },
    })),
    Policies: managed.map((name) => {
      const own = name in tenant.policies;
      return {
        PolicyName: name,
        PolicyId: own ? id("ANPA") : `ANPASAMPLEAWS${String(Object.keys(AWS_MANAGED).indexOf(name)).padStart(8, "0")}`,
        Arn: policyArn(name),
        Path: "/",
        DefaultVersionId: "v1",
        AttachmentCount: 1,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: daysAgo(900),
        UpdateDate: daysAgo(400),
        PolicyVersionList: [{ Document: tenant.policies[name] ?? AWS_MANAGED[name], VersionId: "v1", IsDefaultVersion: true, CreateDate: daysAgo(400) }],
      };
    }),
  };
  const perUser = <T>(make: (entry: (typeof users)[number]) => T): Record<string, T> => Object.fromEntries(users.map((entry) => [entry.user.name, make(entry)]));
  const lastAccessed = Object.fromEntries(
    [...tenant.users.map((user) => ({ kind: "user", path: "/", ...user })), ...tenant.roles.map((role) => ({ kind: "role", path: "/", ...role }))].flatMap(({ kind, path, name, services }) =>
      services === undefined
        ? []
        : [
            [
              arn(kind, path, name),
              {
                JobStatus: "COMPLETED",
                JobType: "SERVICE_LEVEL",
                ServicesLastAccessed: Object.entries(services).map(([namespace, days]) => ({
                  ServiceName: namespace,
                  ServiceNamespace: namespace,
                  TotalAuthenticatedEntities: days === null ? 0 : 1,
                  ...(days === null ? {} : { LastAuthenticated: daysAgo(days), LastAuthenticatedEntity: arn(kind, path, name) }),
                })),
              },
            ],
          ],
    ),
  );
  return {
    "account-authorization-details.json": details,
    "credential-report.csv": credentialReport(tenant, users, arn),
    "access-keys.json": perUser(({ user, keys }) => keys.map(({ key, id: keyId }) => ({ UserName: user.name, AccessKeyId: keyId, Status: key.active === false ? "Inactive" : "Active", CreateDate: daysAgo(key.made) }))),
    "access-key-last-used.json": Object.fromEntries(
      users.flatMap(({ keys }) => keys.map(({ key, id: keyId }) => [keyId, key.used === null ? { ServiceName: "N/A", Region: "N/A" } : { LastUsedDate: daysAgo(key.used), ServiceName: key.where?.[0] ?? "s3", Region: key.where?.[1] ?? "eu-west-1" }])),
    ),
    "login-profiles.json": perUser(({ user }) => (user.password === undefined ? null : { UserName: user.name, CreateDate: daysAgo(user.made ?? 365), PasswordResetRequired: false })),
    "mfa-devices.json": perUser(({ user }) => (user.mfa === true ? [{ UserName: user.name, SerialNumber: arn("mfa", "/", user.name), EnableDate: daysAgo(user.made ?? 365) }] : [])),
    "ssh-public-keys.json": perUser(({ user }) => (user.sshKey === undefined ? [] : [{ UserName: user.name, SSHPublicKeyId: "APKASAMPLE00000000001", Status: "Active", UploadDate: daysAgo(user.sshKey) }])),
    "service-specific-credentials.json": perUser(({ user }) => (user.codeCommit === undefined ? [] : [{ UserName: user.name, ServiceName: "codecommit.amazonaws.com", ServiceSpecificCredentialId: "ACCASAMPLE00000000001", Status: "Active", CreateDate: daysAgo(user.codeCommit) }])),
    "signing-certificates.json": perUser(({ user }) => (user.certificate === undefined ? [] : [{ UserName: user.name, CertificateId: "SAMPLECERTIFICATE0000000001", Status: "Active", UploadDate: daysAgo(user.certificate) }])),
    "server-certificates.json": tenant.serverCertificates ?? [],
    "account-summary.json": { AccountMFAEnabled: tenant.root.mfa ? 1 : 0, AccountAccessKeysPresent: tenant.root.key === null ? 0 : 1, Users: tenant.users.length, Groups: tenant.groups.length, Roles: tenant.roles.length, Policies: Object.keys(tenant.policies).length },
    "password-policy.json": tenant.passwordPolicy,
    "identity-providers.json": { oidc: tenant.oidc ?? [], saml: tenant.saml ?? [] },
    "service-last-accessed.json": lastAccessed,
    ...(tenant.resources === undefined ? {} : { "resources.json": tenant.resources }),
    ...(tenant.resourcePolicies === undefined ? {} : { "resource-policies.json": tenant.resourcePolicies }),
  };
}

const REPORT_COLUMNS = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

function credentialReport(tenant: Tenant, users: readonly { readonly user: User; readonly keys: readonly { readonly key: Key }[] }[], arn: (kind: string, path: string, name: string) => string): string {
  const keyCells = (key: Key | undefined): string[] =>
    key === undefined ? ["false", "N/A", "N/A", "N/A", "N/A"] : [String(key.active !== false), daysAgo(key.made), key.used === null ? "N/A" : daysAgo(key.used), key.used === null ? "N/A" : (key.where?.[1] ?? "eu-west-1"), key.used === null ? "N/A" : (key.where?.[0] ?? "s3")];
  const { root } = tenant;
  const lines = [
    ["<root_account>", `arn:aws:iam::${tenant.digits}:root`, daysAgo(1_700), "not_supported", root.used === null ? "no_information" : daysAgo(root.used), "not_supported", "not_supported", String(root.mfa), ...keyCells(root.key === null ? undefined : { made: root.key, used: null }), ...keyCells(undefined), "false", "N/A", "false", "N/A"],
    ...users.map(({ user, keys }) => [
      user.name,
      arn("user", "/", user.name),
      daysAgo(user.made ?? 365),
      String(user.password !== undefined),
      user.password === undefined ? "N/A" : user.password === "never" ? "no_information" : daysAgo(user.password),
      user.password === undefined ? "N/A" : daysAgo(user.made ?? 365),
      "N/A",
      String(user.mfa === true),
      ...keyCells(keys[0]?.key),
      ...keyCells(keys[1]?.key),
      String(user.certificate !== undefined),
      user.certificate === undefined ? "N/A" : daysAgo(user.certificate),
      "false",
      "N/A",
    ]),
  ];
  return `${[REPORT_COLUMNS, ...lines.map((cells) => cells.join(","))].join("\n")}\n`;
}

const FULL_ACCESS = { id: "p-FullAWSAccess", name: "FullAWSAccess", document: doc(allow("*")) };

/** The organization: sandbox tenants may not touch IAM, so nobody administers them. */
const organization = {
  managementTenant: TENANTS.management,
  targets: [
    { id: "r-acme", parentId: null, kind: "root", name: "Root", scps: [FULL_ACCESS], rcps: [] },
    { id: "ou-acme-workloads", parentId: "r-acme", kind: "ou", name: "Workloads", scps: [FULL_ACCESS], rcps: [] },
    { id: "ou-acme-sandbox", parentId: "r-acme", kind: "ou", name: "Sandbox", scps: [FULL_ACCESS, { id: "p-noiam", name: "no-iam-in-sandbox", document: doc(deny(["iam:*", "organizations:*"])) }], rcps: [] },
    { id: TENANTS.management, parentId: "r-acme", kind: "tenant", tenant: TENANTS.management, name: "acme-management", scps: [FULL_ACCESS], rcps: [] },
    { id: TENANTS.production, parentId: "ou-acme-workloads", kind: "tenant", tenant: TENANTS.production, name: "acme-production", scps: [FULL_ACCESS], rcps: [] },
    { id: TENANTS.sandbox, parentId: "ou-acme-sandbox", kind: "tenant", tenant: TENANTS.sandbox, name: "acme-sandbox", scps: [FULL_ACCESS], rcps: [] },
  ],
};

function identityCenter(): Json {
  const instance = "arn:aws:sso:::instance/ssoins-sample0000000001";
  const set = (n: number): string => `arn:aws:sso:::permissionSet/ssoins-sample0000000001/ps-sample000000000${n}`;
  const userId = (one: Person): string => `sample-user-${one.id}`;
  const members = ["Kai Lorem", "Lia Ipsum", "Cleo Sample", "Oz Promiset", "Rex Awaiter"].map(person);
  const readers = PEOPLE.filter((one) => one.department === "data" && one.employment === "active");
  const users = [...new Set([...members, ...readers, person("Bo Placeholder"), person("Ned Filterby"), person("Flo Truthy")])];
  return {
    instances: [{ InstanceArn: instance, IdentityStoreId: "d-sample0001", OwnerAccountId: TENANTS.management }],
    permissionSets: [
      { PermissionSetArn: set(1), Name: "Administrator", CreatedDate: daysAgo(700), managed: [{ Name: "AdministratorAccess", Arn: "arn:aws:iam::aws:policy/AdministratorAccess" }], customerManaged: [], inline: null, boundary: null },
      { PermissionSetArn: set(2), Name: "DataReader", CreatedDate: daysAgo(600), managed: [{ Name: "AmazonS3ReadOnlyAccess", Arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }], customerManaged: [{ Name: "data-read", Path: "/" }], inline: null, boundary: null },
      { PermissionSetArn: set(3), Name: "Billing", CreatedDate: daysAgo(500), managed: [{ Name: "Billing", Arn: "arn:aws:iam::aws:policy/job-function/Billing" }], customerManaged: [], inline: doc(allow(["ce:Get*", "budgets:View*"])), boundary: null },
    ],
    assignments: [
      { AccountId: TENANTS.production, PermissionSetArn: set(1), PrincipalType: "GROUP", PrincipalId: "sample-group-platform" },
      { AccountId: TENANTS.production, PermissionSetArn: set(2), PrincipalType: "GROUP", PrincipalId: "sample-group-data" },
      { AccountId: TENANTS.management, PermissionSetArn: set(3), PrincipalType: "USER", PrincipalId: userId(person("Flo Truthy")) },
      { AccountId: TENANTS.management, PermissionSetArn: set(1), PrincipalType: "USER", PrincipalId: userId(person("Bo Placeholder")) },
      { AccountId: TENANTS.production, PermissionSetArn: set(2), PrincipalType: "USER", PrincipalId: userId(person("Ned Filterby")) },
    ],
    users: users.map((one) => ({ UserId: userId(one), UserName: one.email, DisplayName: one.name, Emails: [{ Value: one.email, Type: "work", Primary: true }], IdentityStoreId: "d-sample0001" })),
    groups: [
      { GroupId: "sample-group-platform", DisplayName: "platform-administrators", IdentityStoreId: "d-sample0001" },
      { GroupId: "sample-group-data", DisplayName: "data-readers", IdentityStoreId: "d-sample0001" },
    ],
    memberships: [
      ...members.map((one) => ({ IdentityStoreId: "d-sample0001", GroupId: "sample-group-platform", MemberId: { UserId: userId(one) } })),
      ...readers.map((one) => ({ IdentityStoreId: "d-sample0001", GroupId: "sample-group-data", MemberId: { UserId: userId(one) } })),
    ],
  };
}

/** File path below the recording → content (text, or JSON to be written). */
export function awsFiles(): Files {
  const files: Files = {};
  [management, production, sandbox].forEach((tenant, number) => {
    for (const [name, content] of Object.entries(filesOf(tenant, number + 1))) files[`aws/${tenant.digits}/${name}`] = content;
  });
  files[`aws/${TENANTS.management}/organization.json`] = organization;
  files[`aws/${TENANTS.management}/identity-center.json`] = identityCenter();
  return files;
}
