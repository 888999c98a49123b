import type { Captured, ChangeOutcome, Operation } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { JsonValue } from "../../../src/model/json.ts";
import { known, unknown } from "../../../src/model/observed.ts";
import type { RevocationTarget, TargetPart } from "../../../src/model/revocation.ts";
import type { CallOutcome, GitHubClient, Lookup } from "../client.ts";

/** An operation of this connector, before it is bound to an organization's client. */
export interface GitHubOperation {
  readonly id: string;
  capture(client: GitHubClient, target: RevocationTarget): Promise<Captured>;
  revoke(client: GitHubClient, target: RevocationTarget, preImage: JsonValue): Promise<CallOutcome>;
  restore(client: GitHubClient, target: RevocationTarget, preImage: JsonValue): Promise<CallOutcome>;
  /** What is there now; `absent` means gone. A thing put back under a new id counts as there. */
  look(client: GitHubClient, target: RevocationTarget, preImage: JsonValue): Promise<Lookup<unknown>>;
}

/** A part of the target that the operation cannot do without; its absence is our bug. */
export function needed(
  target: RevocationTarget,
  part: "principal" | "entitlement" | "credential" | "resource",
): TargetPart {
  const found = target[part];
  if (found === null)
    throw new AuditError("invariant", "target-part", `the target \`${target.subjectId}\` has no ${part}`);
  return found;
}

/** A text field of a capsule. */
export function field(preImage: JsonValue, name: string): string | undefined {
  const value =
    typeof preImage === "object" && preImage !== null && !Array.isArray(preImage)
      ? (preImage as Readonly<Record<string, JsonValue>>)[name]
      : undefined;
  return typeof value === "string" ? value : undefined;
}

/** What was found, as an operation reports it before it acts. GitHub never says when a single grant was used. */
export function captured<T>(lookup: Lookup<T>, preImage: (value: T) => JsonValue): Captured {
  if (lookup.state === "absent") return { state: "already-absent" };
  if (lookup.state === "unreadable") return lookup;
  return {
    state: "present",
    preImage: preImage(lookup.value),
    lastUsedAt: unknown("GitHub does not say when a single grant was used"),
  };
}

/** Binds an operation to the client of the target's organization. */
export function bindOperation(
  operation: GitHubOperation,
  manifest: Operation["manifest"],
  clientOf: (tenantId: string) => Promise<GitHubClient | undefined>,
): Operation {
  const missing = (target: RevocationTarget): string =>
    `the organization \`${target.tenantNativeId}\` is not configured here`;
  const outcomeOf = (call: CallOutcome): ChangeOutcome =>
    call.state === "absent" ? { state: "already-absent" } : call;
  return {
    manifest,
    async capture(target) {
      const client = await clientOf(target.tenantId);
      return client === undefined ? { state: "unreadable", why: missing(target) } : operation.capture(client, target);
    },
    async revoke(target, preImage) {
      const client = await clientOf(target.tenantId);
      return client === undefined
        ? { state: "refused", why: missing(target) }
        : outcomeOf(await operation.revoke(client, target, preImage));
    },
    async restore(target, preImage) {
      const client = await clientOf(target.tenantId);
      return client === undefined
        ? { state: "refused", why: missing(target) }
        : outcomeOf(await operation.restore(client, target, preImage));
    },
    async isGone(target, preImage) {
      const client = await clientOf(target.tenantId);
      if (client === undefined) return unknown(missing(target));
      const seen = await operation.look(client, target, preImage);
      return seen.state === "unreadable" ? unknown(seen.why) : known(seen.state === "absent");
    },
  };
}
