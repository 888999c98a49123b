import type { StateRows, StateTable } from "../../contracts/store.ts";
import type { RowTable } from "./tables.ts";

/** The searched columns of a row: whose child it is, and its state. */
type Columns<T extends StateTable> = (row: StateRows[T]) => {
  readonly parent: string | null;
  readonly state: string | null;
};

const COLUMNS: { readonly [T in StateTable]: Columns<T> } = {
  snapshot: () => ({ parent: null, state: null }),
  campaign: (row) => ({ parent: null, state: row.state }),
  review_item: (row) => ({ parent: row.campaignId, state: row.state }),
  review_export: (row) => ({ parent: row.campaignId, state: null }),
  import_file: (row) => ({ parent: row.campaignId, state: null }),
  decision: (row) => ({ parent: row.campaignId, state: null }),
  revocation: (row) => ({ parent: row.campaignId, state: row.state }),
  capsule: (row) => ({ parent: row.revocationId, state: null }),
  verification: (row) => ({ parent: row.revocationId, state: null }),
  hold: (row) => ({ parent: row.revocationId, state: null }),
};

/** A record as its row. */
export function toRow<T extends StateTable>(table: T, record: StateRows[T]): RowTable {
  const { parent, state } = COLUMNS[table](record);
  return { id: record.id, parent_id: parent, state, body: JSON.stringify(record) };
}

/** The record in a row. Rows are written by {@link toRow} only. */
export function fromRow<T extends StateTable>(row: Pick<RowTable, "body">): StateRows[T] {
  return JSON.parse(row.body) as StateRows[T];
}
