import { z } from "zod";
import { addDays, dayOf } from "../../../src/model/instant.ts";
import { auditLog as convert } from "../convert/audit-log.ts";
import { rawAuditEntry } from "../raw.ts";
import { restCalls, type GitHubStep } from "../step.ts";

/** What GitHub keeps of the audit log of an organization. */
const AUDIT_LOG_DAYS = 180;
/** 50,000 entries: above it a busy organization would be read for hours. */
const AUDIT_LOG_PAGES = 500;
const ROUTE = "GET /orgs/{org}/audit-log";

/** The last activity of each login, from the audit log. */
export const auditLog: GitHubStep = {
  manifest: {
    id: "audit-log",
    title: "activity",
    provides: ["activity"],
    permissions: ["organization_administration: read"],
    dependsOn: ["organization", "members", "outside-collaborators"],
  },
  shapes: { [ROUTE]: z.array(rawAuditEntry) },
  usually: "the audit log is part of GitHub Enterprise Cloud and shown to owners only; ",
  read({ rest, organization: org, clock }) {
    const phrase = `created:>=${dayOf(addDays(clock.now(), -AUDIT_LOG_DAYS))}`;
    return rest.list(ROUTE, { org, include: "all", phrase }, { keep: newestOfEach, maximumPages: AUDIT_LOG_PAGES });
  },
  convert,
  cost: () => restCalls(AUDIT_LOG_PAGES / 10),
};

/** The newest entry of each actor: nothing else of the log is needed, so nothing else is kept or recorded. */
function newestOfEach(rows: unknown[]): unknown[] {
  const newest = new Map<string, { readonly at: number; readonly row: unknown }>();
  for (const row of rows) {
    const {
      actor,
      created_at: created,
      "@timestamp": stamp,
    } = row as { actor?: string; created_at?: number; "@timestamp"?: number };
    const at = created ?? stamp ?? 0;
    if (actor === undefined || actor === null) continue;
    if (at >= (newest.get(actor)?.at ?? 0)) newest.set(actor, { at, row });
  }
  return [...newest.values()].map(({ row }) => row);
}
