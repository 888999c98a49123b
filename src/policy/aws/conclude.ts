import type { AccessRequest } from "./access-request.ts";
import type { Applies } from "./applies.ts";
import type { Decision, DecisionWord, Layer, OpenCondition, StatementRef } from "./decision.ts";
import { all, any, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { isPublicPolicy } from "./public-policy.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";

const WORDS: Readonly<Record<OpenTruth, DecisionWord>> = {
  [NO]: "implicitly-denied",
  [YES]: "allowed",
  [MAYBE]: "conditional",
  [UNREAD]: "unknown",
};

/** Statements that hold or may hold, with their truth. */
export class Verdicts {
  readonly placed: Placed[] = [];
  readonly truths: Truth[] = [];

  add(placed: Placed, truth: Truth): void {
    this.placed.push(placed);
    this.truths.push(truth);
  }

  /** The strongest answer of a layer. */
  of(layer: Placed["layer"]): Truth {
    let best: Truth = NO;
    for (let at = 0; at < this.placed.length; at += 1) {
      if (this.placed[at]?.layer !== layer) continue;
      if (this.truths[at] === YES) return YES;
      best = MAYBE;
    }
    return best;
  }

  strongest(): Truth {
    return this.truths.includes(YES) ? YES : this.truths.length > 0 ? MAYBE : NO;
  }
}

/** What the allowing statements of all layers come to. */
export interface Allows {
  readonly hits: Verdicts;
  readonly scps: OpenTruth;
  readonly endpoint: OpenTruth;
  readonly identity: OpenTruth;
  readonly boundary: OpenTruth;
  readonly session: OpenTruth;
  /** By whom the resource policy lets the principal in. */
  readonly direct: OpenTruth;
  readonly byRole: OpenTruth;
  readonly byTenant: OpenTruth;
}

/** Puts the layers together. */
export function combined(allows: Allows, applies: Applies): OpenTruth {
  const { scps, endpoint, identity, boundary, session, direct, byRole, byTenant } = allows;
  const outer = all(scps, endpoint);
  const limits = all(boundary, session);
  if (!applies.identity) return all(outer, any(direct, any(byRole, byTenant)));
  if (!applies.sameTenant) return all(outer, all(any(direct, any(byRole, byTenant)), all(identity, limits)));
  if (applies.resourceNeeded) {
    // AWS asks both sides for session tags, even where the trust policy names the caller itself.
    const bothSides = all(identity, limits);
    const named = any(direct, all(byRole, limits));
    const viaTenant = all(byTenant, bothSides);
    return all(outer, any(named, viaTenant));
  }
  return all(outer, any(direct, all(any(identity, byRole), limits)));
}

/** The first layer that had to allow and did not, in the order in which AWS names them. */
function missing(allows: Allows, applies: Applies): Layer {
  const own: Layer = applies.traits.trust ? "trust" : "resource";
  if (allows.scps === NO) return "scp";
  if (allows.endpoint === NO) return "endpoint";
  const anyResource = any(allows.direct, any(allows.byRole, allows.byTenant));
  if ((!applies.identity || !applies.sameTenant || applies.resourceNeeded) && anyResource === NO) return own;
  if (allows.identity === NO && (allows.byRole === NO || !applies.sameTenant)) return "identity";
  if (allows.boundary === NO) return "boundary";
  return allows.session === NO ? "session" : "identity";
}

/** The decision, with everything that made it. */
export function conclude(
  set: PolicySet,
  request: AccessRequest,
  applies: Applies,
  denies: Verdicts,
  allows: Allows,
): Decision {
  const own: Layer = applies.traits.trust ? "trust" : "resource";
  const layers = layerWords(set, applies, denies, allows, own);
  const done = (
    decision: DecisionWord,
    decidedBy: Layer | null,
    from: Verdicts,
    only: Truth | null,
    open: readonly Verdicts[] = [],
  ): Decision => {
    const statements: StatementRef[] = [];
    from.placed.forEach(({ layer, policy, statement }, at) => {
      if (only !== null && from.truths[at] !== only) return;
      statements.push({ layer: layer === "resource" ? own : layer, policy, statement: statement.name });
    });
    const conditions = openConditions(open, request);
    return {
      decision,
      decidedBy,
      statements,
      missingContext: [...new Set(conditions.map(({ key }) => key))].sort(),
      conditions,
      layers,
    };
  };
  if (denies.strongest() === YES) {
    const at = denies.truths.indexOf(YES);
    const first = denies.placed[at]?.layer ?? "identity";
    return done("explicitly-denied", first === "resource" ? own : first, denies, YES);
  }
  if (blockedAsPublic(set, request, applies))
    return { ...done("explicitly-denied", "public-access-block", new Verdicts(), null), layers: { ...layers, "public-access-block": "explicitly-denied" } };
  const truth = combined(allows, applies);
  if (truth === NO) return done("implicitly-denied", missing(allows, applies), new Verdicts(), null);
  const unread = truth === UNREAD || mayBeDeniedUnread(set, applies);
  const allowedBy = allows.identity !== NO && applies.identity && !(applies.traits.trust && allows.direct === YES) ? "identity" : own;
  if (unread) {
    const by = (Object.entries(layers) as [Layer, DecisionWord][]).find(([, word]) => word === "unknown")?.[0] ?? null;
    return done("unknown", by, allows.hits, null, [allows.hits, denies]);
  }
  if (truth === YES && denies.truths.length === 0) return done("allowed", allowedBy, allows.hits, YES);
  const by = (Object.entries(layers) as [Layer, DecisionWord][]).find(([, word]) => word === "conditional")?.[0] ?? null;
  const held = new Verdicts();
  for (const [verdicts] of [[allows.hits], [denies]] as const)
    verdicts.placed.forEach((placed, at) => held.add(placed, verdicts.truths[at] ?? MAYBE));
  return done("conditional", by, held, null, [allows.hits, denies]);
}

/** A document that was not read may hold a Deny. */
function mayBeDeniedUnread({ layers }: PolicySet, applies: Applies): boolean {
  const has = (given: LayerPolicies | undefined): boolean => (given?.unread?.length ?? 0) > 0;
  return (
    (applies.identity && has(layers.identity)) ||
    (applies.boundary && has(layers.boundary)) ||
    (applies.session && has(layers.session)) ||
    has(layers.endpoint) ||
    has(layers.resource) ||
    (applies.scp && (layers.scps ?? []).some(has)) ||
    (applies.rcp && (layers.rcps ?? []).some(has))
  );
}

function layerWords(set: PolicySet, applies: Applies, denies: Verdicts, allows: Allows, own: Layer): Decision["layers"] {
  const { layers } = set;
  const word = (layer: Placed["layer"], truth: OpenTruth, given: readonly (LayerPolicies | undefined)[]): DecisionWord => {
    const denied = denies.placed.length === 0 ? NO : denies.of(layer);
    if (denied === YES) return "explicitly-denied";
    if (truth === NO) return "implicitly-denied";
    if (given.some((one) => (one?.unread?.length ?? 0) > 0)) return "unknown";
    return denied === MAYBE ? "conditional" : WORDS[truth];
  };
  const resource = any(allows.direct, any(allows.byRole, allows.byTenant));
  return {
    rcp: applies.rcp ? word("rcp", YES, layers.rcps ?? []) : "absent",
    scp: applies.scp ? word("scp", allows.scps, layers.scps ?? []) : "absent",
    endpoint: layers.endpoint === undefined ? "absent" : word("endpoint", allows.endpoint, [layers.endpoint]),
    [own]: layers.resource === undefined ? (applies.resourceNeeded ? "implicitly-denied" : "absent") : word("resource", resource, [layers.resource]),
    identity: applies.identity ? word("identity", allows.identity, [layers.identity]) : "absent",
    boundary: applies.boundary ? word("boundary", allows.boundary, [layers.boundary]) : "absent",
    session: applies.session ? word("session", allows.session, [layers.session]) : "absent",
  };
}

/** Conditions whose keys nobody gave, in order of key. */
function openConditions(open: readonly Verdicts[], request: AccessRequest): readonly OpenCondition[] {
  const found = new Map<string, OpenCondition>();
  const note = (key: string, operator: string, values: readonly string[]): void => {
    found.set(`${key.toLowerCase()}\0${operator}\0${values.join("\0")}`, { key, operator, values });
  };
  for (const { placed, truths } of open) {
    placed.forEach(({ statement, layer }, at) => {
      if (truths[at] !== MAYBE) return;
      let noted = false;
      for (const condition of statement.conditions) {
        if (condition.holds(request.context) !== MAYBE) continue;
        noted = true;
        for (const key of condition.keys)
          if (request.context.get(key) === undefined)
            note(key === condition.key ? condition.writtenKey : key, condition.operator, condition.values);
      }
      for (const template of statement.resources?.templates ?? [])
        for (const key of template.variables)
          if (request.context.get(key) === undefined) {
            noted = true;
            note(key, "variable", []);
          }
      if (!noted && layer === "resource") note("sts:RoleSessionName", "session", []);
    });
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.operator < b.operator ? -1 : 1));
}

/** RestrictPublicBuckets: a public bucket policy lets in nobody from outside the bucket's tenant. */
function blockedAsPublic({ layers }: PolicySet, { principal, action, resourceTenant }: AccessRequest, applies: Applies): boolean {
  if (layers.publicAccessBlock?.restrictPublicBuckets !== true || !action.startsWith("s3:")) return false;
  if (principal.kind === "service" || (principal.kind !== "anonymous" && applies.sameTenant && resourceTenant !== null)) return false;
  if (principal.kind !== "anonymous" && applies.sameTenant) return false;
  return (layers.resource?.policies ?? []).some(({ policy }) => isPublicPolicy(policy.parsed));
}
