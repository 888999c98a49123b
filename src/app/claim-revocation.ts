import type { DataDirectory } from "../contracts/store.ts";
import { toInstant, type Instant } from "../model/instant.ts";
import type { Revocation } from "../model/revocation.ts";

/** How long a run may take over one change. A run that died is given up on after that, and the next one goes on. */
const CLAIM_MINUTES = 15;

/**
 * Takes a revocation in hand: one transaction looks whether it is still as it was read and nobody else has it, so that of two
 * runs at the same time only one makes the change. Answers undefined where another run has it or was faster.
 */
export async function claimRevocation(
  { state }: DataDirectory,
  revocation: Revocation,
  now: Instant,
): Promise<Revocation | undefined> {
  return state.transaction(async (writer) => {
    const current = await writer.get("revocation", revocation.id);
    if (current === undefined || current.state !== revocation.state || isClaimed(current, now)) return undefined;
    const until = toInstant(new Date(Date.parse(now) + CLAIM_MINUTES * 60_000)) ?? now;
    const claimed = { ...current, claimedUntil: until };
    await writer.update("revocation", claimed);
    return claimed;
  });
}

/** Gives a revocation back that could not be brought to an end, so that the next run need not wait. */
export async function releaseClaim({ state }: DataDirectory, id: string): Promise<void> {
  await state.transaction(async (writer) => {
    const current = await writer.get("revocation", id);
    if (current !== undefined) await writer.update("revocation", unclaimed(current));
  });
}

/** The revocation in nobody's hand. */
export function unclaimed({ claimedUntil: _, ...revocation }: Revocation): Revocation {
  return revocation;
}

/** Whether a run has the revocation in hand. */
export function isClaimed({ claimedUntil }: Revocation, now: Instant): boolean {
  return claimedUntil !== undefined && claimedUntil > now;
}
