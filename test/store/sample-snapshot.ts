import { known, unknown } from "../../src/model/observed.ts";
import { emptyRecords, SNAPSHOT_TABLES, type Snapshot } from "../../src/model/snapshot.ts";
import { NOON } from "./sample-state.ts";

const AWS = { system: "aws", tenantId: "aws:111122223333" } as const;
const ROBIN = "aws:111122223333:AIDAROBIN";

/** Text that has broken things before. */
const AWKWARD = 'Robin "the hook" O\'Example; drop table x -- ,\t\n\\ ä 🔑 \u202E';

/** At least two rows in every table, every kind of field in each of its states: known, unknown, null, never, empty, awkward. */
export function sampleSnapshot(): Snapshot {
  return {
    asOf: NOON,
    asOfSource: "recording",
    identities: [
      { id: "identity:p-2", kind: "human", displayName: AWKWARD, email: "robin@example.com", managerId: "identity:p-1", department: "", employment: "active", startDate: NOON, endDate: null },
      { id: "identity:p-1", kind: "human", displayName: "Kim Example", email: null, managerId: null, department: null, employment: null, startDate: null, endDate: NOON },
    ],
    principals: [
      {
        id: ROBIN, ...AWS, kind: "user", nativeType: "iam-user", nativeId: "AIDAROBIN", locator: "arn:aws:iam::111122223333:user/robin", displayName: AWKWARD,
        email: known("robin@example.com"), createdAt: known(NOON), lastUsedAt: known("never"), secondFactor: known(true), tags: known({ team: "blue", "": "empty key" }),
        attributes: { path: "/", serviceLinked: false, maxSessionSeconds: 3_600, boundary: null },
      },
      {
        id: "aws:111122223333:AROAROLE", ...AWS, kind: "role", nativeType: "iam-role", nativeId: "AROAROLE", locator: "arn:aws:iam::111122223333:role/deploy", displayName: "deploy",
        email: known(null), createdAt: unknown("the call was refused"), lastUsedAt: unknown("not told"), secondFactor: known(null), tags: unknown("not allowed to look"), attributes: {},
      },
      {
        id: "aws:111122223333:AIDAKIM", ...AWS, kind: "user", nativeType: "iam-user", nativeId: "AIDAKIM", locator: "arn:aws:iam::111122223333:user/kim", displayName: "",
        email: unknown(""), createdAt: known(NOON), lastUsedAt: known(NOON), secondFactor: unknown("mfa-devices.json was not given"), tags: known({}), attributes: { ratio: 0.1, big: 1e21 },
      },
    ],
    credentials: [
      {
        id: "aws:111122223333:key-1", ...AWS, kind: "access-key", holderId: ROBIN, nativeId: "key-1", displayHint: "…7Q2A", status: known("active"), createdAt: known(NOON),
        lastUsedAt: known("2025-02-03T04:05:06Z"), lastUsedWhere: "s3 in eu-west-1", expiresAt: known("never"), attributes: { readOnly: true },
      },
      {
        id: "aws:111122223333:root/access-key-1", ...AWS, kind: "access-key", holderId: null, nativeId: "", displayHint: "", status: unknown("credential report too old"),
        createdAt: unknown("not told"), lastUsedAt: unknown("not told"), lastUsedWhere: null, expiresAt: unknown("not told"), attributes: {},
      },
    ],
    tenants: [
      { id: "aws:111122223333", system: "aws", nativeId: "111122223333", name: "acme-example", managementTenantId: "aws:111122223333", attributes: { alias: null } },
      { id: "github:O_1", system: "github", nativeId: "O_1", name: "acme-example", managementTenantId: null, attributes: {} },
    ],
    resources: [
      { id: "github:O_1:R_1", system: "github", tenantId: "github:O_1", kind: "repository", nativeId: "R_1", locator: "acme-example/api", displayName: "api", attributes: { archived: false } },
      { id: "aws:111122223333:password-policy", ...AWS, kind: "password-policy", nativeId: "", locator: "", displayName: "", attributes: { minimumLength: 14, maxAgeDays: null } },
    ],
    policies: [
      {
        id: `${ROBIN}/inline/all`, ...AWS, kind: "inline", name: "all", locator: "arn:aws:iam::111122223333:user/robin/inline/all", holderId: ROBIN,
        document: known('{"Statement": [ {"Effect":"Allow","Action":"*","Resource":"*"} ]}\n'), documentHash: "d".repeat(64), versionId: null, updatedAt: unknown("not told"),
      },
      { id: "aws-managed:ReadOnlyAccess", system: "aws", tenantId: "aws", kind: "aws-managed", name: "ReadOnlyAccess", locator: "arn:aws:iam::aws:policy/ReadOnlyAccess", holderId: null, document: unknown("does not parse"), documentHash: "", versionId: "v7", updatedAt: known(NOON) },
    ],
    entitlements: [
      { id: `${ROBIN}/inline/all#policy`, ...AWS, kind: "policy", displayName: "inline policy all", targetId: `${ROBIN}/inline/all`, resourceId: null, level: null },
      { id: "github:O_1:R_1#repository-role/write", system: "github", tenantId: "github:O_1", kind: "repository-role", displayName: "write on acme-example/api", targetId: "github:O_1:R_1", resourceId: "github:O_1:R_1", level: "write" },
    ],
    grants: [
      { id: "grant-2", ...AWS, kind: "inline", principalId: ROBIN, entitlementId: `${ROBIN}/inline/all#policy`, via: [], grantedAt: unknown("not told"), grantedBy: unknown("not told"), expiresAt: known("never"), lastUsedAt: known(NOON), governedElsewhere: false },
      { id: "grant-1", ...AWS, kind: "membership", principalId: ROBIN, entitlementId: "x", via: ["b", "a"], grantedAt: known(NOON), grantedBy: known("identity:p-1"), expiresAt: known(NOON), lastUsedAt: known("never"), governedElsewhere: true },
    ],
    relations: [
      { id: "r-2", kind: "identity-map", fromId: "identity:p-2", toId: "aws|111122223333|robin", attributes: { relation: "owns", line: 2 } },
      { id: "r-1", kind: "parent-of", fromId: "ou-1", toId: "aws:111122223333", attributes: {} },
    ],
    guardrails: [
      { id: "g-2", tenantId: "aws:111122223333", kind: "scp", policyId: "p-1", targetId: "ou-1", targetKind: "ou" },
      { id: "g-1", tenantId: "aws:111122223333", kind: "boundary", policyId: "p-2", targetId: ROBIN, targetKind: "principal" },
    ],
    owners: [
      { id: "o-2", system: "aws", tenant: "*", kind: "role", native: "deploy-*", businessOwner: "p-1", technicalOwner: null, line: 3 },
      { id: "o-1", system: "aws", tenant: "111122223333", kind: "*", native: "*", businessOwner: null, technicalOwner: "kim@example.com", line: 2 },
    ],
    approvals: [
      { id: "a-2", system: "aws", tenant: "*", principal: "robin", entitlement: "inline policy all", approvedBy: "p-1", approvedAt: NOON, expiresAt: null, ticket: null, reason: AWKWARD, line: 3 },
      { id: "a-1", system: "aws", tenant: "*", principal: "*", entitlement: "*", approvedBy: "p-1", approvedAt: NOON, expiresAt: NOON, ticket: "T-1", reason: null, line: 2 },
    ],
    usage: [
      { id: "u-2", tenantId: "aws:111122223333", principalId: ROBIN, service: "s3", action: null, lastUsedAt: known("never"), source: "service-last-accessed" },
      { id: "u-1", tenantId: "aws:111122223333", principalId: ROBIN, service: "iam", action: "iam:GetUser", lastUsedAt: unknown("not tracked"), source: "service-last-accessed" },
    ],
    coverage: [
      { tenantId: "aws:111122223333", kind: "principal", step: "account-authorization-details", state: "complete", reason: null, items: 3 },
      { tenantId: "aws:111122223333", kind: "access-key", step: "access-keys", state: "denied", reason: "AccessDenied on iam:ListAccessKeys", items: 0 },
      { tenantId: "aws:111122223333", kind: "access-key", step: "a-second-step", state: "partial", reason: "cut", items: 5_000_000_000 },
    ],
    runs: [
      { id: "run-2", tenantId: "aws:111122223333", step: "account-authorization-details", mode: "recorded", state: "complete", reason: null, calls: 0, items: 3, startedAt: NOON, endedAt: NOON },
      { id: "run-1", tenantId: "aws:111122223333", step: "access-keys", mode: "live", state: "denied", reason: "AccessDenied", calls: 2, items: 0, startedAt: NOON, endedAt: NOON },
    ],
  };
}

/** A snapshot with the same rows, each table in another order: turned by `turn` and then reversed. */
export function shuffled(snapshot: Snapshot, turn: number): Snapshot {
  const tables = SNAPSHOT_TABLES.map((table) => {
    const rows = snapshot[table];
    const at = turn % Math.max(1, rows.length);
    return [table, [...rows.slice(at), ...rows.slice(0, at)].reverse()];
  });
  return { ...snapshot, ...(Object.fromEntries(tables) as ReturnType<typeof emptyRecords>) };
}

/** Many grants and nothing else, generated. */
export function manyGrants(count: number): Snapshot {
  const records = emptyRecords();
  for (let number = 0; number < count; number++) {
    records.grants.push({
      id: `grant-${(number * 7_919) % count}`, ...AWS, kind: "attachment", principalId: `aws:111122223333:AIDA${number % 977}`, entitlementId: `policy-${number % 211}#policy`,
      via: number % 3 === 0 ? [`group-${number % 17}`] : [], grantedAt: unknown("not told"), grantedBy: unknown("not told"), expiresAt: known("never"),
      lastUsedAt: number % 2 === 0 ? known(NOON) : known("never"), governedElsewhere: number % 5 === 0,
    });
  }
  return { asOf: NOON, asOfSource: "today", ...records };
}
