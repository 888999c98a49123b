import type { Approval } from "../../../src/model/approval.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { Converted } from "./converted.ts";
import { orAny, placeOf } from "../place.ts";
import type { ListRow } from "../read-list.ts";

/** Columns of approvals.csv. */
export const APPROVAL_COLUMNS = [
  "system",
  "tenant",
  "principal",
  "entitlement",
  "approved_by",
  "approved_at",
  "expires_at",
  "ticket",
  "reason",
] as const;

/** What was approved until when. Who approved may be somebody who has left since: the name is kept as written. */
export function approvals(rows: readonly ListRow[]): Converted {
  const found = rows.map((row): Approval => {
    const [approvedAt, expiresAt] = [row.date("approved_at"), row.date("expires_at")];
    if (approvedAt === null) {
      throw row.error("approval-date", "`approved_at` is empty", "an approval without a date proves nothing");
    }
    if (expiresAt !== null && expiresAt < approvedAt) {
      const message = `\`${row.text("expires_at")}\` in \`expires_at\` is before \`${row.text("approved_at")}\` in \`approved_at\``;
      throw row.error("approval-dates", message, "check whether the two were swapped");
    }
    if (row.text("approved_by") === "") {
      throw row.error("approval-by", "`approved_by` is empty", "write who approved it");
    }
    const place = {
      ...placeOf(row),
      principal: orAny(row.text("principal")),
      entitlement: orAny(row.text("entitlement")),
    };
    return {
      id: derivedId("approval", [place.system, place.tenant, place.principal, place.entitlement, row.line]),
      ...place,
      approvedBy: row.text("approved_by"),
      approvedAt,
      expiresAt,
      ticket: row.optional("ticket"),
      reason: row.optional("reason"),
      line: row.line,
    };
  });
  return { records: { approvals: found }, items: found.length, warnings: [] };
}
