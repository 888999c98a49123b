import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { SCHEMA_VERSION } from "../../src/store/sql/migrations.ts";
import { openSqlite } from "../../src/store/sql/open-sqlite.ts";
import { allEvents, chainFaults, stateStoreContract } from "../contracts/state-store-contract.ts";
import { NOON, sampleDecision, sampleEvent } from "./sample-state.ts";
import { temporaryFolder } from "./temporary-folder.ts";

stateStoreContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  return {
    open: () => openSqlite(join(folder, "state.db"), NOON),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

const statePath = async (): Promise<string> => join(await temporaryFolder(), "state.db");

/** Changes the file behind the store's back. */
function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

describe("the SQLite file", () => {
  test("is private, also the files SQLite puts beside it", async () => {
    const path = await statePath();
    const store = await openSqlite(path, NOON);
    await store.transaction((writer) => writer.append(sampleEvent()));
    const names = (await readdir(join(path, ".."))).sort();
    expect(names).toEqual(["state.db", "state.db-shm", "state.db-wal"]);
    for (const name of names) expect((await stat(join(path, "..", name))).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test("knows its schema version, and opening it again changes nothing", async () => {
    const path = await statePath();
    await (await openSqlite(path, NOON)).close();
    await (await openSqlite(path, "2027-01-01T00:00:00Z")).close();
    const database = new DatabaseSync(path);
    expect({
      ...database
        .prepare("select max(version) as version, count(*) as steps, max(applied_at) as at from schema_migration")
        .get(),
    }).toEqual({
      version: SCHEMA_VERSION,
      steps: SCHEMA_VERSION,
      at: NOON,
    });
    database.close();
  });

  test("made by a newer version is refused, with both versions named, and left alone", async () => {
    const path = await statePath();
    await (await openSqlite(path, NOON)).close();
    change(path, "insert into schema_migration values (99, 'from the future', '2030-01-01T00:00:00Z')");
    await expect(openSqlite(path, NOON)).rejects.toMatchObject({
      kind: "input-file",
      code: "data-newer",
      message: expect.stringMatching(/schema 99, this one knows 1/) as string,
      hint: expect.stringContaining("update leastwise") as string,
      place: { file: path },
    });
  });

  test.each([
    [
      "is not a database at all",
      (path: string) =>
        writeFile(
          path,
          "this is a shopping list, and it is long enough to be read as a header of 100 bytes ".repeat(20),
        ),
      "state-not-a-database",
    ],
    ["is a folder", (path: string) => mkdir(path), "file-eisdir"],
    ["lies in a folder that is not there", (path: string) => rm(join(path, ".."), { recursive: true }), "file-enoent"],
  ])("that %s is refused in words", async (_name, spoil, code) => {
    const path = await statePath();
    await spoil(path);
    await expect(openSqlite(path, NOON)).rejects.toMatchObject({
      kind: "input-file",
      code,
      message: expect.stringContaining(path) as string,
    });
  });

  test("on a full disk refuses in words, half-writes nothing, and goes on when there is room", async () => {
    const path = await statePath();
    const store = await openSqlite(path, NOON);
    await store.transaction((writer) => writer.append(sampleEvent()));
    // SQLite's own limit on pages gives the very error a full disk gives.
    await limitPages(store, 60);
    const big = store.transaction(async (writer) => {
      await writer.append(sampleEvent({ subject: "too much" }));
      for (let count = 0; count < 200; count++)
        await writer.insert("decision", sampleDecision({ id: `d-${count}`, reason: "x".repeat(4_000) }));
    });
    await expect(big).rejects.toMatchObject({
      kind: "input-file",
      code: "disk-full",
      message: expect.stringContaining("the disk is full") as string,
    });
    expect(await store.list("decision")).toEqual([]);
    await limitPages(store, 1_000_000);
    await store.transaction((writer) => writer.append(sampleEvent({ subject: "small" })));
    const events = await allEvents(store);
    expect(events.map(({ subject }) => subject)).toEqual(["revocation-1", "small"]);
    expect(chainFaults(events)).toEqual([]);
    await store.close();
  });
});

/** Reaches under the store for the one thing that no command needs. */
async function limitPages(store: Awaited<ReturnType<typeof openSqlite>>, pages: number): Promise<void> {
  const { sql } = await import("kysely");
  await store.transaction(async (writer) => {
    const { database } = writer as unknown as { readonly database: Parameters<ReturnType<typeof sql>["execute"]>[0] };
    await sql.raw(`pragma max_page_count = ${pages}`).execute(database);
  });
}
