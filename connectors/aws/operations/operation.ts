import type { Captured, ChangeOutcome, Operation } from "../../../src/contracts/connector.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import { unknown, known, type Observed } from "../../../src/model/observed.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { AwsClient, CallOutcome, Lookup } from "../client.ts";

/** An operation of this connector, before it is bound to a tenant's client: the four calls side by side. */
export interface AwsOperation {
  readonly id: string;
  capture(client: AwsClient, target: RevocationTarget): Promise<Captured>;
  revoke(client: AwsClient, target: RevocationTarget, preImage: JsonValue): Promise<CallOutcome>;
  restore(client: AwsClient, target: RevocationTarget, preImage: JsonValue): Promise<CallOutcome>;
  /** What is there now; `absent` means gone. */
  look(client: AwsClient, target: RevocationTarget): Promise<Lookup<unknown>>;
}

/** Binds an operation to the client of the target's tenant. */
export function bindOperation(operation: AwsOperation, manifest: Operation["manifest"], clientOf: (tenant: string) => AwsClient | undefined): Operation {
  const client = (target: RevocationTarget): AwsClient | undefined => clientOf(target.tenantNativeId);
  const missing = (target: RevocationTarget): string => `the tenant \`${target.tenantNativeId}\` is not configured here`;
  return {
    manifest,
    async capture(target) {
      const own = client(target);
      return own === undefined ? { state: "unreadable", why: missing(target) } : operation.capture(own, target);
    },
    async revoke(target, preImage) {
      const own = client(target);
      return own === undefined ? { state: "refused", why: missing(target) } : outcomeOf(await operation.revoke(own, target, preImage));
    },
    async restore(target, preImage) {
      const own = client(target);
      return own === undefined ? { state: "refused", why: missing(target) } : outcomeOf(await operation.restore(own, target, preImage));
    },
    async isGone(target): Promise<Observed<boolean>> {
      const own = client(target);
      if (own === undefined) return unknown(missing(target));
      const seen = await operation.look(own, target);
      return seen.state === "unreadable" ? unknown(seen.why) : known(seen.state === "absent");
    },
  };
}

/** "Nothing there" is an outcome, not an error. */
function outcomeOf(call: CallOutcome): ChangeOutcome {
  if (call.state === "absent") return { state: "already-absent" };
  return call;
}

/** What was found, as an operation reports it before it acts. */
export function captured<T>(lookup: Lookup<T>, preImage: (value: T) => JsonValue, lastUsedAt: Extract<Captured, { state: "present" }>["lastUsedAt"]): Captured {
  if (lookup.state === "absent") return { state: "already-absent" };
  if (lookup.state === "unreadable") return lookup;
  return { state: "present", preImage: preImage(lookup.value), lastUsedAt };
}
