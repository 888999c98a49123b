import type { SnapshotRecords } from "../../../src/model/snapshot.ts";

/** What a list became: records, how many lines they stand for, and what a person should know but that stops nothing. */
export interface Converted {
  readonly records: Partial<SnapshotRecords>;
  readonly items: number;
  readonly warnings: readonly string[];
}
