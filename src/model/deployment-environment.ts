import type { Observed } from "./observed.ts";

/** Who may approve a deployment. `id` is the model id. */
export interface EnvironmentReviewer {
  readonly type: "user" | "team";
  readonly id: string;
  readonly name: string;
}

/**
 * A deployment environment: the document of a policy of the kind `environment`, held by the repository. One approval suffices,
 * whoever of the reviewers gives it. Source: "Managing environments for deployment", GitHub documentation.
 */
export interface DeploymentEnvironment {
  readonly name: string;
  readonly reviewers: readonly EnvironmentReviewer[];
  readonly preventSelfReview: boolean;
  readonly waitMinutes: number;
  /**
   * Which refs may deploy: `any`; `protected` (branches that a classic rule protects; any branch where the repository has none); or
   * patterns as in {@link Protection}, unknown where they could not be listed.
   */
  readonly refs:
    | { readonly kind: "any" | "protected" }
    | { readonly kind: "patterns"; readonly patterns: Observed<readonly RefPattern[]> };
  /** Whether administrators of the repository may skip reviewers and waiting. */
  readonly adminsBypass: Observed<boolean>;
  /** Apps that decide besides: deployment protection rules. */
  readonly gates: readonly string[];
}

/** A pattern of branches or tags. */
export interface RefPattern {
  readonly type: "branch" | "tag";
  readonly pattern: string;
}
