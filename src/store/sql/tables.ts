import type { StateTable } from "../../contracts/store.ts";

/** A state row: the record as JSON text beside the three columns that are searched. */
export interface RowTable {
  readonly id: string;
  readonly parent_id: string | null;
  readonly state: string | null;
  readonly body: string;
}

/** An evidence event; `payload` is canonical JSON text. */
export interface EventTable {
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly actor: string;
  readonly assurance: string;
  readonly type: string;
  readonly subject: string;
  readonly payload_hash: string;
  readonly hash: string;
  readonly payload: string;
}

/** One schema change that was made to this database. */
export interface MigrationTable {
  readonly version: number;
  readonly name: string;
  readonly applied_at: string;
}

/** The tables of the state database, for kysely. */
export type StateDatabase = { readonly [T in StateTable]: RowTable } & {
  readonly evidence_event: EventTable;
  readonly schema_migration: MigrationTable;
};
