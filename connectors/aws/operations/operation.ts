import type { Captured, ChangeOutcome, Operation } from "../../../src/contracts/connector.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import { known, unknown, type Observed } from "../../../src/model/observed.ts";
import type { OperationManifest } from "../../../src/model/operation.ts";
import type { RevocationTarget } from "../../../src/model/revocation.ts";
import type { AwsClient, CallOutcome, Lookup } from "../client.ts";

/** One revocable change of this connector, before it is bound to a tenant's client: what it is and its four calls. */
export interface AwsOperation {
  readonly manifest: OperationManifest;
  capture(client: AwsClient, target: RevocationTarget): Promise<Captured>;
  revoke(client: AwsClient, target: RevocationTarget): Promise<CallOutcome>;
  restore(client: AwsClient, target: RevocationTarget, preImage: JsonValue): Promise<CallOutcome>;
  /** What is there now; `absent` means gone. */
  look(client: AwsClient, target: RevocationTarget): Promise<Lookup<unknown>>;
}

/** Binds an operation to the client of the target's tenant. A call that is not needed any more is not made. */
export function bindOperation(operation: AwsOperation, clientOf: (tenant: string) => AwsClient | undefined): Operation {
  const missing = (target: RevocationTarget): string => `the tenant \`${target.tenantNativeId}\` is not connected`;
  return {
    manifest: operation.manifest,
    async capture(target) {
      const client = clientOf(target.tenantNativeId);
      return client === undefined ? { state: "unreadable", why: missing(target) } : operation.capture(client, target);
    },
    async revoke(target) {
      const client = clientOf(target.tenantNativeId);
      if (client === undefined) return { state: "refused", why: missing(target) };
      const before = await operation.look(client, target);
      if (before.state === "absent") return { state: "already-absent" };
      if (before.state === "unreadable") return { state: "refused", why: before.why };
      return outcomeOf(await operation.revoke(client, target));
    },
    async restore(target, preImage) {
      const client = clientOf(target.tenantNativeId);
      return client === undefined
        ? { state: "refused", why: missing(target) }
        : outcomeOf(await operation.restore(client, target, preImage));
    },
    async isGone(target): Promise<Observed<boolean>> {
      const client = clientOf(target.tenantNativeId);
      if (client === undefined) return unknown(missing(target));
      const seen = await operation.look(client, target);
      return seen.state === "unreadable" ? unknown(seen.why) : known(seen.state === "absent");
    },
  };
}

/** "Nothing there" is an outcome, not an error. */
function outcomeOf(call: CallOutcome): ChangeOutcome {
  return call.state === "absent" ? { state: "already-absent" } : call;
}

/** What a look found, as an operation reports it before it acts. */
export function captured<T>(
  lookup: Lookup<T>,
  preImage: (value: T) => JsonValue,
  lastUsedAt: Extract<Captured, { state: "present" }>["lastUsedAt"],
): Captured {
  if (lookup.state === "absent") return { state: "already-absent" };
  if (lookup.state === "unreadable") return lookup;
  return { state: "present", preImage: preImage(lookup.value), lastUsedAt };
}

/** A text of the capsule, or undefined when the capsule does not hold it. */
export function textOf(preImage: JsonValue, member: string): string | undefined {
  const value =
    typeof preImage === "object" && preImage !== null && !Array.isArray(preImage)
      ? (preImage as Readonly<Record<string, JsonValue>>)[member]
      : undefined;
  return typeof value === "string" ? value : undefined;
}
