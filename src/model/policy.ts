import type { Instant } from "./instant.ts";
import type { Observed } from "./observed.ts";
import type { System } from "./tenant.ts";

/**
 * What a policy document is attached as. `trust` is a role's assume-role policy, `scp` and `rcp` belong to an organization. GitHub's
 * controls are documents too, in the form of the type that is named as they are (`Protection`, `DeploymentEnvironment`, …).
 */
export type PolicyKind =
  | "aws-managed"
  | "customer-managed"
  | "inline"
  | "trust"
  | "scp"
  | "rcp"
  | "resource"
  | GitHubPolicyKind;

/** GitHub's controls that are access. */
export type GitHubPolicyKind =
  | "branch-protection"
  | "ruleset"
  | "environment"
  | "subject-template"
  | "workflow"
  | "code-owners"
  | "repository-role"
  | "organization-role"
  | "actions-settings";

/** A policy document with its raw text, so that what was judged can be shown again. */
export interface Policy {
  readonly id: string;
  readonly system: System;
  readonly tenantId: string;
  readonly kind: PolicyKind;
  readonly name: string;
  /** ARN, or `<holder locator>/inline/<name>`. */
  readonly locator: string;
  /** The principal or resource an inline, trust or resource policy hangs on. */
  readonly holderId: string | null;
  /** Decoded JSON text of the default version; unknown when it was not read or does not parse. */
  readonly document: Observed<string>;
  /** SHA-256 of the raw text in hex, empty when unknown. */
  readonly documentHash: string;
  readonly versionId: string | null;
  readonly updatedAt: Observed<Instant>;
}
