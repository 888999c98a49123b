/** AWS's own answers, as far as they are read. Field names are AWS's. */

/** A date as the SDK (`Date`) or the command line (text) gives it. */
export type RawDate = string | Date;

/** A policy document: text (API, percent-encoded) or decoded (command line). */
export type RawDocument = string | Readonly<Record<string, unknown>>;

/** A tag. */
export interface RawTag {
  readonly Key?: string;
  readonly Value?: string;
}

/** A managed policy that is attached. */
export interface RawAttachment {
  readonly PolicyName?: string;
  readonly PolicyArn?: string;
}

/** An inline policy. */
export interface RawInline {
  readonly PolicyName?: string;
  readonly PolicyDocument?: RawDocument;
}

/** A permissions boundary by name. */
export interface RawBoundary {
  readonly PermissionsBoundaryArn?: string;
}

/** An entry of `UserDetailList`. */
export interface RawUser {
  readonly Path?: string;
  readonly UserName?: string;
  readonly UserId?: string;
  readonly Arn?: string;
  readonly CreateDate?: RawDate;
  readonly GroupList?: readonly string[];
  readonly AttachedManagedPolicies?: readonly RawAttachment[];
  readonly UserPolicyList?: readonly RawInline[];
  readonly PermissionsBoundary?: RawBoundary;
  readonly Tags?: readonly RawTag[];
}

/** An entry of `GroupDetailList`. */
export interface RawGroup {
  readonly Path?: string;
  readonly GroupName?: string;
  readonly GroupId?: string;
  readonly Arn?: string;
  readonly CreateDate?: RawDate;
  readonly AttachedManagedPolicies?: readonly RawAttachment[];
  readonly GroupPolicyList?: readonly RawInline[];
}

/** An entry of `RoleDetailList`. */
export interface RawRole {
  readonly Path?: string;
  readonly RoleName?: string;
  readonly RoleId?: string;
  readonly Arn?: string;
  readonly CreateDate?: RawDate;
  readonly AssumeRolePolicyDocument?: RawDocument;
  readonly AttachedManagedPolicies?: readonly RawAttachment[];
  readonly RolePolicyList?: readonly RawInline[];
  readonly PermissionsBoundary?: RawBoundary;
  readonly Tags?: readonly RawTag[];
  readonly RoleLastUsed?: { readonly LastUsedDate?: RawDate; readonly Region?: string };
  readonly MaxSessionDuration?: number;
  readonly InstanceProfileList?: readonly unknown[];
}

/** An entry of `Policies`. */
export interface RawPolicy {
  readonly PolicyName?: string;
  readonly PolicyId?: string;
  readonly Arn?: string;
  readonly DefaultVersionId?: string;
  readonly UpdateDate?: RawDate;
  readonly PolicyVersionList?: readonly {
    readonly Document?: RawDocument;
    readonly VersionId?: string;
    readonly IsDefaultVersion?: boolean;
  }[];
}

/** One entry of the sweep with the section it stood in. */
export type RawDetail =
  | { readonly section: "UserDetailList"; readonly entry: RawUser }
  | { readonly section: "GroupDetailList"; readonly entry: RawGroup }
  | { readonly section: "RoleDetailList"; readonly entry: RawRole }
  | { readonly section: "Policies"; readonly entry: RawPolicy };

/** The sections of the sweep. */
export const DETAIL_SECTIONS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/** `AccessKeyMetadata` of ListAccessKeys. */
export interface RawAccessKey {
  readonly UserName?: string;
  readonly AccessKeyId?: string;
  readonly Status?: string;
  readonly CreateDate?: RawDate;
}

/** `AccessKeyLastUsed` of GetAccessKeyLastUsed. */
export interface RawKeyLastUsed {
  readonly LastUsedDate?: RawDate;
  readonly ServiceName?: string;
  readonly Region?: string;
}

/** `LoginProfile` of GetLoginProfile. */
export interface RawLoginProfile {
  readonly UserName?: string;
  readonly CreateDate?: RawDate;
  readonly PasswordResetRequired?: boolean;
}

/** A row of the credential report by column name. */
export type RawReportRow = Readonly<Record<string, string>>;

/** `PasswordPolicy` of GetAccountPasswordPolicy. */
export interface RawPasswordPolicy {
  readonly MinimumPasswordLength?: number;
  readonly RequireSymbols?: boolean;
  readonly RequireNumbers?: boolean;
  readonly RequireUppercaseCharacters?: boolean;
  readonly RequireLowercaseCharacters?: boolean;
  readonly PasswordReusePrevention?: number;
  readonly MaxPasswordAge?: number;
}

/** `ServiceLastAccessed` entries of GetServiceLastAccessedDetails. */
export interface RawLastAccessed {
  readonly JobStatus?: string;
  readonly ServicesLastAccessed?: readonly {
    readonly ServiceName?: string;
    readonly ServiceNamespace?: string;
    readonly LastAuthenticated?: RawDate;
    readonly TrackedActionsLastAccessed?: readonly {
      readonly ActionName?: string;
      readonly LastAccessedTime?: RawDate;
    }[];
  }[];
}

/** `organization.json`. */
export interface RawOrganization {
  readonly managementTenant?: string;
  readonly targets?: readonly {
    readonly id: string;
    readonly parentId?: string | null;
    readonly kind: "root" | "ou" | "tenant";
    readonly tenant?: string;
    readonly name?: string;
    readonly scps?: readonly RawControlPolicy[];
    readonly rcps?: readonly RawControlPolicy[];
  }[];
}

/** An SCP or RCP with its document. */
export interface RawControlPolicy {
  readonly id?: string;
  readonly name?: string;
  readonly document?: RawDocument;
}

/** `identity-center.json`. */
export interface RawIdentityCenter {
  readonly instances?: readonly {
    readonly InstanceArn?: string;
    readonly IdentityStoreId?: string;
    readonly OwnerAccountId?: string;
  }[];
  readonly permissionSets?: readonly {
    readonly PermissionSetArn: string;
    readonly Name?: string;
    readonly CreatedDate?: RawDate;
    readonly managed?: readonly { readonly Name?: string; readonly Arn?: string }[];
    readonly customerManaged?: readonly { readonly Name?: string; readonly Path?: string }[];
    readonly inline?: RawDocument | null;
    readonly boundary?: {
      readonly ManagedPolicyArn?: string;
      readonly CustomerManagedPolicyReference?: { readonly Name?: string; readonly Path?: string };
    } | null;
  }[];
  readonly assignments?: readonly {
    readonly AccountId?: string;
    readonly PermissionSetArn?: string;
    readonly PrincipalType?: string;
    readonly PrincipalId?: string;
  }[];
  readonly users?: readonly {
    readonly UserId?: string;
    readonly UserName?: string;
    readonly DisplayName?: string;
    readonly Emails?: readonly { readonly Value?: string; readonly Primary?: boolean }[];
  }[];
  readonly groups?: readonly { readonly GroupId?: string; readonly DisplayName?: string }[];
  readonly memberships?: readonly {
    readonly GroupId?: string;
    readonly MemberId?: { readonly UserId?: string };
    readonly UserId?: string;
  }[];
}

/** `identity-providers.json`. */
export interface RawIdentityProviders {
  readonly oidc?: readonly {
    readonly Arn?: string;
    readonly Url?: string;
    readonly ClientIDList?: readonly string[];
    readonly CreateDate?: RawDate;
  }[];
  readonly saml?: readonly { readonly Arn?: string; readonly ValidUntil?: RawDate; readonly CreateDate?: RawDate }[];
}

/** Records AWS keeps per user: SSH keys, service-specific credentials, signing certificates, MFA devices. */
export interface RawUserCredential {
  readonly UserName?: string;
  readonly SSHPublicKeyId?: string;
  readonly ServiceSpecificCredentialId?: string;
  readonly ServiceName?: string;
  readonly CertificateId?: string;
  readonly SerialNumber?: string;
  readonly Status?: string;
  readonly UploadDate?: RawDate;
  readonly CreateDate?: RawDate;
  readonly EnableDate?: RawDate;
  readonly ExpirationDate?: RawDate;
}

/** `ServerCertificateMetadata`. */
export interface RawServerCertificate {
  readonly ServerCertificateName?: string;
  readonly ServerCertificateId?: string;
  readonly Arn?: string;
  readonly UploadDate?: RawDate;
  readonly Expiration?: RawDate;
}

/** An entry of `resource-policies.json`. */
export interface RawResourcePolicy {
  readonly arn?: string;
  /** `<prefix>:<resource type>` as in {@link RawResource}. */
  readonly type?: string;
  readonly policy?: RawDocument | null;
}

/** `PublicAccessBlockConfiguration` of S3. */
export interface RawPublicAccessBlock {
  readonly BlockPublicAcls?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

/** An entry of `resources.json`: what runs as which role. */
export interface RawResource {
  readonly arn?: string;
  readonly type?: string;
  readonly roleArn?: string;
  readonly roleArns?: readonly string[];
  /** The one of the roles that starts the resource and is never handed to what runs in it (ECS, Batch). */
  readonly executionRoleArn?: string;
  /** The instance profile through which an EC2 instance has its role. */
  readonly instanceProfileArn?: string;
  /** The EC2 instance behind a managed instance of Systems Manager. */
  readonly instanceArn?: string;
}

/** What each step's file holds. */
export interface RawSteps {
  readonly "credential-report": readonly RawReportRow[];
  readonly "access-keys": Readonly<Record<string, readonly RawAccessKey[]>>;
  readonly "access-key-last-used": Readonly<Record<string, RawKeyLastUsed>>;
  readonly "login-profiles": Readonly<Record<string, RawLoginProfile | null>>;
  readonly "mfa-devices": Readonly<Record<string, readonly RawUserCredential[]>>;
  readonly "ssh-public-keys": Readonly<Record<string, readonly RawUserCredential[]>>;
  readonly "service-specific-credentials": Readonly<Record<string, readonly RawUserCredential[]>>;
  readonly "signing-certificates": Readonly<Record<string, readonly RawUserCredential[]>>;
  readonly "server-certificates": readonly RawServerCertificate[];
  readonly "account-summary": Readonly<Record<string, number>>;
  readonly "password-policy": RawPasswordPolicy | null;
  readonly "identity-providers": RawIdentityProviders;
  readonly "service-last-accessed": Readonly<Record<string, RawLastAccessed>>;
  readonly "identity-center": RawIdentityCenter;
  readonly organization: RawOrganization;
  readonly "resource-policies": readonly RawResourcePolicy[];
  /** Keyed by bucket ARN; `account` is the block of the whole tenant. */
  readonly "public-access-blocks": Readonly<Record<string, RawPublicAccessBlock | null>>;
  readonly resources: readonly RawResource[];
  /** Events of CloudTrail, as text in `CloudTrailEvent` or themselves. */
  readonly "web-identity-sessions": readonly Readonly<Record<string, unknown>>[];
}

/** Steps besides the sweep. */
export type RawStep = keyof RawSteps;

/** Steps that look beyond IAM, into the services of each region. */
export type RegionalStep = "resource-policies" | "public-access-blocks" | "resources";
