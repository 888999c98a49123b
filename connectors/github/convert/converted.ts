import type { RecordKind } from "../../../src/model/coverage.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";
import type { OrganizationContext } from "../organization-context.ts";
import type { RecordedRequest } from "../raw.ts";

/** How much of one kind of fact an answer held. */
export interface KindRead {
  /** Facts of this kind that were read. */
  readonly items: number;
  /** What is missing, in words: makes the coverage of the kind `partial`. */
  readonly gap?: string | undefined;
  /** The answer came, yet GitHub kept this kind back: makes it `denied`, for this reason. */
  readonly denied?: string | undefined;
}

/** What an answer became: its records, and how much of each kind the step promises it held. */
export interface Converted {
  readonly records: Partial<SnapshotRecords>;
  readonly kinds: Readonly<Partial<Record<RecordKind, KindRead>>>;
}

/** One step's answers as records. `whole` says that GitHub was read to the end: only then does silence mean "none". */
export type Convert = (requests: readonly RecordedRequest[], context: OrganizationContext, whole: boolean) => Converted;
