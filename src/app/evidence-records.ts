import type { ImportFile, ReviewExport, Hold } from "../contracts/store.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Decision } from "../model/decision.ts";
import type { ReviewItem } from "../model/review-item.ts";
import type { Revocation } from "../model/revocation.ts";
import type { RollbackCapsule } from "../model/rollback-capsule.ts";
import type { Verification } from "../model/verification.ts";
import { canonicalJson } from "../text/canonical-json.ts";

/** A capsule as evidence: that something was captured, and its hash, not what it holds. */
export type CapsuleEvidence = Omit<RollbackCapsule, "preImage">;

/** One entry of `revocations.json`: a change with everything that proves it. */
export interface RevocationEvidence {
  readonly revocation: Revocation;
  readonly capsules: readonly CapsuleEvidence[];
  readonly verifications: readonly Verification[];
  readonly holds: readonly Hold[];
}

/** The records of a campaign as an archive holds them. */
export interface EvidenceRecords {
  readonly campaign: Campaign;
  readonly items: readonly ReviewItem[];
  readonly decisions: readonly Decision[];
  readonly revocations: readonly RevocationEvidence[];
  readonly imports: readonly ImportFile[];
  readonly exports: readonly ReviewExport[];
}

/** Names of the files of an archive that are not blobs: the layout, in one place for the writer and the checker. */
export const EVIDENCE_FILES = {
  manifest: "manifest.json",
  events: "events.ndjson",
  campaign: "campaign.json",
  population: "population.json",
  populationCsv: "population.csv",
  coverage: "coverage.json",
  decisions: "decisions.json",
  revocations: "revocations.json",
  imports: "imports.json",
  exports: "exports.json",
  snapshot: "snapshot.json",
  tieOut: "tie-out.json",
  format: "FORMAT.md",
} as const;

/** JSON that people can read and that has one spelling only: canonical order of keys, two spaces, a line break at the end. */
export function evidenceJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`);
}
