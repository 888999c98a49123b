import type { Observed } from "../../model/observed.ts";
import type { RepositoryRole } from "./repository-role.ts";

/** One reason why somebody has access to a repository. */
export interface AccessSource {
  /**
   * `direct`: as collaborator. `organization-role`: a role with a base, on every repository. `base-permission`: what every member has.
   * `internal-visibility`: what members read because the repository is internal. That anybody reads public ones is no source.
   */
  readonly kind:
    | "direct"
    | "team"
    | "enterprise-team"
    | "organization-owner"
    | "organization-role"
    | "base-permission"
    | "internal-visibility";
  /** What it gives for certain; custom roles by their base. */
  readonly role: RepositoryRole;
  /** Name of the custom repository role or of the organization role that gives it; null where GitHub's own role does. */
  readonly named: string | null;
  /** Fine-grained permissions that it adds to the role. */
  readonly permissions: Observed<readonly string[]>;
  /** Teams it comes through, the one the person is in first and the one that was given it last; empty where it was given to them. */
  readonly via: readonly string[];
  /** The grants that justify it. Removing any one of them takes this source away. */
  readonly grants: readonly string[];
  /** Why it may give more than `role` says; null when that is all. */
  readonly unread: string | null;
}

/** Whether the source is the same on every repository of the organization. */
export function isEverywhere({ kind }: AccessSource): boolean {
  return kind === "organization-owner" || kind === "organization-role" || kind === "base-permission";
}
