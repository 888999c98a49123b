import type { System } from "./tenant.ts";

/** Ordered levels: `admin` can change access, `write` can change things, `read` can see content, `list` sees names. */
export type AccessLevel = "admin" | "write" | "read" | "list" | "none";

/** What can be held. `membership` is being in a group or team; `assume` is a role's trust towards a principal. */
export type EntitlementKind =
  | "policy"
  | "membership"
  | "assume"
  | "permission-set"
  | "organization-role"
  | "repository-role"
  | "installation"
  | "seat"
  /** Use of a secret, variable or runner group by a repository. */
  | "use";

/** Something that can be granted. */
export interface Entitlement {
  readonly id: string;
  readonly system: System;
  readonly tenantId: string;
  readonly kind: EntitlementKind;
  /** As the review sheet's access column shows it: `policy AdministratorAccess`, `group admins`, `write on acme/api`. */
  readonly displayName: string;
  /** The policy, group, team, role or permission set it stands for. */
  readonly targetId: string;
  /** The resource it opens, where it is about one. */
  readonly resourceId: string | null;
  /** Where the provider states it (GitHub roles); null where only the policy document tells (AWS). */
  readonly level: AccessLevel | null;
}
