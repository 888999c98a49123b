import { actionTraits, type AccessRequest, type ActionTraits } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import type { Placed, PolicySet } from "./policy-set.ts";

/** Which layers bear on the request at all. */
export interface Applies {
  readonly traits: ActionTraits;
  readonly sameTenant: boolean;
  /** Somebody with identity policies: neither a service, nor anonymous, nor a token of an identity provider. */
  readonly identity: boolean;
  readonly boundary: boolean;
  readonly session: boolean;
  readonly scp: boolean;
  readonly rcp: boolean;
  /** The resource's own policy has to allow, whoever asks: trust policies and KMS keys. */
  readonly resourceNeeded: boolean;
}

/** Works out which layers bear on a request. */
export function whatApplies(set: PolicySet, request: AccessRequest, table: ActionTable): Applies {
  const { principal, action } = request;
  const traits = actionTraits(table, action);
  const { kind, tenant, serviceLinked } = principal;
  const identity = kind !== "service" && kind !== "anonymous" && kind !== "provider" && !traits.federated;
  return {
    traits,
    sameTenant: request.resourceTenant === null || tenant === null || request.resourceTenant === tenant,
    identity,
    boundary: identity && kind !== "root" && set.layers.boundary !== undefined,
    session: identity && kind !== "root" && set.layers.session !== undefined,
    scp: identity && !serviceLinked && set.layers.scps !== undefined,
    rcp: traits.rcp && !serviceLinked && set.layers.rcps !== undefined,
    resourceNeeded: traits.trust || (action.startsWith("kms:") && /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(request.resource)),
  };
}

/** Whether a layer is asked at all. */
export function asked({ layer }: Placed, applies: Applies): boolean {
  switch (layer) {
    case "rcp":
      return applies.rcp;
    case "scp":
      return applies.scp;
    case "identity":
      return applies.identity;
    case "boundary":
      return applies.boundary;
    case "session":
      return applies.session;
    default:
      return true;
  }
}
