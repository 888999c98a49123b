import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import type { Decision } from "./decision.ts";
import { decide } from "./evaluate.ts";
import { worse } from "./worse-decision.ts";
import type { PolicySet } from "./policy-set.ts";

/** Decides an action that touches several resources at once: each of them has to be allowed, so the worst answer counts. */
export function decideAll(set: PolicySet, requests: readonly AccessRequest[], table: ActionTable): Decision {
  let worst: Decision | undefined;
  for (const request of requests) {
    const decision = decide(set, request, table);
    worst = worst === undefined ? decision : worse(worst, decision);
  }
  if (worst === undefined) throw new RangeError("no request to decide");
  return worst;
}
