import type { DataDirectory } from "../contracts/store.ts";
import type { World } from "../contracts/world.ts";
import { AuditError } from "../model/audit-error.ts";
import type { Revocation } from "../model/revocation.ts";
import { advance, NEXT_STATES } from "../revoke/state-table.ts";
import { isClaimed, unclaimed } from "./claim-revocation.ts";

/** What stands beside a change that waits for somebody else to agree. */
const NEEDS_SECOND = "it cannot be undone, so it needs a second person";

/** Whether the change cannot be undone and only one person agreed so far. What is only rehearsed changes nothing. */
export function needsSecond({ undoClass, confirmedBy, simulated }: Revocation): boolean {
  return undoClass === "C" && confirmedBy === undefined && !simulated;
}

/** The state in which an approved change begins: on the schedule, or held until a second person agrees. */
export function firstStateOf(revocation: Revocation): Pick<Revocation, "state" | "stateReason"> {
  return needsSecond(revocation)
    ? { state: "held", stateReason: secondWords(revocation) }
    : { state: revocation.state, stateReason: revocation.stateReason };
}

/** Why it is held, with the command that goes on. */
export function secondWords({ id }: Revocation): string {
  return `${NEEDS_SECOND}: \`leastwise revoke confirm ${id.slice("revocation:".length, "revocation:".length + 8)}\``;
}

/**
 * Puts a change that cannot be undone on the schedule, on a second person's word. Whoever approved it or put it back on the schedule, on record,
 * is not a second person. Throws `settings` for one that needs nobody, waits for nobody, or is confirmed by the same person.
 */
export async function confirm(world: World, data: DataDirectory, { id }: Revocation): Promise<Revocation> {
  const first = new Set<string>();
  for await (const event of data.state.events())
    if (event.subject === id && event.type === "revocation.planned") first.add(event.actor);
  return data.state.transaction(async (writer) => {
    // As it is now, not as it was when it was looked up.
    const revocation = await writer.get("revocation", id);
    if (revocation === undefined)
      throw new AuditError("invariant", "revocation-id", `there is no revocation \`${id}\``);
    if (!needsSecond(revocation))
      throw new AuditError("settings", "no-second-person", `\`${id}\` needs no second person`, {
        hint: "only what cannot be undone does; `leastwise revoke status` shows how far each is",
      });
    if (isClaimed(revocation, world.clock.now()) || !NEXT_STATES[revocation.state].includes("scheduled"))
      throw new AuditError(
        "settings",
        "not-held",
        `\`${id}\` is \`${revocation.state}\`, so there is nothing to confirm`,
        {
          hint: "`leastwise revoke status` shows how far each is",
        },
      );
    if (first.has(world.actor))
      throw new AuditError("settings", "same-person", `\`${world.actor}\` approved it already`, {
        hint: "it cannot be undone: somebody else has to run `leastwise revoke confirm`",
      });
    const confirmed = { ...advance(unclaimed(revocation), "scheduled", null), confirmedBy: world.actor };
    await writer.update("revocation", confirmed);
    await writer.append({
      at: world.clock.now(),
      actor: world.actor,
      assurance: "attested",
      type: "revocation.confirmed",
      subject: id,
      payload: { operation: confirmed.operation, target: confirmed.target.subjectId, state: "scheduled" },
    });
    return confirmed;
  });
}
