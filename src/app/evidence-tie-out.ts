import { tieOut, type TieOut } from "../review/tie-out.ts";
import type { EvidenceRecords } from "./evidence-records.ts";

/** The sums of a campaign, worked out from its records alone: the exporter writes them, the checker works them out again. */
export function tieOutOf({ campaign, items, decisions, revocations }: EvidenceRecords): TieOut {
  return tieOut(
    campaign,
    items,
    decisions,
    revocations.map(({ revocation }) => revocation),
    revocations.flatMap(({ verifications }) => verifications),
  );
}

/** Whether everything is decided and nothing is left over. */
export function tiesOut(sums: TieOut): boolean {
  return sums.open === 0 && sums.differences.length === 0;
}
