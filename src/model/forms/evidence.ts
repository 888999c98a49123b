import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const head = z.strictObject({ seq: z.int().positive(), hash });

/** `manifest.json` of an evidence archive. */
export const archiveManifestForm = z.strictObject({
  format: z.literal("leastwise/evidence-archive@1"),
  product: z.string().min(1),
  campaignId: z.string().min(1),
  snapshotId: z.string().min(1),
  snapshotSchemaVersion: z.int().positive(),
  exportedAt: z.string().min(1),
  head,
  files: z.array(z.strictObject({ path: z.string().min(1), sha256: hash, bytes: count })),
});

/** One line of `events.ndjson`. The type is any text: an archive of a newer version can still be checked. */
export const evidenceEventForm = z.strictObject({
  seq: z.int().positive(),
  prev: hash,
  at: z.string().min(1),
  actor: z.string(),
  assurance: z.enum(["attested", "authenticated", "signed"]),
  type: z.string().min(1),
  subject: z.string(),
  payloadHash: hash,
  payload: z.json(),
  hash,
});

/** What the payload of `evidence.exported` says about the archive it seals. */
export const sealForm = z.object({
  files: z.record(z.string(), hash),
  product: z.string(),
  snapshotId: z.string(),
  snapshotSchemaVersion: z.number(),
});

/** One line of the file that `evidence pin` writes. */
export const headPinForm = z.strictObject({
  schema: z.literal("leastwise/evidence-pin@1"),
  seq: z.int().positive(),
  hash,
  at: z.string().min(1),
});

/** The answer of `evidence verify`. */
export const evidenceVerificationForm = z.strictObject({
  schema: z.literal("leastwise/evidence-verification@1"),
  ok: z.boolean(),
  problems: z.array(z.strictObject({ file: z.string(), place: z.string().nullable(), problem: z.string().min(1) })),
  counts: z.strictObject({
    files: count,
    events: count,
    items: count,
    decisions: count,
    revocations: count,
    verifications: count,
  }),
  head: head.nullable(),
  tiesOut: z.boolean(),
  pinned: z.boolean().nullable(),
  // `later`: pins made after the archive, which say nothing about it.
  pins: z.strictObject({ compared: count, later: count }),
});

const named = z.looseObject({ id: z.string().min(1) });

/** The records of an archive, as far as checking reads them; what else stands in them is left as it is. */
export const archivedRecordsForm = z.object({
  campaign: named.extend({
    state: z.enum(["open", "closed"]),
    excluded: z.array(z.looseObject({ subjectId: z.string(), reason: z.string() })),
  }),
  items: z.array(
    named.extend({
      campaignId: z.string(),
      code: z.string(),
      reviewer: z.string(),
      subjectId: z.string(),
      state: z.enum(["open", "decided", "excepted"]),
      outcome: z.string().nullable(),
    }),
  ),
  decisions: z.array(
    named.extend({ campaignId: z.string(), itemId: z.string(), outcome: z.string(), importRef: z.string().nullable() }),
  ),
  revocations: z.array(
    z.looseObject({
      revocation: named.extend({
        campaignId: z.string().nullable(),
        state: z.string(),
        target: z.looseObject({ subjectId: z.string() }),
      }),
      capsules: z.array(named.extend({ preImageHash: hash })),
      verifications: z.array(
        named.extend({ revocationId: z.string(), kind: z.string(), passed: z.boolean(), simulated: z.boolean() }),
      ),
      holds: z.array(named),
    }),
  ),
  imports: z.array(named),
  exports: z.array(named),
});

/** `snapshot.json` of an archive. */
export const archivedSnapshotForm = z.looseObject({
  id: z.string().min(1),
  tables: z.array(z.strictObject({ table: z.string(), rows: count, sha256: hash, bytes: count, digest: hash })),
});
