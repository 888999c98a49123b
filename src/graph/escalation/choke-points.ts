import { hittingSet } from "./hitting-set.ts";

/**
 * Answers grants that together still suffice for somebody to get there after `removed` is gone, or undefined when nothing does.
 * The same question always gets the same answer; few grants are better than many.
 */
export type Survivor = (removed: ReadonlySet<string>) => readonly string[] | undefined;

/** The smallest cut that was found. */
export interface ChokePoints {
  /** Grants whose removal leaves no way, in order; empty where there is no way or none can be cut. */
  readonly removals: readonly string[];
  /** Proven smallest. */
  readonly exact: boolean;
  /** No cut can be smaller. */
  readonly lowerBound: number;
  /** Ways that were looked at to know. */
  readonly supports: number;
  /** Some way uses no grant that can be removed. */
  readonly cannotCut: boolean;
}

/** Up to where the cut is proven smallest. */
export interface ChokeLimits {
  /** Whether a grant may be taken away at all; every one where left out. */
  readonly removable?: (grantId: string) => boolean;
  /** Ways looked at, at most. */
  readonly maxSupports: number;
  /** Search nodes per smallest cut of the ways so far. */
  readonly maxWork: number;
}

/** A grant and what its removal alone would do. */
export interface CutValue {
  readonly grantId: string;
  /** Principals that would not get there any more. */
  readonly cutsOff: number;
}

/**
 * The smallest set of grants that cuts every way: an implicit hitting set. Ways are not listed; the smallest cut of those seen
 * so far is tried, and a way that survives it is added, until none does. Then no smaller cut exists, because the ways seen need
 * as many. Beyond the limits the cut is a greedy one, made minimal, and the bound is told.
 */
export function chokePoints(
  survivor: Survivor,
  { removable = () => true, maxSupports, maxWork }: ChokeLimits,
): ChokePoints {
  const supports: (readonly string[])[] = [];
  let lowerBound = 0;
  /** Adds ways that share nothing, one behind the other, after a removal. False where one cannot be cut. */
  const learn = (removed: ReadonlySet<string>): boolean => {
    const gone = new Set(removed);
    for (let found = survivor(gone); found !== undefined; found = survivor(gone)) {
      const support = found.filter(removable);
      if (support.length === 0) return false;
      supports.push(support);
      for (const grant of support) gone.add(grant);
      if (supports.length >= maxSupports) break;
    }
    return true;
  };
  if (!learn(new Set()))
    return { removals: [], exact: false, lowerBound: 0, supports: supports.length, cannotCut: true };
  for (;;) {
    const { chosen, exact, lowerBound: bound } = hittingSet(supports, maxWork);
    lowerBound = Math.max(lowerBound, bound);
    const before = supports.length;
    const removed = new Set(chosen);
    if (survivor(removed) === undefined) {
      if (exact)
        return { removals: chosen, exact: true, lowerBound: chosen.length, supports: before, cannotCut: false };
      return { removals: minimal(chosen, survivor), exact: false, lowerBound, supports: before, cannotCut: false };
    }
    if (before >= maxSupports) break;
    if (!learn(removed)) return { removals: [], exact: false, lowerBound, supports: supports.length, cannotCut: true };
  }
  // Too many ways to prove anything: go on greedily until none is left.
  const removed = new Set(hittingSet(supports, 1).chosen);
  for (let found = survivor(removed); found !== undefined; found = survivor(removed)) {
    const support = found.filter(removable);
    if (support.length === 0)
      return { removals: [], exact: false, lowerBound, supports: supports.length, cannotCut: true };
    removed.add(mostSeen(support, supports));
    supports.push(support);
  }
  return {
    removals: minimal([...removed], survivor),
    exact: false,
    lowerBound,
    supports: supports.length,
    cannotCut: false,
  };
}

/** Single grants by how many principals their removal cuts off, most first; those that cut off nobody are left out. */
export function rankChokePoints(
  reaching: (removed: ReadonlySet<string>) => number,
  candidates: readonly string[],
): readonly CutValue[] {
  const all = reaching(new Set());
  return [...new Set(candidates)]
    .map((grantId) => ({ grantId, cutsOff: all - reaching(new Set([grantId])) }))
    .filter(({ cutsOff }) => cutsOff > 0)
    .sort((a, b) => b.cutsOff - a.cutsOff || (a.grantId < b.grantId ? -1 : 1));
}

function mostSeen(support: readonly string[], supports: readonly (readonly string[])[]): string {
  const seen = (grant: string): number => supports.filter((one) => one.includes(grant)).length;
  const [best = ""] = [...support].sort((a, b) => seen(b) - seen(a) || (a < b ? -1 : 1));
  return best;
}

/** The cut without what it does not need. */
function minimal(removals: readonly string[], survivor: Survivor): readonly string[] {
  const inOrder = [...removals].sort();
  const kept = new Set(inOrder);
  for (const grant of inOrder) {
    kept.delete(grant);
    if (survivor(kept) !== undefined) kept.add(grant);
  }
  return [...kept].sort();
}
