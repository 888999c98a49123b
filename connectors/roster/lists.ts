import { APPROVAL_COLUMNS, approvals } from "./convert/approvals.ts";
import type { Converted } from "./convert/converted.ts";
import { IDENTITY_MAP_COLUMNS, identityMap } from "./convert/identity-map.ts";
import { OWNER_COLUMNS, owners } from "./convert/owners.ts";
import { ROSTER_COLUMNS, roster } from "./convert/roster.ts";
import type { KnownPeople } from "./known-people.ts";
import type { ListRow } from "./read-list.ts";

/** One of the company's lists. */
export interface List {
  readonly columns: readonly string[];
  /** Rows to records. Throws `input-file` at the row that cannot be read. */
  convert(rows: readonly ListRow[], people: KnownPeople): Converted;
}

/** The lists by step id; each lies in `<step id>.csv`. */
export const LISTS: ReadonlyMap<string, List> = new Map<string, List>([
  ["roster", { columns: ROSTER_COLUMNS, convert: roster }],
  ["identity-map", { columns: IDENTITY_MAP_COLUMNS, convert: identityMap }],
  ["owners", { columns: OWNER_COLUMNS, convert: owners }],
  ["approvals", { columns: APPROVAL_COLUMNS, convert: approvals }],
]);
