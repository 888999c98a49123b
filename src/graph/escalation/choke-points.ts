import { hittingSet } from "./hitting-set.ts";

/**
 * Answers grants that together still suffice for somebody to get there after `removed` is gone, or undefined when nothing does.
 * The same question always gets the same answer; few grants are better than many.
 *
 * Taking more away must never open a way. Where it does (a grant that carries a denial as well), the cut still cuts, but a
 * smaller one may exist: such grants belong among those that cannot be removed.
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
  /** Ways that are looked at before it is given up to prove anything. */
  readonly maxSupports: number;
  /** Looks at a way while the smallest cut is searched for, over all rounds. What needs no search costs nothing. */
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
  const cannotCut = (): ChokePoints => ({
    removals: [],
    exact: false,
    lowerBound: 0,
    supports: supports.length,
    cannotCut: true,
  });
  let removed: ReadonlySet<string> = new Set();
  let cut: ReadonlySet<string> | undefined;
  let bound = 0;
  let work = 0;
  for (let searched = false; ;) {
    const before = supports.length;
    // Ways that share nothing, one behind the other: the cut must grow with each, so few rounds are needed.
    for (const gone = new Set(removed); supports.length < maxSupports;) {
      const support = wayLeft(survivor, gone, removable);
      if (support === undefined) break;
      if (support.length === 0) return cannotCut();
      supports.push(support);
      for (const grant of support) gone.add(grant);
    }
    const full = supports.length >= maxSupports;
    const cuts = !full && supports.length === before;
    if (cuts && removed.size < (cut?.size ?? Number.POSITIVE_INFINITY)) cut = removed;
    if (cut?.size === bound || (searched && supports.length === before)) break;
    // Greed is enough to find more ways. The search is for when it finds none, and never takes all the work that is left.
    searched = full || cuts;
    const smallest = hittingSet(supports, searched ? Math.ceil((maxWork - work) / 2) : 0);
    work += smallest.work;
    bound = Math.max(bound, smallest.lowerBound);
    removed = new Set(smallest.chosen);
  }
  const seen = countOf(supports);
  if (cut === undefined) {
    // Too many ways to look at: what hits most of those seen goes, way by way.
    const going = new Set(removed);
    for (;;) {
      const support = wayLeft(survivor, going, removable);
      if (support === undefined) break;
      if (support.length === 0) return cannotCut();
      supports.push(support);
      for (const grant of support) seen.set(grant, (seen.get(grant) ?? 0) + 1);
      going.add(support.reduce((best, one) => (rank(seen, one, best) < 0 ? one : best)));
    }
    cut = going;
    // All ways seen together can prove more than the first of them.
    if (supports.length > maxSupports) bound = Math.max(bound, hittingSet(supports, maxWork - work).lowerBound);
  }
  const removals = cut.size > bound ? minimal(cut, supports, seen, survivor) : [...cut].sort();
  return { removals, exact: removals.length === bound, lowerBound: bound, supports: supports.length, cannotCut: false };
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

/** What can be removed of a way that is left. What is gone already cannot be what a way hangs on, whatever the answer names. */
function wayLeft(
  survivor: Survivor,
  removed: ReadonlySet<string>,
  removable: (grantId: string) => boolean,
): readonly string[] | undefined {
  const found = survivor(removed);
  return found && [...new Set(found)].filter((grant) => removable(grant) && !removed.has(grant));
}

function countOf(supports: readonly (readonly string[])[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const grant of supports.flat()) seen.set(grant, (seen.get(grant) ?? 0) + 1);
  return seen;
}

/** Those that hit most ways first, then by id. */
function rank(seen: ReadonlyMap<string, number>, a: string, b: string): number {
  return (seen.get(b) ?? 0) - (seen.get(a) ?? 0) || (a < b ? -1 : 1);
}

/** The cut without what it does not need, those that hit fewest ways left out first. */
function minimal(
  removals: ReadonlySet<string>,
  supports: readonly (readonly string[])[],
  seen: ReadonlyMap<string, number>,
  survivor: Survivor,
): readonly string[] {
  const kept = new Set(removals);
  const hits = supports.map((support) => support.filter((grant) => kept.has(grant)).length);
  const hitBy = new Map<string, number[]>();
  supports.forEach((support, at) => {
    for (const grant of support) {
      const held = hitBy.get(grant);
      if (held === undefined) hitBy.set(grant, [at]);
      else held.push(at);
    }
  });
  for (const grant of [...removals].sort((a, b) => rank(seen, b, a))) {
    // A way that nothing else of the cut hits shows that it is needed, without asking.
    const held = hitBy.get(grant) ?? [];
    if (held.some((at) => hits[at] === 1)) continue;
    kept.delete(grant);
    if (survivor(kept) !== undefined) kept.add(grant);
    else for (const at of held) hits[at] = (hits[at] ?? 0) - 1;
  }
  return [...kept].sort();
}
