import type { Approval } from "../../../src/model/approval.ts";
import type { Owner } from "../../../src/model/owner.ts";
import type { Relation } from "../../../src/model/relation.ts";
import { derivedId } from "../../../src/text/stable-id.ts";
import type { ListRow } from "../table.ts";

/** Columns of identity-map.csv. */
export const MAP_COLUMNS = ["person_id", "system", "tenant", "native", "relation"] as const;
/** Columns of owners.csv. */
export const OWNER_COLUMNS = ["system", "tenant", "kind", "native", "business_owner", "technical_owner"] as const;
/** Columns of approvals.csv. */
export const APPROVAL_COLUMNS = ["system", "tenant", "principal", "entitlement", "approved_by", "approved_at", "expires_at", "ticket", "reason"] as const;

const RELATIONS = ["owns", "service", "shared", "not_same"];
const SYSTEMS = ["aws", "github", "*"];

function systemOf(row: ListRow): string {
  const system = row.text("system").toLowerCase();
  if (!SYSTEMS.includes(system)) throw row.error("list-system", `\`${row.text("system")}\` in \`system\` is not known`, `use ${SYSTEMS.join(", ")}`);
  return system;
}

const orAny = (text: string): string => (text === "" ? "*" : text);

/** Whose logins are whose. `from` is the identity, `to` what was written: it is matched when the principals are known. */
export function identityMap(rows: readonly ListRow[], isKnown: (personId: string) => boolean): readonly Relation[] {
  return rows.map((row) => {
    const personId = row.text("person_id");
    const relation = row.text("relation").toLowerCase();
    if (!RELATIONS.includes(relation)) throw row.error("map-relation", `\`${row.text("relation")}\` in \`relation\` is not known`, `use ${RELATIONS.join(", ")}`);
    if ((relation === "owns" || relation === "not_same" || personId !== "") && !isKnown(personId)) {
      throw row.error("map-person", `\`${personId}\` is not in the roster`, "write the person_id of roster.csv; a service may be left without");
    }
    if (row.text("native") === "") throw row.error("map-native", "`native` is empty", "write a login, an ARN or a pattern with *");
    const toId = `${systemOf(row)}|${orAny(row.text("tenant"))}|${row.text("native")}`;
    return { id: derivedId("relation", ["identity-map", personId, toId, relation]), kind: "identity-map", fromId: `identity:${personId}`, toId, attributes: { relation, line: row.line } };
  });
}

/** Who answers for what. */
export function owners(rows: readonly ListRow[]): readonly Owner[] {
  return rows.map((row) => {
    const fields = { system: systemOf(row), tenant: orAny(row.text("tenant")), kind: orAny(row.text("kind")), native: orAny(row.text("native")) };
    const [businessOwner, technicalOwner] = [row.optional("business_owner"), row.optional("technical_owner")];
    if (businessOwner === null && technicalOwner === null) throw row.error("owner-empty", "neither a business nor a technical owner is named", "name at least one, or leave the line out");
    return { id: derivedId("owner", [fields.system, fields.tenant, fields.kind, fields.native, row.line]), ...fields, businessOwner, technicalOwner, line: row.line };
  });
}

/** What was approved until when. */
export function approvals(rows: readonly ListRow[]): readonly Approval[] {
  return rows.map((row) => {
    const approvedAt = row.date("approved_at");
    if (approvedAt === null) throw row.error("approval-date", "`approved_at` is empty", "an approval without a date proves nothing: write it as 2026-11-30");
    if (row.text("approved_by") === "") throw row.error("approval-by", "`approved_by` is empty", "write who approved it");
    const fields = { system: systemOf(row), tenant: orAny(row.text("tenant")), principal: orAny(row.text("principal")), entitlement: orAny(row.text("entitlement")) };
    return {
      id: derivedId("approval", [fields.system, fields.tenant, fields.principal, fields.entitlement, row.line]),
      ...fields,
      approvedBy: row.text("approved_by"),
      approvedAt,
      expiresAt: row.date("expires_at"),
      ticket: row.optional("ticket"),
      reason: row.optional("reason"),
      line: row.line,
    };
  });
}
