import { actionTraits } from "./access-request.ts";
import {
  actionIds,
  addAction,
  everyAction,
  hasAction,
  noActions,
  patternIds,
  takeActions,
  type ActionBits,
} from "./action-bits.ts";
import type { ActionTable, AwsLevel } from "./action-table.ts";
import { arnCovers, arnPattern, arnsOverlap } from "./arn-pattern.ts";
import type { AccessRegion, EffectiveAccess } from "./effective-access.ts";
import { UNREAD, type OpenTruth } from "./open-truth.ts";
import { MAYBE, YES } from "./request-context.ts";
import { namesNoObject, S3_OBJECTS } from "./s3-objects.ts";

/** AWS's levels, lowest first. */
export const LEVELS_IN_ORDER: readonly AwsLevel[] = ["List", "Read", "Tagging", "Write", "Permissions management"];

/** How surely something is allowed. */
export type AccessState = "yes" | "conditional" | "unknown";

/** What a principal can do in one service. */
export interface ServiceAccess {
  readonly service: string;
  /** Allowed and documented actions per level, in the order of the levels; levels the service does not have are left out. */
  readonly levels: readonly { readonly level: AwsLevel; readonly granted: number; readonly documented: number }[];
  readonly highest: AwsLevel;
  readonly granted: number;
  readonly documented: number;
  /** Allowed actions by the surest way in which each is allowed. */
  readonly states: Readonly<Record<AccessState, number>>;
  /** Every action on every resource, for certain. */
  readonly everything: boolean;
  /** Ids of the allowed actions, in rising order. */
  readonly actions: readonly number[];
  readonly regions: readonly AccessRegion[];
}

/** Access as people look at it. */
export interface AccessByService {
  /** In order of name; only services of which something is allowed. */
  readonly services: readonly ServiceAccess[];
  /** Every action AWS documents on every resource, for certain. */
  readonly everythingOnEverything: boolean;
}

/**
 * Consolidates access by service and level. An action that a policy allows on what none of its resource types can be (`s3:GetObject`
 * on a role) means nothing and is left out.
 */
export function accessByService(access: EffectiveAccess, table: ActionTable): AccessByService {
  const regions = access.regions.flatMap((one) => {
    const actions = meant(one, table);
    return actions === undefined ? [] : [{ ...one, actions }];
  });
  const services = new Map<string, { first: number; end: number }>();
  for (const { actions } of regions)
    for (let id = 0; id < table.size; id += 1) {
      if (!hasAction(actions, id)) continue;
      const service = table.serviceOf(id);
      const range = table.range(service);
      if (range === undefined) continue;
      services.set(service, range);
      id = range.end - 1;
    }
  const all = everyAction(table);
  takeActions(all, withToken(table));
  return {
    services: [...services]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([service, { first, end }]) => ofService(service, first, end, regions, table)),
    everythingOnEverything: regions.some(
      (one) => isWhole(one) && all.every((word, at) => (word & ~(one.actions[at] ?? 0)) === 0),
    ),
  };
}

function ofService(
  service: string,
  first: number,
  end: number,
  regions: readonly AccessRegion[],
  table: ActionTable,
): ServiceAccess {
  const best = new Map<number, OpenTruth>();
  const whole = noActions(table);
  const others = withToken(table);
  const own: AccessRegion[] = [];
  for (const one of regions) {
    const actions = noActions(table);
    let any = false;
    for (const id of actionIds(one.actions, first, end)) {
      any = true;
      addAction(actions, id);
      best.set(id, better(best.get(id), one.region.truth));
      if (isWhole(one)) addAction(whole, id);
    }
    if (any) own.push({ ...one, actions });
  }
  const states = { yes: 0, conditional: 0, unknown: 0 };
  const levels = new Map<AwsLevel, { granted: number; documented: number }>();
  let everything = true;
  for (let id = first; id < end; id += 1) {
    const level = table.awsLevelOf(id);
    const counts = levels.get(level) ?? { granted: 0, documented: 0 };
    levels.set(level, counts);
    counts.documented += 1;
    everything &&= hasAction(whole, id) || hasAction(others, id);
    const truth = best.get(id);
    if (truth === undefined) continue;
    counts.granted += 1;
    states[stateOf(truth)] += 1;
  }
  const present = LEVELS_IN_ORDER.flatMap((level) => {
    const counts = levels.get(level);
    return counts === undefined ? [] : [{ level, ...counts }];
  });
  return {
    service,
    levels: present,
    highest: present.findLast(({ granted }) => granted > 0)?.level ?? "List",
    granted: best.size,
    documented: end - first,
    states,
    everything,
    actions: [...best.keys()].sort((a, b) => a - b),
    regions: own,
  };
}

/** The word for a truth that is not `NO`. */
export function stateOf(truth: OpenTruth): AccessState {
  return truth === YES ? "yes" : truth === UNREAD ? "unknown" : "conditional";
}

function better(a: OpenTruth | undefined, b: OpenTruth): OpenTruth {
  const rank = (truth: OpenTruth | undefined): number =>
    truth === YES ? 3 : truth === MAYBE ? 2 : truth === UNREAD ? 1 : 0;
  return rank(a) >= rank(b) ? (a ?? b) : b;
}

/** Actions that are asked with a token of an identity provider: no policy of a principal has to do with them. */
function withToken(table: ActionTable): ActionBits {
  const bits = noActions(table);
  for (const id of patternIds("sts:AssumeRoleWith*", table))
    if (actionTraits(table, table.nameOf(id).toLowerCase()).federated) addAction(bits, id);
  return bits;
}

/** Every resource, for certain and without exception. */
function isWhole({ region }: AccessRegion): boolean {
  const { truth, within, except, partial } = region;
  return truth === YES && within.every(({ everything }) => everything) && except.length === 0 && partial.length === 0;
}

/** The actions of a region that some resource in it can be asked for; undefined where none is left. */
function meant({ actions, region }: AccessRegion, table: ActionTable): ActionBits | undefined {
  const within = region.within.filter(({ everything }) => !everything);
  const known = new Map<string, boolean>();
  const reaches = (arn: string): boolean => {
    let answer = known.get(arn);
    if (answer === undefined) {
      answer = within.every((pattern) => arnsOverlap(pattern, arnPattern(arn)));
      known.set(arn, answer);
    }
    return answer;
  };
  const objects = within.some((pattern) => arnCovers(S3_OBJECTS, pattern));
  const left = noActions(table);
  let any = false;
  for (const id of actionIds(actions)) {
    if (objects && namesNoObject(table.nameOf(id).toLowerCase(), table)) continue;
    if (within.length > 0 && !table.resourceTypesOf(id).some(({ arns }) => arns.some(reaches))) continue;
    addAction(left, id);
    any = true;
  }
  return any ? left : undefined;
}
