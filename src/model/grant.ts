import type { Instant, LastUse } from "./instant.ts";
import type { Observed } from "./observed.ts";
import type { System } from "./tenant.ts";

/**
 * How the provider stores it, which decides how it is taken away: `attachment` (managed policy), `inline`, `membership`
 * (group, team), `assignment` (Identity Center), `trust`, `role` (organization owner or member), `collaboration`
 * (direct repository access), `team-grant` (a team's access to a repository), `key` (deploy key), `installation`, `organization-role` (assigned), `selection` (a repository that an app, a
 * secret or a runner group is open to: then `principalId` is that of the app or the repository), `seat` (Copilot).
 */
export type GrantKind =
  | "attachment"
  | "inline"
  | "membership"
  | "assignment"
  | "trust"
  | "role"
  | "collaboration"
  | "team-grant"
  | "key"
  | "installation"
  | "invitation"
  /** An organization role that somebody or a team was assigned. */
  | "organization-role"
  /** A repository that an app, a secret or a runner group was opened to. */
  | "selection"
  | "seat";

/**
 * Who holds what: one fact as the provider states it. A node of its own, because it is what is reviewed and revoked.
 * Facts are direct (`via` is empty); what is held through groups is derived in `src/graph` with `via` filled.
 */
export interface Grant {
  /** First 26 base32 characters of SHA-256 over canonical JSON `[kind, principal id, entitlement id, via]`. */
  readonly id: string;
  readonly system: System;
  readonly tenantId: string;
  readonly kind: GrantKind;
  /** A principal, or a credential where a key holds the access itself (deploy key, token). */
  readonly principalId: string;
  readonly entitlementId: string;
  readonly via: readonly string[];
  readonly grantedAt: Observed<Instant>;
  readonly grantedBy: Observed<string>;
  readonly expiresAt: Observed<LastUse>;
  readonly lastUsedAt: Observed<LastUse>;
  /** True when another system governs it (identity-provider group sync): shown, never changed by us. */
  readonly governedElsewhere: boolean;
}
