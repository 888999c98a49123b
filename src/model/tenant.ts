/** The systems whose access is reviewed; `roster` holds people, not access. */
export type System = "aws" | "github" | "roster";

/** A place with its own administrators: an AWS tenant (12 digits) or a GitHub organization. */
export interface Tenant {
  /** `aws:<12 digits>`, `github:<organization node id>`, `roster:local`. */
  readonly id: string;
  readonly system: System;
  readonly nativeId: string;
  /** What people call it: the organization's login, the AWS alias or digits. */
  readonly name: string;
  /** The tenant whose organization this one belongs to, where known; its own id for the management tenant. */
  readonly managementTenantId: string | null;
  readonly attributes: Attributes;
}

/** Small provider facts a rule or a report may show; never a secret, never nested. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;
