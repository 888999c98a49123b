import type { Observed } from "./observed.ts";

/**
 * Who a rule does not hold for. `id` is the model id of the user, team or app where it is known; `repository-role` names the role
 * (`admin`, `maintain`, `write` or a custom one) in `name`; a `deploy-key` stands for every deploy key of the repository.
 * Modes: "Creating rulesets for a repository", GitHub documentation. `exempt` leaves no audit entry; `pull-request` lets the actor
 * merge without the rule, never push.
 */
export interface ProtectionActor {
  readonly type:
    | "user"
    | "team"
    | "app"
    | "deploy-key"
    | "repository-role"
    | "organization-owner"
    | "enterprise-owner"
    | "enterprise-role";
  readonly id: string | null;
  /** Login, slug or name of the role: what people call it. */
  readonly name: string;
  readonly mode: "always" | "pull-request" | "exempt";
}

/** What a rule takes away. Kinds are GitHub's of rulesets; classic protection is told in the same words. */
export type ProtectionDemand =
  /** Nobody creates a matching ref. */
  | { readonly kind: "creation" }
  /** Nobody moves a matching ref, except through the bypass (classic: "restrict who can push"). */
  | { readonly kind: "update" }
  | { readonly kind: "deletion" }
  | { readonly kind: "non-fast-forward" }
  /** Read-only: not even administrators who bypass the rest (classic `lockBranch`). */
  | { readonly kind: "lock" }
  | {
      readonly kind: "pull-request";
      readonly approvals: number;
      readonly dismissStale: boolean;
      readonly codeOwners: boolean;
      /** Whoever pushed last cannot be the one who approves. */
      readonly lastPushApproval: boolean;
    }
  | { readonly kind: "status-checks"; readonly checks: readonly string[]; readonly strict: boolean }
  | { readonly kind: "merge-queue" }
  | { readonly kind: "deployments"; readonly environments: readonly string[] }
  | { readonly kind: "signatures" }
  | { readonly kind: "linear-history" }
  /** Push rulesets: nobody pushes a change to these paths (fnmatch). */
  | { readonly kind: "file-paths"; readonly paths: readonly string[] }
  /** Anything else GitHub has (name patterns, code scanning, workflows, sizes): shown, and limits pushes in ways we do not judge. */
  | { readonly kind: "other"; readonly name: string };

/** One rule with those it does not hold for. Not readable is unknown, never "nobody": GitHub shows bypass to those who may write it. */
export type ProtectionRule = ProtectionDemand & { readonly bypass: Observed<readonly ProtectionActor[]> };

/**
 * One layer of protection: a classic rule or a ruleset. All active layers hold together, and a bypass counts in its own layer only.
 * Stored as the document of a policy of the kind `branch-protection` or `ruleset`, held by the repository or the organization.
 */
export interface Protection {
  readonly source: "classic" | "ruleset";
  readonly level: "repository" | "organization" | "enterprise";
  readonly name: string;
  readonly target: "branch" | "tag" | "push";
  /** Only `active` limits anybody. */
  readonly enforcement: "active" | "evaluate" | "disabled";
  /**
   * Patterns of Ruby's `File.fnmatch` with `FNM_PATHNAME`, on names without `refs/heads/` or `refs/tags/`: `*` stops at a slash.
   * `~ALL` and `~DEFAULT_BRANCH` as GitHub has them. Empty includes nothing.
   */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Which repositories of the organization it is about; null where it is held by the repository itself. */
  readonly repositories: RepositorySelection | null;
  readonly rules: readonly ProtectionRule[];
}

/** Which repositories an organization's ruleset is about. Names are patterns without the owner; `~ALL` is every one. */
export interface RepositorySelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Database ids, where it lists repositories. */
  readonly ids: readonly number[] | null;
  /** Conditions on custom properties were not judged: whether it holds for a repository is then not known. */
  readonly byProperty: boolean;
}
