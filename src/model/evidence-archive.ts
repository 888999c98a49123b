import type { Instant } from "./instant.ts";

/** One file of an evidence archive as its manifest names it. */
export interface ArchiveEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Where a chain ended: what `evidence pin` keeps outside. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** `manifest.json` of an evidence archive. */
export interface ArchiveManifest {
  readonly format: "leastwise/evidence-archive@1";
  /** Version of the product that wrote it. */
  readonly product: string;
  readonly campaignId: string;
  readonly snapshotId: string;
  readonly snapshotSchemaVersion: number;
  readonly exportedAt: Instant;
  readonly head: ChainHead;
  /** Every other file, in order of path. */
  readonly files: readonly ArchiveEntry[];
}

/** One thing that is wrong with an archive. */
export interface EvidenceProblem {
  /** File of the archive, or the archive itself. */
  readonly file: string;
  /** Line, event, record or byte; null when the whole file is meant. */
  readonly place: string | null;
  readonly problem: string;
}

/** The `leastwise/evidence-verification@1` document: what checking an archive found. */
export interface EvidenceVerification {
  readonly schema: "leastwise/evidence-verification@1";
  readonly ok: boolean;
  readonly problems: readonly EvidenceProblem[];
  readonly counts: {
    readonly files: number;
    readonly events: number;
    readonly items: number;
    readonly decisions: number;
    readonly revocations: number;
    readonly verifications: number;
  };
  /** Last event of the chain as it was recomputed; null when there is none. */
  readonly head: ChainHead | null;
  /** Whether the numbers, worked out again from the contained records, balance. */
  readonly tiesOut: boolean;
  /** Whether the chain still holds a head that was pinned outside; null when none was given. */
  readonly pinned: boolean | null;
}
