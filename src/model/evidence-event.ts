import type { Assurance } from "./decision.ts";
import type { Instant } from "./instant.ts";
import type { JsonValue } from "./json.ts";

/**
 * The kinds of things that are put on record. `evidence verify` holds the records of an archive against these:
 * `decision.recorded` has the item's id as subject and `{ decision, outcome, importRef, recordHash }` as payload, the last
 * being `recordHash(decision)` of `src/text/evidence-hash.ts`; `review.imported` has `{ sha256 }` of the uploaded file;
 * `campaign.opened` has `{ items, excluded }`, their numbers; `revocation.planned` has `{ campaign }`; `revocation.confirmed` is a second person's word for what cannot be undone; events after which a
 * revocation is in another state have `{ state }`; `revocation.captured` has `{ capsule, preImageHash }`; other events of a revocation have its id as subject.
 */
export type EvidenceType =
  | "snapshot.written"
  | "findings.evaluated"
  | "campaign.opened"
  | "review.exported"
  | "review.import-rejected"
  | "review.imported"
  | "decision.recorded"
  | "campaign.closed"
  | "revocation.planned"
  | "revocation.confirmed"
  | "revocation.captured"
  | "revocation.executed"
  | "revocation.verified"
  | "revocation.unproven"
  | "revocation.undone"
  | "revocation.held"
  | "revocation.failed"
  | "revocation.cancelled"
  | "notice.written"
  | "evidence.exported"
  | "evidence.pinned";

/** What an appender says; the store adds `seq`, `prev` and the hashes. */
export interface NewEvidenceEvent {
  readonly at: Instant;
  /** An id, never a name or an e-mail. */
  readonly actor: string;
  readonly assurance: Assurance;
  readonly type: EvidenceType;
  /** Id of what it is about. */
  readonly subject: string;
  /** Ids, hashes and counts only; personal data live in blobs. */
  readonly payload: JsonValue;
}

/** One link of the chain. `hash` is SHA-256 over canonical JSON of all fields but `payload` and `hash`. */
export interface EvidenceEvent extends NewEvidenceEvent {
  readonly seq: number;
  /** Hash of the event before; 64 zeros for the first. */
  readonly prev: string;
  readonly payloadHash: string;
  readonly hash: string;
}
