import type { Operation } from "../contracts/connector.ts";
import type { DataDirectory } from "../contracts/store.ts";
import type { Clock } from "../contracts/clock.ts";
import { AuditError } from "../model/audit-error.ts";
import type { EvidenceType } from "../model/evidence-event.ts";
import type { JsonValue } from "../model/json.ts";
import type { Observed } from "../model/observed.ts";
import type { Revocation, RevocationTarget } from "../model/revocation.ts";
import type { RollbackCapsule } from "../model/rollback-capsule.ts";
import type { Verification } from "../model/verification.ts";
import { unclaimed } from "./claim-revocation.ts";
import { advance, NEXT_STATES } from "../revoke/state-table.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { sha256 } from "../text/digest.ts";
import { derivedId } from "../text/stable-id.ts";

/** Where changes are made and put on record. */
export interface Execution {
  readonly data: DataDirectory;
  readonly clock: Clock;
  /** Lets that many seconds pass: what a provider changed shows a moment later. Never called in a rehearsal. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly actor: string;
  /** Whether this happens on a working copy: then nothing of it proves anything about the provider. */
  readonly simulated: boolean;
  /** Ids of what the same access is still held through once the target is gone; without it, nobody looked. */
  readonly otherRoutes?: (target: RevocationTarget) => readonly string[];
}

/**
 * Seconds between readings while the provider still shows the old state. AWS says that a change of IAM may take a while to be
 * seen everywhere (IAM User Guide, "Changes that I make are not always immediately visible"); what has not shown after these
 * is not a delay.
 */
const PAUSES = [1, 2, 4, 8] as const;

/** How one change ended. */
export interface Executed {
  readonly revocation: Revocation;
  readonly verification: Verification | null;
}

/**
 * One change, start to end: captured before (no capsule, no change), done, re-read. Every step is on record before the next
 * one begins, so that a process that dies in the middle leaves behind what it was about to do. A rehearsal leaves the
 * revocation's own state alone: only the provider's answer can move it.
 */
export async function executeRevocation(
  revocation: Revocation,
  operation: Operation,
  execution: Execution,
): Promise<Executed> {
  const { clock } = execution;
  const captured = await operation.capture(revocation.target);
  if (captured.state === "unreadable") {
    return settle(
      execution,
      revocation,
      "held",
      `what is there now could not be read: ${captured.why}`,
      "revocation.held",
    );
  }
  if (captured.state === "already-absent") {
    const interrupted = execution.simulated ? undefined : await interruptedAt(execution.data, revocation.id);
    if (interrupted === undefined) return settle(execution, revocation, "already-absent", null, "revocation.executed");
    // A run that died after the change and before its record left the capsule: finish what it began, so that it can be undone.
    const { revocation: executed } = await settle(
      execution,
      revocation,
      "executed",
      "finished after an interruption",
      "revocation.executed",
    );
    return prove(execution, executed, operation, interrupted.preImage);
  }
  const newer = usedSince(revocation, captured.lastUsedAt);
  if (newer !== undefined) {
    // Whoever releases it was told of this use; only one after it holds it again.
    const told = captured.lastUsedAt.known ? { lastUsedAtPlanned: captured.lastUsedAt.value } : {};
    return settle(execution, { ...revocation, ...told }, "held", newer, "revocation.held");
  }

  const taken: Omit<RollbackCapsule, "id"> = {
    revocationId: revocation.id,
    operation: revocation.operation,
    preImage: captured.preImage,
    preImageHash: sha256(canonicalJson(captured.preImage)),
    capturedAt: clock.now(),
    simulated: execution.simulated,
  };
  await execution.data.state.transaction(async (writer) => {
    // Numbered: two captures within one second are two, and the second must not stand on what the first one saw.
    const before = await writer.list("capsule", { parentId: revocation.id });
    const capsule = { id: derivedId("capsule", [revocation.id, before.length]), ...taken };
    await writer.insert("capsule", capsule);
    await writer.append(
      event(execution, "revocation.captured", revocation, { capsule: capsule.id, preImageHash: capsule.preImageHash }),
    );
  });

  const outcome = await operation.revoke(revocation.target, captured.preImage);
  if (outcome.state === "refused") return settle(execution, revocation, "failed", outcome.why, "revocation.failed");
  if (outcome.state === "already-absent")
    return settle(execution, revocation, "already-absent", null, "revocation.executed");
  const { revocation: executed } = await settle(execution, revocation, "executed", null, "revocation.executed", {
    requestId: outcome.requestId ?? null,
  });

  return prove(execution, executed, operation, captured.preImage);
}

/**
 * Reads again what was changed: only that makes a revocation verified. What cannot be read leaves it `executed`, neither
 * proven nor failed, for the next run to ask again.
 */
export async function prove(
  execution: Execution,
  executed: Revocation,
  operation: Operation,
  preImage: JsonValue,
): Promise<Executed> {
  const gone = await reread(execution, () => operation.isGone(executed.target, preImage), true);
  const verification = await recordVerification(execution, executed, {
    kind: "after-revoke",
    passed: gone.known && gone.value,
    observed: gone.known
      ? gone.value
        ? "gone when read again"
        : "still there when read again"
      : `could not be read again: ${gone.why}`,
  });
  if (execution.simulated) return { revocation: executed, verification };
  if (!gone.known) {
    const open = { ...unclaimed(executed), stateReason: verification.observed };
    await execution.data.state.transaction(async (writer) => {
      await writer.update("revocation", open);
      await writer.append(event(execution, "revocation.unproven", executed, { verification: verification.id }));
    });
    return { revocation: open, verification };
  }
  const done = verification.passed
    ? await settle(execution, executed, "verified", null, "revocation.verified")
    : await settle(execution, executed, "failed", verification.observed, "revocation.failed");
  return { revocation: done.revocation, verification };
}

/** Asks until the answer is the wanted one, a bounded number of times; one that cannot be known is an answer. */
async function reread(
  execution: Execution,
  ask: () => Promise<Observed<boolean>>,
  wanted: boolean,
): Promise<Observed<boolean>> {
  let seen = await ask();
  for (const seconds of execution.simulated ? [] : PAUSES) {
    if (!seen.known || seen.value === wanted) break;
    await execution.pause(seconds);
    seen = await ask();
  }
  return seen;
}

/** The newest capsule of those that were taken live, or in a rehearsal. */
export function newestCapsule(capsules: readonly RollbackCapsule[], simulated: boolean): RollbackCapsule | undefined {
  return capsules
    .filter((capsule) => capsule.simulated === simulated)
    .sort((a, b) => (a.capturedAt < b.capturedAt ? 1 : -1))[0];
}

/**
 * Puts back what a capsule of the revocation holds, and re-reads. Only what is there again when read counts as undone: until
 * then the revocation keeps its state, and undoing may be tried again. Throws `settings` where there is nothing to undo.
 */
export async function undoRevocation(
  revocation: Revocation,
  capsule: RollbackCapsule,
  operation: Operation,
  execution: Execution,
): Promise<Executed> {
  if (!execution.simulated && !NEXT_STATES[revocation.state].includes("undone")) {
    throw new AuditError(
      "settings",
      "nothing-to-undo",
      `\`${revocation.id}\` is \`${revocation.state}\`, so there is nothing to undo`,
      {
        hint: "`leastwise revoke status` shows what was done",
      },
    );
  }
  const outcome = await operation.restore(revocation.target, capsule.preImage);
  if (outcome.state === "refused") return notUndone(execution, revocation, capsule, outcome.why);
  const gone = await reread(execution, () => operation.isGone(revocation.target, capsule.preImage), false);
  const seen = {
    kind: "after-undo" as const,
    passed: gone.known && !gone.value,
    observed: gone.known
      ? gone.value
        ? "still missing when read again"
        : "back when read again"
      : `could not be read again: ${gone.why}`,
  };
  const verification = await recordVerification(execution, revocation, seen);
  if (!verification.passed)
    return { ...(await notUndone(execution, revocation, capsule, seen.observed)), verification };
  const { revocation: undone } = await settle(execution, revocation, "undone", null, "revocation.undone", {
    capsule: capsule.id,
  });
  return { revocation: undone, verification };
}

async function notUndone(
  execution: Execution,
  revocation: Revocation,
  capsule: RollbackCapsule,
  why: string,
): Promise<Executed> {
  await execution.data.state.transaction((writer) =>
    writer.append(event(execution, "revocation.failed", revocation, { undo: true, capsule: capsule.id })),
  );
  return { revocation: { ...revocation, stateReason: why }, verification: null };
}

/** The capsule of a change that a run began and did not live to put on record; none where the last word was another. */
async function interruptedAt({ state }: DataDirectory, id: string): Promise<RollbackCapsule | undefined> {
  const capsule = newestCapsule(await state.list("capsule", { parentId: id }), false);
  if (capsule === undefined) return undefined;
  let last: EvidenceType | undefined;
  for await (const event of state.events()) if (event.subject === id && isLive(event.payload)) last = event.type;
  return last === "revocation.captured" ? capsule : undefined;
}

const isLive = (payload: JsonValue): boolean =>
  !(typeof payload === "object" && payload !== null && "simulated" in payload && payload["simulated"] === true);

/** A use that is newer than the one the plan was made on stops the change: somebody needs it. */
function usedSince(revocation: Revocation, last: { known: boolean; value?: string }): string | undefined {
  const planned = revocation.lastUsedAtPlanned;
  // A reviewer who decided knowing nothing about use decided about the access, not about its use.
  if (planned === null) return undefined;
  // What goes because it is not used must be seen not to be used. Nobody says when a grant was used last.
  if (!last.known)
    return revocation.target.subjectKind === "credential" ? "when it was last used could not be read" : undefined;
  if (last.value === undefined || last.value === "never") return undefined;
  if (planned !== "never" && last.value <= planned) return undefined;
  return `it was used on ${last.value.slice(0, 10)}, after it was planned`;
}

async function settle(
  execution: Execution,
  revocation: Revocation,
  state: Revocation["state"],
  reason: string | null,
  type: EvidenceType,
  payload: Readonly<Record<string, JsonValue>> = {},
): Promise<Executed> {
  const next = execution.simulated
    ? { ...revocation, state, stateReason: reason, simulated: true }
    : // Between the change and its proof the run that made it keeps it in hand.
      advance(state === "executed" ? revocation : unclaimed(revocation), state, reason);
  await execution.data.state.transaction(async (writer) => {
    if (!execution.simulated) await writer.update("revocation", next);
    await writer.append(event(execution, type, revocation, { ...payload, state }));
  });
  return { revocation: next, verification: null };
}

async function recordVerification(
  execution: Execution,
  revocation: Revocation,
  seen: Pick<Verification, "kind" | "passed" | "observed">,
): Promise<Verification> {
  const read: Omit<Verification, "id"> = {
    revocationId: revocation.id,
    ...seen,
    remainingGrants: seen.kind === "after-revoke" ? (execution.otherRoutes?.(revocation.target) ?? []) : [],
    at: execution.clock.now(),
    simulated: execution.simulated,
  };
  return execution.data.state.transaction(async (writer) => {
    const before = await writer.list("verification", { parentId: revocation.id });
    const verification = { id: derivedId("verification", [revocation.id, before.length]), ...read };
    await writer.insert("verification", verification);
    return verification;
  });
}

function event(
  execution: Execution,
  type: EvidenceType,
  revocation: Revocation,
  payload: Readonly<Record<string, JsonValue>>,
) {
  return {
    at: execution.clock.now(),
    actor: execution.actor,
    assurance: "attested" as const,
    type,
    subject: revocation.id,
    payload: {
      operation: revocation.operation,
      target: revocation.target.subjectId,
      simulated: execution.simulated,
      ...payload,
    },
  };
}
