/**
 * Everything one principal can do, over the whole action table and without naming a resource. The table is sorted into classes
 * of actions that no statement of the set tells apart; each class is asked once, as set algebra over regions (regions.ts), and
 * regions that say the same are put together.
 */
import { actionTraits, type AccessRequest } from "./access-request.ts";
import {
  ActionClasses,
  addAction,
  addActions,
  hasAction,
  namedActions,
  noActions,
  type ActionBits,
} from "./action-bits.ts";
import type { ActionTable } from "./action-table.ts";
import type { Applies } from "./applies.ts";
import { arnPattern } from "./arn-pattern.ts";
import { any, type OpenTruth } from "./open-truth.ts";
import type { PolicySet } from "./policy-set.ts";
import { regionCovers, regionKey } from "./region-covers.ts";
import { allowedRegions, inRegion, type Region } from "./regions.ts";
import { NO } from "./request-context.ts";

/** Actions that are allowed in one way. */
export interface AccessRegion {
  readonly actions: ActionBits;
  /** Where, how surely and on what conditions; of statements that say the same one stands for all. */
  readonly region: Region;
  /** Names of the identity policies that allow it, in the order of the set. */
  readonly policies: readonly (string | number)[];
}

/** What a principal can do, by its own side: policies of resources are asked apart. */
export interface EffectiveAccess {
  /** An action can lie in several regions. Up to a hundred of an action, none of them lies whole in another one. */
  readonly regions: readonly AccessRegion[];
}

/**
 * The request behind a question about an action (lower case) on `*`, and the layers that bear on it. What is known of the
 * request may depend on whether the action is one of IAM, and on nothing else of the action.
 */
export type AskAction = (action: string) => { readonly request: AccessRequest; readonly applies: Applies };

const EVERYWHERE = arnPattern("*");
/** Regions of one action of which those that lie in others are sorted out. */
const MOST_COMPARED = 100;
const basics = new WeakMap<ActionTable, ActionClasses>();

/** Works out what the identity side of a set allows. Policies of resources and trust policies are left out of the computation. */
export function effectiveAccess(set: PolicySet, ask: AskAction, table: ActionTable): EffectiveAccess {
  const classes = basicClasses(table).copy();
  const { identity, boundary, session, endpoint, resource, scps = [], rcps = [] } = set.layers;
  for (const layer of [identity, boundary, session, endpoint, resource, ...scps, ...rcps])
    for (const { policy } of layer?.policies ?? [])
      for (const { actions } of policy.statements) classes.refine(namedActions(actions, table).ids);

  const found = new Map<string, { actions: ActionBits; region: Region; policies: Set<string | number> }>();
  const targetsOfClass: ActionBits[][] = [];
  for (let id = 0; id < table.size; id += 1) {
    const number = classes.of[id] ?? 0;
    let targets = targetsOfClass[number];
    if (targets === undefined) {
      targets = ofAction(set, ask, table.nameOf(id).toLowerCase()).map((region) => {
        const key = regionKey(region);
        let one = found.get(key);
        if (one === undefined) found.set(key, (one = { actions: noActions(table), region, policies: new Set() }));
        for (const { layer, policy } of region.allows) if (layer === "identity") one.policies.add(policy);
        return one.actions;
      });
      targetsOfClass[number] = targets;
    }
    for (const actions of targets) addAction(actions, id);
  }
  return { regions: [...found.values()].map((one) => ({ ...one, policies: [...one.policies] })) };
}

function ofAction(set: PolicySet, ask: AskAction, action: string): readonly Region[] {
  const { request, applies } = ask(action);
  const { regions } = allowedRegions(set, request, sideOfCaller(applies), EVERYWHERE);
  // Past this many, comparing each with each would cost more than a longer list does.
  if (regions.length < 2 || regions.length > MOST_COMPARED) return regions;
  const kept: Region[] = [];
  for (const region of regions) {
    if (kept.some((other) => regionCovers(other, region))) continue;
    for (let at = kept.length - 1; at >= 0; at -= 1) {
      const other = kept[at];
      if (other !== undefined && regionCovers(region, other)) kept.splice(at, 1);
    }
    kept.push(region);
  }
  return kept;
}

/** What a resource's own policy would have to say as well is left out. */
function sideOfCaller(applies: Applies): Applies {
  return { ...applies, resourceNeeded: false, sameTenant: true };
}

/** How an action on one resource lies in the access of a principal: `NO` where it does not. */
export function accessOn(
  { regions }: EffectiveAccess,
  action: string,
  resource: string,
  ask: (action: string, resource: string) => ReturnType<AskAction>,
  table: ActionTable,
): OpenTruth {
  const id = table.idOf(action);
  if (id === undefined) return NO;
  const { request, applies } = ask(action.toLowerCase(), resource);
  let truth: OpenTruth = NO;
  for (const { actions, region } of regions)
    if (hasAction(actions, id)) truth = any(truth, inRegion(region, resource, request, sideOfCaller(applies)));
  return truth;
}

/** Every action that is allowed somewhere in some way. */
export function allowedActions({ regions }: EffectiveAccess, table: ActionTable): ActionBits {
  const all = noActions(table);
  for (const { actions } of regions) addActions(all, actions);
  return all;
}

/** Allowed in a way of its own, whatever the policies say: see natural-truth.ts and applies.ts. */
const APART = ["sts:getcalleridentity", "sts:getsessiontoken", "sts:assumerole"];

/** Actions the evaluator tells apart before it looks at any policy. */
function basicClasses(table: ActionTable): ActionClasses {
  let known = basics.get(table);
  if (known === undefined) {
    const numbers = new Map<string, number>();
    const of = new Uint32Array(table.size);
    for (let id = 0; id < table.size; id += 1) {
      const action = table.nameOf(id).toLowerCase();
      const { wildcardOnly, rcp, trust, bothSides, federated } = actionTraits(table, action);
      const apart = action.startsWith("iam:") ? "iam" : APART.includes(action) ? action : "";
      const key = JSON.stringify([wildcardOnly, rcp, trust, bothSides, federated, apart]);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      of[id] = number;
    }
    known = new ActionClasses(of, numbers.size);
    basics.set(table, known);
  }
  return known;
}
