import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import { isUnread, resourceIsNeeded, type Applies } from "./applies.ts";
import { arnPattern, type ArnPattern } from "./arn-pattern.ts";
import { namesNoObject, S3_OBJECTS } from "./s3-objects.ts";
import type { Allows } from "./combine.ts";
import { conclude } from "./conclude.ts";
import type { Decision } from "./decision.ts";
import { naturalTruth } from "./natural-truth.ts";
import { all, any, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { BY_ROLE, BY_TENANT, DIRECTLY } from "./principal-match.ts";
import { allowedRegions, deniesOfAll, type Region } from "./regions.ts";
import { narrow, wholeOf } from "./region.ts";
import { MAYBE, NO, YES } from "./request-context.ts";
import { holdsApart, letsIn } from "./statement-holds.ts";
import { Verdicts } from "./verdicts.ts";
import { better, worse } from "./worse-decision.ts";

/**
 * Decides about some resource that matches a pattern: an Allow counts where it has something in common with what the other
 * layers allow, a Deny only where it covers all of that. `*` stands for the action's own resource types: each type it requires
 * has to be allowed ("Actions, resources, and condition keys": required resource types).
 */
export function decideWide(set: PolicySet, request: AccessRequest, applies: Applies, table: ActionTable): Decision {
  const except = namesNoObject(request.action, table) ? [S3_OBJECTS] : [];
  return questions(request, table)
    .map((choices) => choices.map((asks) => decidePattern(set, request, applies, asks, except)).reduce(better))
    .reduce(worse);
}

/** What a wildcard asks: every element of the outer list, any of the inner one. */
export function questions(
  {
    action,
    resource,
    resourceTenant,
    principal,
  }: Pick<AccessRequest, "action" | "resource" | "resourceTenant" | "principal">,
  table: Pick<ActionTable, "idOf" | "resourceTypesOf">,
): readonly (readonly ArnPattern[])[] {
  const id = table.idOf(action);
  const types = id === undefined ? [] : table.resourceTypesOf(id);
  if (!/^\*+$/.test(resource) || types.length === 0) return [[arnPattern(resource)]];
  const tenant = resourceTenant ?? principal.tenant ?? "*";
  const patterns = (arns: readonly string[]): ArnPattern[] => arns.map((arn) => arnPattern(inTenant(arn, tenant)));
  const required = types.filter((type) => type.required);
  return required.length > 0
    ? required.map(({ arns }) => patterns(arns))
    : [types.flatMap(({ arns }) => patterns(arns))];
}

/** An ARN form with the tenant in its place, where it has a place for one. */
export function inTenant(arn: string, tenant: string): string {
  const segments = arn.split(":");
  if (segments[4] === "*") segments[4] = tenant;
  return segments.join(":");
}

function decidePattern(
  set: PolicySet,
  request: AccessRequest,
  some: Applies,
  asks: ArnPattern,
  except: readonly ArnPattern[],
): Decision {
  // What is said of the pattern is said of its resources, not of the text that was typed.
  const asked: AccessRequest = { ...request, resource: asks.source };
  const applies: Applies = { ...some, resourceNeeded: resourceIsNeeded(some.traits, asked) };
  const denies = new Verdicts();
  const alone = layersAlone(set, asked, applies, wholeOf(asks, except));
  for (const deny of deniesOfAll(set, asked, applies, asks)) denies.add(deny, YES);
  if (denies.strongest === YES) return conclude(set, asked, applies, denies, alone);
  const { regions, killedBy, allowedBefore } = allowedRegions(set, asked, applies, asks, except);
  if (regions.length === 0) {
    for (const deny of killedBy) denies.add(deny, YES);
    return conclude(set, asked, applies, denies, allowedBefore ? alone : withBlame(alone, applies));
  }
  const truth = regions.reduce<OpenTruth>((best, region) => any(best, region.truth), NO);
  const decisive = regions.filter((region) => region.truth === truth);
  const allows = allowsOf(decisive, truth, alone);
  if (truth !== YES) for (const region of decisive) for (const deny of region.maybeDenied) denies.add(deny, MAYBE);
  return conclude(set, asked, applies, denies, allows, truth);
}

/** What the best of the regions come to. */
function allowsOf(regions: readonly Region[], strongest: OpenTruth, alone: Allows): Allows {
  const hits = new Verdicts();
  const open = new Verdicts();
  const maybe = new Set(regions.flatMap(({ maybeAllowed = [] }) => maybeAllowed));
  for (const allow of new Set(regions.flatMap(({ allows }) => allows))) {
    hits.add(allow, maybe.has(allow) ? MAYBE : YES);
    if (maybe.has(allow)) open.add(allow, MAYBE);
  }
  // Each layer's own answer, but none better or worse than what it has to do with the regions.
  const settled = (truth: OpenTruth, layer: Placed["layer"]): OpenTruth => {
    if (truth === NO || strongest === YES) return truth === NO ? NO : YES;
    return truth === YES ? (open.of(layer) === MAYBE ? MAYBE : YES) : truth;
  };
  return {
    hits,
    open,
    scps: settled(alone.scps, "scp"),
    endpoint: settled(alone.endpoint, "endpoint"),
    identity: settled(alone.identity, "identity"),
    boundary: settled(alone.boundary, "boundary"),
    session: settled(alone.session, "session"),
    direct: settled(alone.direct, "resource"),
    byRole: settled(alone.byRole, "resource"),
    byTenant: settled(alone.byTenant, "resource"),
  };
}

/** Every layer allows some of the pattern and no two the same: the one that limits is what lacks. */
function withBlame(alone: Allows, applies: Applies): Allows {
  const { scps, endpoint, identity, boundary, session } = alone;
  if ([scps, endpoint, identity, boundary, session].includes(NO)) return alone;
  if (applies.boundary) return { ...alone, direct: NO, byRole: NO, boundary: NO };
  if (applies.session) return { ...alone, direct: NO, byRole: NO, session: NO };
  return applies.scp ? { ...alone, scps: NO } : { ...alone, identity: NO, direct: NO, byRole: NO };
}

/** What each layer by itself allows of the pattern. */
function layersAlone(set: PolicySet, request: AccessRequest, applies: Applies, whole: Region): Allows {
  const { layers } = set;
  const plan = set.plan(request.action);
  const alone = (placed: readonly Placed[], given: LayerPolicies | undefined): OpenTruth => {
    let truth: OpenTruth = NO;
    for (const one of placed) truth = any(truth, meets(one, request, applies, whole));
    return truth !== YES && isUnread(given) ? UNREAD : truth;
  };
  const named = (bit: number): OpenTruth =>
    layers.resource === undefined
      ? NO
      : alone(
          plan.resource.filter((one) => (letsIn(one, request, applies) & bit) !== 0),
          layers.resource,
        );
  const nothing = new Verdicts();
  return {
    hits: nothing,
    open: nothing,
    scps: applies.scp
      ? plan.scps.reduce<OpenTruth>((truth, placed, level) => all(truth, alone(placed, layers.scps?.[level])), YES)
      : YES,
    endpoint: layers.endpoint === undefined ? YES : alone(plan.endpoint, layers.endpoint),
    identity: applies.identity ? (naturalTruth(request) ?? alone(plan.identity, layers.identity)) : NO,
    boundary: applies.boundary ? alone(plan.boundary, layers.boundary) : YES,
    session: applies.session ? alone(plan.session, layers.session) : YES,
    direct: named(DIRECTLY),
    byRole: named(BY_ROLE),
    byTenant: named(BY_TENANT),
  };
}

/** Whether one statement has something in common with the pattern. */
function meets(one: Placed, request: AccessRequest, applies: Applies, whole: Region): OpenTruth {
  const holds = holdsApart(one, request, applies);
  if (holds === NO) return NO;
  return narrow(whole, one, request, applies).reduce<OpenTruth>(
    (truth, { truth: part }) => any(truth, all(part, holds)),
    NO,
  );
}
