import { ANY_CHARACTER, includes, type Characters } from "./characters.ts";
import type { NameDemand, NamePattern } from "./name-pattern.ts";
import { patternNodes, type PatternNode } from "./pattern-nodes.ts";

/** A name that satisfies a demand, that there is none, or that finding out took more work than `MOST_WORK` steps. */
export type FoundName =
  | { readonly state: "found"; readonly name: string }
  | { readonly state: "none" }
  | { readonly state: "too-hard" };

/** Steps from one place of a pattern to the next that are taken before giving up; a second or less. */
const MOST_WORK = 2_000_000;

/** Characters of names that read well, the best first. */
const READABLE = "xabcdefghijklmnopqrstuvwyz0123456789-_.XABCDEFGHIJKLMNOPQRSTUVWYZ/@+=,:%#!$&'()*;<>?[]^`{|}~\"\\ ";

/**
 * The shortest name that satisfies the demand, always the same one; one of `preferred` where one of them does, the first before the
 * others. Exact: patterns are read as machines side by side, so `none` is told only where no name exists. A name is never empty.
 */
export function findName(demand: NameDemand, preferred: readonly string[] = [], mostWork = MOST_WORK): FoundName {
  const liked = preferred.find((name) => name !== "" && satisfies(demand, name));
  if (liked !== undefined) return { state: "found", name: liked };
  if (mostWork !== MOST_WORK) return search(demand, mostWork);
  const key = JSON.stringify([demand.all, demand.none]);
  let found = remembered.get(key);
  if (found === undefined) {
    found = search(demand, mostWork);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, found);
  }
  return found;
}

/** Trusts ask the same few things of hundreds of repositories. */
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, FoundName>();

function search(demand: NameDemand, mostWork: number): FoundName {
  const machine = new Machine(demand);
  let work = 0;
  let layer: readonly Reached[] = [{ places: machine.start(), name: "" }];
  const seen = new Set([keyOf(layer[0]?.places ?? [])]);
  // Breadth first: the first name that is accepted is the shortest, and the first in order of `READABLE` among those.
  while (layer.length > 0) {
    const next: Reached[] = [];
    for (const { places, name } of layer) {
      for (const letter of machine.letters) {
        work += places.length + 1;
        if (work > mostWork) return { state: "too-hard" };
        const after = machine.step(places, letter.index);
        if (!machine.alive(after)) continue;
        const longer = name + String.fromCharCode(letter.code);
        if (machine.accepts(after)) return { state: "found", name: longer };
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ places: after, name: longer });
      }
    }
    layer = next;
  }
  return { state: "none" };
}

/** Whether the pattern matches the whole text. */
export function matchesName(pattern: NamePattern, text: string): boolean {
  if (pattern.syntax === "exact" && pattern.ignoreCase !== true) return pattern.pattern === text;
  const nodes = nodesOf(pattern);
  if (nodes === undefined) return false;
  let places = closure(nodes, [0]);
  for (let at = 0; at < text.length && places.length > 0; at += 1) {
    const code = text.charCodeAt(at);
    const reached: number[] = [];
    for (const place of places)
      for (const { on, to } of nodes[place]?.steps ?? []) if (includes(on, code)) reached.push(to);
    places = closure(nodes, reached);
  }
  return places.includes(nodes.length - 1);
}

/** Whether the text is a name that the demand asks for. */
export function satisfies(demand: NameDemand, text: string): boolean {
  return (
    demand.all.every((patterns) => patterns.some((pattern) => matchesName(pattern, text))) &&
    !demand.none.some((pattern) => matchesName(pattern, text))
  );
}

interface Reached {
  readonly places: readonly number[];
  readonly name: string;
}

/** All patterns of a demand in one: places are numbered through, and a set of them is a state. */
class Machine {
  /** One character for each set of characters that no pattern tells apart. */
  readonly letters: readonly { readonly code: number; readonly index: number }[];
  readonly #steps: (readonly number[])[][] = [];
  readonly #skips: (readonly number[])[] = [];
  /** Which list of `all` a place belongs to; -1 for `none`. */
  readonly #group: number[] = [];
  readonly #final: boolean[] = [];
  /** Whether whatever stood before no longer matters at a place: a star that takes every character. */
  readonly #forgets: boolean[] = [];
  /** Which pattern a place belongs to. */
  readonly #pattern: number[] = [];
  readonly #first: number[] = [];
  readonly #groups: number;

  constructor(demand: NameDemand) {
    this.#groups = demand.all.length;
    const all: { readonly nodes: readonly PatternNode[]; readonly group: number }[] = [];
    const add = (pattern: NamePattern, group: number): void => {
      const nodes = nodesOf(pattern);
      if (nodes !== undefined) all.push({ nodes, group });
    };
    demand.all.forEach((patterns, group) => {
      for (const pattern of patterns) add(pattern, group);
    });
    for (const pattern of demand.none) add(pattern, -1);
    this.letters = lettersOf(all.flatMap(({ nodes }) => nodes.flatMap(({ steps }) => steps.map(({ on }) => on))));
    for (const { nodes, group } of all) {
      const base = this.#group.length;
      this.#first.push(base);
      nodes.forEach((node, place) => {
        this.#group.push(group);
        this.#final.push(place === nodes.length - 1);
        this.#pattern.push(base);
        this.#forgets.push(takesAnyRun(node, place));
        this.#skips.push(node.skips.map((to) => base + to));
        this.#steps.push(
          this.letters.map(({ code }) => node.steps.flatMap(({ on, to }) => (includes(on, code) ? [base + to] : []))),
        );
      });
    }
  }

  start(): readonly number[] {
    return this.#closed(this.#first);
  }

  step(places: readonly number[], letter: number): readonly number[] {
    const reached: number[] = [];
    for (const place of places) for (const to of this.#steps[place]?.[letter] ?? []) reached.push(to);
    return this.#closed(reached);
  }

  /** Whether every list still has a pattern that could match, and nothing forbidden matches whatever comes. */
  alive(places: readonly number[]): boolean {
    const forbidden = places.some(
      (place) => this.#group[place] === -1 && this.#forgets[place] === true && this.#final[place + 1] === true,
    );
    return !forbidden && this.#counted(places, () => true) === this.#groups;
  }

  accepts(places: readonly number[]): boolean {
    if (places.some((place) => this.#final[place] === true && this.#group[place] === -1)) return false;
    return this.#counted(places, (place) => this.#final[place] === true) === this.#groups;
  }

  #counted(places: readonly number[], which: (place: number) => boolean): number {
    const groups = new Set<number>();
    for (const place of places) {
      const group = this.#group[place] ?? -1;
      if (group >= 0 && which(place)) groups.add(group);
    }
    return groups.size;
  }

  #closed(places: readonly number[]): readonly number[] {
    const found = new Set(places);
    for (const place of found) for (const to of this.#skips[place] ?? []) found.add(to);
    const all = [...found].sort((a, b) => a - b);
    // What can follow an earlier place of a pattern can follow its last star too: the earlier ones add nothing.
    let star = -1;
    const kept: number[] = [];
    for (let at = all.length - 1; at >= 0; at -= 1) {
      const place = all[at] ?? 0;
      if (star >= 0 && this.#pattern[star] === this.#pattern[place]) continue;
      star = this.#forgets[place] === true ? place : -1;
      kept.push(place);
    }
    return kept.reverse();
  }
}

function takesAnyRun({ steps, skips }: PatternNode, place: number): boolean {
  return skips.length === 1 && steps.length === 1 && steps[0]?.to === place && steps[0].on === ANY_CHARACTER;
}

/** One character of each set that no pattern tells apart, those that read best first. */
function lettersOf(tests: readonly Characters[]): Machine["letters"] {
  const cuts = new Set([0]);
  for (const characters of tests)
    for (const [from, to] of characters) {
      cuts.add(from);
      if (to < 0xffff) cuts.add(to + 1);
    }
  const bounds = [...cuts].sort((a, b) => a - b);
  // INVARIANT: two characters between the same cuts are in exactly the same sets.
  const best = new Map<number, { readonly code: number; readonly rank: number }>();
  const offer = (code: number, rank: number): void => {
    const interval = lastNotAbove(bounds, code);
    if (!best.has(interval)) best.set(interval, { code, rank });
  };
  for (let rank = 0; rank < READABLE.length; rank += 1) offer(READABLE.charCodeAt(rank), rank);
  for (const from of bounds) offer(from, READABLE.length + from);
  // Apart by whole sets: intervals that every test treats alike are one letter.
  const alike = new Set<string>();
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank)
    .filter(({ code }) => {
      const signature = tests.map((characters) => (includes(characters, code) ? "1" : "0")).join("");
      return alike.has(signature) ? false : alike.add(signature);
    })
    .map(({ code }, index) => ({ code, index }));
}

function lastNotAbove(bounds: readonly number[], code: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bounds[middle] ?? 0) <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}

const compiled = new WeakMap<NamePattern, readonly PatternNode[] | null>();

function nodesOf(pattern: NamePattern): readonly PatternNode[] | undefined {
  let nodes = compiled.get(pattern);
  if (nodes === undefined) compiled.set(pattern, (nodes = patternNodes(pattern) ?? null));
  return nodes ?? undefined;
}

function closure(nodes: readonly PatternNode[], places: readonly number[]): readonly number[] {
  const found = new Set(places);
  for (const place of found) for (const to of nodes[place]?.skips ?? []) found.add(to);
  return [...found];
}

function keyOf(places: readonly number[]): string {
  return places.join(",");
}
