import type { Coverage } from "../model/coverage.ts";

const RANK: Readonly<Record<Coverage["state"], number>> = { complete: 0, partial: 1, denied: 2, skipped: 3 };

/**
 * One row per tenant and kind, in the order first met. Several steps may answer for one kind (passwords: login profiles and
 * the credential report): the best answer counts.
 */
export function bestCoverage(rows: readonly Coverage[]): readonly Coverage[] {
  const best = new Map<string, Coverage>();
  for (const row of rows) {
    const key = `${row.tenantId}|${row.kind}`;
    const before = best.get(key);
    if (before === undefined || RANK[row.state] < RANK[before.state]) best.set(key, row);
  }
  return [...best.values()];
}
