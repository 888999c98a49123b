import type { Instant } from "./instant.ts";
import type { RevocationState, UndoClass } from "./revocation.ts";

/**
 * How far something is that was decided to be taken away: the states of a revocation, and those of what never became one.
 * `by-hand` no operation does it · `stopped` a guard stops it · `not-planned` nobody approved a plan with it.
 */
export type TakingState = RevocationState | "by-hand" | "stopped" | "not-planned";

/** One thing a reviewer decided to take away, all of it or part of it. */
export interface Taking {
  readonly outcome: "revoke" | "reduce";
  readonly summary: string;
  /** Why it was decided, in the words of who decided. */
  readonly reason: string;
  readonly state: TakingState;
  /** Null where no operation does it. */
  readonly undoClass: UndoClass | null;
  /** Why it is not gone yet, in words; null exactly when it is gone as the tie-out counts it. */
  readonly open: string | null;
  /** Who answers for it, by name, and as what. */
  readonly owner: { readonly name: string; readonly as: "technical owner" | "reviewer" };
  /** What proves that it is gone; empty while it is open. */
  readonly proof: string;
}

/** What a manager reads after a monthly review; plain numbers and sentences, already worked out. */
export interface CampaignSummary {
  readonly name: string;
  readonly state: "open" | "closed";
  readonly asOf: Instant;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly population: number;
  readonly excluded: number;
  readonly decided: number;
  readonly excepted: number;
  readonly open: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reviewers: readonly {
    readonly name: string;
    readonly items: number;
    readonly decided: number;
    /** Decided to be revoked, whether it is gone or not. */
    readonly toRevoke: number;
  }[];
  readonly findings: {
    readonly before: number;
    readonly after: number | null;
    readonly bySeverity: Readonly<Record<string, number>>;
  };
  /** What was decided to be taken away: first what only people can do, then in order of the day it is due. */
  readonly takings: readonly Taking[];
  readonly tieOut: readonly string[];
  readonly coverageGaps: readonly string[];
  /** Where the evidence archive lies and what its check said. */
  readonly evidence: { readonly path: string; readonly verdict: string; readonly head: string } | null;
}
