import type { Campaign } from "../model/campaign.ts";
import type { Decision } from "../model/decision.ts";
import type { EvidenceEvent, NewEvidenceEvent } from "../model/evidence-event.ts";
import type { Instant } from "../model/instant.ts";
import type { ReviewItem } from "../model/review-item.ts";
import type { Revocation } from "../model/revocation.ts";
import type { RollbackCapsule } from "../model/rollback-capsule.ts";
import type { Snapshot, SnapshotManifest } from "../model/snapshot.ts";
import type { Verification } from "../model/verification.ts";

/** A file of answers as it was uploaded, kept byte for byte in the blob store. */
export interface ImportFile {
  /** SHA-256 of the bytes. */
  readonly id: string;
  readonly campaignId: string;
  readonly uploader: string;
  readonly at: Instant;
  readonly accepted: number;
  readonly rejected: number;
}

/** An export that was made for one reviewer. */
export interface ReviewExport {
  readonly id: string;
  readonly campaignId: string;
  readonly reviewer: string;
  readonly at: Instant;
  readonly items: number;
  readonly sha256: string;
}

/** Somebody said "stop, still needed". */
export interface Hold {
  readonly id: string;
  readonly revocationId: string;
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
}

/** Every kind of row the state keeps. */
export interface StateRows {
  readonly snapshot: SnapshotManifest;
  readonly campaign: Campaign;
  readonly review_item: ReviewItem;
  readonly review_export: ReviewExport;
  readonly import_file: ImportFile;
  readonly decision: Decision;
  readonly revocation: Revocation;
  readonly capsule: RollbackCapsule;
  readonly verification: Verification;
  readonly hold: Hold;
}

/** The name of a kind of row. */
export type StateTable = keyof StateRows;

/** Reading, inside or outside a transaction. Lists come in order of id. */
export interface StateReader {
  get<T extends StateTable>(table: T, id: string): Promise<StateRows[T] | undefined>;
  /** `parentId` is the campaign (items, decisions, exports, imports, revocations) or the revocation (capsules, verifications, holds). */
  list<T extends StateTable>(
    table: T,
    filter?: { readonly parentId?: string; readonly state?: string },
  ): Promise<readonly StateRows[T][]>;
  /** Events after `afterSeq` (0: all) in order. */
  events(afterSeq?: number): AsyncIterable<EvidenceEvent>;
  /** The newest event, or undefined when the chain is empty. */
  head(): Promise<EvidenceEvent | undefined>;
}

/** Writing; everything in one transaction happens or nothing does. */
export interface StateWriter extends StateReader {
  /** Inserts; an id that is there already is an `invariant` error. */
  insert<T extends StateTable>(table: T, row: StateRows[T]): Promise<void>;
  /** Replaces; a missing id is an `invariant` error. */
  update<T extends StateTable>(table: T, row: StateRows[T]): Promise<void>;
  /** Appends to the hash chain; `seq`, `prev` and hashes are worked out here, under the write lock. */
  append(event: NewEvidenceEvent): Promise<EvidenceEvent>;
}

/**
 * Where state that changes lives. Several processes use one at the same time without losing a write: for example two
 * processes that each append 1,000 events leave one chain of 2,000.
 */
export interface StateStore extends StateReader {
  /** Runs `work` alone among writers. Rolls back when it throws. Keep it short: no provider call inside. */
  transaction<T>(work: (writer: StateWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Immutable bytes named by their SHA-256. */
export interface BlobStore {
  /** Durable before it answers: temporary file, fsync, rename, fsync of the folder. Writing the same bytes twice is fine. */
  put(bytes: Uint8Array, extension: string): Promise<string>;
  /** The bytes, checked against their name; a damaged or missing blob is an `input-file` error that names it. */
  get(sha256: string, extension: string): Promise<Uint8Array>;
  has(sha256: string, extension: string): Promise<boolean>;
}

/** Snapshots as Parquet tables in the blob store and a manifest row in the state. */
export interface SnapshotStore {
  /** Writes blobs first, then the manifest row and the `snapshot.written` event in one short transaction. Same content, same id. */
  write(snapshot: Snapshot, by: Pick<NewEvidenceEvent, "actor" | "assurance" | "at">): Promise<SnapshotManifest>;
  read(manifest: SnapshotManifest): Promise<Snapshot>;
  /** Names every blob that is missing or damaged; empty when all is well. */
  verify(manifest: SnapshotManifest): Promise<readonly string[]>;
}

/** What one data directory offers. */
export interface DataDirectory {
  readonly path: string;
  readonly state: StateStore;
  readonly blobs: BlobStore;
  readonly snapshots: SnapshotStore;
  /** The key that signs CSV rows, made on first use; `LEASTWISE_KEY` wins. */
  signingKey(): Promise<Uint8Array>;
  close(): Promise<void>;
}
