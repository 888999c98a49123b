import type { Observed } from "./observed.ts";

/**
 * How the subject of a repository's OIDC tokens is built: the document of a policy of the kind `subject-template`, held by the
 * repository. Source: "OpenID Connect reference", GitHub documentation.
 */
export interface SubjectTemplate {
  /** Claims in order (`repo`, `context`, `job_workflow_ref` …); null where GitHub's default stands. */
  readonly claims: readonly string[] | null;
  /** Whether ids stand beside the names (`repo:acme@12/api@34`). */
  readonly immutable: Observed<boolean>;
  /** `repo:acme/api` or `repo:acme@12/api@34`, as GitHub itself says it; unknown where it does not. */
  readonly prefix: Observed<string>;
}
