import type { AccessRequest } from "./access-request.ts";
import type { ActionTable } from "./action-table.ts";
import type { Decision } from "./decision.ts";
import { decide } from "./evaluate.ts";
import { worse } from "./worse-decision.ts";
import type { PolicySet } from "./policy-set.ts";

/** Decides an action that touches several resources at once: each of them has to be allowed, so the worst answer counts. */
export function decideAll(set: PolicySet, requests: readonly AccessRequest[], table: ActionTable): Decision {
  const [first, ...more] = requests;
  if (first === undefined) throw new RangeError("no request to decide");
  let worst = decide(set, first, table);
  for (const request of more) worst = worse(worst, decide(set, request, table));
  return worst;
}
