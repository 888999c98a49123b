import type { Instant } from "./instant.ts";

/** The three promises of an access review. */
export type Concern = "stale" | "overbroad" | "unapproved";

/** Band of the score: 70 critical, 45 high, 20 medium, below low. */
export type Severity = "critical" | "high" | "medium" | "low";

/** What we would do about it. */
export type Suggestion = "revoke" | "narrow" | "rotate" | "ask-owner" | "fix-trust";

/** One printed term of a score, for example `disuse: unused 200 days` with its value. */
export interface ScoreTerm {
  readonly name: string;
  readonly value: number;
}

/** One step of the path that explains a finding; ends are locators with their ids beside them. */
export interface Hop {
  readonly from: string;
  readonly fromId: string;
  readonly to: string;
  readonly toId: string;
  readonly technique: { readonly id: string; readonly name: string };
  /** Ids of the grants that justify the step. */
  readonly grants: readonly string[];
  /** Actions the step needs, where it is one that was worked out from policies. */
  readonly permissions?: readonly string[];
  /** What the step hangs on. */
  readonly conditions?: readonly HopCondition[];
  readonly state?: "yes" | "conditional" | "unknown";
  /** What stands in the way in practice. */
  readonly note?: string;
}

/** A condition on a step: a context key, how it is compared and with what. */
export interface HopCondition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Where a fact came from and when it was true. */
export interface FindingEvidence {
  readonly source: string;
  readonly observedAt: Instant;
}

/** The most specific thing a finding is about. */
export interface FindingSubject {
  readonly id: string;
  readonly kind: string;
  readonly locator: string;
  readonly displayName: string;
  /** Model id of the tenant. */
  readonly tenant: string;
}

/** One thing somebody should look at. The shape is the `findings` form; scripts of users depend on it. */
export interface Finding {
  /** Over `[rule id, subject id, grant id or null]`: next month's run knows it. */
  readonly id: string;
  readonly rule: string;
  readonly concern: Concern;
  readonly severity: Severity;
  /** 0 to 100. */
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
  readonly subject: FindingSubject;
  readonly credential?: { readonly id: string; readonly hint: string };
  readonly grants: readonly string[];
  readonly path?: readonly Hop[];
  readonly summary: string;
  readonly evidence: readonly FindingEvidence[];
  readonly suggestion: Suggestion;
  readonly controls: readonly string[];
}

/** What one rule did: how many things it examined is part of the answer. */
export interface RuleOutcome {
  readonly id: string;
  readonly state: "evaluated" | "not-evaluated";
  readonly examined: number;
  readonly found: number;
  readonly undecided: number;
  /** Why it was not evaluated, or why some things are undecided. */
  readonly reason?: string;
}
