import type {
  AccessKeyLastUsed,
  AccessKeyMetadata,
  LoginProfile,
  MFADevice,
  PasswordPolicy,
  PolicyVersion,
  ServerCertificateMetadata,
  ServiceLastAccessed,
  ServiceSpecificCredentialMetadata,
  SigningCertificate,
  SSHPublicKeyMetadata,
  Tag,
} from "@aws-sdk/client-iam";
import type { RegionSeed } from "./regional/thing.ts";
import type { BucketState } from "./regional/xml-services.ts";

/** A key with the last use AWS would tell; the secret is given out once, on creation, and never kept. */
export interface KeyState extends Required<Pick<AccessKeyMetadata, "AccessKeyId" | "Status" | "CreateDate">> {
  readonly lastUsed: AccessKeyLastUsed | undefined;
}

/** What users, groups and roles have in common: a name, attached policies by ARN, inline policies by name. */
export interface HolderState {
  readonly Path: string;
  readonly Arn: string;
  readonly CreateDate: Date;
  readonly attached: Set<string>;
  readonly inline: Map<string, string>;
}

/** An IAM user and everything that hangs on it. */
export interface UserState extends HolderState {
  readonly UserName: string;
  readonly UserId: string;
  passwordLastUsed: Date | undefined;
  boundary: string | undefined;
  tags: Tag[];
  readonly keys: KeyState[];
  loginProfile: LoginProfile | undefined;
  readonly mfaDevices: MFADevice[];
  readonly sshKeys: SSHPublicKeyMetadata[];
  readonly serviceCredentials: ServiceSpecificCredentialMetadata[];
  readonly certificates: SigningCertificate[];
}

/** An IAM group; members by user name. */
export interface GroupState extends HolderState {
  readonly GroupName: string;
  readonly GroupId: string;
  readonly members: Set<string>;
}

/** An IAM role. `trust` is the plain JSON text. */
export interface RoleState extends HolderState {
  readonly RoleName: string;
  readonly RoleId: string;
  trust: string;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  boundary: string | undefined;
  tags: Tag[];
  lastUsed: { LastUsedDate: Date; Region: string } | undefined;
}

/** A managed policy; documents are the plain JSON text. */
export interface PolicyState {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: Date;
  UpdateDate: Date;
  readonly versions: (Required<Pick<PolicyVersion, "VersionId" | "IsDefaultVersion" | "CreateDate">> & {
    readonly document: string;
  })[];
}

/** An asynchronous job of GenerateServiceLastAccessedDetails. */
export interface LastAccessedJob {
  readonly arn: string;
  /** Answers of IN_PROGRESS that are still to come. */
  pending: number;
}

/** Root, which appears in the credential report and the summary alone. */
export interface RootState {
  readonly createdAt: Date;
  readonly lastUsed: Date | undefined;
  readonly mfa: boolean;
  readonly keys: number;
}

/** Everything in one AWS tenant. Maps are keyed by name, policies by ARN. */
export interface TenantState {
  readonly id: string;
  aliases: string[];
  readonly users: Map<string, UserState>;
  readonly groups: Map<string, GroupState>;
  readonly roles: Map<string, RoleState>;
  readonly policies: Map<string, PolicyState>;
  readonly oidc: Map<
    string,
    {
      readonly Url: string;
      readonly ClientIDList: string[];
      readonly ThumbprintList: string[];
      readonly CreateDate: Date;
    }
  >;
  readonly saml: Map<
    string,
    { readonly SAMLMetadataDocument: string; readonly CreateDate: Date; readonly ValidUntil: Date }
  >;
  readonly serverCertificates: ServerCertificateMetadata[];
  /** Devices that were made but are on nobody yet. */
  readonly spareMfaDevices: Set<string>;
  passwordPolicy: PasswordPolicy | undefined;
  readonly root: RootState;
  /** Role in each instance profile, by name of the profile. */
  readonly instanceProfiles: Map<string, string | null>;
  /** What runs in each region that is switched on, by type of resource. */
  readonly regions: Map<string, RegionSeed>;
  buckets: readonly BucketState[];
  publicAccessBlock: Readonly<Record<string, boolean>> | undefined;
  /** Services used, by ARN of user, role, group or policy. */
  readonly lastAccessed: Map<string, ServiceLastAccessed[]>;
  readonly jobs: Map<string, LastAccessedJob>;
  /** Polls until the credential report is there; undefined: none was asked for. */
  reportPending: number | undefined;
}

/** The state as plain JSON in a fixed order: equal text means an equal tenant. Jobs and reports are left out. */
export function dumpTenant(tenant: TenantState): string {
  const { jobs: _jobs, reportPending: _reportPending, ...rest } = tenant;
  return JSON.stringify(
    rest,
    (_name, value: unknown) => {
      if (value instanceof Map)
        return Object.fromEntries([...(value as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1)));
      if (value instanceof Set) return [...(value as Set<string>)].sort();
      return value;
    },
    1,
  );
}
