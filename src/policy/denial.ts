import type { Layer } from "./aws/decision.ts";

/** What the system that refused says of its reason itself; null where it says nothing. */
export interface StatedReason {
  readonly layer: Layer | null;
  /** A statement denied it (true) or none allowed it (false). */
  readonly explicit: boolean | null;
  readonly policyArn: string | null;
  /** AWS answers the same sentence when there is no such resource (KMS keys of other tenants, other regions). */
  readonly mayNotExist: boolean;
}

/** A statement that matched, as a decoded authorization message lists it. */
export interface StatedStatement {
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny" | null;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** One request that a call consists of. */
export interface NeededAccess {
  readonly action: string;
  readonly resource: string | null;
}

/** One refusal as it was told, by a message, a log event or a decoded message. What was not told, or was masked, is null. */
export interface Denial {
  readonly kind: "denial";
  readonly system: "aws";
  readonly source: "message" | "cloudtrail" | "decoded-message";
  /** An ARN as said (of a session: the session's), a service principal (`ec2.amazonaws.com`), a unique id or `anonymous`. */
  readonly principal: string | null;
  readonly principalTenant: string | null;
  readonly action: string | null;
  /**
   * `stated`: the refusal names the action. `operation`: concluded from the call that failed, which may have failed on another
   * action it needs (`iam:PassRole`, `kms:Decrypt`).
   */
  readonly actionFrom: "stated" | "operation" | null;
  /** The requests one of which was refused, where the call is known and the action is not: copying reads and writes. */
  readonly possible: readonly NeededAccess[];
  /** An ARN, `*`, or the short form in which AWS itself says it (`role Deploy`, the name of a secret). */
  readonly resource: string | null;
  readonly resourceTenant: string | null;
  readonly stated: StatedReason;
  readonly statedStatements: readonly StatedStatement[];
  /** Condition keys of the request that are known, as AWS spells them. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** The name of the call, as the SDK or CloudTrail says it. */
  readonly operation: string | null;
  readonly code: string | null;
  readonly requestId: string | null;
  /** An instant as the event says it. */
  readonly at: string | null;
  readonly region: string | null;
  /** An encoded authorization message that came with it; only AWS can decode it. */
  readonly encodedMessage: string | null;
}

/** Why a call failed that no policy refused. */
export type OtherCause =
  | "rate-limit"
  | "expired-credentials"
  | "clock-skew"
  | "invalid-credentials"
  | "signature"
  | "network"
  | "not-found"
  | "quota"
  | "region-disabled"
  | "service-error"
  | "validation"
  | "dry-run";

/** A failure that is not a matter of access. */
export interface NotAccess {
  readonly kind: "not-access";
  readonly what: OtherCause;
  /** The words that show it. */
  readonly evidence: string;
  readonly hint: string;
}

/** A refusal whose reason only AWS can decode. */
export interface EncodedMessage {
  readonly kind: "encoded";
  readonly encoded: string;
  /** It ends in dots, as log viewers and CloudTrail shorten it: AWS will not decode it. */
  readonly truncated: boolean;
  readonly operation: string | null;
  /** The command that decodes it; its output can be read. */
  readonly command: string;
  readonly hint: string;
}

/** A text in which no refusal was found. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly hint: string;
}

/** What became of a text that should be a refusal. */
export type DenialReading = Denial | NotAccess | EncodedMessage | Unreadable;
