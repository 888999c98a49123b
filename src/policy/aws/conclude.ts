import type { AccessRequest } from "./access-request.ts";
import { mayBeDeniedUnread, type Applies } from "./applies.ts";
import { blockedAsPublic } from "./blocked-as-public.ts";
import { combined, missingLayer, type Allows } from "./combine.ts";
import type { Decision, DecisionWord, Layer, OpenCondition, StatementRef } from "./decision.ts";
import { firstWith, layerWords } from "./layer-words.ts";
import { needsNoAllow } from "./natural-truth.ts";
import { openConditions } from "./open-conditions.ts";
import { UNREAD, type OpenTruth } from "./open-truth.ts";
import type { PolicySet } from "./policy-set.ts";
import { NO, YES } from "./request-context.ts";
import { isUnmodifiable } from "./unmodifiable.ts";
import type { Verdicts } from "./verdicts.ts";

const NOTHING: readonly never[] = [];

/**
 * The decision, with everything that made it. `truth` is what the layers come to together, where that is more than their own
 * answers tell.
 */
export function conclude(
  set: PolicySet,
  request: AccessRequest,
  applies: Applies,
  denies: Verdicts,
  allows: Allows,
  truth: OpenTruth = combined(allows, applies),
): Decision {
  const own: Layer = applies.traits.trust ? "trust" : "resource";
  const layers = layerWords(set, applies, denies, allows);
  if (denies.strongest === YES) {
    const first = denies.firstCertain()?.ref.layer ?? null;
    return decided("explicitly-denied", first, denies.refs(true), layers);
  }
  if (blockedAsPublic(set, request, applies))
    return decided("explicitly-denied", "public-access-block", NOTHING, {
      ...layers,
      "public-access-block": "explicitly-denied",
    });
  if (isUnmodifiable(request))
    return decided("implicitly-denied", "resource", NOTHING, { ...layers, resource: "implicitly-denied" });
  if (truth === NO) return decided("implicitly-denied", missingLayer(allows, applies), NOTHING, layers);
  if (truth === UNREAD || mayBeDeniedUnread(set, applies))
    return open("unknown", request, allows, denies, allows.hits.refs(false), layers);
  if (truth === YES && denies.strongest === NO)
    return decided("allowed", allowedBy(request, applies, allows, own), allows.hits.refs(true), layers);
  return open("conditional", request, allows, denies, [...allows.hits.refs(false), ...denies.refs(false)], layers);
}

/** Identity where it allows, else the resource's policy; nobody where nothing had to allow (`sts:GetSessionToken`). */
function allowedBy({ action }: AccessRequest, applies: Applies, allows: Allows, own: Layer): Layer | null {
  if (!applies.identity || allows.identity !== YES) return own;
  return needsNoAllow(action) && allows.hits.of("identity") !== YES ? null : "identity";
}

function decided(
  decision: DecisionWord,
  decidedBy: Layer | null,
  statements: readonly StatementRef[],
  layers: Decision["layers"],
): Decision {
  return { decision, decidedBy, statements, missingContext: NOTHING, conditions: NOTHING, layers };
}

/** An answer that hangs on keys nobody gave, or on documents nobody read. */
function open(
  decision: "conditional" | "unknown",
  request: AccessRequest,
  allows: Allows,
  denies: Verdicts,
  statements: readonly StatementRef[],
  layers: Decision["layers"],
): Decision {
  const conditions: readonly OpenCondition[] = openConditions([allows.open, denies], request);
  const missingContext = [...new Set(conditions.map(({ key }) => key))].sort();
  return { decision, decidedBy: firstWith(layers, decision), statements, missingContext, conditions, layers };
}
