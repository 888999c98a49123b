import { toInstant, type Instant } from "../../src/model/instant.ts";

/** Where the log of an organization is read. */
export const AUDIT_LOG_ROUTE = "GET /orgs/{org}/audit-log";

/** What GitHub keeps of it ("Reviewing the audit log for your organization"). */
export const AUDIT_LOG_DAYS = 180;

const LATE_HOURS = 2;

/** The moment from which to read on after one up to which the log was read: it is not written at once, so entries come in late. */
export function withLateEntries(readUpTo: Instant): Instant {
  return toInstant(new Date(Date.parse(readUpTo) - LATE_HOURS * 3_600_000)) ?? readUpTo;
}
