import type { Revocation, RevocationTarget } from "../../src/model/revocation.ts";

/** One target: the access key of a user, unless the test says otherwise. */
export function aTarget(more: Partial<RevocationTarget> = {}): RevocationTarget {
  const user = {
    id: "aws:111122223333:ci-sample",
    kind: "user",
    nativeId: "ci-sample",
    locator: "arn:aws:iam::111122223333:user/ci-sample",
    displayName: "ci-sample",
  };
  return {
    system: "aws",
    tenantId: "aws:111122223333",
    tenantNativeId: "111122223333",
    subjectKind: "credential",
    subjectId: "aws:111122223333:KEYSAMPLE1",
    principal: user,
    entitlement: null,
    resource: null,
    credential: {
      id: "aws:111122223333:KEYSAMPLE1",
      kind: "access-key",
      nativeId: "KEYSAMPLE1",
      locator: "KEYSAMPLE1",
      displayName: "…PLE1",
    },
    ...more,
  };
}

/** One revocation: a key that was planned on 20 November and is due the same day, unless the test says otherwise. */
export function aRevocation(more: Partial<Revocation> = {}): Revocation {
  return {
    id: "revocation:sample-1",
    campaignId: null,
    decisionId: null,
    findingId: "finding-1",
    operation: "aws/deactivate-access-key",
    undoClass: "A",
    target: aTarget(),
    summary: "deactivate access key: `ci-sample` in sample-production: access-key `…PLE1`",
    state: "scheduled",
    reason: "not used for 200 days",
    plannedAt: "2026-11-20T08:00:00Z",
    dueAt: "2026-11-20T08:00:00Z",
    simulated: false,
    lastUsedAtPlanned: "2026-05-04T08:00:00Z",
    stateReason: null,
    ...more,
  };
}
