import type { ActionMatcher } from "./action-matcher.ts";
import type { ActionTable } from "./action-table.ts";
import { wildcardMatches } from "./wildcard.ts";

/** A set of actions of the table, a bit each, by id. */
export type ActionBits = Uint32Array;

/** No action yet. */
export function noActions(table: Pick<ActionTable, "size">): ActionBits {
  return new Uint32Array(Math.ceil(table.size / 32));
}

export function addAction(bits: ActionBits, id: number): void {
  bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31));
}

export function hasAction(bits: ActionBits, id: number): boolean {
  return ((bits[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
}

/** Adds every action of `more`. */
export function addActions(bits: ActionBits, more: ActionBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (more[at] ?? 0);
}

/** Takes every action of `less` away. */
export function takeActions(bits: ActionBits, less: ActionBits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(less[at] ?? 0);
}

export function shareActions(a: ActionBits, b: ActionBits): boolean {
  return a.some((word, at) => (word & (b[at] ?? 0)) !== 0);
}

export function isEmpty(bits: ActionBits): boolean {
  return bits.every((word) => word === 0);
}

export function countActions(bits: ActionBits): number {
  let count = 0;
  for (let word of bits) for (; word !== 0; word &= word - 1) count += 1;
  return count;
}

/** Ids in rising order, which is the order of service and name. */
export function* actionIds(bits: ActionBits, first = 0, end = bits.length * 32): Generator<number> {
  for (let at = first >>> 5; at * 32 < end; at += 1) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      const id = at * 32 + 31 - Math.clz32(word & -word);
      if (id >= first && id < end) yield id;
    }
  }
}

/** The actions an Action or NotAction element names. */
export interface NamedActions {
  /** In rising order; empty where `everything`. */
  readonly ids: Uint32Array;
  /** `*`: every action there is, in the table or not. */
  readonly everything: boolean;
  /** The element is NotAction: what is not named is meant. */
  readonly not: boolean;
}

const NONE = new Uint32Array(0);

/** What elements and patterns mean, worked out once per table. */
class Interned {
  readonly patterns = new Map<string, Uint32Array>();
  readonly matchers = new WeakMap<ActionMatcher, NamedActions>();
}

/** Patterns remembered by their text; more than real policies have, fewer than hostile ones could make. */
const MOST_PATTERNS = 50_000;
const interned = new WeakMap<ActionTable, Interned>();

function of(table: ActionTable): Interned {
  let known = interned.get(table);
  if (known === undefined) interned.set(table, (known = new Interned()));
  return known;
}

/** Ids of the actions a pattern of one service means (`s3:Get*`), in rising order; none where AWS documents none. Equal texts share one list. */
export function patternIds(pattern: string, table: ActionTable): Uint32Array {
  const { patterns } = of(table);
  const folded = pattern.toLowerCase();
  let ids = patterns.get(folded);
  if (ids === undefined) {
    ids = idsOf(folded, table);
    if (patterns.size < MOST_PATTERNS) patterns.set(folded, ids);
  }
  return ids;
}

function idsOf(pattern: string, table: ActionTable): Uint32Array {
  if (!/[*?]/.test(pattern)) {
    const id = table.idOf(pattern);
    return id === undefined ? NONE : Uint32Array.of(id);
  }
  const service = pattern.slice(0, pattern.indexOf(":"));
  const range = table.range(service);
  if (range === undefined) return NONE;
  const name = pattern.slice(service.length + 1);
  const ids: number[] = [];
  for (let id = range.first; id < range.end; id += 1)
    if (
      wildcardMatches(
        name,
        table
          .nameOf(id)
          .slice(service.length + 1)
          .toLowerCase(),
      )
    )
      ids.push(id);
  return Uint32Array.from(ids);
}

/** The actions an element names; an element that is asked again is answered from memory. */
export function namedActions(matcher: ActionMatcher, table: ActionTable): NamedActions {
  const { matchers } = of(table);
  let named = matchers.get(matcher);
  if (named === undefined) {
    const { patterns, not } = matcher;
    if (patterns.includes("*")) named = { ids: NONE, everything: true, not };
    else {
      const lists = patterns.map((pattern) => patternIds(pattern, table));
      const [only = NONE, ...more] = lists;
      named = {
        ids: more.length === 0 ? only : Uint32Array.from(new Set(lists.flatMap((list) => [...list]))).sort(),
        everything: false,
        not,
      };
    }
    matchers.set(matcher, named);
  }
  return named;
}

/** The actions an element means, as bits. */
export function matcherBits(matcher: ActionMatcher, table: ActionTable): ActionBits {
  const { ids, everything, not } = namedActions(matcher, table);
  const bits = noActions(table);
  if (everything) return not ? bits : fill(bits, table.size);
  for (const id of ids) addAction(bits, id);
  if (!not) return bits;
  const all = fill(noActions(table), table.size);
  takeActions(all, bits);
  return all;
}

/** Every action of the table. */
export function everyAction(table: Pick<ActionTable, "size">): ActionBits {
  return fill(noActions(table), table.size);
}

function fill(bits: ActionBits, size: number): ActionBits {
  bits.fill(0xffffffff);
  const rest = size & 31;
  if (rest !== 0) bits[bits.length - 1] = 2 ** rest - 1;
  return bits;
}

/**
 * Actions sorted into classes that nothing asked so far tells apart: a partition that is refined set by set. Costs what the
 * sets name, not what the table holds, so a `*` costs nothing and `s3:Get*` the actions of S3.
 */
export class ActionClasses {
  /** Class of each id. */
  readonly of: Uint32Array;
  count: number;
  readonly #next: number[] = [];

  constructor(of: Uint32Array, count: number) {
    this.of = of;
    this.count = count;
  }

  /** Starts from what somebody else refined. */
  copy(): ActionClasses {
    return new ActionClasses(this.of.slice(), this.count);
  }

  /** Tells the actions of a list from the others. */
  refine(ids: Iterable<number> & { readonly length: number }): void {
    const moved = this.#next;
    moved.length = 0;
    for (const id of ids) {
      const before = this.of[id] ?? 0;
      let after = moved[before];
      if (after === undefined) {
        after = this.count;
        this.count += 1;
        moved[before] = after;
      }
      this.of[id] = after;
    }
  }
}
