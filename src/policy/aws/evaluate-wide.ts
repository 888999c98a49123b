import { arnPattern, arnsOverlap, type ArnPattern } from "./arn-pattern.ts";
import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import type { Decision } from "./decision.ts";
import type { Applies } from "./applies.ts";
import { conclude, Verdicts, type Allows } from "./conclude.ts";
import { any, UNREAD, type OpenTruth } from "./open-truth.ts";
import { statementHolds } from "./statement-holds.ts";
import type { Placed, PolicySet } from "./policy-set.ts";
import { BY_ROLE, BY_TENANT, DIRECTLY, namedBy } from "./principal-match.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";
import { allowedRegions, type Region } from "./regions.ts";
import { better, worse } from "./worse-decision.ts";

/**
 * Decides about some resource that matches a pattern: an Allow counts where it has something in common with what the other
 * layers allow, a Deny only where it covers all of that. `*` stands for the action's own resource types: each type it requires
 * has to be allowed ("Actions, resources, and condition keys": required resource types).
 */
export function decideWide(set: PolicySet, request: AccessRequest, applies: Applies, table: ActionTable): Decision {
  return questions(request, table)
    .map((choices) => choices.map((asks) => decidePattern(set, request, applies, asks)).reduce(better))
    .reduce(worse);
}

/** What a wildcard asks: every element of the outer list, any of the inner one. */
export function questions(
  { action, resource, resourceTenant, principal }: Pick<AccessRequest, "action" | "resource" | "resourceTenant" | "principal">,
  table: Pick<ActionTable, "idOf" | "resourceTypesOf">,
): readonly (readonly ArnPattern[])[] {
  const id = table.idOf(action);
  const types = id === undefined ? [] : table.resourceTypesOf(id);
  if (!/^\*+$/.test(resource) || types.length === 0) return [[arnPattern(resource)]];
  const tenant = resourceTenant ?? principal.tenant ?? "*";
  const patterns = (arns: readonly string[]): ArnPattern[] => arns.map((arn) => arnPattern(inTenant(arn, tenant)));
  const required = types.filter((type) => type.required);
  return required.length > 0 ? required.map(({ arns }) => patterns(arns)) : [types.flatMap(({ arns }) => patterns(arns))];
}

/** An ARN form with the tenant in its place, where it has a place for one. */
export function inTenant(arn: string, tenant: string): string {
  const segments = arn.split(":");
  if (segments[4] === "*") segments[4] = tenant;
  return segments.join(":");
}

function decidePattern(set: PolicySet, request: AccessRequest, applies: Applies, asks: ArnPattern): Decision {
  const { regions, killedBy, allowedBefore } = allowedRegions(set, request, applies, asks);
  const denies = new Verdicts();
  const hits = new Verdicts();
  const strongest = regions.reduce<OpenTruth>((truth, region) => any(truth, region.truth), NO);
  // Layer by layer, for the record: what allows something of the pattern, on its own.
  const alone = layersAlone(set, request, applies, asks);
  if (regions.length === 0) {
    for (const deny of killedBy) denies.add(deny, YES);
    // Where every layer allows something, but nothing in common, the limiting one takes the blame.
    const alike = allowedBefore || [alone.identity, alone.boundary, alone.session, alone.scps].includes(NO);
    const blamed: Partial<Allows> = alike ? {} : applies.boundary ? { boundary: NO } : { identity: NO };
    const allows: Allows = { ...alone, ...blamed };
    return conclude(set, request, applies, denies, allows);
  }
  const decisive = regions.filter(({ truth }) => truth === strongest);
  const seen = new Set<Placed>();
  for (const region of decisive)
    for (const allow of region.allows) {
      if (seen.has(allow)) continue;
      seen.add(allow);
      hits.add(allow, strongest === YES ? YES : truthOf(allow, region, request, applies));
    }
  if (strongest !== YES) for (const region of decisive) for (const deny of region.maybeDenied) denies.add(deny, MAYBE);
  const open = <T extends OpenTruth>(truth: T): OpenTruth => (truth === NO ? NO : strongest === YES ? YES : truth);
  return conclude(set, request, applies, denies, {
    hits,
    scps: open(alone.scps),
    endpoint: open(alone.endpoint),
    identity: open(strongest === UNREAD ? any(alone.identity, UNREAD) : alone.identity),
    boundary: open(alone.boundary),
    session: open(alone.session),
    direct: open(alone.direct),
    byRole: open(alone.byRole),
    byTenant: open(alone.byTenant),
  });
}

function truthOf(allow: Placed, region: Region, request: AccessRequest, applies: Applies): Truth {
  if (region.truth === YES) return YES;
  const holds = statementHolds(allow, request, region.within[0]?.source ?? "*", applies);
  return holds === NO ? MAYBE : holds;
}

/** What each layer by itself allows of the pattern. */
function layersAlone(set: PolicySet, request: AccessRequest, applies: Applies, asks: ArnPattern): Allows {
  const { layers } = set;
  const plan = set.plan(request.action);
  const alone = (placed: readonly Placed[], key: "identity" | "boundary" | "session" | "endpoint" | "resource"): OpenTruth => {
    let truth: OpenTruth = NO;
    for (const one of placed) {
      const { statement } = one;
      const patterns = [...(statement.resources?.constants ?? []), ...(statement.resources?.widest ?? [])];
      const holds = meets(one, request, applies, asks, patterns);
      truth = any(truth, holds);
    }
    return truth !== YES && (layers[key]?.unread?.length ?? 0) > 0 ? UNREAD : truth;
  };
  const named = (bit: number): OpenTruth =>
    alone(
      plan.resource.filter(
        ({ statement }) => (namedBy(statement.principals, request.principal, false, applies.boundary).bits & bit) !== 0,
      ),
      "resource",
    );
  let scps: OpenTruth = YES;
  if (applies.scp)
    plan.scps.forEach((placed, level) => {
      let truth: OpenTruth = NO;
      for (const one of placed)
        truth = any(truth, meets(one, request, applies, asks, [...(one.statement.resources?.constants ?? []), ...(one.statement.resources?.widest ?? [])]));
      if (truth !== YES && (layers.scps?.[level]?.unread?.length ?? 0) > 0) truth = UNREAD;
      scps = truth === NO || scps === NO ? NO : truth > scps ? truth : scps;
    });
  return {
    hits: new Verdicts(),
    scps,
    endpoint: layers.endpoint === undefined ? YES : alone(plan.endpoint, "endpoint"),
    identity: !applies.identity ? NO : request.principal.kind === "root" ? YES : alone(plan.identity, "identity"),
    boundary: applies.boundary ? alone(plan.boundary, "boundary") : YES,
    session: applies.session ? alone(plan.session, "session") : YES,
    direct: layers.resource === undefined ? NO : named(DIRECTLY),
    byRole: layers.resource === undefined ? NO : named(BY_ROLE),
    byTenant: layers.resource === undefined ? NO : named(BY_TENANT),
  };
}

/** Whether one statement has something in common with the pattern. */
function meets(one: Placed, request: AccessRequest, applies: Applies, asks: ArnPattern, patterns: readonly ArnPattern[]): Truth {
  const { resources } = one.statement;
  const candidates =
    resources === null || resources.not || resources.everything
      ? [asks.source]
      : patterns.filter((pattern) => arnsOverlap(pattern, asks)).map(({ source }) => source);
  let truth: Truth = NO;
  for (const candidate of candidates) {
    const holds = statementHolds(one, request, candidate, applies);
    if (holds === YES) return YES;
    if (holds === MAYBE) truth = MAYBE;
  }
  return truth;
}

