import type { RecordKind } from "../model/coverage.ts";
import type { Instant, LastUse } from "../model/instant.ts";
import type { JsonValue } from "../model/json.ts";
import type { Observed } from "../model/observed.ts";
import type { OperationManifest } from "../model/operation.ts";
import type { RevocationTarget } from "../model/revocation.ts";
import type { SnapshotRecords } from "../model/snapshot.ts";
import type { System } from "../model/tenant.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { SecretReader } from "./secret-reader.ts";

/** One thing a connector reads, as data. Step ids are file names in a recording. */
export interface CollectStep {
  readonly id: string;
  readonly title: string;
  readonly dependsOn: readonly string[];
  /** Record kinds this step answers for; each gets a coverage row. */
  readonly provides: readonly RecordKind[];
  /** Provider permissions the step needs, for `leastwise permissions`. */
  readonly permissions: readonly string[];
}

/** What a connector is and needs: data only, so that permissions and documentation are generated from it. */
export interface ConnectorManifest {
  readonly id: System;
  readonly title: string;
  readonly steps: readonly CollectStep[];
  readonly operations: readonly OperationManifest[];
  /** What a token has to hold whose kind knows no permissions but scopes; `without` completes the sentence that it is missing. */
  readonly scopes?: readonly { readonly scope: string; readonly without: string }[];
}

/** One step for one tenant. `key` is `<system>/<tenant native id>/<step>`, as in recording.json. */
export interface SessionStep {
  readonly key: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly step: CollectStep;
}

/** What collecting will cost, said before the first call. */
export interface Forecast {
  readonly calls: number;
  readonly seconds: number;
  /** What the numbers rest on, for people: `1,204 users × 3 calls, 20 a second`. */
  readonly basis: string;
}

/** What collecting did cost, to be said beside the forecast. */
export interface Spent {
  /** Requests that the provider saw, repeated ones too. */
  readonly calls: number;
  /** What they were, for people; empty where there is nothing to say. */
  readonly basis: string;
}

/** What one step gave. Refusals are coverage inside `records`, not errors; an error here is our bug or bad input. */
export interface StepOutcome {
  readonly records: Partial<SnapshotRecords>;
}

/** What an operation found before it acts. `preImage` goes into the capsule and never holds a secret. */
export type Captured =
  | { readonly state: "present"; readonly preImage: JsonValue; readonly lastUsedAt: Observed<LastUse> }
  | { readonly state: "already-absent" }
  | { readonly state: "unreadable"; readonly why: string };

/** How a change ended. "Already gone" is an outcome, not an error. */
export type ChangeOutcome =
  | { readonly state: "done"; readonly requestId?: string }
  | { readonly state: "already-absent" }
  | { readonly state: "refused"; readonly why: string };

/**
 * One revocable change: capture · revoke · restore side by side, each safe to call twice.
 * For example, `capture` of a key answers `present` with `{status: "Active"}`; `revoke` sets it inactive; `isGone` re-reads
 * and answers `known(true)`; `restore` with the same pre-image sets it active again.
 */
export interface Operation {
  readonly manifest: OperationManifest;
  capture(target: RevocationTarget): Promise<Captured>;
  revoke(target: RevocationTarget, preImage: JsonValue): Promise<ChangeOutcome>;
  restore(target: RevocationTarget, preImage: JsonValue): Promise<ChangeOutcome>;
  /** Re-reads the provider (or the working copy): is what the target names gone? */
  isGone(target: RevocationTarget, preImage: JsonValue): Promise<Observed<boolean>>;
}

/** Where a connector reads from. */
export type ConnectorSource =
  /** A recording directory, or a single account-authorization-details file. With `workingCopy`, operations may change it. */
  | { readonly mode: "recorded"; readonly path: string; readonly workingCopy: boolean }
  /** The provider itself. With `recordTo`, answers are written there; steps already complete there are not asked again. */
  | {
      readonly mode: "live";
      readonly settings: unknown;
      readonly recordTo: string | null;
      /** Folder in which answers are kept from one collection to the next; left out: everything is asked for each time. */
      readonly keptIn?: string;
    };

/** What a connector may use of the world besides its provider. */
export interface ConnectorEnvironment {
  readonly clock: Clock;
  readonly secrets: SecretReader;
  readonly log: Log;
}

/** An open connection to a provider or a recording. */
export interface ConnectorSession {
  /** Every step for every tenant, dependencies before dependants. */
  readonly steps: readonly SessionStep[];
  /** Moment of the recording, or null (live, or a recording without recording.json). */
  readonly recordedAt: Instant | null;
  forecast(): Promise<Forecast>;
  /** What was spent so far. */
  spent(): Spent;
  /**
   * Runs one step. Answers records with coverage for each kind the step provides, also when it was denied or skipped:
   * a refusal never becomes an empty list. Call in the order of `steps`.
   */
  run(step: SessionStep): Promise<StepOutcome>;
  /** The operation of that id, or undefined. Throws nothing; live sessions answer undefined for rehearsal-only ones. */
  operation(id: string): Operation | undefined;
  /** The principals this session itself acts as (locators): never revoked. Empty for recordings. */
  self(): Promise<readonly string[]>;
  /** Problems found with credentials, clock or limits before collecting; for `doctor`. */
  check(): Promise<readonly DoctorFinding[]>;
  close(): Promise<void>;
}

/** One line of `doctor`. */
export interface DoctorFinding {
  readonly level: "ok" | "warning" | "problem";
  readonly text: string;
  readonly hint?: string;
}

/** A way in, and the hand that revokes. */
export interface Connector {
  readonly manifest: ConnectorManifest;
  /** Whether the path holds something this connector reads; cheap, reads no more than names and a first block. */
  recognises(path: string): Promise<boolean>;
  /** Throws {@link AuditError} for bad input or settings. */
  open(source: ConnectorSource, environment: ConnectorEnvironment): Promise<ConnectorSession>;
}

export type { OperationManifest };
