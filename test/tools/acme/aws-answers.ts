/** Makes AWS's own answers, in AWS's shapes and under the file names of a recording, of a tenant in short form. */
import { AWS_MANAGED } from "./aws-managed.ts";
import { credentialReport } from "./credential-report.ts";
import { daysAgo } from "./moment.ts";
import type { Json } from "./policy.ts";
import { lastAccessed } from "./service-last-accessed.ts";
import type { Key, Tenant, User } from "./tenant.ts";
import { uniqueIds } from "./unique-ids.ts";

/** A user with the ids AWS gave it and its keys. */
interface KnownUser {
  readonly user: User;
  readonly id: string;
  readonly keys: readonly { readonly key: Key; readonly id: string }[];
}

/** Everything AWS would answer for a tenant, by file name; `number` makes its ids differ from those of the others. */
export function awsAnswers(tenant: Tenant, number: number): Record<string, unknown> {
  const id = uniqueIds(number);
  const users = tenant.users.map((user): KnownUser => {
    const userId = id("AIDA");
    return { user, id: userId, keys: (user.keys ?? []).map((key) => ({ key, id: id("AKIA") })) };
  });
  return {
    "account-authorization-details.json": authorizationDetails(tenant, users, id),
    "credential-report.csv": credentialReport(tenant),
    ...perUserAnswers(tenant, users),
    "server-certificates.json": tenant.serverCertificates ?? [],
    "account-summary.json": summary(tenant),
    "password-policy.json": tenant.passwordPolicy,
    "identity-providers.json": { oidc: tenant.oidc ?? [], saml: tenant.saml ?? [] },
    "service-last-accessed.json": lastAccessed(tenant),
    ...(tenant.resources === undefined ? {} : { "resources.json": tenant.resources }),
    ...(tenant.resourcePolicies === undefined ? {} : { "resource-policies.json": tenant.resourcePolicies }),
    ...(tenant.publicAccessBlocks === undefined ? {} : { "public-access-blocks.json": tenant.publicAccessBlocks }),
  };
}

function authorizationDetails(tenant: Tenant, users: readonly KnownUser[], id: (prefix: string) => string): Json {
  const arn = (kind: string, path: string, name: string): string =>
    `arn:aws:iam::${tenant.digits}:${kind}${path}${name}`;
  const policyArn = (name: string): string =>
    name in tenant.policies
      ? arn("policy", "/", name)
      : `arn:aws:iam::aws:policy${AWS_MANAGED[name]?.path ?? "/"}${name}`;
  const attached = (names: readonly string[] = []): Json[] =>
    names.map((name) => ({ PolicyName: name, PolicyArn: policyArn(name) }));
  const inline = (policies: Readonly<Record<string, Json>> = {}): Json[] =>
    Object.entries(policies).map(([name, document]) => ({ PolicyName: name, PolicyDocument: document }));
  const tags = (all: Readonly<Record<string, string>> = {}): Json[] =>
    Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
  const boundary = (name: string | undefined): Json =>
    name === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: policyArn(name) } };

  const UserDetailList = users.map(({ user, id: userId }) => ({
    Path: "/",
    UserName: user.name,
    UserId: userId,
    Arn: arn("user", "/", user.name),
    CreateDate: daysAgo(user.made ?? 365),
    ...(user.inline === undefined ? {} : { UserPolicyList: inline(user.inline) }),
    GroupList: user.groups ?? [],
    AttachedManagedPolicies: attached(user.attached),
    ...boundary(user.boundary),
    Tags: tags(user.tags),
  }));
  const GroupDetailList = tenant.groups.map((group) => ({
    Path: "/",
    GroupName: group.name,
    GroupId: id("AGPA"),
    Arn: arn("group", "/", group.name),
    CreateDate: daysAgo(900),
    GroupPolicyList: inline(group.inline),
    AttachedManagedPolicies: attached(group.attached),
  }));
  const RoleDetailList = tenant.roles.map((role) => {
    const path = role.path ?? "/";
    const made = daysAgo(role.made ?? 365);
    const self = {
      Path: path,
      RoleName: role.name,
      RoleId: id("AROA"),
      Arn: arn("role", path, role.name),
      CreateDate: made,
      AssumeRolePolicyDocument: role.trust,
    };
    const profile = (): Json => ({
      Path: path,
      InstanceProfileName: role.name,
      InstanceProfileId: id("AIPA"),
      Arn: arn("instance-profile", path, role.name),
      CreateDate: made,
      Roles: [self],
    });
    return {
      ...self,
      InstanceProfileList: role.instanceProfile === true ? [profile()] : [],
      RolePolicyList: inline(role.inline),
      AttachedManagedPolicies: attached(role.attached),
      ...boundary(role.boundary),
      Tags: tags(role.tags),
      RoleLastUsed: role.used === null ? {} : { LastUsedDate: daysAgo(role.used), Region: "eu-west-1" },
    };
  });

  const attachments = [...tenant.users, ...tenant.groups, ...tenant.roles].flatMap((holder) => holder.attached ?? []);
  const boundaries = [...tenant.users, ...tenant.roles].flatMap(({ boundary: name }) =>
    name === undefined ? [] : [name],
  );
  const count = (names: readonly string[], wanted: string): number => names.filter((name) => name === wanted).length;
  const used = Object.keys(AWS_MANAGED).filter((name) => attachments.includes(name));
  const Policies = [...Object.keys(tenant.policies), ...used].map((name) => {
    const own = tenant.policies[name];
    return {
      PolicyName: name,
      PolicyId: own === undefined ? awsManagedId(name) : id("ANPA"),
      Arn: policyArn(name),
      Path: own === undefined ? (AWS_MANAGED[name]?.path ?? "/") : "/",
      DefaultVersionId: "v1",
      AttachmentCount: count(attachments, name),
      PermissionsBoundaryUsageCount: count(boundaries, name),
      IsAttachable: true,
      CreateDate: daysAgo(900),
      UpdateDate: daysAgo(400),
      PolicyVersionList: [
        {
          Document: own ?? AWS_MANAGED[name]?.document,
          VersionId: "v1",
          IsDefaultVersion: true,
          CreateDate: daysAgo(400),
        },
      ],
    };
  });
  return { UserDetailList, GroupDetailList, RoleDetailList, Policies };
}

/** AWS's own policies have the same id in every tenant. */
const awsManagedId = (name: string): string =>
  `ANPASAMPLEAWS${String(Object.keys(AWS_MANAGED).indexOf(name)).padStart(8, "0")}`;

/** The files that hold something for each user, and the last uses of keys. */
function perUserAnswers({ digits }: Tenant, users: readonly KnownUser[]): Record<string, unknown> {
  const perUser = <T>(make: (entry: KnownUser) => T): Record<string, T> =>
    Object.fromEntries(users.map((entry) => [entry.user.name, make(entry)]));
  /** What a user has one of, or nothing: a list of one record, or an empty one. */
  const one = (made: (user: User) => number | undefined, record: (at: string) => Json): Record<string, Json[]> =>
    perUser(({ user }) => {
      const days = made(user);
      return days === undefined ? [] : [{ UserName: user.name, ...record(daysAgo(days)) }];
    });
  const lastUsed = ({ used, where }: Key): Json => {
    if (used === null) return { ServiceName: "N/A", Region: "N/A" };
    const [service = "s3", region = "eu-west-1"] = where ?? [];
    return { LastUsedDate: daysAgo(used), ServiceName: service, Region: region };
  };
  return {
    "access-keys.json": perUser(({ user, keys }) =>
      keys.map(({ key, id }) => ({
        UserName: user.name,
        AccessKeyId: id,
        Status: key.active === false ? "Inactive" : "Active",
        CreateDate: daysAgo(key.made),
      })),
    ),
    "access-key-last-used.json": Object.fromEntries(
      users.flatMap(({ keys }) => keys.map(({ key, id }) => [id, lastUsed(key)])),
    ),
    "login-profiles.json": perUser(({ user }) =>
      user.password === undefined
        ? null
        : { UserName: user.name, CreateDate: daysAgo(user.made ?? 365), PasswordResetRequired: false },
    ),
    "mfa-devices.json": perUser(({ user }) =>
      user.mfa === true
        ? [
            {
              UserName: user.name,
              SerialNumber: `arn:aws:iam::${digits}:mfa/${user.name}`,
              EnableDate: daysAgo(user.made ?? 365),
            },
          ]
        : [],
    ),
    "ssh-public-keys.json": one(
      ({ sshKey }) => sshKey,
      (at) => ({ SSHPublicKeyId: "APKASAMPLE00000000001", Status: "Active", UploadDate: at }),
    ),
    "service-specific-credentials.json": one(
      ({ codeCommit }) => codeCommit,
      (at) => ({
        Status: "Active",
        ServiceUserName: `sample-at-${digits}`,
        CreateDate: at,
        ServiceSpecificCredentialId: "ACCASAMPLE00000000001",
        ServiceName: "codecommit.amazonaws.com",
      }),
    ),
    "signing-certificates.json": one(
      ({ certificate }) => certificate,
      (at) => ({ CertificateId: "SAMPLECERTIFICATE0000000001", Status: "Active", UploadDate: at }),
    ),
  };
}

/** `GetAccountSummary`: the counts that matter, and the limits AWS gives everybody. */
function summary({ users, groups, roles, policies, root, oidc, saml, serverCertificates }: Tenant): Json {
  return {
    AccountAccessKeysPresent: root.key === null ? 0 : 1,
    AccountMFAEnabled: root.mfa ? 1 : 0,
    AccountPasswordPresent: 1,
    AccountSigningCertificatesPresent: 0,
    AccessKeysPerUserQuota: 2,
    AttachedPoliciesPerGroupQuota: 10,
    AttachedPoliciesPerRoleQuota: 10,
    AttachedPoliciesPerUserQuota: 10,
    Groups: groups.length,
    GroupsQuota: 300,
    InstanceProfiles: roles.filter(({ instanceProfile }) => instanceProfile === true).length,
    MFADevices: users.filter(({ mfa }) => mfa === true).length,
    MFADevicesInUse: users.filter(({ mfa }) => mfa === true).length + (root.mfa ? 1 : 0),
    Policies: Object.keys(policies).length,
    PoliciesQuota: 1_500,
    Providers: (oidc?.length ?? 0) + (saml?.length ?? 0),
    Roles: roles.length,
    RolesQuota: 1_000,
    ServerCertificates: serverCertificates?.length ?? 0,
    Users: users.length,
    UsersQuota: 5_000,
  };
}
