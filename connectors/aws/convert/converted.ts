import type { RecordKind } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";

/** How much of one kind of fact an answer held. */
export interface KindRead {
  /** Facts of this kind that were read. */
  readonly items: number;
  /** The same by type of resource, where the kind is told per type. */
  readonly byType?: Readonly<Record<string, number>>;
  /** What is missing, in words: makes the coverage of the kind `partial`. */
  readonly gap?: string;
  /** The answer came, yet without this kind at all: makes it `skipped`, for this reason. */
  readonly absent?: string;
}

/** What an answer became. Kinds that are not named get no coverage row: the answer was not about them. */
export interface Converted {
  readonly records: Partial<SnapshotRecords>;
  readonly kinds: Readonly<Partial<Record<RecordKind, KindRead>>>;
}
