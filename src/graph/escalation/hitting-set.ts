/** A smallest choice of elements that has one in every set, or the best that was found. */
export interface HittingSet {
  /** In order. */
  readonly chosen: readonly string[];
  /** Nothing smaller exists. */
  readonly exact: boolean;
  /** No choice can be smaller. */
  readonly lowerBound: number;
  /** Sets that were looked at while searching: the same input always takes the same. */
  readonly work: number;
}

/** Elements and sets are numbers inside; elements are numbered in the order of their names, so that ties are settled by name. */
type Sets = readonly (readonly number[])[];

/** A whole for fractions: divisible by 1 to 16, so that equal shares seldom lose anything. */
const WHOLE = 720_720;

/**
 * Smallest hitting set by branch and bound. Supersets, dominated elements and sets of one are dealt with before every branch;
 * parts that share no element are searched apart. Beyond `maxWork` looks at a set the best choice so far is answered with the
 * bound; what needs no search costs no work. Every set must hold something.
 */
export function hittingSet(sets: readonly (readonly string[])[], maxWork: number): HittingSet {
  const names = [...new Set(sets.flat())].sort();
  const numbers = new Map(names.map((name, at) => [name, at]));
  const { forced, rest } = reduced(
    sets
      .map((set) => [...new Set(set)].map((name) => numbers.get(name) ?? 0).sort((a, b) => a - b))
      .sort((a, b) => a.length - b.length || compare(a, b)),
  );
  const chosen = [...forced];
  let exact = true;
  let lowerBound = forced.length;
  let work = 0;
  // Small parts first: what is left of the work then goes to the one part that may not be finished.
  for (const part of apart(rest)) {
    const search = new Search(maxWork - work);
    let best = greedy(part);
    let proven = bound(part);
    // From below, each step proves one more, so that a search that is stopped still has raised the bound.
    while (proven < best.length) {
      const found = search.smallest(part, proven);
      if (search.stopped) break;
      if (found === undefined) proven += 1;
      else best = found;
    }
    work += search.work;
    if (proven < best.length) exact = false;
    lowerBound += proven;
    chosen.push(...best);
  }
  return { chosen: chosen.map((element) => names[element] ?? "").sort(), exact, lowerBound, work };
}

class Search {
  readonly #maxWork: number;
  work = 0;
  stopped = false;

  constructor(maxWork: number) {
    this.#maxWork = maxWork;
  }

  /** A choice of at most so many elements; undefined where there is none, or when the work ran out. */
  smallest(sets: Sets, most: number): readonly number[] | undefined {
    if (this.work + sets.length > this.#maxWork) this.stopped = true;
    if (this.stopped) return undefined;
    this.work += sets.length;
    const { forced, rest } = reduced(sets);
    if (forced.length > most) return undefined;
    const parts = apart(rest);
    const bounds = parts.map(bound);
    let left = most - forced.length - bounds.reduce((sum, one) => sum + one, 0);
    if (left < 0) return undefined;
    const [only] = parts;
    if (only === undefined) return forced;
    if (parts.length === 1) {
      const found = this.#branch(only, most - forced.length);
      return found === undefined ? undefined : [...forced, ...found];
    }
    const chosen = [...forced];
    for (const [at, part] of parts.entries()) {
      // A part may take what the others leave above their bounds; the fewer it takes, the more is left for the next.
      const least = bounds[at] ?? 0;
      let found: readonly number[] | undefined;
      for (let size = least; found === undefined && size <= least + left; size += 1) {
        found = this.smallest(part, size);
        if (this.stopped) return undefined;
      }
      if (found === undefined) return undefined;
      left -= found.length - least;
      chosen.push(...found);
    }
    return chosen;
  }

  /** With the element that most sets hold, or without it. */
  #branch(sets: Sets, most: number): readonly number[] | undefined {
    const element = mostHeld(counted(sets));
    const without = (set: readonly number[]): readonly number[] => set.filter((one) => one !== element);
    const taken = this.smallest(
      sets.filter((set) => !set.includes(element)),
      most - 1,
    );
    return taken === undefined ? this.smallest(sets.map(without), most) : [element, ...taken];
  }
}

/**
 * Nothing is lost by it: a superset is hit whenever the smaller set is, an element that hits only what another hits as well is
 * never needed, and the element of a set of one always is.
 */
function reduced(given: Sets): { readonly forced: readonly number[]; readonly rest: Sets } {
  const forced: number[] = [];
  for (let sets = given; ;) {
    const smallest = withoutSupersets(sets);
    for (const [element, ...others] of smallest) if (element !== undefined && others.length === 0) forced.push(element);
    const rest = smallest.filter(({ length }) => length > 1);
    sets = withoutDominated(rest);
    if (sets === rest) return { forced, rest };
  }
}

function withoutSupersets(sets: Sets): Sets {
  const { rows, columns } = turned(sets);
  const dropped = new Set<number>();
  eachCovered(rows, columns, (inner, outer) => {
    if (lengthOf(rows, outer) > lengthOf(rows, inner) || outer > inner) dropped.add(outer);
  });
  return dropped.size === 0 ? sets : sets.filter((_, at) => !dropped.has(at));
}

function withoutDominated(sets: Sets): Sets {
  const { elements, rows, columns } = turned(sets);
  const dropped = new Set<number>();
  eachCovered(columns, rows, (inner, outer) => {
    if (lengthOf(columns, outer) > lengthOf(columns, inner) || outer < inner) dropped.add(elements[inner] ?? 0);
  });
  return dropped.size === 0 ? sets : sets.map((set) => set.filter((element) => !dropped.has(element)));
}

/** The sets with places of elements for elements, and turned round: for every place, the sets that hold it. All in order. */
function turned(sets: Sets): { readonly elements: readonly number[]; readonly rows: Sets; readonly columns: Sets } {
  const elements = [...new Set(sets.flat())].sort((a, b) => a - b);
  const places = new Map(elements.map((element, at) => [element, at]));
  const rows = sets.map((set) => set.map((element) => places.get(element) ?? 0));
  const columns = elements.map((): number[] => []);
  rows.forEach((row, at) => {
    for (const place of row) columns[place]?.push(at);
  });
  return { elements, rows, columns };
}

/** Every two lists of which the outer holds all of the inner; `holders` are the lists that hold a member. */
function eachCovered(lists: Sets, holders: Sets, met: (inner: number, outer: number) => void): void {
  lists.forEach((list, inner) => {
    let rarest: readonly number[] | undefined;
    for (const member of list) {
      const held = holders[member] ?? [];
      if (rarest === undefined || held.length < rarest.length) rarest = held;
    }
    // Whatever holds all of it holds its rarest member. That leaves so few lists that bit masks over all would be slower.
    for (const outer of rarest ?? []) if (outer !== inner && holdsAll(lists[outer] ?? [], list)) met(inner, outer);
  });
}

function holdsAll(outer: readonly number[], inner: readonly number[]): boolean {
  if (outer.length < inner.length) return false;
  let at = 0;
  for (const member of inner) {
    while (at < outer.length && (outer[at] ?? 0) < member) at += 1;
    if (outer[at] !== member) return false;
    at += 1;
  }
  return true;
}

/** Groups of sets that share no element with those of another, the group with the fewest sets first. */
function apart(sets: Sets): readonly Sets[] {
  const leader = new Map<number, number>();
  const find = (element: number): number => {
    let at = element;
    for (let up = leader.get(at); up !== undefined; up = leader.get(at)) at = up;
    if (at !== element) leader.set(element, at);
    return at;
  };
  for (const [first = 0, ...others] of sets)
    for (const other of others) {
      const [a, b] = [find(first), find(other)];
      if (a !== b) leader.set(Math.max(a, b), Math.min(a, b));
    }
  const parts = new Map<number, (readonly number[])[]>();
  for (const set of sets) {
    const at = find(set[0] ?? 0);
    const part = parts.get(at);
    if (part === undefined) parts.set(at, [set]);
    else part.push(set);
  }
  return [...parts].sort(([a, few], [b, many]) => few.length - many.length || a - b).map(([, part]) => part);
}

/**
 * How many elements are needed at least. Every set may ask for a share of one element; no element may be asked for more than
 * a whole. Sets that share nothing ask for a whole each, sets in a ring for a half: the better of the two counts.
 */
function bound(sets: Sets): number {
  const counts = counted(sets);
  // Sets that meet few others spoil least.
  const inOrder = sets
    .map((set) => ({ set, met: set.reduce((sum, element) => sum + (counts.get(element) ?? 0), 0) }))
    .sort((a, b) => a.met - b.met)
    .map(({ set }) => set);
  const even = (set: readonly number[]): number =>
    Math.floor(WHOLE / Math.max(...set.map((element) => counts.get(element) ?? 1)));
  return Math.max(...[() => 0, even].map((share) => Math.ceil(shares(inOrder, share) / WHOLE)));
}

function shares(sets: Sets, first: (set: readonly number[]) => number): number {
  const left = new Map<number, number>();
  let sum = 0;
  const ask = (set: readonly number[], share: number): void => {
    sum += share;
    for (const element of set) left.set(element, (left.get(element) ?? WHOLE) - share);
  };
  for (const set of sets) ask(set, first(set));
  for (const set of sets) ask(set, Math.min(...set.map((element) => left.get(element) ?? WHOLE)));
  return sum;
}

/** Always the element that hits most of what is left, reduced again each time, then without those that became superfluous. */
function greedy(sets: Sets): readonly number[] {
  const chosen: number[] = [];
  for (let open = sets; open.length > 0;) {
    const best = mostHeld(counted(open));
    const { forced, rest } = reduced(open.filter((set) => !set.includes(best)));
    chosen.push(best, ...forced);
    open = rest;
  }
  const hits = sets.map((set) => set.filter((element) => chosen.includes(element)).length);
  return chosen.filter((element) => {
    const held = sets.flatMap((set, at) => (set.includes(element) ? [at] : []));
    if (held.some((at) => hits[at] === 1)) return true;
    for (const at of held) hits[at] = (hits[at] ?? 0) - 1;
    return false;
  });
}

function counted(sets: Sets): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const set of sets) for (const element of set) counts.set(element, (counts.get(element) ?? 0) + 1);
  return counts;
}

/** The first in order of those that most sets hold. */
function mostHeld(counts: ReadonlyMap<number, number>): number {
  let [best, most] = [0, 0];
  for (const [element, count] of counts)
    if (count > most || (count === most && element < best)) [best, most] = [element, count];
  return best;
}

const lengthOf = (lists: Sets, at: number): number => lists[at]?.length ?? 0;

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((one, place) => one !== b[place]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
