import type { BucketState } from "./regional/xml-services.ts";
import type { RegionSeed } from "./regional/thing.ts";
import type { PasswordPolicy, ServerCertificateMetadata, Tag } from "@aws-sdk/client-iam";

/** A policy document as an object; written as JSON text into the state. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** What is attached and written inline. Managed policies by ARN. */
export interface HolderSeed {
  readonly path?: string;
  readonly createdAt?: string;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, PolicyDocument>>;
}

/** A user of the seed. A key's `lastUsed` is a date, or absent for never used. */
export interface UserSeed extends HolderSeed {
  readonly name: string;
  readonly groups?: readonly string[];
  readonly boundary?: string;
  readonly tags?: readonly Tag[];
  readonly password?: { readonly createdAt?: string; readonly lastUsed?: string };
  readonly keys?: readonly {
    readonly createdAt?: string;
    readonly status?: "Active" | "Inactive";
    readonly lastUsed?: string;
    readonly service?: string;
    readonly region?: string;
  }[];
  /** How many; serial numbers are made from the user's name. */
  readonly mfa?: number;
  readonly sshKeys?: number;
  /** Names of the services they are for. */
  readonly serviceCredentials?: readonly string[];
  readonly certificates?: number;
}

/** A role of the seed. */
export interface RoleSeed extends HolderSeed {
  readonly name: string;
  readonly trust: PolicyDocument;
  readonly boundary?: string;
  readonly lastUsed?: string;
  readonly tags?: readonly Tag[];
}

/** One AWS tenant. */
export interface TenantSeed {
  readonly id: string;
  readonly alias?: string;
  readonly users?: readonly UserSeed[];
  readonly groups?: readonly (HolderSeed & { readonly name: string })[];
  readonly roles?: readonly RoleSeed[];
  /** Customer-managed policies: the versions' documents, oldest first; the last is the default unless `default` names one. */
  readonly policies?: readonly {
    readonly name: string;
    readonly path?: string;
    readonly versions: readonly PolicyDocument[];
    readonly default?: string;
  }[];
  readonly oidc?: readonly { readonly url: string; readonly clients: readonly string[] }[];
  readonly saml?: readonly string[];
  readonly serverCertificates?: readonly (Omit<ServerCertificateMetadata, "Arn" | "ServerCertificateId" | "Path"> & {
    readonly ServerCertificateName: string;
  })[];
  readonly passwordPolicy?: PasswordPolicy;
  readonly root?: { readonly mfa?: boolean; readonly lastUsed?: string; readonly keys?: number };
  /** Instance profiles by name, with the name of the role in each. */
  readonly instanceProfiles?: Readonly<Record<string, string | null>>;
  /** What runs in each region that is switched on, by type of resource. */
  readonly regions?: Readonly<Record<string, RegionSeed>>;
  readonly buckets?: readonly BucketState[];
  readonly publicAccessBlock?: Readonly<Record<string, boolean>>;
  /** Service namespace → last use, per name of a user or role (`user/ada`, `role/ci`). */
  readonly lastAccessed?: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** The tree of an AWS organization; ids are as AWS's (`r-…`, `ou-…`, 12 digits). */
export interface OrganizationSeed {
  readonly managementTenant: string;
  readonly targets: readonly {
    readonly id: string;
    readonly name: string;
    readonly parent: string | null;
    readonly scps?: readonly string[];
    readonly rcps?: readonly string[];
  }[];
  readonly policies: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: "scp" | "rcp";
    readonly document: PolicyDocument;
  }[];
}

/** IAM Identity Center. */
export interface IdentityCenterSeed {
  readonly users: readonly { readonly id: string; readonly userName: string; readonly email: string }[];
  readonly groups: readonly { readonly id: string; readonly name: string; readonly members: readonly string[] }[];
  readonly permissionSets: readonly {
    /** `ps-…`. */
    readonly id: string;
    readonly name: string;
    readonly managed?: readonly string[];
    readonly customerManaged?: readonly string[];
    readonly inline?: PolicyDocument;
    readonly boundary?: string;
    readonly assignments: readonly { readonly tenant: string; readonly user?: string; readonly group?: string }[];
  }[];
}

/** Everything a fake starts with. The first tenant is where the caller's own credentials belong. */
export interface AwsSeed {
  readonly tenants: readonly TenantSeed[];
  readonly organization?: OrganizationSeed;
  readonly identityCenter?: IdentityCenterSeed;
}
