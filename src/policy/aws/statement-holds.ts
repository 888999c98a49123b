import type { AccessRequest } from "./access-request.ts";
import type { Applies } from "./applies.ts";
import { conditionsHold } from "./compile-policy.ts";
import type { Placed } from "./policy-set.ts";
import { namedBy } from "./principal-match.ts";
import { MAYBE, NO, YES, type Truth } from "./request-context.ts";
import { meansResource } from "./resource-element.ts";

/** Whether a statement of any layer means the request. */
export function statementHolds({ statement, layer }: Placed, request: AccessRequest, target: string, applies: Applies): Truth {
  const means = meansResource(statement.resources, target, request.context);
  if (means === NO) return NO;
  if (layer === "resource") {
    const named = namedBy(statement.principals, request.principal, statement.deny, applies.boundary);
    if (named.bits === 0) return NO;
    if (named.dependsOnSession) {
      if (request.context.get("sts:rolesessionname") !== undefined) return statement.deny ? YES : NO;
      const rest = conditionsHold(statement.conditions, request.context);
      return rest === NO ? NO : MAYBE;
    }
  }
  const holds = statement.conditions.length === 0 ? YES : conditionsHold(statement.conditions, request.context);
  return holds === NO ? NO : means === MAYBE ? MAYBE : holds;
}
