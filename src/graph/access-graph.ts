import type { Approval } from "../model/approval.ts";
import type { Coverage, RecordKind } from "../model/coverage.ts";
import type { Credential } from "../model/credential.ts";
import type { Entitlement } from "../model/entitlement.ts";
import type { Hop } from "../model/finding.ts";
import type { Grant } from "../model/grant.ts";
import type { Identity } from "../model/identity.ts";
import type { Observed } from "../model/observed.ts";
import type { Policy } from "../model/policy.ts";
import type { Principal } from "../model/principal.ts";
import type { Resource } from "../model/resource.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ParsedPolicy } from "../policy/aws/parse-policy.ts";

/** Something a principal holds, directly or through groups, teams or permission sets: derived from facts. */
export interface Holding {
  /** The fact's own grant id when direct, else the grant id with `via` filled. */
  readonly id: string;
  readonly principalId: string;
  readonly entitlementId: string;
  /** Groups or teams it is held through, nearest to the principal first; empty when direct. */
  readonly via: readonly string[];
  /** The fact grants that justify it: memberships in order, then the grant that gives the entitlement. Removing any one cuts this holding. */
  readonly grants: readonly string[];
}

/** Who is behind a principal, and how sure we are. */
export interface IdentityResolution {
  /** ≥ 0.90 `linked` · 0.60–0.89 `probable` · below `suggested` · two persons ≥ 0.60 `conflict` · map says `service` or `shared`. */
  readonly state: "linked" | "probable" | "suggested" | "conflict" | "service" | "shared" | "unmatched";
  /** The best identity; null when unmatched or in conflict. For `service` and `shared` the identity that answers for it, if named. */
  readonly identityId: string | null;
  /** In conflict: whom it may be. */
  readonly candidates?: readonly string[];
  readonly confidence: number;
  /** One short line per piece of evidence: `identity map, line 12`, `tag email = …`. */
  readonly evidence: readonly string[];
}

/** Who answers for something, from owners.csv, most specific row first; ids when the roster knows them. */
export interface ResolvedOwners {
  /** Identity id, or the e-mail as written when the roster does not know it, or null. */
  readonly business: string | null;
  readonly technical: string | null;
}

/** Whether a principal administers its tenant by what it is granted (layers above identity policies are named, not guessed). */
export interface AdminGrant {
  readonly principalId: string;
  /** The tenant that is administered: that of the permission set where it is held through one. */
  readonly tenantId: string;
  readonly holding: Holding;
  readonly policyId: string;
  /** `conditional` when the statement carries a condition (keys named) or a boundary, an SCP or another policy it holds could not be read. */
  readonly state: "yes" | "conditional" | "unknown";
  readonly conditions: readonly string[];
  /** What could not be read and might take it away, in words; not empty exactly when the state is `unknown`. */
  readonly unread: readonly string[];
  /** `*` on `*`, or `iam:*` on `*`. */
  readonly how: "all-actions" | "all-iam-actions";
}

/**
 * The access graph of one snapshot: built once, typed arrays inside, answers in stable order (by id).
 * Nothing here changes after it was built.
 */
export interface AccessGraph {
  readonly snapshot: Snapshot;
  principal(id: string): Principal | undefined;
  credential(id: string): Credential | undefined;
  entitlement(id: string): Entitlement | undefined;
  grant(id: string): Grant | undefined;
  policy(id: string): Policy | undefined;
  resource(id: string): Resource | undefined;
  tenant(id: string): Tenant | undefined;
  identity(id: string): Identity | undefined;
  /** Everything with that id, locator, native id or display name, for what people type. */
  find(text: string): readonly (Principal | Credential | Resource)[];

  /** Facts held directly by the principal (or credential). */
  grantsOf(holderId: string): readonly Grant[];
  credentialsOf(holderId: string): readonly Credential[];
  /** Groups and teams reached by membership, nested ones and cycles included; `via` ends with the group itself. */
  groupsOf(
    principalId: string,
  ): readonly { readonly groupId: string; readonly via: readonly string[]; readonly grants: readonly string[] }[];
  /** Principals that are in the group, directly or through nested groups. */
  membersOf(groupId: string): readonly string[];
  /** Everything held, memberships themselves included; shortest `via` per entitlement, all distinct first grants kept. */
  holdingsOf(principalId: string): readonly Holding[];
  /** Who holds the entitlement, directly or not. */
  holdersOf(entitlementId: string): readonly Holding[];
  /** The holding as steps people can read. */
  hops(holding: Holding): readonly Hop[];

  /** Admin grants of the principal, strongest first; empty when none. Explicit denies on everything take them away. */
  adminGrants(principalId: string): readonly AdminGrant[];
  /** Policies the principal holds whose documents cannot be judged: what {@link adminGrants} cannot tell about. In order of id. */
  unjudged(principalId: string): readonly { readonly policyId: string; readonly why: string }[];
  /** The parsed document, or why it cannot be judged. */
  parsed(policyId: string): Observed<ParsedPolicy>;
  /** Only why it cannot be judged; undefined where it can. Cheaper than {@link parsed} for those who want no more. */
  fault(policyId: string): string | undefined;

  whoIs(principalId: string): IdentityResolution;
  /** Principals linked (≥ 0.90) to the identity. */
  principalsOf(identityId: string): readonly string[];
  /** Owners of a principal, credential or resource; a credential without a row of its own inherits its holder's. */
  ownersOf(subject: Principal | Credential | Resource): ResolvedOwners;
  /** Approvals whose patterns match the holding, newest first. */
  approvalsOf(holding: Holding): readonly Approval[];
  coverage(tenantId: string, kind: RecordKind): Coverage | undefined;
}
