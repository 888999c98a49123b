import type { Instant } from "./instant.ts";
import type { JsonValue } from "./json.ts";

/** What was there before, enough to put it back. Written before the change; no capsule, no change. Never a secret. */
export interface RollbackCapsule {
  readonly id: string;
  readonly revocationId: string;
  readonly operation: string;
  readonly preImage: JsonValue;
  readonly preImageHash: string;
  readonly capturedAt: Instant;
  readonly simulated: boolean;
}
