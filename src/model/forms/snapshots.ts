import { z } from "zod";
import { SNAPSHOT_TABLES } from "../snapshot.ts";

const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A stored snapshot as `collect` and `snapshots` print it. */
const manifest = z.strictObject({
  id: z.string().regex(/^snap-[0-9a-f]{16}$/),
  schemaVersion: z.int().positive(),
  asOf: z.string().min(1),
  asOfSource: z.enum(["flag", "recording", "today"]),
  createdAt: z.string().min(1),
  tables: z.array(
    z.strictObject({ table: z.enum(SNAPSHOT_TABLES), rows: count, sha256: hash, bytes: count, digest: hash }),
  ),
});

/** The answer of `collect`. */
export const snapshotForm = manifest.extend({ schema: z.literal("leastwise/snapshot@1") });

/** The answer of `snapshots`: newest first; `damage` names what is wrong with the blobs, null when nobody looked. */
export const snapshotsForm = z.strictObject({
  schema: z.literal("leastwise/snapshots@1"),
  snapshots: z.array(manifest.extend({ damage: z.array(z.string()).nullable() })),
});

const side = z.strictObject({ id: z.string().min(1), asOf: z.string().min(1) });

/** The answer of `diff`. */
export const diffForm = z.strictObject({
  schema: z.literal("leastwise/diff@1"),
  before: side,
  after: side,
  changes: z.array(
    z.strictObject({
      table: z.enum(["principals", "credentials", "entitlements", "grants", "policies", "resources", "guardrails"]),
      id: z.string().min(1),
      change: z.enum(["added", "removed", "changed", "not-visible"]),
      certain: z.boolean(),
      name: z.string().min(1),
      tenantId: z.string().min(1),
      fields: z.array(z.string().min(1)),
    }),
  ),
  // `step` is null for the kind as a whole, else one of several steps that answer for it.
  coverage: z.array(
    z.strictObject({
      tenantId: z.string(),
      kind: z.string(),
      step: z.string().min(1).nullable(),
      before: z.string(),
      after: z.string(),
    }),
  ),
});
