import type { StateReader } from "../contracts/store.ts";
import type { Instant } from "../model/instant.ts";
import type { Revocation } from "../model/revocation.ts";

/** What was taken away since a moment, as far as is known: a snapshot of that moment still shows it. */
export async function doneSince(state: StateReader, moment: Instant): Promise<readonly Revocation[]> {
  const proven = new Set(
    (await state.list("verification"))
      .filter(({ kind, passed, simulated, at }) => kind === "after-revoke" && passed && !simulated && at >= moment)
      .map(({ revocationId }) => revocationId),
  );
  return (await state.list("revocation")).filter(
    ({ id, state: now }) => now === "executed" || (now === "verified" && proven.has(id)),
  );
}
