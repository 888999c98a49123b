import { arnCovers, arnPattern, arnsOverlap, type ArnPattern } from "./arn-pattern.ts";
import type { AccessRequest } from "./access-request.ts";
import { conditionsHold } from "./compile-policy.ts";
import { asked, type Applies } from "./applies.ts";
import { all, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { ActionPlan, LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { namedBy } from "./principal-match.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";
import { meansResource, type ResourceElement } from "./resource-element.ts";

/**
 * A set of resources on which one action is allowed in one way: those that match all of `within`, none of `except` and no deny
 * of `partial`. Set algebra over patterns instead of asking resource by resource.
 */
export interface Region {
  readonly within: readonly ArnPattern[];
  readonly except: readonly ArnPattern[];
  /** Never `NO`; `MAYBE` where it hangs on conditions, `UNREAD` where a document that was not read would have to allow it. */
  readonly truth: OpenTruth;
  /** The statements that allow it, one per layer it passed. */
  readonly allows: readonly Placed[];
  /** Denies that hold, or may hold, for a part of the region only. */
  readonly partial: readonly Placed[];
  /** Denies of the whole region that hang on conditions. */
  readonly maybeDenied: readonly Placed[];
}

/** What is left of an action after every layer, and the denies that took a whole region away. */
export interface Regions {
  readonly regions: readonly Region[];
  readonly killedBy: readonly Placed[];
  /** Whether anything was allowed before the denies. */
  readonly allowedBefore: boolean;
}

/** One step of an intersection: the statements of a layer (or of a level of it). */
interface Group {
  readonly placed: readonly Placed[];
  readonly given: LayerPolicies | undefined;
}

/** Regions beyond this many of one question are not told apart: what has gone through so far is kept. */
const MOST_REGIONS = 5_000;

/**
 * Where `request.action` is allowed within the pattern `asks`, by the identity side (identity policies, boundary, session,
 * organization, endpoint) and, where the set holds one, by the resource's policy as well.
 */
export function allowedRegions(set: PolicySet, request: AccessRequest, applies: Applies, asks: ArnPattern): Regions {
  const plan = set.plan(request.action);
  const { layers } = set;
  const outer: Group[] = [];
  if (applies.scp) plan.scps.forEach((placed, level) => outer.push({ placed, given: layers.scps?.[level] }));
  if (layers.endpoint !== undefined) outer.push({ placed: plan.endpoint, given: layers.endpoint });
  const limits: Group[] = [];
  if (applies.boundary) limits.push({ placed: plan.boundary, given: layers.boundary });
  if (applies.session) limits.push({ placed: plan.session, given: layers.session });

  const start: Region = { within: [asks], except: [], truth: YES, allows: [], partial: [], maybeDenied: [] };
  const passed: Region[] = [];
  for (const term of termsOf(request, applies, plan, layers)) {
    let regions: readonly Region[] = [start];
    for (const group of term.own) regions = through(regions, group, request, applies, true);
    for (const group of [...(term.limited ? limits : []), ...outer]) regions = through(regions, group, request, applies, false);
    passed.push(...regions);
  }
  const killedBy = new Set<Placed>();
  const regions = passed.flatMap((region) => afterDenies(region, plan, request, applies, killedBy));
  return { regions, killedBy: [...killedBy], allowedBefore: passed.length > 0 };
}

/** The ways in which an action can come to be allowed: see `combined` in evaluate.ts. */
function termsOf(
  request: AccessRequest,
  applies: Applies,
  plan: ActionPlan,
  layers: PolicySet["layers"],
): readonly { readonly own: readonly Group[]; readonly limited: boolean }[] {
  const resource = (bits: number): Group => ({
    placed: plan.resource.filter(
      ({ statement }) => (namedBy(statement.principals, request.principal, false, applies.boundary).bits & bits) !== 0,
    ),
    given: layers.resource,
  });
  const identity: Group[] =
    request.principal.kind === "root" ? [] : [{ placed: plan.identity, given: layers.identity }];
  const hasResource = layers.resource !== undefined;
  if (!applies.identity) return [{ own: [resource(7)], limited: false }];
  if (!applies.sameTenant) return [{ own: [resource(7), ...identity], limited: true }];
  if (applies.resourceNeeded)
    return [
      { own: [resource(1)], limited: false },
      { own: [resource(2)], limited: true },
      { own: [resource(4), ...identity], limited: true },
    ];
  return [
    { own: identity, limited: true },
    ...(hasResource
      ? [
          { own: [resource(1)], limited: false },
          { own: [resource(2)], limited: true },
        ]
      : []),
  ];
}

/** What of the regions the statements of a group allow. */
function through(
  regions: readonly Region[],
  { placed, given }: Group,
  request: AccessRequest,
  applies: Applies,
  everyWay: boolean,
): readonly Region[] {
  const found = new Map<string, Region>();
  const add = (region: Region): void => {
    if (found.size < MOST_REGIONS) found.set(keyOf(region, everyWay), region);
  };
  const truths = placed.map((one) => truthApart(one, request, applies));
  for (const region of regions) {
    // A layer that only limits needs no second statement where one allows all of the region.
    const whole = everyWay
      ? -1
      : placed.findIndex(
          ({ statement }, at) => truths[at] === YES && statement.conditions.length === 0 && coverage(statement.resources, region, request) === "all",
        );
    const through = placed[whole];
    if (through !== undefined) {
      add({ ...region, allows: [...region.allows, through] });
      continue;
    }
    placed.forEach((one, at) => {
      const truth = truths[at] ?? NO;
      if (truth === NO) return;
      for (const narrowed of narrow(region, one.statement.resources, request))
        add({ ...narrowed, truth: all(narrowed.truth, truth), allows: [...region.allows, one] });
    });
    if ((given?.unread?.length ?? 0) > 0) add({ ...region, truth: UNREAD });
  }
  return [...found.values()];
}

function keyOf({ within, except, truth, allows }: Region, everyWay: boolean): string {
  const last = everyWay ? allows.map(({ layer, policy, statement }) => `${layer} ${policy} ${statement.index}`).join("|") : "";
  return `${truth}|${within.map(({ source }) => source).join(" ")}|${except.map(({ source }) => source).join(" ")}|${last}`;
}

/** Whether a statement holds, its resources left aside. */
function truthApart({ statement, layer }: Placed, request: AccessRequest, applies: Applies): Truth {
  if (layer === "resource") {
    const named = namedBy(statement.principals, request.principal, statement.deny, applies.boundary);
    if (named.bits === 0) return NO;
    if (named.dependsOnSession && request.context.get("sts:rolesessionname") === undefined) return MAYBE;
    if (named.dependsOnSession && !statement.deny) return NO;
  }
  return conditionsHold(statement.conditions, request.context);
}

/** The entries of an element as patterns; `maybe` where a variable nobody knows decides what it means. */
function entriesOf(element: ResourceElement, request: AccessRequest): readonly { pattern: ArnPattern; maybe: boolean }[] {
  const entries = element.constants.map((pattern) => ({ pattern, maybe: false }));
  element.templates.forEach((template, at) => {
    const pattern = template.pattern(request.context);
    const widest = element.widest[at];
    if (pattern === undefined && widest !== undefined) entries.push({ pattern: widest, maybe: true });
    else if (pattern !== null && pattern !== undefined) entries.push({ pattern: arnPattern(pattern.source), maybe: false });
  });
  return entries;
}

/** The region as far as an element means it: one region per entry that has something in common with it. */
function narrow(region: Region, element: ResourceElement | null, request: AccessRequest): readonly Region[] {
  if (element === null || element.everything) return [region];
  const entries = entriesOf(element, request);
  if (element.not) {
    const except = [...region.except];
    let truth = region.truth;
    for (const { pattern, maybe } of entries) {
      if (!region.within.every((one) => arnsOverlap(one, pattern))) continue;
      if (maybe) truth = all(truth, MAYBE);
      else if (region.within.some((one) => arnCovers(pattern, one))) return [];
      else if (!except.includes(pattern)) except.push(pattern);
    }
    return [{ ...region, except, truth }];
  }
  const found: Region[] = [];
  for (const { pattern, maybe } of entries) {
    const truth = maybe ? all(region.truth, MAYBE) : region.truth;
    if (region.within.some((one) => arnCovers(pattern, one))) found.push({ ...region, truth });
    else if (
      region.within.every((one) => arnsOverlap(one, pattern)) &&
      !region.except.some((one) => arnCovers(one, pattern))
    )
      found.push({ ...region, within: [...region.within.filter((one) => !arnCovers(one, pattern)), pattern], truth });
  }
  return found;
}

/** How much of a region an element means. A variable nobody knows makes it a part at most. */
function coverage(element: ResourceElement | null, region: Region, request: AccessRequest): "all" | "part" | "none" {
  if (element === null || element.everything) return "all";
  const entries = entriesOf(element, request);
  const overlaps = (pattern: ArnPattern): boolean =>
    region.within.every((one) => arnsOverlap(one, pattern)) && !region.except.some((one) => arnCovers(one, pattern));
  const covers = (pattern: ArnPattern): boolean => region.within.some((one) => arnCovers(pattern, one));
  if (element.not) {
    if (entries.some(({ pattern, maybe }) => !maybe && covers(pattern))) return "none";
    return entries.some(({ pattern }) => overlaps(pattern)) ? "part" : "all";
  }
  if (entries.some(({ pattern, maybe }) => !maybe && covers(pattern))) return "all";
  return entries.some(({ pattern }) => overlaps(pattern)) ? "part" : "none";
}

function afterDenies(
  region: Region,
  plan: ActionPlan,
  request: AccessRequest,
  applies: Applies,
  killedBy: Set<Placed>,
): readonly Region[] {
  const partial: Placed[] = [];
  const maybeDenied: Placed[] = [];
  for (const one of plan.denies) {
    if (!asked(one, applies)) continue;
    const truth = truthApart(one, request, applies);
    if (truth === NO) continue;
    const covered = coverage(one.statement.resources, region, request);
    if (covered === "part") partial.push(one);
    else if (covered === "all") {
      if (truth === YES) {
        killedBy.add(one);
        return [];
      }
      maybeDenied.push(one);
    }
  }
  const truth = maybeDenied.length > 0 ? all(region.truth, MAYBE) : region.truth;
  return [{ ...region, truth, partial, maybeDenied }];
}

/** Whether the action is allowed on one resource of a region: what it hangs on there. */
export function inRegion(region: Region, resource: string, request: AccessRequest, applies: Applies): OpenTruth {
  if (!region.within.every((pattern) => pattern.test(resource))) return NO;
  if (region.except.some((pattern) => pattern.test(resource))) return NO;
  let truth = region.truth;
  for (const deny of region.partial) {
    const means = meansResource(deny.statement.resources, resource, request.context);
    if (means === NO) continue;
    const holds = truthApart(deny, request, applies);
    if (holds === NO) continue;
    if (holds === YES && means === YES) return NO;
    truth = all(truth, MAYBE);
  }
  return truth;
}
