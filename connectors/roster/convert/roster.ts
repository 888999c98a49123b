import { AuditError } from "../../../src/model/audit-error.ts";
import type { Employment, Identity } from "../../../src/model/identity.ts";
import type { ListRow } from "../table.ts";

/** Columns of roster.csv. */
export const ROSTER_COLUMNS = ["person_id", "name", "email", "manager_email", "department", "employment", "start_date", "end_date"] as const;

const EMPLOYMENT: readonly Employment[] = ["active", "leaving", "left", "external"];

/**
 * People. A manager who is not in the roster stays unknown (people leave, lists lag); a person who stands in it twice and
 * managers who manage each other in a circle are errors, because escalation would end nowhere.
 */
export function people(rows: readonly ListRow[]): readonly Identity[] {
  const byId = new Map<string, ListRow>();
  const idOfEmail = new Map<string, string>();
  for (const row of rows) {
    const personId = row.text("person_id");
    if (personId === "") throw row.error("roster-id", "`person_id` is empty", "give every person an id that never changes");
    const before = byId.get(personId);
    if (before !== undefined) throw row.error("roster-duplicate", `\`${personId}\` stands in the roster twice, first in line ${before.line}`, "keep one line per person");
    byId.set(personId, row);
    const email = row.text("email").toLowerCase();
    if (email !== "") idOfEmail.set(email, `identity:${personId}`);
  }
  const identities = rows.map((row): Identity => {
    const employment = row.text("employment").toLowerCase() as Employment;
    if (!EMPLOYMENT.includes(employment)) {
      throw row.error("roster-employment", `\`${row.text("employment")}\` in \`employment\` is not known`, `use ${EMPLOYMENT.join(", ")}`);
    }
    return {
      id: `identity:${row.text("person_id")}`,
      kind: employment === "external" ? "external" : "human",
      displayName: row.text("name"),
      email: row.optional("email"),
      managerId: idOfEmail.get(row.text("manager_email").toLowerCase()) ?? null,
      department: row.optional("department"),
      employment,
      startDate: row.date("start_date"),
      endDate: row.date("end_date"),
    };
  });
  refuseCycle(identities, byId);
  return identities;
}

function refuseCycle(identities: readonly Identity[], rows: ReadonlyMap<string, ListRow>): void {
  const byId = new Map(identities.map((identity) => [identity.id, identity]));
  const settled = new Set<string>();
  for (const start of identities) {
    const chain: string[] = [];
    for (let at: Identity | undefined = start; at !== undefined && !settled.has(at.id); at = at.managerId === null ? undefined : byId.get(at.managerId)) {
      if (chain.includes(at.id)) {
        const circle = [...chain.slice(chain.indexOf(at.id)), at.id].map((id) => id.slice("identity:".length));
        const row = rows.get(circle[0] ?? "");
        throw row?.error("roster-cycle", `managers manage each other in a circle: ${circle.map((id) => `\`${id}\``).join(" → ")}`, "mend `manager_email`; the head of the company has none") ?? new AuditError("invariant", "roster-cycle", "a circle without a row");
      }
      chain.push(at.id);
    }
    for (const id of chain) settled.add(id);
  }
}
