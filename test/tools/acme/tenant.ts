/** The sample's AWS tenants in short form: what is special about each thing; `aws-answers.ts` makes AWS's own answers of it. */
import type { Json } from "./policy.ts";

/** Management, production and sandbox. */
export const TENANTS = { management: "111122223333", production: "222233334444", sandbox: "333344445555" } as const;

/** An access key: made so many days ago, last used (days; null is never), where. */
export interface Key {
  readonly active?: boolean;
  readonly made: number;
  readonly used: number | null;
  readonly where?: readonly [service: string, region: string];
}

/** Services a principal is granted: days since it last tried them, null for never. */
export type Services = Readonly<Record<string, number | null>>;

/** What users, groups and roles have in common. */
interface Holder {
  readonly name: string;
  /** Days since it was made. */
  readonly made?: number;
  readonly attached?: readonly string[];
  readonly inline?: Readonly<Record<string, Json>>;
}

/** An IAM user. */
export interface User extends Holder {
  readonly groups?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly keys?: readonly Key[];
  /** Console password: days since it was last used; `never` when it was not. */
  readonly password?: number | "never";
  readonly mfa?: boolean;
  /** Days since these were uploaded or made. */
  readonly sshKey?: number;
  readonly codeCommit?: number;
  readonly certificate?: number;
  readonly services?: Services;
}

/** An IAM role. */
export interface Role extends Holder {
  readonly path?: string;
  readonly trust: Json;
  /** Days since the last use; null is no use in AWS's window. */
  readonly used: number | null;
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Virtual machines run as it. */
  readonly instanceProfile?: boolean;
  readonly services?: Services;
}

/** One AWS tenant. */
export interface Tenant {
  readonly digits: string;
  readonly users: readonly User[];
  readonly groups: readonly Holder[];
  readonly roles: readonly Role[];
  /** Customer-managed policies by name. */
  readonly policies: Readonly<Record<string, Json>>;
  readonly root: {
    readonly mfa: boolean;
    /** Days since root last signed in, and since its key was made. */
    readonly used: number | null;
    readonly key: number | null;
  };
  readonly passwordPolicy: Json | null;
  readonly oidc?: readonly Json[];
  readonly saml?: readonly Json[];
  readonly serverCertificates?: readonly Json[];
  readonly resources?: readonly Json[];
  readonly resourcePolicies?: readonly Json[];
  readonly publicAccessBlocks?: Json;
}

/** A password policy nobody complains about. */
export const STRONG_PASSWORDS: Json = {
  MinimumPasswordLength: 16,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  ExpirePasswords: true,
  MaxPasswordAge: 365,
  PasswordReusePrevention: 24,
  HardExpiry: false,
};
