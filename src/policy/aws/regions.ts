import type { AccessRequest } from "./access-request.ts";
import { asked, isUnread, mayBeDeniedUnread, type Applies } from "./applies.ts";
import type { ArnPattern } from "./arn-pattern.ts";
import { blockedAsPublic } from "./blocked-as-public.ts";
import { needsBothSides } from "./combine.ts";
import type { CompiledStatement } from "./compile-policy.ts";
import { isAlwaysAllowed, naturalTruth } from "./natural-truth.ts";
import { all, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { ActionPlan, LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { BY_ROLE, BY_TENANT, DIRECTLY } from "./principal-match.ts";
import { coverage, narrow, wholeOf, type Region } from "./region.ts";
import { MAYBE, NO, YES } from "./request-context.ts";
import { meansResource } from "./resource-element.ts";
import { holdsApart, letsIn } from "./statement-holds.ts";
import { isUnmodifiable } from "./unmodifiable.ts";

export type { Region } from "./region.ts";

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

/** Regions beyond this many of one question are not told apart; what is not worked out is unknown, not denied. */
const MOST_REGIONS = 5_000;

/**
 * Where `request.action` is allowed within the pattern `asks`, by the identity side (identity policies, boundary, session,
 * organization, endpoint) and, where the set holds one, by the resource's policy as well; `except` is not asked about.
 */
export function allowedRegions(
  set: PolicySet,
  request: AccessRequest,
  applies: Applies,
  asks: ArnPattern,
  except: readonly ArnPattern[] = [],
): Regions {
  const start = wholeOf(asks, except);
  if (isAlwaysAllowed(request.action)) return { regions: [start], killedBy: [], allowedBefore: true };
  if (blockedAsPublic(set, request, applies)) return { regions: [], killedBy: [], allowedBefore: false };
  const plan = set.plan(request.action);
  const { layers } = set;
  const outer: Group[] = [];
  if (layers.endpoint !== undefined) outer.push({ placed: plan.endpoint, given: layers.endpoint });
  if (applies.scp) plan.scps.forEach((placed, level) => outer.push({ placed, given: layers.scps?.[level] }));
  const limits: Group[] = [];
  if (applies.boundary) limits.push({ placed: plan.boundary, given: layers.boundary });
  if (applies.session) limits.push({ placed: plan.session, given: layers.session });

  const passed: Region[] = [];
  for (const term of termsOf(request, applies, plan, layers)) {
    let regions: readonly Region[] = [start];
    for (const group of term.own) regions = through(regions, group, request, applies, true);
    for (const group of [...(term.limited ? limits : []), ...outer])
      regions = through(regions, group, request, applies, false);
    passed.push(...regions);
  }
  const killedBy = new Set<Placed>();
  const unread = mayBeDeniedUnread(set, applies);
  const regions = passed
    .flatMap((region) => afterDenies(region, plan, request, applies, killedBy))
    .map((region): Region => (unread ? { ...region, truth: UNREAD } : region));
  return { regions, killedBy: [...killedBy], allowedBefore: passed.length > 0 };
}

/** The ways in which an action can come to be allowed: `combined`, multiplied out. */
function termsOf(
  request: AccessRequest,
  applies: Applies,
  plan: ActionPlan,
  layers: PolicySet["layers"],
): readonly { readonly own: readonly Group[]; readonly limited: boolean }[] {
  const resource = (bits: number): Group => ({
    placed: plan.resource.filter((one) => (letsIn(one, request, applies) & bits) !== 0),
    // What was not read may let in anybody by any name.
    given: layers.resource,
  });
  const natural = naturalTruth(request);
  const identity: readonly Group[] =
    natural === YES
      ? []
      : natural === NO
        ? [{ placed: [], given: undefined }]
        : [{ placed: plan.identity, given: layers.identity }];
  const anyName = DIRECTLY | BY_ROLE | BY_TENANT;
  if (!applies.identity) return [{ own: [resource(anyName)], limited: false }];
  if (needsBothSides(applies)) return [{ own: [...identity, resource(anyName)], limited: true }];
  const delegated = applies.resourceNeeded ? [...identity, resource(BY_TENANT)] : identity;
  return [
    { own: delegated, limited: true },
    ...(layers.resource === undefined
      ? []
      : [
          { own: [resource(DIRECTLY)], limited: false },
          { own: [resource(BY_ROLE)], limited: true },
        ]),
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
  const truths = placed.map((one) => holdsApart(one, request, applies));
  for (const region of regions) {
    const add = (narrowed: Region): void => {
      const key = keyOf(narrowed, everyWay);
      const same = found.get(key);
      if (same !== undefined) found.set(key, joined(same, narrowed));
      else if (found.size < MOST_REGIONS) found.set(key, narrowed);
      else found.set(`unknown ${keyOf(region, false)}`, { ...region, truth: UNREAD });
    };
    // A layer that only limits needs no part of the region where a statement allows all of it.
    const whole = everyWay
      ? []
      : placed.filter((one, at) => truths[at] === YES && coverage(one, region, request, applies) === "all");
    if (whole.length > 0) {
      add({ ...region, allows: [...region.allows, ...whole] });
      continue;
    }
    placed.forEach((one, at) => {
      const truth = truths[at] ?? NO;
      if (truth === NO) return;
      for (const narrowed of narrow({ ...region, truth: YES }, one, request, applies)) {
        const own = all(narrowed.truth, truth);
        const maybeAllowed = own === YES ? (region.maybeAllowed ?? []) : [...(region.maybeAllowed ?? []), one];
        add({ ...narrowed, truth: all(region.truth, own), allows: [...region.allows, one], maybeAllowed });
      }
    });
    if (isUnread(given)) add({ ...region, truth: UNREAD });
  }
  return [...found.values()];
}

/**
 * The same region by other statements. What is certain both ways is told with all of them; of two that hang on conditions the
 * one that hangs on fewer is kept, of equals the first by what it hangs on, so that the order of statements is nothing.
 */
function joined(a: Region, b: Region): Region {
  const [mine, theirs] = [a.maybeAllowed ?? [], b.maybeAllowed ?? []];
  if (mine.length === 0 && theirs.length === 0)
    return b.allows.every((each) => a.allows.includes(each))
      ? a
      : { ...a, allows: [...new Set([...a.allows, ...b.allows])] };
  if (mine.length !== theirs.length) return mine.length < theirs.length ? a : b;
  return hangsOn(a) <= hangsOn(b) ? a : b;
}

function hangsOn({ maybeAllowed = [] }: Region): string {
  return maybeAllowed
    .flatMap(({ statement }) =>
      statement.conditions.map(({ key, operator, values }) => `${key} ${operator} ${values.join(",")}`),
    )
    .sort()
    .join("|");
}

function keyOf({ within, except, truth, allows, maybeAllowed = [] }: Region, everyWay: boolean): string {
  const texts = (patterns: readonly ArnPattern[]): string => patterns.map(({ source }) => source).join(" ");
  // What hangs on other conditions is another way: a proof that forgot one would prove too much.
  const maybe = new Set(maybeAllowed.map(({ statement }) => numberOf(statement)));
  const last = everyWay
    ? allows.map(({ layer, policy, statement }) => `${layer} ${policy} ${statement.index}`).join("|")
    : // What was not read decides in the layers it did not pass by a statement.
      truth === UNREAD
      ? [...new Set(allows.map(({ layer }) => layer))].sort().join(" ")
      : "";
  return `${truth}|${texts(within)}|${texts(except)}|${last}|${[...maybe].sort((a, b) => a - b).join(" ")}`;
}

const numbers = new WeakMap<CompiledStatement, number>();
let highest = 0;

/** A number for a statement: one that stands at several levels has one. */
function numberOf(statement: CompiledStatement): number {
  let number = numbers.get(statement);
  if (number === undefined) numbers.set(statement, (number = highest += 1));
  return number;
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
  let killed = false;
  for (const one of plan.denies) {
    if (!asked(one, applies)) continue;
    const truth = holdsApart(one, request, applies);
    if (truth === NO) continue;
    const covered = coverage(one, region, request, applies);
    if (covered === "part" || covered === "perhaps") partial.push(one);
    if (covered === "perhaps") maybeDenied.push(one);
    else if (covered === "all") {
      if (truth === MAYBE) maybeDenied.push(one);
      else {
        killedBy.add(one);
        killed = true;
      }
    }
  }
  if (killed) return [];
  const truth = maybeDenied.length > 0 ? all(region.truth, MAYBE) : region.truth;
  return [{ ...region, truth, partial, maybeDenied }];
}

/** The denies that hold for certain for every resource of a pattern. */
export function deniesOfAll(
  set: PolicySet,
  request: AccessRequest,
  applies: Applies,
  asks: ArnPattern,
): readonly Placed[] {
  const whole = wholeOf(asks);
  const killedBy = new Set<Placed>();
  afterDenies(whole, set.plan(request.action), request, applies, killedBy);
  return [...killedBy];
}

/** Whether the action is allowed on one resource of a region: what it hangs on there. */
export function inRegion(region: Region, resource: string, request: AccessRequest, applies: Applies): OpenTruth {
  if (!region.within.every((pattern) => pattern.test(resource))) return NO;
  if (region.except.some((pattern) => pattern.test(resource))) return NO;
  if (isUnmodifiable({ ...request, resource })) return NO;
  let truth = region.truth;
  for (const deny of region.partial) {
    const target = applies.traits.wildcardOnly ? "*" : resource;
    const means = meansResource(deny.statement.resources, target, request.context);
    if (means === NO) continue;
    const holds = holdsApart(deny, request, applies);
    if (holds === NO) continue;
    if (holds === YES && means === YES) return NO;
    truth = all(truth, MAYBE);
  }
  return truth;
}
