import { buildGraph } from "../../src/graph/build-graph.ts";
import type { RevocationTarget } from "../../src/model/revocation.ts";
import type { SnapshotRecords } from "../../src/model/snapshot.ts";
import { describeTarget } from "../../src/revoke/describe-target.ts";

/**
 * The grant of `what` to `holder`, or the credential with the id `what`, or the deploy key titled `what` of the repository
 * `holder`, as the product names it.
 */
export function targetOf(records: SnapshotRecords, holder: string, what: string): RevocationTarget {
  const graph = buildGraph({ ...records, asOf: "2026-11-20T08:00:00Z", asOfSource: "flag" });
  const credential = records.credentials.find(
    ({ nativeId, displayHint, holderId }) =>
      nativeId === what || (displayHint === what && graph.resource(holderId ?? "")?.displayName === holder),
  );
  const grant = records.grants.find(
    ({ principalId, entitlementId }) =>
      graph.principal(principalId)?.displayName === holder && graph.entitlement(entitlementId)?.displayName === what,
  );
  const described =
    credential === undefined
      ? describeTarget(graph, "grant", grant?.id ?? "")
      : describeTarget(graph, "credential", credential.id);
  if (described === undefined) throw new Error(`${holder}: ${what} is not in the sample`);
  return described.target;
}
