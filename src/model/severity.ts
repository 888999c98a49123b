import type { Severity } from "./finding.ts";

/** Severities from worst to least. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

/** The lowest score of each band. */
const FLOOR: Readonly<Record<Severity, number>> = { critical: 70, high: 45, medium: 20, low: 0 };

/** The band of a score: 70 critical, 45 high, 20 medium, below low. */
export function severityOf(score: number): Severity {
  return SEVERITIES.find((severity) => score >= FLOOR[severity]) ?? "low";
}

/** Whether `severity` is at least as bad as `limit`. */
export function atLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
