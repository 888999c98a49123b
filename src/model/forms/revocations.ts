import { z } from "zod";

const line = z.string().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const subjectKind = z.enum(["grant", "credential"]);
const state = z.enum(["scheduled", "held", "executed", "verified", "already-absent", "undone", "failed", "cancelled"]);
const part = z
  .strictObject({ id: line, kind: line, nativeId: line, locator: line, displayName: z.string() })
  .nullable();

/** One planned or executed change. */
export const revocationForm = z.strictObject({
  id: line,
  campaignId: z.string().nullable(),
  decisionId: z.string().nullable(),
  findingId: z.string().nullable(),
  operation: z.string().regex(/^[a-z]+\/[a-z-]+$/),
  undoClass: z.enum(["A", "B", "C"]),
  target: z.strictObject({
    system: line,
    tenantId: line,
    tenantNativeId: line,
    subjectKind,
    subjectId: line,
    principal: part,
    entitlement: part,
    resource: part,
    credential: part,
  }),
  summary: line,
  state,
  reason: line,
  plannedAt: line,
  dueAt: line,
  simulated: z.boolean(),
  lastUsedAtPlanned: z.string().nullable(),
  stateReason: z.string().nullable(),
  claimedUntil: z.string().optional(),
  undoNeeds: line.optional(),
  confirmedBy: line.optional(),
});

/**
 * The answer of `revoke plan`. `hash` is what `revoke approve --plan` wants to see again; `standing` was planned before and is
 * done, held, undone or failed.
 */
export const revokePlanForm = z.strictObject({
  schema: z.literal("leastwise/revoke-plan@1"),
  hash,
  planned: z.array(revocationForm),
  standing: z.array(z.strictObject({ id: line, state, reason: z.string().nullable(), summary: line })),
  stopped: z.array(z.strictObject({ id: line, operation: line, summary: line, why: line })),
  byHand: z.array(z.strictObject({ subjectKind, subjectId: line, summary: line, why: line })),
});

/**
 * The answer of `revoke run`. `passed` is null where nothing was read again; `remainingGrants` are other ways to the same
 * access that the newest snapshot knows; what is `broken` is tried again by the next run; what is `elsewhere` another run has
 * in hand.
 */
export const revokeRunForm = z.strictObject({
  schema: z.literal("leastwise/revoke-run@1"),
  refused: z.string().nullable(),
  executed: z.array(
    z.strictObject({
      id: line,
      operation: line,
      summary: line,
      state,
      reason: z.string().nullable(),
      passed: z.boolean().nullable(),
      remainingGrants: z.array(line),
    }),
  ),
  stopped: z.array(z.strictObject({ id: line, why: line })),
  broken: z.array(z.strictObject({ id: line, why: line })),
  waiting: z.array(z.strictObject({ id: line, dueAt: line })),
  elsewhere: z.array(z.strictObject({ id: line })),
  announced: z.array(z.strictObject({ id: line, dueAt: line, summary: line })),
});

/** The answer of `revoke run --rehearse`: simulated throughout. `gone` and `appeared` are ids of findings. */
export const revokeRehearsalForm = z.strictObject({
  schema: z.literal("leastwise/revoke-rehearsal@1"),
  simulated: z.literal(true),
  rehearsed: z.array(
    z.strictObject({
      id: line,
      state,
      reason: z.string().nullable(),
      passed: z.boolean().nullable(),
      remainingGrants: z.array(line),
    }),
  ),
  stopped: z.array(z.strictObject({ id: line, why: line })),
  gone: z.array(line),
  appeared: z.array(line),
});

/** The answer of `revoke status`. */
export const revokeStatusForm = z.strictObject({
  schema: z.literal("leastwise/revoke-status@1"),
  revocations: z.array(revocationForm),
});
