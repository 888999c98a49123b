import type { Applies } from "./applies.ts";
import type { Layer } from "./decision.ts";
import { all, any, type OpenTruth } from "./open-truth.ts";
import { NO } from "./request-context.ts";
import type { Verdicts } from "./verdicts.ts";

/** What the allowing statements of all layers come to. */
export interface Allows {
  readonly hits: Verdicts;
  /** Those of the hits that may hold, where their layer would not allow without them. */
  readonly open: Verdicts;
  readonly scps: OpenTruth;
  readonly endpoint: OpenTruth;
  readonly identity: OpenTruth;
  readonly boundary: OpenTruth;
  readonly session: OpenTruth;
  /** By which name the resource's policy lets the principal in. */
  readonly direct: OpenTruth;
  readonly byRole: OpenTruth;
  readonly byTenant: OpenTruth;
}

/** What the resource's policy says, whoever it lets in by whichever name. */
export function resourceTruth({ direct, byRole, byTenant }: Allows): OpenTruth {
  return any(direct, any(byRole, byTenant));
}

/** Whether the caller's side and the resource's have to allow, by whatever name the resource's policy means the caller. */
export function needsBothSides({ sameTenant, resourceNeeded, traits }: Applies): boolean {
  return !sameTenant || (resourceNeeded && traits.bothSides);
}

/**
 * Puts the layers together: like layers are joined, unlike layers limit each other, and inside one tenant the resource's policy
 * is as good as the caller's own, limited by boundary and session unless it names the very session.
 */
export function combined(allows: Allows, applies: Applies): OpenTruth {
  const { scps, endpoint, identity, boundary, session, direct, byRole, byTenant } = allows;
  const outer = all(scps, endpoint);
  if (!applies.identity) return all(outer, resourceTruth(allows));
  const limits = all(boundary, session);
  if (needsBothSides(applies)) return all(outer, all(resourceTruth(allows), all(identity, limits)));
  // A tenant that is named decides by its own policies.
  const delegated = applies.resourceNeeded ? all(byTenant, identity) : identity;
  return all(outer, any(direct, all(any(byRole, delegated), limits)));
}

/** The first layer that had to allow and did not, in the order in which AWS names them. */
export function missingLayer(allows: Allows, applies: Applies): Layer {
  if (allows.scps === NO) return "scp";
  if (allows.endpoint === NO) return "endpoint";
  const own: Layer = applies.traits.trust ? "trust" : "resource";
  const both = needsBothSides(applies);
  if ((!applies.identity || both || applies.resourceNeeded) && resourceTruth(allows) === NO) return own;
  if (allows.identity === NO && (both || allows.byRole === NO)) return "identity";
  if (allows.boundary === NO) return "boundary";
  return allows.session === NO ? "session" : "identity";
}
