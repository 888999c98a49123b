import { AuditError } from "../../../src/model/audit-error.ts";
import type { Employment, Identity } from "../../../src/model/identity.ts";
import type { Converted } from "./converted.ts";
import type { ListRow } from "../read-list.ts";

/** Columns of roster.csv. */
export const ROSTER_COLUMNS = [
  "person_id",
  "name",
  "email",
  "manager_email",
  "department",
  "employment",
  "start_date",
  "end_date",
] as const;

const EMPLOYMENT = ["active", "leaving", "left", "external"] as const satisfies readonly Employment[];

/**
 * People. What would lead a review astray is an error: a person who stands there twice, managers who manage each other in a
 * circle (escalation would end nowhere), an end before the start. A manager who is not in the roster, or whose address two
 * people share, stays unknown with a warning: people leave, lists lag, and the review still has its other reviewers.
 */
export function roster(rows: readonly ListRow[]): Converted {
  const byId = new Map<string, ListRow>();
  const idsOfEmail = new Map<string, string[]>();
  for (const row of rows) {
    const personId = row.text("person_id");
    if (personId === "") {
      throw row.error("roster-id", "`person_id` is empty", "give every person an id that never changes");
    }
    const before = byId.get(personId);
    if (before !== undefined) {
      const message = `\`${personId}\` stands in the roster twice, first in line ${before.line}`;
      throw row.error("roster-duplicate", message, "keep one line per person");
    }
    byId.set(personId, row);
    const email = row.text("email").toLowerCase();
    if (email !== "") idsOfEmail.set(email, [...(idsOfEmail.get(email) ?? []), `identity:${personId}`]);
  }
  const managerOf = (row: ListRow): string | null => {
    const [manager, ...others] = idsOfEmail.get(row.text("manager_email").toLowerCase()) ?? [];
    return manager === undefined || others.length > 0 ? null : manager;
  };
  const identities = rows.map((row) => person(row, managerOf(row)));
  refuseCycle(identities, byId);
  return { records: { identities }, items: identities.length, warnings: warnings(rows, idsOfEmail) };
}

function person(row: ListRow, managerId: string | null): Identity {
  const employment = row.word("employment", EMPLOYMENT);
  const [startDate, endDate] = [row.date("start_date"), row.date("end_date")];
  if (startDate !== null && endDate !== null && endDate < startDate) {
    const message = `\`${row.text("end_date")}\` in \`end_date\` is before \`${row.text("start_date")}\` in \`start_date\``;
    throw row.error("roster-dates", message, "check whether the two were swapped");
  }
  return {
    id: `identity:${row.text("person_id")}`,
    kind: employment === "external" ? "external" : "human",
    displayName: row.optional("name") ?? row.text("person_id"),
    email: row.optional("email"),
    managerId,
    department: row.optional("department"),
    employment,
    startDate,
    endDate,
  };
}

/** Walks from each person to the top once; whoever is met twice on one way up stands in a circle. */
function refuseCycle(identities: readonly Identity[], rows: ReadonlyMap<string, ListRow>): void {
  const managerOf = new Map(identities.map(({ id, managerId }) => [id, managerId]));
  const settled = new Set<string>();
  for (const start of identities) {
    const chain: string[] = [];
    const onChain = new Set<string>();
    let at: string | null = start.id;
    while (at !== null && !settled.has(at)) {
      if (onChain.has(at)) throw cycleError(chain.slice(chain.indexOf(at)), rows);
      chain.push(at);
      onChain.add(at);
      at = managerOf.get(at) ?? null;
    }
    for (const id of chain) settled.add(id);
  }
}

function cycleError(circle: readonly string[], rows: ReadonlyMap<string, ListRow>): AuditError {
  const members = circle.map((id) => id.slice("identity:".length));
  const lines = members
    .map((id) => ({ id, row: rows.get(id) }))
    .sort((a, b) => (a.row?.line ?? 0) - (b.row?.line ?? 0));
  const [first] = lines;
  // Told from the first of them in the file, so that the message is the same wherever the walk began.
  const from = members.indexOf(first?.id ?? "");
  const told = [...members.slice(from), ...members.slice(0, from + 1)].map((id) => `\`${id}\``);
  const message =
    members.length === 1
      ? `${told[0] ?? ""} is written as its own manager`
      : `managers manage each other in a circle: ${told.join(" → ")}`;
  const hint = "mend `manager_email`; whoever leads the company has none";
  return first?.row?.error("roster-cycle", message, hint) ?? new AuditError("invariant", "roster-cycle", message);
}

function warnings(rows: readonly ListRow[], idsOfEmail: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const managed = rows.filter((row) => row.text("manager_email") !== "");
  const about = (matching: (ids: number) => boolean, what: string): string[] => {
    const found = managed.filter((row) =>
      matching(idsOfEmail.get(row.text("manager_email").toLowerCase())?.length ?? 0),
    );
    const [first] = found;
    if (first === undefined) return [];
    const others = found.length === 1 ? "" : ` (and ${found.length - 1} more)`;
    return [`roster.csv, line ${first.line}: the manager \`${first.text("manager_email")}\` ${what}${others}`];
  };
  return [
    ...about((ids) => ids === 0, "is not in the roster and stays unknown"),
    ...about((ids) => ids > 1, "is the address of two people and stays unknown"),
  ];
}
