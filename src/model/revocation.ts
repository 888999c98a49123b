import type { Instant } from "./instant.ts";

/** A: exact undo · B: undo needs the person · C: no undo. */
export type UndoClass = "A" | "B" | "C";

/** Gone altogether, or less of it. */
export type RevocationOutcome = "revoke" | "reduce";

/**
 * `scheduled` waits for its day · `executed` was done, and nobody could read it again yet · `verified` proven gone · `undone` put back ·
 * `held` somebody or a guard stopped it · `already-absent` nothing was there · `failed` · `cancelled`.
 */
export type RevocationState =
  | "scheduled"
  | "held"
  | "executed"
  | "verified"
  | "already-absent"
  | "undone"
  | "failed"
  | "cancelled";

/** A thing the connectors can change, named and located so that an operation can act on it. */
export interface RevocationTarget {
  readonly system: string;
  readonly tenantId: string;
  readonly tenantNativeId: string;
  readonly subjectKind: "grant" | "credential";
  readonly subjectId: string;
  readonly principal: TargetPart | null;
  readonly entitlement: TargetPart | null;
  readonly resource: TargetPart | null;
  readonly credential: TargetPart | null;
}

/** One end of a target. */
export interface TargetPart {
  readonly id: string;
  readonly kind: string;
  readonly nativeId: string;
  readonly locator: string;
  readonly displayName: string;
}

/** One planned or executed change. */
export interface Revocation {
  readonly id: string;
  readonly campaignId: string | null;
  readonly decisionId: string | null;
  readonly findingId: string | null;
  /** Operation id, for example `aws/deactivate-access-key`. */
  readonly operation: string;
  readonly undoClass: UndoClass;
  readonly target: RevocationTarget;
  /** The sentence people read before they agree. */
  readonly summary: string;
  readonly state: RevocationState;
  readonly reason: string;
  readonly plannedAt: Instant;
  /** Not before this moment: the notice runs until then. */
  readonly dueAt: Instant;
  /** Rehearsed on recorded answers: never proof. */
  readonly simulated: boolean;
  /** What last use the plan was made on; a newer one at execution holds it, and stands here then. */
  readonly lastUsedAtPlanned: string | null;
  readonly stateReason: string | null;
  /** A run is on it until then, so that no other run is; absent when nobody is. */
  readonly claimedUntil?: Instant;
  /** What undoing it asks of people; absent where it asks nothing. */
  readonly undoNeeds?: string;
  /** Who, besides the one who approved it, agreed to a change that cannot be undone; an id. Absent: nobody did. */
  readonly confirmedBy?: string;
}
