import type { AccessLevel } from "../model/entitlement.ts";
import type { ScoreTerm } from "../model/finding.ts";

/** The families of which only the largest counts, so that three ways of saying "old" do not add up. */
export type SignalFamily =
  | "leaked"
  | "ownership"
  | "trust"
  | "disuse"
  | "age"
  | "second-factor"
  | "approval"
  | "exposure";

/** One reason why misuse is more likely. */
export interface RiskSignal {
  readonly family: SignalFamily;
  /** Printed as it is: `unused 200 days`. */
  readonly name: string;
  /** 0 to 1. */
  readonly value: number;
}

/** Something that makes misuse less likely: expiry within a day .40, an enforced condition .40, an approval gate .30. */
export interface Mitigation {
  readonly name: string;
  readonly value: number;
}

/** What could be reached: `tier` 0 is the control plane, 1 production, secrets and regulated data, 2 ordinary, 3 sandbox and public. */
export interface Reach {
  readonly tier: 0 | 1 | 2 | 3;
  readonly level: AccessLevel;
  /** Product of the edges' confidences, 1 for what is granted as it stands. */
  readonly pathConfidence: number;
}

/** A score with the terms it was made of. */
export interface RiskScore {
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
}

const TIER = [1, 0.7, 0.35, 0.1] as const;
const LEVEL: Readonly<Record<AccessLevel, number>> = { admin: 1, write: 0.7, read: 0.5, list: 0.15, none: 0 };
/** Everything can be misused a little. */
const BASE = 0.1;

/** How much a reach weighs, 0 to 1. */
export function impactOf(reach: Reach): number {
  return TIER[reach.tier] * LEVEL[reach.level] * reach.pathConfidence;
}

/**
 * `round(100 × impact × likelihood)`: impact is the weightiest reach, likelihood `(1 − Π(1 − sᵢ)) × Π(1 − mⱼ)` over the base,
 * the largest signal of each family and the mitigations. Every score prints its terms.
 */
export function riskScore(
  reaches: readonly Reach[],
  signals: readonly RiskSignal[],
  mitigations: readonly Mitigation[] = [],
): RiskScore {
  const best = reaches.reduce<Reach | undefined>(
    (top, reach) => (top === undefined || impactOf(reach) > impactOf(top) ? reach : top),
    undefined,
  );
  const impact = best === undefined ? 0 : impactOf(best);
  const largest = new Map<SignalFamily, RiskSignal>();
  for (const signal of signals) {
    const before = largest.get(signal.family);
    if (
      before === undefined ||
      signal.value > before.value ||
      (signal.value === before.value && signal.name < before.name)
    )
      largest.set(signal.family, signal);
  }
  const counted = [...largest.values()].sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  const sortedMitigations = [...mitigations].sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  let missing = 1 - BASE;
  for (const signal of counted) missing *= 1 - signal.value;
  let likelihood = 1 - missing;
  for (const mitigation of sortedMitigations) likelihood *= 1 - mitigation.value;
  return {
    score: Math.round(100 * impact * likelihood),
    terms: [
      {
        name:
          best === undefined
            ? "impact: nothing reached"
            : `impact: tier ${best.tier}, ${best.level}${best.pathConfidence < 1 ? `, path confidence ${best.pathConfidence}` : ""}`,
        value: round(impact),
      },
      { name: "likelihood", value: round(likelihood) },
      { name: "  base", value: BASE },
      ...counted.map((signal) => ({ name: `  ${signal.name}`, value: round(signal.value) })),
      ...sortedMitigations.map((mitigation) => ({
        name: `  less: ${mitigation.name}`,
        value: round(mitigation.value),
      })),
    ],
  };
}

/** Disuse: .40 from 180 days, .30 from 90, nothing below. */
export function disuseSignal(days: number): RiskSignal | undefined {
  const value = days >= 180 ? 0.4 : days >= 90 ? 0.3 : 0;
  return value === 0 ? undefined : { family: "disuse", name: `unused ${days} days`, value };
}

/** Age of a key: .35 beyond a year, .20 beyond 90 days. */
export function ageSignal(days: number): RiskSignal | undefined {
  const value = days > 365 ? 0.35 : days > 90 ? 0.2 : 0;
  return value === 0 ? undefined : { family: "age", name: `${days} days old`, value };
}

/** Upstream exposure: half the share of principals that can become it. */
export function exposureSignal(share: number): RiskSignal {
  return { family: "exposure", name: `${Math.round(share * 100)} % of principals can become it`, value: 0.5 * share };
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
