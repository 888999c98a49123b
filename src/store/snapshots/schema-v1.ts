import type { SnapshotColumns } from "./columns.ts";

/** The tables of schema version 1. Never edited after a release: a change of the model is a new version beside it. */
export const SCHEMA_V1: SnapshotColumns = {
  identities: {
    id: "text", kind: "text", displayName: "text", email: "text", managerId: "text", department: "text", employment: "text",
    startDate: "text", endDate: "text",
  },
  principals: {
    id: "text", system: "text", tenantId: "text", kind: "text", nativeType: "text", nativeId: "text", locator: "text",
    displayName: "text", email: "observed-text", createdAt: "observed-text", lastUsedAt: "observed-text",
    secondFactor: "observed-json", tags: "observed-json", attributes: "json",
  },
  credentials: {
    id: "text", system: "text", tenantId: "text", kind: "text", holderId: "text", nativeId: "text", displayHint: "text",
    status: "observed-text", createdAt: "observed-text", lastUsedAt: "observed-text", lastUsedWhere: "text",
    expiresAt: "observed-text", attributes: "json",
  },
  tenants: { id: "text", system: "text", nativeId: "text", name: "text", managementTenantId: "text", attributes: "json" },
  resources: {
    id: "text", system: "text", tenantId: "text", kind: "text", nativeId: "text", locator: "text", displayName: "text",
    attributes: "json",
  },
  policies: {
    id: "text", system: "text", tenantId: "text", kind: "text", name: "text", locator: "text", holderId: "text",
    document: "observed-text", documentHash: "text", versionId: "text", updatedAt: "observed-text",
  },
  entitlements: {
    id: "text", system: "text", tenantId: "text", kind: "text", displayName: "text", targetId: "text", resourceId: "text",
    level: "text",
  },
  grants: {
    id: "text", system: "text", tenantId: "text", kind: "text", principalId: "text", entitlementId: "text", via: "json",
    grantedAt: "observed-text", grantedBy: "observed-text", expiresAt: "observed-text", lastUsedAt: "observed-text",
    governedElsewhere: "flag",
  },
  relations: { id: "text", kind: "text", fromId: "text", toId: "text", attributes: "json" },
  guardrails: { id: "text", tenantId: "text", kind: "text", policyId: "text", targetId: "text", targetKind: "text" },
  owners: {
    id: "text", system: "text", tenant: "text", kind: "text", native: "text", businessOwner: "text", technicalOwner: "text",
    line: "whole",
  },
  approvals: {
    id: "text", system: "text", tenant: "text", principal: "text", entitlement: "text", approvedBy: "text", approvedAt: "text",
    expiresAt: "text", ticket: "text", reason: "text", line: "whole",
  },
  usage: {
    id: "text", tenantId: "text", principalId: "text", service: "text", action: "text", lastUsedAt: "observed-text",
    source: "text",
  },
  coverage: { tenantId: "text", kind: "text", step: "text", state: "text", reason: "text", items: "whole" },
  runs: {
    id: "text", tenantId: "text", step: "text", mode: "text", state: "text", reason: "text", calls: "whole", items: "whole",
    startedAt: "text", endedAt: "text",
  },
};
