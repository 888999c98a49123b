import type { StateRows } from "../../src/contracts/store.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { NewEvidenceEvent } from "../../src/model/evidence-event.ts";
import type { ReviewItem } from "../../src/model/review-item.ts";
import type { Revocation } from "../../src/model/revocation.ts";

/** The moment every sample is from. */
export const NOON = "2026-11-25T12:00:00Z";

/** An event of no consequence. */
export function sampleEvent(part: Partial<NewEvidenceEvent> = {}): NewEvidenceEvent {
  return {
    at: NOON,
    actor: "os:robin",
    assurance: "attested",
    type: "notice.written",
    subject: "revocation-1",
    payload: {},
    ...part,
  };
}

/** An item that somebody decided to revoke. */
export function sampleItem(part: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id: "item-1",
    campaignId: "campaign-1",
    code: "AR-7QF3-K2ZD-M",
    subjectKind: "credential",
    subjectId: "aws:111122223333:key-1",
    principalId: "aws:111122223333:AIDAROBIN",
    entitlementId: null,
    tenantId: "aws:111122223333",
    findingIds: [],
    reviewer: "identity:p-1",
    reviewerRule: "manager",
    reviewerReason: "manager of Robin Example",
    version: 1,
    facts: {
      personOrMachine: "Robin Example",
      principalType: "iam-user",
      system: "aws",
      access: "access key …7Q2A",
      via: "",
      lastUsed: "never",
      grantedOn: "2025-01-01",
      grantedBy: "",
      approvedIn: "",
      changedSinceLastReview: "new",
      lastDecision: "",
      manager: "Kim Example",
      employmentStatus: "active",
      risk: "high",
      recommendation: "revoke",
      recommendationReason: "not used for 200 days",
    },
    state: "decided",
    outcome: "revoke",
    ...part,
  };
}

/** The decision on {@link sampleItem}. */
export function sampleDecision(part: Partial<Decision> = {}): Decision {
  return {
    id: "decision-1",
    campaignId: "campaign-1",
    itemId: "item-1",
    outcome: "revoke",
    reason: "not needed, says Kim",
    keepUntil: null,
    reassignTo: null,
    decidedBy: "identity:p-1",
    onBehalfBy: null,
    assurance: "attested",
    channel: "csv",
    decidedAt: NOON,
    importRef: null,
    supersedes: null,
    ...part,
  };
}

/** The change that carries {@link sampleDecision} out. */
export function sampleRevocation(part: Partial<Revocation> = {}): Revocation {
  return {
    id: "revocation-1",
    campaignId: "campaign-1",
    decisionId: "decision-1",
    findingId: null,
    operation: "aws/deactivate-access-key",
    undoClass: "A",
    target: {
      system: "aws",
      tenantId: "aws:111122223333",
      tenantNativeId: "111122223333",
      subjectKind: "credential",
      subjectId: "aws:111122223333:key-1",
      principal: null,
      entitlement: null,
      resource: null,
      credential: null,
    },
    summary: "deactivate access key …7Q2A of Robin Example",
    state: "verified",
    reason: "not needed, says Kim",
    plannedAt: NOON,
    dueAt: NOON,
    simulated: false,
    lastUsedAtPlanned: "never",
    stateReason: null,
    ...part,
  };
}

/** One row of every kind, with the parent it belongs to. */
export const SAMPLE_ROWS: {
  readonly [T in keyof StateRows]: { readonly row: StateRows[T]; readonly parentId: string | null };
} = {
  snapshot: {
    row: { id: "snap-1", schemaVersion: 1, asOf: NOON, asOfSource: "today", createdAt: NOON, tables: [] },
    parentId: null,
  },
  campaign: {
    row: {
      id: "campaign-1",
      name: "November 2026",
      state: "open",
      snapshotId: "snap-1",
      openedAt: NOON,
      dueAt: "2026-12-09T12:00:00Z",
      closedAt: null,
      openedBy: "os:robin",
      fallbackReviewer: "security@example.com",
      excluded: [],
    },
    parentId: null,
  },
  review_item: { row: sampleItem(), parentId: "campaign-1" },
  review_export: {
    row: {
      id: "export-1",
      campaignId: "campaign-1",
      reviewer: "identity:p-1",
      at: NOON,
      items: 1,
      sha256: "a".repeat(64),
    },
    parentId: "campaign-1",
  },
  import_file: {
    row: { id: "b".repeat(64), campaignId: "campaign-1", uploader: "os:robin", at: NOON, accepted: 1, rejected: 0 },
    parentId: "campaign-1",
  },
  decision: { row: sampleDecision(), parentId: "campaign-1" },
  revocation: { row: sampleRevocation(), parentId: "campaign-1" },
  capsule: {
    row: {
      id: "capsule-1",
      revocationId: "revocation-1",
      operation: "aws/deactivate-access-key",
      preImage: { status: "Active" },
      preImageHash: "c".repeat(64),
      capturedAt: NOON,
      simulated: false,
    },
    parentId: "revocation-1",
  },
  verification: {
    row: {
      id: "verification-1",
      revocationId: "revocation-1",
      kind: "after-revoke",
      passed: true,
      observed: "gone when read again",
      remainingGrants: [],
      at: NOON,
      simulated: false,
    },
    parentId: "revocation-1",
  },
  hold: {
    row: {
      id: "hold-1",
      revocationId: "revocation-1",
      by: "identity:p-1",
      reason: "still needed for the audit",
      at: NOON,
    },
    parentId: "revocation-1",
  },
};
