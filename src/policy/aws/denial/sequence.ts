import type { AccessRequest } from "../access-request.ts";
import type { ActionTable } from "../action-table.ts";
import { compilePolicy, type CompiledPolicy } from "../compile-policy.ts";
import type { Decision, Layer, StatementRef } from "../decision.ts";
import { decide } from "../evaluate.ts";
import { parsePolicy } from "../parse-policy.ts";
import { PolicySet, type LayerPolicies, type PolicyLayers } from "../policy-set.ts";

/** One refusal of a request, in the order in which they would be met once each one before it is fixed. */
export interface DenialStep {
  readonly layer: Layer;
  /** A statement denies it (true) or none allows it (false). */
  readonly explicit: boolean;
  readonly statements: readonly StatementRef[];
}

/** Everything that stands between a request and being allowed. */
export interface DenialSequence {
  readonly steps: readonly DenialStep[];
  /** What is left when all of them are fixed: allowed, or conditional or unknown for other reasons. */
  readonly end: Decision;
}

/** More layers than this cannot refuse one after the other. */
const MOST_STEPS = 16;

/**
 * Every refusal a request would meet, one behind the other: AWS names one layer only, the next one shows when that is fixed.
 * Each is fixed as little as can be (the denying statements are gone, or an Allow of just this action on just this resource is
 * added where it was missing) and the request is decided again.
 */
export function denialSequence(given: PolicyLayers, request: AccessRequest, table: ActionTable): DenialSequence {
  const steps: DenialStep[] = [];
  let layers = given;
  for (;;) {
    const decision = decide(new PolicySet(layers), request, table);
    const { decidedBy, statements } = decision;
    const denied = decision.decision === "explicitly-denied" || decision.decision === "implicitly-denied";
    if (!denied || decidedBy === null || steps.length >= MOST_STEPS) return { steps, end: decision };
    const explicit = decision.decision === "explicitly-denied";
    steps.push({ layer: decidedBy, explicit, statements: statements.filter(({ layer }) => layer === decidedBy) });
    // What policies do not decide no Allow mends: a protected role, the root user that would assume one.
    const mended = steps.slice(0, -1).some((one) => one.layer === decidedBy && !one.explicit);
    if (!explicit && mended) {
      steps.pop();
      return { steps, end: decision };
    }
    const fixed = explicit ? withoutDenies(layers, decidedBy, statements) : withAllow(layers, decidedBy, request);
    if (fixed === undefined) return { steps, end: decision };
    layers = fixed;
  }
}

/** The layers without the statements of one of them that deny. Undefined where policies have no part in it. */
function withoutDenies(
  layers: PolicyLayers,
  layer: Layer,
  statements: readonly StatementRef[],
): PolicyLayers | undefined {
  if (layer === "public-access-block") {
    const { publicAccessBlock: _, ...rest } = layers;
    return rest;
  }
  const gone = (name: string | number, statement: string | number): boolean =>
    statements.some((one) => one.layer === layer && one.policy === name && one.statement === statement);
  const without = (given: LayerPolicies): LayerPolicies => ({
    ...given,
    policies: given.policies.map(({ name, policy }) => ({
      name,
      policy: { ...policy, statements: policy.statements.filter((one) => !one.deny || !gone(name, one.name)) },
    })),
  });
  return mapped(layers, layer, without);
}

/** The layers with an Allow of just this request where one of them lacks it. */
function withAllow(layers: PolicyLayers, layer: Layer, request: AccessRequest): PolicyLayers | undefined {
  const policy = exactAllow(request, layer === "resource" || layer === "trust");
  if (policy === undefined) return undefined;
  const added = (given: LayerPolicies): LayerPolicies => ({
    ...given,
    policies: [...given.policies, { name: "the missing allow", policy }],
  });
  // A resource that has no policy yet can be given one.
  if ((layer === "resource" || layer === "trust") && layers.resource === undefined)
    return { ...layers, resource: added({ policies: [] }) };
  if (layer === "identity" && layers.identity === undefined) return { ...layers, identity: added({ policies: [] }) };
  return mapped(layers, layer, added);
}

function mapped(
  layers: PolicyLayers,
  layer: Layer,
  change: (given: LayerPolicies) => LayerPolicies,
): PolicyLayers | undefined {
  switch (layer) {
    case "scp":
      return layers.scps === undefined ? undefined : { ...layers, scps: layers.scps.map(change) };
    case "rcp":
      return layers.rcps === undefined ? undefined : { ...layers, rcps: layers.rcps.map(change) };
    case "resource":
    case "trust":
      return layers.resource === undefined ? undefined : { ...layers, resource: change(layers.resource) };
    case "public-access-block":
      return undefined;
    default: {
      const given = layers[layer];
      return given === undefined ? undefined : { ...layers, [layer]: change(given) };
    }
  }
}

/** A policy that allows just this: for a resource's policy, to just this principal. */
function exactAllow({ action, resource, principal }: AccessRequest, named: boolean): CompiledPolicy | undefined {
  const parsed = parsePolicy(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: action,
        ...(named && action.startsWith("sts:") ? {} : { Resource: resource }),
        ...(named
          ? { Principal: principal.kind === "service" ? { Service: principal.text } : { AWS: principal.text } }
          : {}),
      },
    }),
  );
  return parsed.known ? compilePolicy(parsed.value) : undefined;
}
