import type { Instant } from "./instant.ts";
import type { DecisionOutcome } from "./review-item.ts";

/** How sure we are who acted. */
export type Assurance = "attested" | "authenticated" | "signed";

/** One answer to one review item; later answers supersede earlier ones, none is overwritten. */
export interface Decision {
  readonly id: string;
  readonly campaignId: string;
  readonly itemId: string;
  readonly outcome: DecisionOutcome;
  readonly reason: string;
  readonly keepUntil: Instant | null;
  readonly reassignTo: string | null;
  readonly decidedBy: string;
  /** Who uploaded, when it was not the reviewer. */
  readonly onBehalfBy: string | null;
  readonly assurance: Assurance;
  readonly channel: "csv" | "web" | "api";
  readonly decidedAt: Instant;
  /** SHA-256 of the uploaded file and the line in it. */
  readonly importRef: string | null;
  readonly supersedes: string | null;
}
