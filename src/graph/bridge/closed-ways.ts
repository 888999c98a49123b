import type { FourValued } from "../../model/four-valued.ts";
import type { PushActor } from "../../policy/github/push-actor.ts";
import type { Reach } from "../../policy/github/reach.ts";
import type { BridgePlace } from "./github-bridge.ts";

/** Somebody at a place: what is counted where a cut says how many ways it closes. */
export interface Way {
  readonly actor: PushActor;
  readonly place: BridgePlace;
  readonly reach: Reach;
  readonly state: FourValued;
}

const RANK: Readonly<Record<FourValued, number>> = { yes: 0, conditional: 1, unknown: 2, no: 3 };

/** The best way of each actor to each place; places that people would call by the same words are one. */
export function waysIn(places: readonly BridgePlace[]): readonly Way[] {
  const best = new Map<string, Way>();
  for (const place of places)
    for (const { actors, reach } of place.classes)
      for (const actor of actors) {
        const key = `${place.repository.id} ${place.place} ${actor.id}`;
        const before = best.get(key);
        if (before === undefined || RANK[reach.state] < RANK[before.state])
          best.set(key, { actor, place, reach, state: reach.state });
      }
  return [...best.values()];
}

/**
 * The ways that a change closes: nothing is left of them, or what one could do alone needs somebody else. A way counts against
 * whatever comes in its stead, so that a trust with other words for the same door closes nothing: the place of the same words, new
 * places of the same kind of job, and new places of kinds that were not open to the actor. A change that lets somebody in who was shut out, or lets
 * somebody go alone who could not, closes nothing.
 */
export function closedBy(before: readonly Way[], after: readonly Way[]): readonly Way[] {
  const there = Map.groupBy(before, actorAt);
  const then = Map.groupBy(after, actorAt);
  for (const [who, ways] of then) if (opens(best(there.get(who) ?? []), best(ways))) return [];
  return before.filter((way) => {
    const own = there.get(actorAt(way)) ?? [];
    const words = new Set(own.map(({ place }) => place.place));
    const open = new Set(own.flatMap(({ state, place }) => (state === "no" ? [] : [place.demand.job])));
    const instead = (then.get(actorAt(way)) ?? []).filter(
      ({ place }) =>
        place.place === way.place.place ||
        (!words.has(place.place) && (place.demand.job === way.place.demand.job || !open.has(place.demand.job))),
    );
    return isClosed(way.state, best(instead));
  });
}

function best(ways: readonly Way[]): FourValued {
  return ways.reduce<FourValued>((surest, { state }) => (RANK[state] < RANK[surest] ? state : surest), "no");
}

function opens(before: FourValued, after: FourValued): boolean {
  return (before === "no" && after !== "no") || (before !== "yes" && after === "yes");
}

function isClosed(before: FourValued, after: FourValued): boolean {
  return before !== "no" && (after === "no" || (before === "yes" && after === "conditional"));
}

const actorAt = ({ actor, place }: Way): string => `${place.repository.id} ${actor.id}`;
