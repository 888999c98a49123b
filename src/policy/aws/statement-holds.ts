import type { AccessRequest } from "./access-request.ts";
import type { Applies } from "./applies.ts";
import { conditionsHold } from "./compile-policy.ts";
import type { Placed } from "./policy-set.ts";
import { BY_TENANT, grantedBy, namedBy, NOBODY, type Named } from "./principal-match.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";
import { meansResource } from "./resource-element.ts";

/** How a statement with a Principal element names the one who asks. */
function namesCaller({ statement, layer }: Placed, { principal, context }: AccessRequest, applies: Applies): Named {
  // AWS takes no policy of a resource without it; what would be let in by one is nobody.
  if (statement.principals === null && layer === "resource" && !statement.deny) return NOBODY;
  let session = principal.kind === "role" ? context.get("sts:rolesessionname") : null;
  // In a request for a role the key is the name of the new session, not of the one who asks.
  if (applies.traits.trust && session !== undefined) session = null;
  return namedBy(statement.principals, principal, statement.deny, applies.boundary, session);
}

/**
 * By which of its names a statement of the resource's policy lets the caller in. The root user assumes no role, a trust of
 * everyone included: it is left to its own side, which says so (natural-truth.ts).
 */
export function letsIn(placed: Placed, request: AccessRequest, applies: Applies): number {
  const { bits } = namesCaller(placed, request, applies);
  if (bits !== 0 && request.principal.kind === "root" && request.action === "sts:assumerole") return BY_TENANT;
  return grantedBy(bits, applies.session);
}

/** Whether a statement holds, its resources left aside. */
export function holdsApart(placed: Placed, request: AccessRequest, applies: Applies): Truth {
  const { statement, layer } = placed;
  let session = false;
  if (statement.principals !== null || layer === "resource") {
    const named = namesCaller(placed, request, applies);
    if (named.bits === 0) return NO;
    session = named.dependsOnSession;
  }
  if (statement.conditions.length === 0) return session ? MAYBE : YES;
  const holds = conditionsHold(statement.conditions, request.context);
  return holds === YES && session ? MAYBE : holds;
}

/** Whether a statement of any layer means the request. */
export function statementHolds(placed: Placed, request: AccessRequest, target: string, applies: Applies): Truth {
  if (placed.statement.always && placed.layer !== "resource") return YES;
  const means = meansResource(placed.statement.resources, target, request.context);
  if (means === NO) return NO;
  const holds = holdsApart(placed, request, applies);
  return holds === YES ? means : holds;
}
