import type { Instant } from "./instant.ts";

/** A row of approvals.csv: someone said yes to this access, until when. */
export interface Approval {
  readonly id: string;
  readonly system: string;
  readonly tenant: string;
  /** Locator, native id or pattern. */
  readonly principal: string;
  /** The access column of the review sheet, or a pattern. */
  readonly entitlement: string;
  readonly approvedBy: string;
  readonly approvedAt: Instant;
  /** Null: without end. */
  readonly expiresAt: Instant | null;
  readonly ticket: string | null;
  readonly reason: string | null;
  readonly line: number;
}
