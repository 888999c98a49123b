import type { Instant } from "./instant.ts";

/** `open` takes decisions; `closed` is sealed and ties out. */
export type CampaignState = "open" | "closed";

/** One access review over a frozen snapshot. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly snapshotId: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly closedAt: Instant | null;
  readonly openedBy: string;
  /** Who decides where no reviewer could be found. */
  readonly fallbackReviewer: string;
  /** What was left out of the population, with the reason: part of the tie-out. */
  readonly excluded: readonly { readonly subjectId: string; readonly reason: string }[];
}
