import type { ChangeOutcome, Connector, ConnectorSession, Operation } from "../../src/contracts/connector.ts";
import type { Clock } from "../../src/contracts/clock.ts";
import { toInstant, type LastUse } from "../../src/model/instant.ts";
import { known, unknown, type Observed } from "../../src/model/observed.ts";
import type { OperationManifest } from "../../src/model/operation.ts";
import type { RevocationTarget } from "../../src/model/revocation.ts";

/** A clock that a test moves by hand. */
export class HandClock implements Clock {
  at: string;
  constructor(at: string) {
    this.at = at;
  }
  now(): string {
    return this.at;
  }
  /** Time that is waited for is over at once. */
  readonly pause = async (seconds: number): Promise<void> => {
    this.at = toInstant(new Date(Date.parse(this.at) + seconds * 1_000)) ?? this.at;
  };
}

/** The one operation of the provider below. */
export const DEACTIVATE: OperationManifest = {
  id: "aws/deactivate-access-key",
  title: "deactivate access key",
  undoClass: "A",
  rehearsalOnly: false,
  permissions: ["iam:UpdateAccessKey"],
  appliesTo: { subjectKind: "credential", credentialKinds: ["access-key"], principalKinds: ["user"] },
};

/** A provider in memory that keeps keys and remembers every call, as `revoke KEYSAMPLE1`. */
export class FakeProvider {
  readonly keys = new Map<string, { active: boolean; lastUsed: Observed<LastUse> }>();
  readonly calls: string[] = [];
  /** What the next calls of that name answer instead of doing anything. */
  readonly answers: {
    /** Readings that still show the state before the last change, as AWS does for a while. */
    late?: number;
    capture?: string;
    revoke?: ChangeOutcome;
    restore?: ChangeOutcome;
    isGone?: Observed<boolean>;
  } = {};
  /** Locators the session says it acts as. */
  self: readonly string[] = [];
  opened = 0;
  closed = 0;

  key(nativeId: string, lastUsed: Observed<LastUse> = unknown("not asked"), active = true): this {
    this.keys.set(nativeId, { active, lastUsed });
    return this;
  }

  /** Calls that change something. */
  get changes(): readonly string[] {
    return this.calls.filter((call) => call.startsWith("revoke ") || call.startsWith("restore "));
  }

  readonly operation: { -readonly [K in keyof Operation]: Operation[K] } = {
    manifest: DEACTIVATE,
    capture: async (target) => {
      const key = this.#at("capture", target);
      if (this.answers.capture !== undefined) return { state: "unreadable", why: this.answers.capture };
      return key?.active === true
        ? { state: "present", preImage: { status: "Active" }, lastUsedAt: key.lastUsed }
        : { state: "already-absent" };
    },
    revoke: async (target, preImage) => this.#set("revoke", target, preImage, false),
    restore: async (target, preImage) => this.#set("restore", target, preImage, true),
    isGone: async (target, preImage) => {
      const key = this.#at("isGone", target);
      if (preImage === null) return unknown("nobody said what was there before");
      if (this.answers.isGone !== undefined) return this.answers.isGone;
      const late = this.answers.late ?? 0;
      if (late > 0) this.answers.late = late - 1;
      return known(late > 0 ? key?.active === true : key?.active !== true);
    },
  };

  connector(): Connector {
    return {
      manifest: { id: "aws", title: "AWS in memory", steps: [], operations: [DEACTIVATE] },
      recognises: async () => false,
      open: async (): Promise<ConnectorSession> => {
        this.opened += 1;
        return {
          steps: [],
          recordedAt: null,
          forecast: async () => ({ calls: 0, seconds: 0, basis: "nothing" }),
          spent: () => ({ calls: 0, basis: "" }),
          run: async () => ({ records: {} }),
          operation: (id) => (id === DEACTIVATE.id ? this.operation : undefined),
          self: async () => this.self,
          check: async () => [],
          close: async () => void (this.closed += 1),
        };
      },
    };
  }

  #at(call: string, target: RevocationTarget): { active: boolean; lastUsed: Observed<LastUse> } | undefined {
    const nativeId = target.credential?.nativeId ?? target.subjectId;
    this.calls.push(`${call} ${nativeId}`);
    return this.keys.get(nativeId);
  }

  #set(call: "revoke" | "restore", target: RevocationTarget, preImage: unknown, active: boolean): ChangeOutcome {
    const key = this.#at(call, target);
    const answer = this.answers[call];
    if (answer !== undefined) return answer;
    if ((preImage as { status?: unknown } | null)?.status !== "Active")
      return { state: "refused", why: "the pre-image is not the one that was captured" };
    if (key === undefined || key.active === active) return { state: "already-absent" };
    key.active = active;
    return { state: "done", requestId: `request-${this.calls.length}` };
  }
}
