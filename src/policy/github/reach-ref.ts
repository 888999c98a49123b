import { findRefName } from "../names/ref-names.ts";
import type { NameDemand } from "../names/name-pattern.ts";
import { allOf, no, unknownReach, yes } from "./combine-reach.ts";
import { findRef, type Effects, type FoundRef } from "./find-ref.ts";
import { layerEffect, OPEN, pullRequestRules, type JudgePullRequest, type RefAct } from "./layer-effect.ts";
import { layersOf, layersOn, type Layers } from "./layers.ts";
import type { PushActor } from "./push-actor.ts";
import type { Reach } from "./reach.ts";
import type { RepositoryControls } from "./repository-controls.ts";
import { writesTo } from "./writes-to.ts";

/**
 * How far the actor gets with a ref whose name satisfies the demand: the question behind {@link canPushRef}, {@link canCreateRef} and
 * {@link canLandViaPullRequest}. All layers hold together and a bypass counts in its own layer only.
 *
 * Which refs exist is not known beyond the default branch and those that a protection names in full. Whoever attacks takes a name
 * that does not exist to create one and a name that exists to push to it, so both are taken to be there.
 */
export function reachRef(
  actor: PushActor,
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  demand: NameDemand,
  act: RefAct,
  judge: JudgePullRequest = () => OPEN,
): Reach {
  const writes = writesTo(actor, controls);
  if (writes.state === "no") return writes;
  const { protections } = controls;
  if (!protections.known) {
    const why = `the protections of \`${controls.name}\` were not read`;
    return allOf([writes, nameless(controls, refKind, demand) ?? unknownReach([protections.why], why)]);
  }
  const layers = layersOf(controls, refKind);
  const effects = new Map<Layers["classic"][number], Reach>();
  for (const layer of [...layers.classic, ...layers.rulesets])
    effects.set(layer, layerEffect(actor, layer, act, judge));
  const states: Effects = new Map([...effects].map(([layer, { state }]) => [layer, state]));
  const found = remembered(layers, demand, act, states, () =>
    findRef(layers, states, demand, act === "create" ? layers.existing : []),
  );
  if (found.name === null) return unnamed(controls, refKind, demand, act, found.state === "too-hard");
  const holding = layersOn(layers, found.name);
  const reviewed = act === "merge" ? holding.map((layer) => pullRequestRules(actor, layer)) : [];
  const parts = holding.map((layer) => effects.get(layer) ?? OPEN);
  // Rules of several layers about one pull request add up to the strictest of each.
  const together = reviewed.filter((rules) => rules.length > 0).length > 1;
  const effect = allOf(
    together ? [judge(reviewed.flat(), ""), ...parts.filter(({ state }) => state !== "conditional")] : parts,
  );
  const others = together ? conditionsBeside(actor, holding, act) : [];
  const example = `refs/${refKind === "branch" ? "heads" : "tags"}/${found.name}`;
  // That he writes is no reason worth telling.
  const base = writes.state === "yes" ? [] : [writes];
  return { ...named(allOf([effect, ...others, ...base]), refKind, found.name, act), example };
}

/** What layers need besides the pull request itself. */
function conditionsBeside(
  actor: PushActor,
  holding: readonly Layers["classic"][number][],
  act: RefAct,
): readonly Reach[] {
  return holding.map((layer) => layerEffect(actor, layer, act, () => OPEN));
}

function named(reach: Reach, refKind: "branch" | "tag", name: string, act: RefAct): Reach {
  if (reach.state !== "yes" || reach.why !== "") {
    const why = reach.state === "yes" ? reach.why : `${refKind} \`${name}\`: ${reach.why}`;
    return { ...reach, why };
  }
  return yes(`${DONE[act]} ${refKind} \`${name}\``);
}

const DONE: Readonly<Record<RefAct, string>> = { push: "pushes to", create: "creates", merge: "merges into" };

function unnamed(
  controls: RepositoryControls,
  refKind: "branch" | "tag",
  demand: NameDemand,
  act: RefAct,
  tooHard: boolean,
): Reach {
  if (tooHard) return unknownReach([`whether a ${refKind} of that name can be had: too many patterns to work out`], "");
  const none = nameless(controls, refKind, demand);
  if (none !== null) return none;
  return no(
    act === "create"
      ? `the only names of a ${refKind} that would do exist in \`${controls.name}\` already`
      : `no ${refKind} of \`${controls.name}\` can be called so`,
  );
}

/** The answer where no name at all satisfies the demand, else null. */
function nameless(controls: RepositoryControls, refKind: "branch" | "tag", demand: NameDemand): Reach | null {
  const main = controls.defaultBranch === null ? [] : [controls.defaultBranch];
  const key = spelling(demand);
  let possible = !nothing.has(key);
  if (possible && findRefName(demand, main).state === "none") {
    possible = false;
    if (nothing.size >= MOST_KEPT) nothing.clear();
    nothing.add(key);
  }
  return possible ? null : no(`no ${refKind} can have the name that is asked for`);
}

/** Demands that no name satisfies. */
const nothing = new Set<string>();

const cache = new Map<string, FoundRef>();
const spelled = new WeakMap<NameDemand, string>();
/** More answers than this are forgotten and worked out again: memory stays bounded whatever is asked. */
const MOST_KEPT = 50_000;

/** Actors to whom every layer does the same find the same ref, and so in every repository protected alike: looked for once. */
function remembered(layers: Layers, demand: NameDemand, act: RefAct, states: Effects, find: () => FoundRef): FoundRef {
  const key = [act === "create" ? "new" : "old", [...states.values()].join(), spelling(demand), layers.key].join("\n");
  let ref = cache.get(key);
  if (ref === undefined) {
    if (cache.size >= MOST_KEPT) cache.clear();
    cache.set(key, (ref = find()));
  }
  return ref;
}

function spelling(demand: NameDemand): string {
  let text = spelled.get(demand);
  if (text === undefined) spelled.set(demand, (text = JSON.stringify([demand.all, demand.none])));
  return text;
}
