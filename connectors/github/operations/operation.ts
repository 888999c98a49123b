import type { Captured, ChangeOutcome, Operation } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import { toInstant } from "../../../src/model/instant.ts";
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

/** The same for what GitHub knows the last use of: `lastUsed` is GitHub's, null where it was never used. */
export function capturedWithUse<T extends { readonly lastUsed: string | null }>(
  lookup: Lookup<T>,
  preImage: (value: T) => JsonValue,
): Captured {
  const seen = captured(lookup, preImage);
  if (seen.state !== "present" || lookup.state !== "found") return seen;
  const { lastUsed } = lookup.value;
  if (lastUsed === null) return { ...seen, lastUsedAt: known("never") };
  const at = toInstant(lastUsed);
  return { ...seen, lastUsedAt: at === undefined ? unknown("GitHub did not say when it was last used") : known(at) };
}

/** A number of a capsule. */
export function numberField(preImage: JsonValue, name: string): number | undefined {
  const value =
    typeof preImage === "object" && preImage !== null && !Array.isArray(preImage)
      ? (preImage as Readonly<Record<string, JsonValue>>)[name]
      : undefined;
  return typeof value === "number" ? value : undefined;
}

/** GitHub's number at the end of an id (`…/organization-role/138`, `installation-71`); one without is our bug. */
export function numberAtEnd(id: string): number {
  const digits = /(\d+)$/.exec(id)?.[1];
  if (digits === undefined) throw new AuditError("invariant", "target-part", `\`${id}\` does not end in a number`);
  return Number(digits);
}

/** Binds an operation to the client of the target's organization. Looking before each change makes every change safe to repeat. */
export function bindOperation(
  operation: GitHubOperation,
  manifest: Operation["manifest"],
  clientOf: (tenantId: string) => Promise<GitHubClient | undefined>,
): Operation {
  const missing = (target: RevocationTarget): string =>
    `the organization \`${target.tenantNativeId}\` is not configured here`;
  return {
    manifest,
    async capture(target) {
      const client = await clientOf(target.tenantId);
      return client === undefined ? { state: "unreadable", why: missing(target) } : operation.capture(client, target);
    },
    async revoke(target, preImage) {
      const client = await clientOf(target.tenantId);
      if (client === undefined) return { state: "refused", why: missing(target) };
      const before = await operation.look(client, target, preImage);
      if (before.state === "absent") return ALREADY_ABSENT;
      if (before.state === "unreadable") return { state: "refused", why: before.why };
      const outcome = await operation.revoke(client, target, preImage);
      if (outcome.state !== "absent") return outcome;
      // GitHub answers "not found" to a change that is not allowed, too: only another look tells the two apart.
      const after = await operation.look(client, target, preImage);
      return after.state === "absent" ? ALREADY_ABSENT : { state: "refused", why: NOT_ALLOWED };
    },
    async restore(target, preImage) {
      const client = await clientOf(target.tenantId);
      if (client === undefined) return { state: "refused", why: missing(target) };
      const before = await operation.look(client, target, preImage);
      // Putting back twice must not end in two, nor lower what somebody gave since.
      if (before.state === "found") return { state: "done" };
      if (before.state === "unreadable") return { state: "refused", why: before.why };
      const outcome = await operation.restore(client, target, preImage);
      return outcome.state === "absent" ? { state: "refused", why: NOT_ALLOWED } : outcome;
    },
    async isGone(target, preImage) {
      const client = await clientOf(target.tenantId);
      if (client === undefined) return unknown(missing(target));
      const seen = await operation.look(client, target, preImage);
      return seen.state === "unreadable" ? unknown(seen.why) : known(seen.state === "absent");
    },
  };
}

const ALREADY_ABSENT: ChangeOutcome = { state: "already-absent" };
const NOT_ALLOWED = 'GitHub answers "not found": the token may not change it, or it is gone';

/** Whether the person is a member still; else putting access back would send an invitation, which is for people to decide. */
export async function refusedUnlessMember(client: GitHubClient, login: string): Promise<CallOutcome | undefined> {
  const role = await client.memberRole(login);
  if (role.state === "found") return undefined;
  const why =
    role.state === "unreadable"
      ? role.why
      : `\`${login}\` is no member of \`${client.organization}\` any more: putting it back would send an invitation`;
  return { state: "refused", why };
}
