import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import type { StateReader, StateRows, StateStore, StateTable, StateWriter } from "../../contracts/store.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { EvidenceEvent, NewEvidenceEvent } from "../../model/evidence-event.ts";
import { chainEvent } from "../../text/evidence-hash.ts";
import { fromEventRow, toEventRow } from "./event-row.ts";
import { fromRow, toRow } from "./row-columns.ts";
import type { RowTable, StateDatabase } from "./tables.ts";

const EVENT_PAGE = 1_000;

/** Kysely narrowed to one row table: all of them have the same columns. */
type OneTable = Kysely<Record<StateTable, RowTable>>;

/** Reading through one connection: committed state outside a transaction, the transaction's own state inside. */
class SqlReader implements StateReader {
  protected readonly database: Kysely<StateDatabase>;

  constructor(database: Kysely<StateDatabase>) {
    this.database = database;
  }

  /** The row tables, which all look the same. */
  protected get rows(): OneTable {
    return this.database as unknown as OneTable;
  }

  async get<T extends StateTable>(table: T, id: string): Promise<StateRows[T] | undefined> {
    const row = await this.rows.selectFrom<StateTable>(table).select("body").where("id", "=", id).executeTakeFirst();
    return row === undefined ? undefined : fromRow<T>(row);
  }

  async list<T extends StateTable>(
    table: T,
    filter: { readonly parentId?: string; readonly state?: string } = {},
  ): Promise<readonly StateRows[T][]> {
    let query = this.rows.selectFrom<StateTable>(table).select(["id", "body"]);
    if (filter.parentId !== undefined) query = query.where("parent_id", "=", filter.parentId);
    if (filter.state !== undefined) query = query.where("state", "=", filter.state);
    const rows = await query.execute();
    // Sorted here: databases differ in how they compare text.
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => fromRow<T>(row));
  }

  async *events(afterSeq = 0): AsyncIterable<EvidenceEvent> {
    for (let last = afterSeq; ;) {
      const page = await this.database
        .selectFrom("evidence_event")
        .selectAll()
        .where("seq", ">", last)
        .orderBy("seq")
        .limit(EVENT_PAGE)
        .execute();
      for (const row of page) yield fromEventRow(row);
      const end = page.at(-1);
      if (end === undefined || page.length < EVENT_PAGE) return;
      last = Number(end.seq);
    }
  }

  async head(): Promise<EvidenceEvent | undefined> {
    const row = await this.database
      .selectFrom("evidence_event")
      .selectAll()
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : fromEventRow(row);
  }
}

/** Writing inside one transaction. */
class SqlWriter extends SqlReader implements StateWriter {
  async insert<T extends StateTable>(table: T, row: StateRows[T]): Promise<void> {
    const { numInsertedOrUpdatedRows } = await this.rows
      .insertInto<StateTable>(table)
      .values(toRow(table, row))
      .onConflict((conflict) => conflict.column("id").doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return;
    throw new AuditError("invariant", "row-exists", `there is a ${table} \`${row.id}\` already`);
  }

  async update<T extends StateTable>(table: T, row: StateRows[T]): Promise<void> {
    const { id, ...columns } = toRow(table, row);
    const { numUpdatedRows } = await this.rows
      .updateTable<StateTable>(table)
      .set(columns)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 1n) return;
    throw new AuditError("invariant", "row-missing", `there is no ${table} \`${id}\` to change`);
  }

  async append(event: NewEvidenceEvent): Promise<EvidenceEvent> {
    const link = chainEvent(event, await this.head());
    await this.database.insertInto("evidence_event").values(toEventRow(link)).execute();
    return link;
  }
}

/** State in any SQL database that kysely speaks to; `writer` must begin transactions that exclude other writers. */
export class SqlStateStore extends SqlReader implements StateStore {
  readonly #writer: Kysely<StateDatabase>;
  readonly #inside = new AsyncLocalStorage<true>();
  readonly #disconnect: () => Promise<void>;

  constructor(reader: Kysely<StateDatabase>, writer: Kysely<StateDatabase>, disconnect: () => Promise<void>) {
    super(reader);
    this.#writer = writer;
    this.#disconnect = disconnect;
  }

  async transaction<T>(work: (writer: StateWriter) => Promise<T>): Promise<T> {
    // It would wait for itself for ever.
    if (this.#inside.getStore() === true)
      throw new AuditError("invariant", "nested-transaction", "a transaction was begun inside another");
    return this.#inside.run(true, () =>
      this.#writer.transaction().execute((transaction) => work(new SqlWriter(transaction))),
    );
  }

  async close(): Promise<void> {
    await this.database.destroy();
    await this.#writer.destroy();
    // Kysely closes nothing that it never used.
    await this.#disconnect();
  }
}
