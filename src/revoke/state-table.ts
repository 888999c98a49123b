import { AuditError } from "../model/audit-error.ts";
import type { Revocation, RevocationState } from "../model/revocation.ts";

/**
 * Which state may follow which. What is done to a provider can only be `executed` after it was `scheduled`, and only be
 * `undone` after it was done; nothing leaves `cancelled`.
 */
export const NEXT_STATES: Readonly<Record<RevocationState, readonly RevocationState[]>> = {
  scheduled: ["executed", "already-absent", "held", "failed", "cancelled"],
  held: ["scheduled", "cancelled"],
  executed: ["verified", "failed", "undone"],
  verified: ["undone"],
  "already-absent": [],
  undone: ["scheduled", "cancelled"],
  failed: ["scheduled", "cancelled", "undone"],
  cancelled: [],
};

/** The revocation in its next state. A step the table does not have is our bug: `invariant`. */
export function advance(revocation: Revocation, state: RevocationState, reason: string | null): Revocation {
  if (!NEXT_STATES[revocation.state].includes(state)) {
    throw new AuditError(
      "invariant",
      "revocation-state",
      `a revocation cannot go from \`${revocation.state}\` to \`${state}\``,
    );
  }
  return { ...revocation, state, stateReason: reason };
}
