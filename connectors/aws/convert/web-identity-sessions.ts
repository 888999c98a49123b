import { toInstant } from "../../../src/model/instant.ts";
import type { Relation } from "../../../src/model/relation.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { RawSteps } from "../raw.ts";
import type { TenantContext } from "../tenant-context.ts";
import type { Converted } from "./converted.ts";

/** What of an event matters. Source: "CloudTrail userIdentity element" and "Logging IAM and AWS STS API calls", AWS documentation. */
interface SessionEvent {
  readonly eventName?: unknown;
  readonly errorCode?: unknown;
  readonly eventTime?: unknown;
  readonly userIdentity?: { readonly userName?: unknown; readonly identityProvider?: unknown };
  readonly requestParameters?: { readonly roleArn?: unknown } | null;
}

/**
 * Subjects that became a role with a token, from what `aws cloudtrail lookup-events` prints (each event as text in
 * `CloudTrailEvent`) or from events themselves: how often, and when last. Refused attempts are left out.
 */
export function webIdentitySessions(raw: RawSteps["web-identity-sessions"], context: TenantContext): Converted {
  const found = new Map<string, { roleId: string; subject: string; provider: string; lastAt: string; times: number }>();
  let unreadable = 0;
  for (const record of raw) {
    const event = eventOf(record);
    if (event === undefined) {
      unreadable += 1;
      continue;
    }
    if (event.eventName !== "AssumeRoleWithWebIdentity" || event.errorCode !== undefined) continue;
    const { userName, identityProvider } = event.userIdentity ?? {};
    const roleArn = event.requestParameters?.roleArn;
    const at = typeof event.eventTime === "string" ? toInstant(event.eventTime) : undefined;
    if (typeof userName !== "string" || typeof roleArn !== "string" || at === undefined) {
      unreadable += 1;
      continue;
    }
    const roleId = context.ids.get(roleArn) ?? `${context.tenantId}:${roleArn}`;
    const key = `${roleId} ${userName}`;
    const before = found.get(key);
    if (before === undefined) {
      const provider = typeof identityProvider === "string" ? identityProvider : "";
      found.set(key, { roleId, subject: userName, provider, lastAt: at, times: 1 });
    } else {
      before.times += 1;
      if (at > before.lastAt) before.lastAt = at;
    }
  }
  const relations = [...found.values()].map(({ roleId, subject, provider, lastAt, times }): Relation => ({
    id: derivedId("relation", ["became", subject, roleId]),
    kind: "became",
    fromId: `subject:${subject}`,
    toId: roleId,
    attributes: { subject, provider, lastAt, times },
  }));
  const gap =
    unreadable === 0 ? {} : { gap: `${unreadable} ${unreadable === 1 ? "event" : "events"} could not be read` };
  return { records: { relations }, kinds: { "web-identity-session": { items: relations.length, ...gap } } };
}

function eventOf(record: Readonly<Record<string, unknown>>): SessionEvent | undefined {
  const text = record["CloudTrailEvent"];
  if (typeof text !== "string") return record;
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === "object" && event !== null ? event : undefined;
  } catch {
    return undefined;
  }
}
