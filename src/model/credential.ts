import type { Instant, LastUse } from "./instant.ts";
import type { Observed } from "./observed.ts";
import type { Attributes, System } from "./tenant.ts";

/** Things that sign in without a person present, and passwords. */
export type CredentialKind =
  | "access-key"
  | "console-password"
  | "ssh-public-key"
  | "service-specific-credential"
  | "signing-certificate"
  | "server-certificate"
  | "mfa-device"
  | "deploy-key"
  | "fine-grained-token"
  /** Asked for, not granted yet. */
  | "token-request"
  /** A classic token, SSH key or app token that its owner let into an organization with single sign-on. */
  | "single-sign-on-authorization";

/** A way to sign in, never its secret. */
export interface Credential {
  readonly id: string;
  readonly system: System;
  readonly tenantId: string;
  readonly kind: CredentialKind;
  /** Principal it signs in as, or the resource it opens (a deploy key's repository); null where only the tenant is known. */
  readonly holderId: string | null;
  readonly nativeId: string;
  /** Enough for its owner to recognise it: the last four characters of a key id, a key's title. */
  readonly displayHint: string;
  readonly status: Observed<"active" | "inactive">;
  readonly createdAt: Observed<Instant>;
  readonly lastUsedAt: Observed<LastUse>;
  /** Where it was last used (`s3 in eu-west-1`), when the provider says so. */
  readonly lastUsedWhere: string | null;
  readonly expiresAt: Observed<LastUse>;
  readonly attributes: Attributes;
}
