/**
 * AWS's decision on one request, through every layer.
 * Source: "Policy evaluation logic" and its pages on single and multiple accounts, resource-based policies and session
 * policies, IAM User Guide; "SCP evaluation" and "RCP evaluation", AWS Organizations User Guide; "Determining access to a key",
 * AWS KMS Developer Guide.
 */
import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import { asked, isUnread, whatApplies, type Applies } from "./applies.ts";
import type { Allows } from "./combine.ts";
import { conclude } from "./conclude.ts";
import type { Decision } from "./decision.ts";
import { decideWide } from "./evaluate-wide.ts";
import { noLayers } from "./layer-words.ts";
import { isAlwaysAllowed, naturalTruth } from "./natural-truth.ts";
import { all, any, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { ActionPlan, LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { BY_ROLE, BY_TENANT, DIRECTLY } from "./principal-match.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";
import { letsIn, statementHolds } from "./statement-holds.ts";
import { Verdicts } from "./verdicts.ts";

/** Decides one request. With a wildcard in the resource it asks whether some matching resource is allowed. */
export function decide(set: PolicySet, request: AccessRequest, table: ActionTable): Decision {
  const applies = whatApplies(set, request, table);
  const { action, resource } = request;
  if (isAlwaysAllowed(action)) return alwaysAllowed(applies);
  if (!applies.traits.wildcardOnly && (resource.includes("*") || resource.includes("?")))
    return decideWide(set, request, applies, table);
  // An action that cannot be limited to a resource is only meant by what means every resource.
  const target = applies.traits.wildcardOnly ? "*" : resource;
  const plan = set.plan(action);
  const denies = new Verdicts();
  for (const placed of plan.denies) {
    if (!asked(placed, applies)) continue;
    const truth = statementHolds(placed, request, target, applies);
    if (truth !== NO) denies.add(placed, truth);
  }
  return conclude(set, request, applies, denies, new Asking(set, plan, request, target, applies).allows());
}

/** Asks the allowing statements of each layer about one request. */
class Asking {
  readonly #set: PolicySet;
  readonly #plan: ActionPlan;
  readonly #request: AccessRequest;
  readonly #target: string;
  readonly #applies: Applies;
  readonly #hits = new Verdicts();
  readonly #open = new Verdicts();

  constructor(set: PolicySet, plan: ActionPlan, request: AccessRequest, target: string, applies: Applies) {
    this.#set = set;
    this.#plan = plan;
    this.#request = request;
    this.#target = target;
    this.#applies = applies;
  }

  /** What they come to; the hits stand in the order: who grants, then who limits. */
  allows(): Allows {
    const { layers } = this.#set;
    const plan = this.#plan;
    const { identity, boundary, session, scp } = this.#applies;
    const granted = identity ? this.#identity() : NO;
    const resource = this.#resource();
    const bounded = boundary ? this.#layer(plan.boundary, layers.boundary) : YES;
    const inSession = session ? this.#layer(plan.session, layers.session) : YES;
    const endpoint = layers.endpoint === undefined ? YES : this.#layer(plan.endpoint, layers.endpoint);
    let scps: OpenTruth = YES;
    if (scp) {
      const levels = layers.scps ?? [];
      for (let level = 0; level < levels.length; level += 1)
        scps = all(scps, this.#layer(plan.scps[level] ?? [], levels[level]));
    }
    return {
      hits: this.#hits,
      open: this.#open,
      scps,
      endpoint,
      identity: granted,
      boundary: bounded,
      session: inSession,
      ...resource,
    };
  }

  /** One of the statements of a layer is enough. */
  #layer(placed: readonly Placed[], given: LayerPolicies | undefined): OpenTruth {
    let best: Truth = NO;
    const before = this.#hits.placed.length;
    for (let at = 0; at < placed.length; at += 1) {
      const one = placed[at];
      if (one === undefined) continue;
      const truth = statementHolds(one, this.#request, this.#target, this.#applies);
      if (truth === NO) continue;
      this.#hits.add(one, truth);
      if (best !== YES) best = truth;
    }
    if (best === MAYBE) this.#noteOpen(before);
    return best !== YES && isUnread(given) ? UNREAD : best;
  }

  #identity(): OpenTruth {
    const policies = this.#layer(this.#plan.identity, this.#set.layers.identity);
    return naturalTruth(this.#request) ?? policies;
  }

  #resource(): Pick<Allows, "direct" | "byRole" | "byTenant"> {
    const { resource } = this.#set.layers;
    if (resource === undefined) return NO_RESOURCE;
    let [direct, byRole, byTenant]: [OpenTruth, OpenTruth, OpenTruth] = [NO, NO, NO];
    const before = this.#hits.placed.length;
    for (const one of this.#plan.resource) {
      const truth = statementHolds(one, this.#request, this.#target, this.#applies);
      if (truth === NO) continue;
      this.#hits.add(one, truth);
      const bits = letsIn(one, this.#request, this.#applies);
      if ((bits & DIRECTLY) !== 0) direct = any(direct, truth);
      if ((bits & BY_ROLE) !== 0) byRole = any(byRole, truth);
      if ((bits & BY_TENANT) !== 0) byTenant = any(byTenant, truth);
    }
    if (direct !== YES) this.#noteOpen(before);
    if (isUnread(resource)) direct = any(direct, UNREAD);
    return { direct, byRole, byTenant };
  }

  #noteOpen(from: number): void {
    for (let at = from; at < this.#hits.placed.length; at += 1) {
      const one = this.#hits.placed[at];
      if (one !== undefined && this.#hits.truths[at] === MAYBE) this.#open.add(one, MAYBE);
    }
  }
}

const NO_RESOURCE = { direct: NO, byRole: NO, byTenant: NO } as const;

function alwaysAllowed(applies: Applies): Decision {
  const layers = noLayers(applies);
  return { decision: "allowed", decidedBy: null, statements: [], missingContext: [], conditions: [], layers };
}
