/** A smallest choice of elements that has one in every set, or the best that was found. */
export interface HittingSet {
  /** In order. */
  readonly chosen: readonly string[];
  /** Nothing smaller exists. */
  readonly exact: boolean;
  /** No choice can be smaller. */
  readonly lowerBound: number;
  /** Search nodes that were looked at: the same input always takes the same. */
  readonly work: number;
}

/**
 * Smallest hitting set by branch and bound: supersets and dominated elements are dropped first, sets that share nothing give
 * the bound. Beyond `maxWork` search nodes the best choice so far is answered with the bound. Every set must hold something.
 */
export function hittingSet(sets: readonly (readonly string[])[], maxWork: number): HittingSet {
  const kept = withoutSupersets(sets);
  const elements = withoutDominated(kept);
  const masks = new Map<string, bigint>();
  kept.forEach((set, at) => {
    for (const element of set)
      if (elements.has(element)) masks.set(element, (masks.get(element) ?? 0n) | (1n << BigInt(at)));
  });
  const choices = kept.map((set) =>
    set
      .filter((element) => masks.has(element))
      .sort((a, b) => bits(masks.get(b) ?? 0n) - bits(masks.get(a) ?? 0n) || (a < b ? -1 : 1)),
  );
  const all = (1n << BigInt(kept.length)) - 1n;
  let best = greedy(choices, masks, all);
  const rootBound = packing(choices, masks, all);
  let work = 0;
  let stopped = false;
  const branch = (open: bigint, chosen: readonly string[], banned: ReadonlySet<string>): void => {
    if (stopped) return;
    work += 1;
    if (work > maxWork) {
      stopped = true;
      return;
    }
    if (open === 0n) {
      if (chosen.length < best.length) best = chosen;
      return;
    }
    if (chosen.length + packing(choices, masks, open) >= best.length) return;
    // The open set with the fewest elements left splits least.
    let narrowest: readonly string[] | undefined;
    for (let at = 0; at < choices.length; at += 1) {
      if ((open & (1n << BigInt(at))) === 0n) continue;
      const left = (choices[at] ?? []).filter((element) => !banned.has(element));
      if (left.length === 0) return;
      if (narrowest === undefined || left.length < narrowest.length) narrowest = left;
    }
    const excluded = new Set(banned);
    for (const element of narrowest ?? []) {
      branch(open & ~(masks.get(element) ?? 0n), [...chosen, element], excluded);
      // What follows need not try it again: every choice with it was looked at.
      excluded.add(element);
    }
  };
  branch(all, [], new Set());
  return {
    chosen: [...best].sort(),
    exact: !stopped,
    lowerBound: stopped ? Math.min(rootBound, best.length) : best.length,
    work: Math.min(work, maxWork),
  };
}

/** A set that holds all of another is hit whenever that one is. */
function withoutSupersets(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const unique = [
    ...new Map(sets.map((set) => [[...new Set(set)].sort().join("\0"), [...new Set(set)].sort()])).values(),
  ];
  const bySize = unique.sort((a, b) => a.length - b.length || (a.join("\0") < b.join("\0") ? -1 : 1));
  const kept: { readonly list: readonly string[]; readonly set: ReadonlySet<string> }[] = [];
  for (const list of bySize) {
    const set = new Set(list);
    if (!kept.some((smaller) => smaller.list.every((element) => set.has(element)))) kept.push({ list, set });
  }
  return kept.map(({ list }) => list);
}

/** An element that hits only what another hits as well is never needed; of two that hit the same the first in order stays. */
function withoutDominated(sets: readonly (readonly string[])[]): ReadonlySet<string> {
  const masks = new Map<string, bigint>();
  sets.forEach((set, at) => {
    for (const element of set) masks.set(element, (masks.get(element) ?? 0n) | (1n << BigInt(at)));
  });
  const elements = [...masks.keys()].sort();
  return new Set(
    elements.filter((element) => {
      const mine = masks.get(element) ?? 0n;
      return !elements.some((other) => {
        const theirs = masks.get(other) ?? 0n;
        return other !== element && (mine & theirs) === mine && (theirs !== mine || other < element);
      });
    }),
  );
}

function greedy(
  choices: readonly (readonly string[])[],
  masks: ReadonlyMap<string, bigint>,
  all: bigint,
): readonly string[] {
  const chosen: string[] = [];
  let open = all;
  const elements = [...new Set(choices.flat())].sort();
  while (open !== 0n) {
    let best: string | undefined;
    let most = 0;
    for (const element of elements) {
      const hit = bits((masks.get(element) ?? 0n) & open);
      if (hit > most) [best, most] = [element, hit];
    }
    if (best === undefined) break;
    chosen.push(best);
    open &= ~(masks.get(best) ?? 0n);
  }
  // Early choices can have become superfluous.
  let kept: readonly string[] = chosen;
  for (const element of chosen) {
    const rest = kept.filter((one) => one !== element);
    if (rest.reduce((mask, one) => mask | (masks.get(one) ?? 0n), 0n) === all) kept = rest;
  }
  return kept;
}

/** Sets that share nothing need an element each. */
function packing(choices: readonly (readonly string[])[], masks: ReadonlyMap<string, bigint>, open: bigint): number {
  let count = 0;
  let left = open;
  for (let at = 0; at < choices.length && left !== 0n; at += 1) {
    const bit = 1n << BigInt(at);
    if ((left & bit) === 0n) continue;
    count += 1;
    for (const element of choices[at] ?? []) left &= ~(masks.get(element) ?? 0n);
  }
  return count;
}

function bits(mask: bigint): number {
  let count = 0;
  for (let left = mask; left !== 0n; left &= left - 1n) count += 1;
  return count;
}
