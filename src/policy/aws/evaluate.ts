/**
 * AWS's decision on one request, through every layer. Long because the order of the layers and what each of them still limits
 * is one rule: read in parts it would be wrong in parts.
 * Source: "Policy evaluation logic" and its pages on single and multiple accounts, resource-based policies and session
 * policies, IAM User Guide; "SCP evaluation" and "RCP evaluation", AWS Organizations User Guide; "Determining access to a key",
 * AWS KMS Developer Guide.
 */
import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import { asked, whatApplies, type Applies } from "./applies.ts";
import { conclude, Verdicts, type Allows } from "./conclude.ts";
import type { Decision, DecisionWord, Layer } from "./decision.ts";
import { decideWide } from "./evaluate-wide.ts";
import { all, any, UNREAD, type OpenTruth } from "./open-truth.ts";
import type { ActionPlan, LayerPolicies, Placed, PolicySet } from "./policy-set.ts";
import { BY_ROLE, BY_TENANT, DIRECTLY, namedBy } from "./principal-match.ts";
import { NO, YES, type Truth } from "./request-context.ts";
import { statementHolds } from "./statement-holds.ts";
import { isUnmodifiable } from "./unmodifiable.ts";

/** Decides one request. With a wildcard in the resource it asks whether some matching resource is allowed. */
export function decide(set: PolicySet, request: AccessRequest, table: ActionTable): Decision {
  const applies = whatApplies(set, request, table);
  const { action, resource, principal } = request;
  if (action === "sts:getcalleridentity") return settled("allowed", null, applies);
  const wide = !applies.traits.wildcardOnly && (resource.includes("*") || resource.includes("?"));
  if (wide) return decideWide(set, request, applies, table);
  if (isUnmodifiable(action, resource) && !principal.serviceLinked && principal.kind !== "service")
    return settled("implicitly-denied", "resource", applies);

  // An action that cannot be limited to a resource is only meant by what means every resource.
  const target = applies.traits.wildcardOnly ? "*" : resource;
  const plan = set.plan(action);
  const denies = new Verdicts();
  for (const placed of plan.denies) {
    if (!asked(placed, applies)) continue;
    const truth = statementHolds(placed, request, target, applies);
    if (truth !== NO) denies.add(placed, truth);
  }
  const allows = allowsOf(set, plan, request, target, applies);
  return conclude(set, request, applies, denies, allows);
}

function allowsOf(set: PolicySet, plan: ActionPlan, request: AccessRequest, target: string, applies: Applies): Allows {
  const hits = new Verdicts();
  const { layers } = set;
  const group = (placed: readonly Placed[], given: LayerPolicies | undefined): OpenTruth => {
    let best: Truth = NO;
    for (const one of placed) {
      const truth = statementHolds(one, request, target, applies);
      if (truth === NO) continue;
      hits.add(one, truth);
      if (best !== YES) best = truth;
    }
    return best !== YES && (given?.unread?.length ?? 0) > 0 ? UNREAD : best;
  };
  let scps: OpenTruth = YES;
  if (applies.scp) {
    const levels = layers.scps ?? [];
    for (let level = 0; level < levels.length; level += 1) scps = all(scps, group(plan.scps[level] ?? [], levels[level]));
  }
  const endpoint = layers.endpoint === undefined ? YES : group(plan.endpoint, layers.endpoint);
  let direct: OpenTruth = NO;
  let byRole: OpenTruth = NO;
  let byTenant: OpenTruth = NO;
  for (const one of plan.resource) {
    const truth = statementHolds(one, request, target, applies);
    if (truth === NO) continue;
    hits.add(one, truth);
    const { bits } = namedBy(one.statement.principals, request.principal, false, applies.boundary);
    if ((bits & DIRECTLY) !== 0) direct = any(direct, truth);
    if ((bits & BY_ROLE) !== 0) byRole = any(byRole, truth);
    if ((bits & BY_TENANT) !== 0) byTenant = any(byTenant, truth);
  }
  if ((layers.resource?.unread?.length ?? 0) > 0) direct = any(direct, UNREAD);
  const identity = applies.identity ? identityTruth(request, () => group(plan.identity, layers.identity)) : NO;
  const boundary = applies.boundary ? group(plan.boundary, layers.boundary) : YES;
  const session = applies.session ? group(plan.session, layers.session) : YES;
  return { hits, scps, endpoint, identity, boundary, session, direct, byRole, byTenant };
}

/** The root user may everything in its tenant but assume a role; a session token needs no Allow ("AWS STS: permissions"). */
function identityTruth({ principal, action }: AccessRequest, ask: () => OpenTruth): OpenTruth {
  if (principal.kind === "root") return action === "sts:assumerole" ? NO : YES;
  const truth = ask();
  return action === "sts:getsessiontoken" ? YES : truth;
}

/** A decision no policy has a part in. */
function settled(decision: DecisionWord, decidedBy: Layer | null, applies: Applies): Decision {
  return {
    decision,
    decidedBy,
    statements: [],
    missingContext: [],
    conditions: [],
    layers: { [applies.traits.trust ? "trust" : "resource"]: decidedBy === null ? "absent" : decision },
  };
}
