import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StateRows, StateStore, StateTable } from "../../src/contracts/store.ts";
import type { EvidenceEvent } from "../../src/model/evidence-event.ts";
import { CHAIN_START, linkFaults } from "../../src/text/evidence-hash.ts";
import { SAMPLE_ROWS, sampleDecision, sampleEvent, sampleItem, sampleRevocation } from "../store/sample-state.ts";

/** A place that a store lives in: opened as often as a test likes, as several processes would. */
export interface StatePlace {
  open(): Promise<StateStore>;
  remove(): Promise<void>;
}

/** All events of a store. */
export async function allEvents(store: StateStore): Promise<EvidenceEvent[]> {
  const events: EvidenceEvent[] = [];
  for await (const event of store.events()) events.push(event);
  return events;
}

/** Every fault of a chain, from its first event on. */
export function chainFaults(events: readonly EvidenceEvent[]): readonly string[] {
  return events.flatMap((event, at) => linkFaults(event, events[at - 1]));
}

/** What every state store promises, whatever database is behind it. */
export function stateStoreContract(name: string, newPlace: () => Promise<StatePlace>): void {
  describe(`a state store on ${name}`, () => {
    let place: StatePlace;
    let store: StateStore;

    beforeEach(async () => {
      place = await newPlace();
      store = await place.open();
    });

    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    test.each(Object.keys(SAMPLE_ROWS) as StateTable[])(
      "a %s comes back as it was, by id and by parent, also after reopening",
      async (table) => {
        await checkRow(table);
      },
    );

    async function checkRow<T extends StateTable>(table: T): Promise<void> {
      const { row, parentId } = SAMPLE_ROWS[table];
      await store.transaction((writer) => writer.insert<T>(table, row));
      expect(await store.get(table, row.id)).toEqual(row);
      expect(await store.list(table, parentId === null ? {} : { parentId })).toEqual([row]);
      expect(await store.list(table, { parentId: "somebody-else" })).toEqual([]);
      await store.close();
      store = await place.open();
      expect(await store.get(table, row.id)).toEqual(row);
    }

    test("what is not there is undefined, and lists of nothing are empty", async () => {
      expect(await store.get("campaign", "none")).toBeUndefined();
      expect(await store.list("decision")).toEqual([]);
      expect(await store.head()).toBeUndefined();
      expect(await allEvents(store)).toEqual([]);
    });

    test("lists come in order of id, by code units, whatever order they were written in", async () => {
      const ids = ["b", "B", "ä", "a", "a-2", "a_1", "Z", "10", "9"];
      await store.transaction(async (writer) => {
        for (const id of ids) await writer.insert("decision", sampleDecision({ id }));
      });
      expect((await store.list("decision")).map(({ id }) => id)).toEqual([...ids].sort());
    });

    test("a list can be narrowed by parent and by state", async () => {
      await store.transaction(async (writer) => {
        await writer.insert("revocation", sampleRevocation({ id: "r1", state: "scheduled" }));
        await writer.insert("revocation", sampleRevocation({ id: "r2", state: "verified" }));
        await writer.insert("revocation", sampleRevocation({ id: "r3", state: "scheduled", campaignId: null }));
      });
      const ids = async (filter: { parentId?: string; state?: string }) =>
        (await store.list("revocation", filter)).map(({ id }) => id);
      expect(await ids({ state: "scheduled" })).toEqual(["r1", "r3"]);
      expect(await ids({ parentId: "campaign-1", state: "scheduled" })).toEqual(["r1"]);
    });

    test("an update replaces the row and moves it to its new state", async () => {
      await store.transaction((writer) => writer.insert("review_item", sampleItem({ state: "open", outcome: null })));
      await store.transaction((writer) => writer.update("review_item", sampleItem({ version: 2 })));
      expect(await store.get("review_item", "item-1")).toEqual(sampleItem({ version: 2 }));
      expect(await store.list("review_item", { state: "open" })).toEqual([]);
      expect(await store.list("review_item", { state: "decided" })).toHaveLength(1);
    });

    test("an id that is there already is refused, and so is a change to one that is not", async () => {
      await store.transaction((writer) => writer.insert("decision", sampleDecision()));
      const again = store.transaction((writer) => writer.insert("decision", sampleDecision({ outcome: "keep" })));
      await expect(again).rejects.toMatchObject({ kind: "invariant", code: "row-exists" });
      const missing = store.transaction((writer) => writer.update("decision", sampleDecision({ id: "none" })));
      await expect(missing).rejects.toMatchObject({ kind: "invariant", code: "row-missing" });
      expect(await store.list("decision")).toEqual([sampleDecision()]);
    });

    test("a transaction that throws leaves nothing behind, neither rows nor events", async () => {
      const failing = store.transaction(async (writer) => {
        await writer.insert("decision", sampleDecision());
        await writer.append(sampleEvent());
        throw new Error("the work failed");
      });
      await expect(failing).rejects.toThrow("the work failed");
      expect(await store.list("decision")).toEqual([]);
      expect(await store.head()).toBeUndefined();
      await store.transaction((writer) => writer.append(sampleEvent()));
      expect((await store.head())?.seq).toBe(1);
    });

    test("a writer sees its own changes, everybody else only what was committed", async () => {
      await store.transaction(async (writer) => {
        await writer.insert("decision", sampleDecision());
        expect(await writer.get("decision", "decision-1")).toEqual(sampleDecision());
        expect(await store.get("decision", "decision-1")).toBeUndefined();
      });
      expect(await store.get("decision", "decision-1")).toEqual(sampleDecision());
    });

    test("transactions of one process wait for each other, and so do those of two openings", async () => {
      const other = await place.open();
      const append = (through: StateStore, subject: string) =>
        through.transaction(async (writer) => {
          const head = await writer.head();
          // Gives every other transaction its chance to break in between reading and writing.
          await new Promise((resolve) => setImmediate(resolve));
          return writer.append(sampleEvent({ subject, payload: { before: head?.seq ?? 0 } }));
        });
      await Promise.all(Array.from({ length: 40 }, (_, at) => append(at % 2 === 0 ? store : other, `s-${at}`)));
      await other.close();
      const events = await allEvents(store);
      expect(events.map(({ seq, payload }) => [seq, payload])).toEqual(events.map((_, at) => [at + 1, { before: at }]));
      expect(events).toHaveLength(40);
      expect(chainFaults(events)).toEqual([]);
    });

    test("a transaction inside another is refused instead of waiting for ever", async () => {
      const nested = store.transaction(() => store.transaction(async () => undefined));
      await expect(nested).rejects.toMatchObject({ kind: "invariant", code: "nested-transaction" });
    });

    test("events form one chain from 64 zeros on, and can be read from any place", async () => {
      const payload = { b: [1, "ä", null], a: { nested: true } };
      await store.transaction(async (writer) => {
        for (let count = 0; count < 2_500; count++)
          await writer.append(sampleEvent({ payload: { ...payload, count } }));
      });
      const events = await allEvents(store);
      expect(events).toHaveLength(2_500);
      expect(events[0]?.prev).toBe(CHAIN_START);
      expect(events[0]?.payload).toEqual({ ...payload, count: 0 });
      expect(chainFaults(events)).toEqual([]);
      expect(await store.head()).toEqual(events.at(-1));
      const tail: number[] = [];
      for await (const event of store.events(2_497)) tail.push(event.seq);
      expect(tail).toEqual([2_498, 2_499, 2_500]);
    });

    test("text that looks like SQL, and text beyond ASCII, is only text", async () => {
      const reason = `'; drop table decision; -- \u0000 "quoted" 🔑 ‮`;
      await store.transaction((writer) => writer.insert("decision", sampleDecision({ id: "x' or '1'='1", reason })));
      expect((await store.get("decision", "x' or '1'='1"))?.reason).toBe(reason);
      expect(await store.list("decision", { parentId: "x' or '1'='1" })).toEqual([] satisfies StateRows["decision"][]);
    });
  });
}
