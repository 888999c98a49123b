import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown } from "../../src/model/observed.ts";
import type { Policy } from "../../src/model/policy.ts";
import { emptyRecords, SNAPSHOT_TABLES, type Snapshot, type SnapshotManifest } from "../../src/model/snapshot.ts";
import { directoryBlobs } from "../../src/store/blobs/directory-blobs.ts";
import { parquetSnapshots, snapshotId } from "../../src/store/snapshots/parquet-snapshots.ts";
import { openSqlite } from "../../src/store/sql/open-sqlite.ts";
import { allEvents } from "../contracts/state-store-contract.ts";
import { manyGrants, sampleSnapshot, shuffled } from "./sample-snapshot.ts";
import { NOON } from "./sample-state.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const BY = { at: NOON, actor: "os:robin", assurance: "attested" } as const;

/** A snapshot store in a folder of its own. */
async function newStore(threads?: number) {
  const folder = await temporaryFolder();
  const [blobFolder, workFolder] = [join(folder, "blobs"), join(folder, "work")];
  const { mkdir } = await import("node:fs/promises");
  await mkdir(blobFolder);
  await mkdir(workFolder);
  const state = await openSqlite(join(folder, "state.db"), NOON);
  const blobs = directoryBlobs(blobFolder);
  const snapshots = parquetSnapshots({ blobs, state, workFolder, ...(threads === undefined ? {} : { threads }) });
  return { snapshots, state, blobFolder, workFolder, blobPath: (hash: string) => join(blobFolder, `${hash}.parquet`) };
}

const inOrder = (snapshot: Snapshot): Snapshot => {
  const byId = (rows: readonly { readonly id: string }[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { coverage, runs, asOf, asOfSource, ...tables } = snapshot;
  const place = (row: { readonly tenantId: string; readonly kind?: string; readonly step: string }) =>
    `${row.tenantId} ${row.kind ?? ""} ${row.step}`;
  return {
    asOf,
    asOfSource,
    ...(Object.fromEntries(
      Object.entries(tables).map(([table, rows]) => [table, byId(rows)]),
    ) as unknown as typeof tables),
    coverage: [...coverage].sort((a, b) => (place(a) < place(b) ? -1 : 1)),
    runs: [...runs].sort((a, b) => (place(a) < place(b) ? -1 : 1)),
  };
};

const hashes = (manifest: SnapshotManifest) =>
  manifest.tables.map(({ table, sha256, digest }) => [table, sha256, digest]);

describe("snapshots as Parquet", () => {
  test("every record comes back as it was, unknown as unknown and null as null, in order of id", async () => {
    const { snapshots } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    expect(await snapshots.read(manifest)).toEqual(inOrder(sampleSnapshot()));
    expect(manifest.tables.map(({ table }) => table)).toEqual([...SNAPSHOT_TABLES]);
    expect(manifest.tables.find(({ table }) => table === "principals")).toMatchObject({ rows: 3 });
  });

  test("whatever text a provider sends comes back letter for letter", async () => {
    const texts = fc.sample(fc.string({ unit: "binary", maxLength: 30 }), { numRuns: 3_000, seed: 7 });
    const { snapshots } = await newStore();
    const [policy] = sampleSnapshot().policies;
    const policies = texts.map((text, at) => ({
      ...(policy as Policy),
      id: `p-${String(at).padStart(4, "0")}`,
      name: text,
      document: known(text),
      updatedAt: unknown(text),
    }));
    const read = await snapshots.read(await snapshots.write({ ...sampleSnapshot(), policies }, BY));
    expect(read.policies).toEqual(policies);
  });

  test("a snapshot without any record is a snapshot", async () => {
    const { snapshots } = await newStore();
    const empty: Snapshot = { asOf: NOON, asOfSource: "flag", ...emptyRecords() };
    expect(await snapshots.read(await snapshots.write(empty, BY))).toEqual(empty);
  });

  test("shuffled input and 1, 2 or 4 threads give the same bytes", async () => {
    const big = { ...sampleSnapshot(), grants: manyGrants(20_000).grants };
    const written = [];
    for (const [turn, threads] of [1, 2, 4].entries()) {
      const { snapshots } = await newStore(threads);
      written.push(await snapshots.write(shuffled(big, turn + 1), BY));
    }
    expect(hashes(written[1] as SnapshotManifest)).toEqual(hashes(written[0] as SnapshotManifest));
    expect(hashes(written[2] as SnapshotManifest)).toEqual(hashes(written[0] as SnapshotManifest));
    expect(new Set(written.map(({ id }) => id)).size).toBe(1);
  });

  test("the same content is one snapshot with one event; another moment or another fact is another", async () => {
    const { snapshots, state } = await newStore();
    const first = await snapshots.write(sampleSnapshot(), BY);
    const again = await snapshots.write(shuffled(sampleSnapshot(), 1), { ...BY, at: "2026-12-01T00:00:00Z" });
    expect(again).toEqual(first);
    const later = await snapshots.write({ ...sampleSnapshot(), asOf: "2026-12-01T00:00:00Z" }, BY);
    const other = await snapshots.write({ ...sampleSnapshot(), guardrails: [] }, BY);
    expect(new Set([first.id, later.id, other.id]).size).toBe(3);
    expect((await allEvents(state)).map(({ type, subject }) => [type, subject])).toEqual(
      [first, later, other].map(({ id }) => ["snapshot.written", id]),
    );
    expect(first.id).toBe(snapshotId(NOON, first.tables));
    expect(first.id).toMatch(/^snap-[0-9a-f]{16}$/);
  });

  test("the event that puts it on record holds hashes and counts, no name and no address", async () => {
    const { snapshots, state } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    const [event] = await allEvents(state);
    expect(event?.payload).toMatchObject({ schemaVersion: 1, tables: manifest.tables });
    expect(JSON.stringify(event)).not.toMatch(/robin@example\.com|O'Example|user\/kim/);
  });

  test("anyone can read the files: column types, structs of what is observed, version and table in the metadata", async () => {
    const { snapshots, blobPath } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    const path = blobPath(manifest.tables.find(({ table }) => table === "principals")?.sha256 ?? "");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
    expect(await ask(`select decode(key) as key, decode(value) as value from parquet_kv_metadata('${path}')`)).toEqual([
      { key: "schemaVersion", value: "1" },
      { key: "table", value: "principals" },
    ]);
    expect(await ask(`select distinct compression from parquet_metadata('${path}')`)).toEqual([
      { compression: "ZSTD" },
    ]);
    const types = Object.fromEntries(
      (await ask(`describe select * from '${path}'`)).map(({ column_name, column_type }) => [column_name, column_type]),
    );
    expect(types).toMatchObject({
      id: "VARCHAR",
      attributes: "VARCHAR",
      lastUsedAt: 'STRUCT(known BOOLEAN, "value" VARCHAR, why VARCHAR)',
    });
    expect(await ask(`select secondFactor.why as why from '${path}' where not secondFactor.known`)).toEqual([
      { why: "mfa-devices.json was not given" },
    ]);
    connection.closeSync();
  });

  test.each([
    [
      "a flipped byte",
      async (path: string) =>
        writeFile(
          path,
          (await readFile(path)).map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
        ),
    ],
    ["a cut end", (path: string) => truncate(path, 100)],
    ["a missing file", (path: string) => rm(path)],
  ])("%s is found, and the table and the blob are named", async (_name, damage) => {
    const { snapshots, blobPath } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    expect(await snapshots.verify(manifest)).toEqual([]);
    const hash = manifest.tables.find(({ table }) => table === "grants")?.sha256 ?? "";
    await damage(blobPath(hash));
    expect(await snapshots.verify(manifest)).toEqual([
      expect.stringMatching(new RegExp(`^table grants: .*${hash}\\.parquet`)),
    ]);
    await expect(snapshots.read(manifest)).rejects.toMatchObject({
      kind: "input-file",
      message: expect.stringContaining(hash) as string,
    });
  });

  test("nothing stays behind in the work folder, also when writing fails", async () => {
    const { snapshots, workFolder, blobFolder } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    await snapshots.read(manifest);
    await rm(blobFolder, { recursive: true });
    await expect(snapshots.write({ ...sampleSnapshot(), asOf: "2027-01-01T00:00:00Z" }, BY)).rejects.toMatchObject({
      kind: "input-file",
    });
    expect(await readdir(workFolder)).toEqual([]);
  });

  test("a snapshot of a newer schema is refused by its number", async () => {
    const { snapshots } = await newStore();
    const manifest = await snapshots.write(sampleSnapshot(), BY);
    await expect(snapshots.read({ ...manifest, schemaVersion: 2 })).rejects.toMatchObject({
      code: "snapshot-newer",
      message: expect.stringContaining("version 2") as string,
    });
  });
});

describe("snapshots of schema version 1, written long ago", () => {
  test("are still read, record for record", async () => {
    const fixture = join(import.meta.dirname, "fixtures", "snapshot-v1");
    const json = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(fixture, name), "utf8")) as T;
    const manifest = await json<SnapshotManifest>("manifest.json");
    const { state, workFolder } = await newStore();
    const snapshots = parquetSnapshots({ blobs: directoryBlobs(join(fixture, "blobs")), state, workFolder });
    expect(await snapshots.verify(manifest)).toEqual([]);
    expect(await snapshots.read(manifest)).toEqual(await json<Snapshot>("records.json"));
  });
});
