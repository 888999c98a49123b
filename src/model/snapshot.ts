import type { Approval } from "./approval.ts";
import type { ConnectorRun } from "./connector-run.ts";
import type { Coverage } from "./coverage.ts";
import type { Credential } from "./credential.ts";
import type { Entitlement } from "./entitlement.ts";
import type { Grant } from "./grant.ts";
import type { Guardrail } from "./guardrail.ts";
import type { Identity } from "./identity.ts";
import type { Instant } from "./instant.ts";
import type { Owner } from "./owner.ts";
import type { Policy } from "./policy.ts";
import type { Principal } from "./principal.ts";
import type { Relation } from "./relation.ts";
import type { Resource } from "./resource.ts";
import type { Tenant } from "./tenant.ts";
import type { Usage } from "./usage.ts";

/** Everything that was collected, table by table. */
export interface SnapshotRecords {
  readonly identities: readonly Identity[];
  readonly principals: readonly Principal[];
  readonly credentials: readonly Credential[];
  readonly tenants: readonly Tenant[];
  readonly resources: readonly Resource[];
  readonly policies: readonly Policy[];
  readonly entitlements: readonly Entitlement[];
  readonly grants: readonly Grant[];
  readonly relations: readonly Relation[];
  readonly guardrails: readonly Guardrail[];
  readonly owners: readonly Owner[];
  readonly approvals: readonly Approval[];
  readonly usage: readonly Usage[];
  readonly coverage: readonly Coverage[];
  readonly runs: readonly ConnectorRun[];
}

/** The names of the tables of a snapshot, in the order in which they are written. */
export const SNAPSHOT_TABLES = [
  "identities",
  "principals",
  "credentials",
  "tenants",
  "resources",
  "policies",
  "entitlements",
  "grants",
  "relations",
  "guardrails",
  "owners",
  "approvals",
  "usage",
  "coverage",
  "runs",
] as const satisfies readonly (keyof SnapshotRecords)[];

/** Where the moment that `now` stands for came from. */
export type AsOfSource = "flag" | "recording" | "today";

/** A frozen picture of access at one moment. */
export interface Snapshot extends SnapshotRecords {
  readonly asOf: Instant;
  readonly asOfSource: AsOfSource;
}

/** No records at all: the start of every merge. */
export function emptyRecords(): { -readonly [K in keyof SnapshotRecords]: SnapshotRecords[K][number][] } {
  return {
    identities: [],
    principals: [],
    credentials: [],
    tenants: [],
    resources: [],
    policies: [],
    entitlements: [],
    grants: [],
    relations: [],
    guardrails: [],
    owners: [],
    approvals: [],
    usage: [],
    coverage: [],
    runs: [],
  };
}

/** One stored table of a stored snapshot. */
export interface SnapshotTableFile {
  readonly table: keyof SnapshotRecords;
  readonly rows: number;
  /** SHA-256 of the Parquet bytes: integrity. */
  readonly sha256: string;
  readonly bytes: number;
  /** SHA-256 over canonical rows in order of id: sameness across engine versions. */
  readonly digest: string;
}

/** A stored snapshot: the row that makes it exist. */
export interface SnapshotManifest {
  /** `snap-<first 16 hex characters of the digest over asOf and table digests>`. */
  readonly id: string;
  readonly schemaVersion: number;
  readonly asOf: Instant;
  readonly asOfSource: AsOfSource;
  readonly createdAt: Instant;
  readonly tables: readonly SnapshotTableFile[];
}
