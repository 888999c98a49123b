import type { Observed } from "./observed.ts";

/**
 * A custom repository role or an organization role: the document of a policy of the kind `repository-role` or `organization-role`,
 * held by the organization. A role with a base of write or more grants that on every repository of the organization.
 */
export interface GitHubRole {
  readonly name: string;
  readonly source: "predefined" | "organization" | "enterprise";
  /** `read`, `triage`, `write`, `maintain`, `admin`, or null where it grants nothing on repositories. */
  readonly base: string | null;
  /** GitHub's names of fine-grained permissions (`edit_repo_protections`, `bypass_branch_protection`). */
  readonly permissions: Observed<readonly string[]>;
}
