import { diffSnapshots, type SnapshotDiff } from "../graph/diff.ts";
import type { Snapshot, SnapshotManifest } from "../model/snapshot.ts";

/** The `leastwise/diff@1` document. */
export interface DiffDocument extends SnapshotDiff {
  readonly schema: "leastwise/diff@1";
  readonly before: { readonly id: string; readonly asOf: string };
  readonly after: { readonly id: string; readonly asOf: string };
}

/** A stored snapshot with its manifest. */
interface Stored {
  readonly manifest: SnapshotManifest;
  readonly snapshot: Snapshot;
}

/** What changed from one stored snapshot to the other. */
export function diff(before: Stored, after: Stored): DiffDocument {
  return {
    schema: "leastwise/diff@1",
    before: { id: before.manifest.id, asOf: before.manifest.asOf },
    after: { id: after.manifest.id, asOf: after.manifest.asOf },
    ...diffSnapshots(before.snapshot, after.snapshot),
  };
}
