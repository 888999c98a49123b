import type { Needs } from "./needs.ts";

/**
 * What a refusal is. `sign-in`: the credential itself is not accepted, nothing will work. `limit`: too many calls. `denied`:
 * a permission, a scope, a role or a policy of the organization. `incomplete`: answered, but things were left out. `gone`: not
 * found, which also hides. `none`: there truly is none, which is an answer. `moved`: another name. `not-applicable`: the plan or
 * a switch leaves it out. `governed`: another system decides. `async`: taken, not done. `invalid`: the question is wrong.
 */
export type RefusalKind =
  | "sign-in"
  | "limit"
  | "denied"
  | "incomplete"
  | "gone"
  | "none"
  | "moved"
  | "not-applicable"
  | "archived"
  | "governed"
  | "async"
  | "invalid"
  | "outage";

/** Who can change what refused. */
export type Authority =
  | "organization-owner"
  | "repository-admin"
  | "token-owner"
  | "app-owner"
  | "identity-provider"
  | "reviewer";

/** Whether the same call can succeed later, unchanged. */
export interface Retry {
  readonly again: boolean;
  /** Seconds to wait, by GitHub's own clock; null where GitHub does not say and nothing is agreed. */
  readonly afterSeconds: number | null;
  /** The instant GitHub named, ISO 8601; null where it named none. */
  readonly at: string | null;
}

/** One refusal by GitHub, told apart (GitHub REST API: "Troubleshooting", "Rate limits", "Authorizing … for SAML"). */
export interface RefusalVerdict {
  /** The name of the signal that told it, stable: `app-permission`, `single-sign-on`. */
  readonly signal: string;
  readonly kind: RefusalKind;
  /** What refused, in words. */
  readonly reason: string;
  /** What to do, in order; empty where the reason says it already. */
  readonly next: readonly string[];
  readonly needs: Needs;
  /** The role somebody must have, in words; null where a role is not the matter. */
  readonly role: string | null;
  /** Whom to ask; empty where nobody can change it. */
  readonly whom: readonly Authority[];
  readonly retry: Retry;
  /** GitHub's own sentence, shortened; empty where it said none. */
  readonly evidence: string;
}
