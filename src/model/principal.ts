import type { Instant, LastUse } from "./instant.ts";
import type { Observed } from "./observed.ts";
import type { Attributes, System } from "./tenant.ts";

/**
 * `user` is any login of a person or machine (IAM user, Identity Center user, GitHub member or outside collaborator);
 * `service` an AWS service (`ec2.amazonaws.com`); `federated` an OIDC or SAML provider used as principal;
 * `external` anything outside the collected tenants, `anyone` the wildcard.
 */
export type PrincipalKind =
  | "root"
  | "user"
  | "group"
  | "role"
  | "team"
  | "app"
  | "service"
  | "federated"
  | "external"
  | "anyone";

/** A login, role, group, team or app in one system. */
export interface Principal {
  readonly id: string;
  readonly system: System;
  /** Model id of the tenant; for external principals the tenant that trusts them. */
  readonly tenantId: string;
  readonly kind: PrincipalKind;
  /** The provider's own type: `iam-user`, `identity-center-user`, `organization-member`, `outside-collaborator`, `service-linked-role` … */
  readonly nativeType: string;
  readonly nativeId: string;
  /** ARN or login: shown, searched, typed by people, never a key. */
  readonly locator: string;
  readonly displayName: string;
  readonly email: Observed<string | null>;
  readonly createdAt: Observed<Instant>;
  /** The last sign of life of the principal itself (role last used, member activity). */
  readonly lastUsedAt: Observed<LastUse>;
  /** Whether a second factor is set up; `null` where the notion does not apply (roles, groups). */
  readonly secondFactor: Observed<boolean | null>;
  readonly tags: Observed<Readonly<Record<string, string>>>;
  readonly attributes: Attributes;
}
