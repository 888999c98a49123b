import { z } from "zod";

const count = z.int().nonnegative();
const line = z.string().min(1);
const outcome = z.enum(["keep", "revoke", "reduce", "not_mine", "unsure"]);

/** The campaign without the list of what was left out of it, which can be long: how many there are. */
const campaign = z.strictObject({
  id: line,
  name: line,
  state: z.enum(["open", "closed"]),
  snapshotId: line,
  openedAt: line,
  dueAt: line,
  closedAt: z.string().nullable(),
  openedBy: line,
  fallbackReviewer: z.string(),
  excluded: count,
});

/** The answer of `review open`. */
export const reviewOpenForm = z.strictObject({
  schema: z.literal("leastwise/review-open@1"),
  campaign,
  items: count,
  reviewers: z.array(z.strictObject({ reviewer: line, items: count })),
  excluded: z.array(z.strictObject({ reason: line, items: count })),
  /** What the snapshot does not hold, so that the population may not either. */
  gaps: z.array(line),
});

/** The answer of `review import`: what every row does, or did when `applied`. */
export const reviewImportForm = z.strictObject({
  schema: z.literal("leastwise/review-import@1"),
  files: z.array(
    z.strictObject({
      applied: z.boolean(),
      file: line,
      reviewer: line,
      accepted: count,
      alreadyRecorded: count,
      repeated: count,
      noDecision: count,
      rejected: count,
      rows: z.array(
        z.strictObject({
          line: z.int().positive(),
          code: z.string(),
          what: line.nullable(),
          result: z.enum(["accepted", "already-recorded", "repeated", "no-decision", "rejected"]),
          why: z.string().nullable(),
          answer: z
            .strictObject({
              itemId: line,
              outcome,
              reason: z.string(),
              keepUntil: z.string().nullable(),
              reassignTo: z.string().nullable(),
            })
            .nullable(),
        }),
      ),
      missing: z.array(line),
      keepShare: z.number().min(0).max(1),
    }),
  ),
});

/** The answer of `review status`. */
export const reviewStatusForm = z.strictObject({
  schema: z.literal("leastwise/review-status@1"),
  campaign,
  reviewers: z.array(z.strictObject({ reviewer: line, items: count, decided: count, revoked: count })),
  tieOut: z.strictObject({
    population: count,
    decided: count,
    excepted: count,
    excluded: count,
    open: count,
    revoke: count,
    verified: count,
    openRevocations: count,
    simulated: count,
    differences: z.array(line),
    lines: z.array(line),
  }),
  open: z.array(z.strictObject({ code: line, reviewer: line, what: line, rule: line, reason: line })),
});
