import type { Instant } from "./instant.ts";

/** What a re-read after a change saw. `simulated` ones come from a rehearsal and prove nothing about the provider. */
export interface Verification {
  readonly id: string;
  readonly revocationId: string;
  readonly kind: "after-revoke" | "after-undo";
  readonly passed: boolean;
  readonly observed: string;
  /** Ids of grants through which the same access is still held. */
  readonly remainingGrants: readonly string[];
  readonly at: Instant;
  readonly simulated: boolean;
}
