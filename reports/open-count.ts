import type { Taking } from "../src/model/campaign-summary.ts";

/** How many are still to go, counted as the tie-out counts: `14`, or `14, and 2 to be reduced`, which are no revocations. */
export function openCount(open: readonly Taking[]): string {
  const reduce = open.filter(({ outcome }) => outcome === "reduce").length;
  return `${open.length - reduce}${reduce > 0 ? `, and ${reduce} to be reduced` : ""}`;
}
