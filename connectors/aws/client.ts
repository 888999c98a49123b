import type { Observed } from "../../src/model/observed.ts";
import type { ConnectorEnvironment, DoctorFinding, Forecast } from "../../src/contracts/connector.ts";
import type { RecordKind } from "../../src/model/coverage.ts";
import type { Pace } from "./live.ts";
import type { AwsSettings } from "./settings.ts";
import type { RawDetail, RawDocument, RawKeyLastUsed, RawLoginProfile, RawStep, RawSteps } from "./raw.ts";

/** How a part of an answer ended; with a reason unless complete. */
export type Part =
  | { readonly state: "complete" }
  | { readonly state: "partial" | "denied" | "skipped"; readonly reason: string };

/** How each type of resource was read, by type. Absent: the answer as a whole holds for every type there is. */
export type Parts = Readonly<Record<string, Part>>;

/** How one read ended. A refusal is an answer of its own and never an empty list. */
export type Answer<T> =
  | { readonly state: "complete"; readonly value: T; readonly parts?: Parts }
  /** Some of it: a list cut short, or some of many calls refused. Where only some kinds of facts suffer, `only` names them. */
  | {
      readonly state: "partial";
      readonly value: T;
      readonly reason: string;
      readonly only?: readonly RecordKind[];
      readonly parts?: Parts;
    }
  | { readonly state: "denied" | "skipped"; readonly reason: string };

/** What the sweep told about the tenant, for the steps that ask per user or per principal. */
export interface SweepContext {
  readonly userNames: readonly string[];
  /** ARNs that service-last-accessed jobs are asked for. */
  readonly principalArns: readonly string[];
  /** Access key ids by user name, known after `access-keys`. */
  readonly accessKeyIds: readonly string[];
  /** Why these lists are not whole, where they are not: who is asked for them has no more than a part. */
  readonly gap?: string | undefined;
}

/** An answer about lists that are not whole is not whole either. */
export function limitedBy<T>(answer: Answer<T>, gap: string | undefined): Answer<T> {
  return gap === undefined || answer.state !== "complete"
    ? answer
    : { state: "partial", value: answer.value, reason: gap };
}

/** A principal that policies hang on, as the change calls name it. */
export interface PolicyHolder {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
}

/** How a change call ended: done, nothing there, or refused with AWS's words. */
export type CallOutcome =
  | { readonly state: "done"; readonly requestId?: string }
  | { readonly state: "absent" }
  | { readonly state: "refused"; readonly why: string };

/** Something looked up by name: there, not there, or not readable. */
export type Lookup<T> =
  | { readonly state: "found"; readonly value: T }
  | { readonly state: "absent" }
  | { readonly state: "unreadable"; readonly why: string };

/**
 * The promise to one AWS tenant, kept by `live.ts` (the network) and `recorded.ts` (files). Reads answer AWS's own shapes,
 * changes are single calls that are safe to repeat.
 */
export interface AwsClient {
  /** The 12 digits. */
  readonly tenant: string;
  /** The sweep of GetAccountAuthorizationDetails; entries are handed over one by one because there may be 100,000. */
  details(sink: (detail: RawDetail) => void): Promise<Answer<null>>;
  read<S extends RawStep>(step: S, context: SweepContext): Promise<Answer<RawSteps[S]>>;

  accessKey(
    userName: string,
    accessKeyId: string,
  ): Promise<Lookup<{ readonly status: "Active" | "Inactive"; readonly lastUsed: Lookup<RawKeyLastUsed> }>>;
  setAccessKeyStatus(userName: string, accessKeyId: string, status: "Active" | "Inactive"): Promise<CallOutcome>;
  deleteAccessKey(userName: string, accessKeyId: string): Promise<CallOutcome>;
  hasAttachedPolicy(holder: PolicyHolder, policyArn: string): Promise<Lookup<null>>;
  attachPolicy(holder: PolicyHolder, policyArn: string): Promise<CallOutcome>;
  detachPolicy(holder: PolicyHolder, policyArn: string): Promise<CallOutcome>;
  inlinePolicy(holder: PolicyHolder, policyName: string): Promise<Lookup<RawDocument>>;
  putInlinePolicy(holder: PolicyHolder, policyName: string, document: string): Promise<CallOutcome>;
  deleteInlinePolicy(holder: PolicyHolder, policyName: string): Promise<CallOutcome>;
  isInGroup(userName: string, groupName: string): Promise<Lookup<null>>;
  addToGroup(userName: string, groupName: string): Promise<CallOutcome>;
  removeFromGroup(userName: string, groupName: string): Promise<CallOutcome>;
  loginProfile(userName: string): Promise<Lookup<RawLoginProfile>>;
  deleteLoginProfile(userName: string): Promise<CallOutcome>;
  /** Puts a profile back: only a working copy can. On AWS the person must set a new password, so `live.ts` refuses. */
  restoreLoginProfile(userName: string, profile: RawLoginProfile): Promise<CallOutcome>;
}

/** One tenant, signed in. */
export interface AwsConnection {
  readonly client: AwsClient;
  /** What people call the tenant: its alias, where it has one and it may be read; else null. */
  readonly alias: string | null;
  /** ARN the calls are made as: never revoked. Null when signing in failed. */
  readonly caller: string | null;
  /** ARN of what assumes the role: without it there is no way in either. Null where no role is assumed. */
  readonly behind: Observed<string | null>;
}

/** AWS itself, every tenant of the settings signed in. */
export interface AwsLive {
  readonly connections: readonly AwsConnection[];
  forecast(): Promise<Forecast>;
  check(): Promise<readonly DoctorFinding[]>;
  /** Calls made so far, retries included. */
  calls(): number;
  close(): Promise<void>;
}

/**
 * Signs in to every tenant of the settings; `live.ts` exports it as `openLive`. Recording and resuming are not its business:
 * the session wraps each client. A tenant that refuses does not stop the others: its client answers `denied` with AWS's
 * words to every read. Throws `sign-in` when there are no credentials at all.
 */
export type OpenLive = (settings: AwsSettings, environment: ConnectorEnvironment, pace?: Pace) => Promise<AwsLive>;
