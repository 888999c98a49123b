import type { Severity } from "./finding.ts";

/** The rule that chose the reviewer; printed beside the item so that nobody wonders. */
export type ReviewerRule = "resource-owner" | "technical-owner" | "business-owner" | "manager" | "fallback";

/** The facts the reviewer saw, copied so that they can be shown again when the snapshot is gone. */
export interface ShownFacts {
  readonly personOrMachine: string;
  readonly principalType: string;
  readonly system: string;
  readonly access: string;
  readonly via: string;
  readonly lastUsed: string;
  readonly grantedOn: string;
  readonly grantedBy: string;
  readonly approvedIn: string;
  readonly changedSinceLastReview: "new" | "widened" | "same" | "owner_changed";
  readonly lastDecision: string;
  readonly manager: string;
  readonly employmentStatus: string;
  readonly risk: Severity;
  readonly recommendation: "keep" | "revoke" | "look_closer";
  readonly recommendationReason: string;
}

/** One thing to decide: a grant, or a credential. */
export interface ReviewItem {
  readonly id: string;
  readonly campaignId: string;
  /** `AR-7QF3-K2ZD-M`: letters first, no digit–E–digit runs, check character last. */
  readonly code: string;
  readonly subjectKind: "grant" | "credential";
  /** Grant id or credential id. */
  readonly subjectId: string;
  readonly principalId: string | null;
  readonly entitlementId: string | null;
  readonly tenantId: string;
  readonly findingIds: readonly string[];
  /** Identity id or e-mail that decides; the export file is made for it. */
  readonly reviewer: string;
  readonly reviewerRule: ReviewerRule;
  /** Why this one, in one sentence. */
  readonly reviewerReason: string;
  /** Raised with every change that makes an older file stale. */
  readonly version: number;
  readonly facts: ShownFacts;
  readonly state: "open" | "decided" | "excepted";
  readonly outcome: DecisionOutcome | null;
  /** Hash over what the access amounts to: the next campaign tells `widened` from `same` by it. */
  readonly fingerprint?: string;
}

/** What a reviewer may answer. `keep` with a date is a keep that expires. */
export type DecisionOutcome = "keep" | "revoke" | "reduce" | "not_mine" | "unsure";
