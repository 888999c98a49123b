import type { FourValued } from "../../model/four-valued.ts";
import { bothDemands, isEverything } from "../names/demands.ts";
import { satisfies } from "../names/find-name.ts";
import type { NameDemand, NamePattern } from "../names/name-pattern.ts";
import { findRefName, NO_REF_NAME } from "../names/ref-names.ts";
import { hasWildcard, layerMatches, type Layer, type Layers } from "./layers.ts";

/** What each layer does to the actor: its state, by layer. */
export type Effects = ReadonlyMap<Layer, FourValued>;

/** The ref that is most open to the actor: how far, and its name; null where no name satisfies the demand. */
export type FoundRef =
  | { readonly state: FourValued; readonly name: string }
  | { readonly state: "none" | "too-hard"; readonly name: null };

/**
 * The name that satisfies the demand and meets the fewest obstacles. Protections part the names into those that they are about and
 * the rest, so it is looked for outside of every layer that is in the way first, then under those that can be satisfied, then under
 * those nobody could read. The default branch and names that stand in full somewhere are preferred.
 */
export function findRef(layers: Layers, effects: Effects, demand: NameDemand, apart: readonly string[]): FoundRef {
  const none = apart.map((name): NamePattern => ({ syntax: "exact", pattern: name }));
  const asked: NameDemand = none.length === 0 ? demand : { all: demand.all, none: [...demand.none, ...none] };
  let best: { readonly state: FourValued; readonly name: string } | undefined;
  const names = preferredNames(layers, demand).filter((name) => isRefName(name) && satisfies(asked, name));
  for (const name of names) {
    const state = stateOn(layers, effects, name);
    if (best === undefined || ORDER.indexOf(state) < ORDER.indexOf(best.state)) best = { state, name };
    if (state === "yes") return best;
  }
  let tooHard = false;
  for (const allowed of attempts(effects)) {
    const worst = worstOf(allowed, effects);
    if (best !== undefined && ORDER.indexOf(best.state) <= ORDER.indexOf(worst)) return best;
    for (const where of outsideOf(layers, allowed)) {
      const found = findRefName(bothDemands(asked, where));
      if (found.state === "found") return { state: stateOn(layers, effects, found.name), name: found.name };
      if (found.state === "too-hard") tooHard = true;
    }
  }
  if (tooHard) return { state: "too-hard", name: null };
  if (best !== undefined) return best;
  const any = findRefName(asked);
  if (any.state === "found") return { state: stateOn(layers, effects, any.name), name: any.name };
  return { state: any.state, name: null };
}

const ORDER: readonly FourValued[] = ["yes", "conditional", "unknown", "no"];
/** Layers with exceptions double the places to look at; more than this many places are given up on. */
const MOST_PLACES = 64;

/** Sets of layers that the name may lie under, the best first: none in the way, one that can be satisfied, all of those, unread ones. */
function attempts(effects: Effects): readonly ReadonlySet<Layer>[] {
  const by = (state: FourValued): readonly Layer[] =>
    [...effects].flatMap(([layer, effect]) => (effect === state ? [layer] : []));
  const [open, needy, unread] = [by("yes"), by("conditional"), by("unknown")];
  const sets = [new Set(open)];
  if (needy.length > 1) for (const layer of needy) sets.push(new Set([...open, layer]));
  if (needy.length > 0) sets.push(new Set([...open, ...needy]));
  if (unread.length > 0) sets.push(new Set([...open, ...needy, ...unread]));
  return sets;
}

function worstOf(allowed: ReadonlySet<Layer>, effects: Effects): FourValued {
  let worst = 0;
  for (const layer of allowed) worst = Math.max(worst, ORDER.indexOf(effects.get(layer) ?? "yes"));
  return ORDER[worst] ?? "no";
}

/** Where no layer holds but the allowed ones: alternatives, each a demand. */
function outsideOf(layers: Layers, allowed: ReadonlySet<Layer>): readonly NameDemand[] {
  const apart = layers.rulesets.filter((layer) => !allowed.has(layer)).map(avoiding);
  const places: NameDemand[] = [];
  for (const governed of classicChoices(layers.classic, allowed))
    for (const place of product([governed, ...apart])) {
      places.push(place);
      if (places.length >= MOST_PLACES) return places;
    }
  return places;
}

/** No classic rule holds, or an allowed one and none before it. */
function classicChoices(classic: readonly Layer[], allowed: ReadonlySet<Layer>): readonly (readonly NameDemand[])[] {
  if (classic.every((layer) => allowed.has(layer))) return [[EVERYTHING]];
  const choices = [product(classic.map(avoiding))];
  classic.forEach((layer, index) => {
    if (!allowed.has(layer)) return;
    const held: NameDemand = { all: [layer.include], none: layer.exclude };
    choices.push(product([[held], ...classic.slice(0, index).map(avoiding)]));
  });
  return choices;
}

const EVERYTHING: NameDemand = { all: [], none: [] };

/** Names that a layer is not about: those it does not include, or those it excludes. */
function avoiding({ include, exclude }: Layer): readonly NameDemand[] {
  const outside: NameDemand = { all: [], none: include };
  return exclude.length === 0 ? [outside] : [outside, { all: [exclude], none: [] }];
}

function product(parts: readonly (readonly NameDemand[])[]): readonly NameDemand[] {
  let places: readonly NameDemand[] = [EVERYTHING];
  for (const part of parts) {
    // Nothing lies outside of a layer about every ref.
    const possible = part.filter(({ none }) => !none.some(isEverything));
    places = places.flatMap((place) => possible.map((one) => bothDemands(place, one))).slice(0, MOST_PLACES);
  }
  return places;
}

function stateOn(layers: Layers, effects: Effects, name: string): FourValued {
  let worst = 0;
  const look = (layer: Layer): void => {
    worst = Math.max(worst, WORSE.indexOf(effects.get(layer) ?? "yes"));
  };
  const governing = layers.classic.find((layer) => layerMatches(layer, name));
  if (governing !== undefined) look(governing);
  for (const layer of layers.rulesets) if (layerMatches(layer, name)) look(layer);
  return WORSE[worst] ?? "no";
}

const WORSE: readonly FourValued[] = ["yes", "conditional", "unknown", "no"];

function preferredNames(layers: Layers, demand: NameDemand): readonly string[] {
  const literal = demand.all.flatMap((patterns) =>
    patterns.flatMap(({ syntax, pattern }) => (syntax === "exact" || !hasWildcard(pattern) ? [pattern] : [])),
  );
  return [...new Set([...layers.existing, ...literal])];
}

function isRefName(name: string): boolean {
  return satisfies({ all: [], none: NO_REF_NAME }, name);
}
