import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BlobStore, SnapshotStore, StateStore } from "../../contracts/store.ts";
import { AuditError } from "../../model/audit-error.ts";
import {
  emptyRecords,
  SNAPSHOT_TABLES,
  type Snapshot,
  type SnapshotManifest,
  type SnapshotTableFile,
} from "../../model/snapshot.ts";
import { canonicalJson } from "../../text/canonical-json.ts";
import { sha256 } from "../../text/digest.ts";
import { diskError } from "../disk-error.ts";
import { withDuckdb } from "./duckdb.ts";
import { columnsOf, SNAPSHOT_SCHEMA_VERSION } from "./schemas.ts";
import { orderTable } from "./table-rows.ts";

/** What a snapshot store stands on. `workFolder` is private and holds files only while they are worked on. */
export interface SnapshotStoreParts {
  readonly blobs: BlobStore;
  readonly state: StateStore;
  readonly workFolder: string;
  /** Threads of DuckDB; its own choice when not given. The bytes do not depend on it. */
  readonly threads?: number;
}

/** Snapshots as one Parquet blob per table, and a manifest row. */
export function parquetSnapshots({ blobs, state, workFolder, threads }: SnapshotStoreParts): SnapshotStore {
  return {
    async write(snapshot, { at, actor, assurance }) {
      const tables = await inWorkFolder(workFolder, (folder) => writeTables(snapshot, blobs, folder, threads));
      const manifest: SnapshotManifest = {
        id: snapshotId(snapshot.asOf, tables),
        schemaVersion: SNAPSHOT_SCHEMA_VERSION,
        asOf: snapshot.asOf,
        asOfSource: snapshot.asOfSource,
        createdAt: at,
        tables,
      };
      return state.transaction(async (writer) => {
        const stored = await writer.get("snapshot", manifest.id);
        if (stored !== undefined) return stored;
        await writer.insert("snapshot", manifest);
        const payload = {
          schemaVersion: manifest.schemaVersion,
          asOf: manifest.asOf,
          tables: tables.map((table) => ({ ...table })),
        };
        await writer.append({ at, actor, assurance, type: "snapshot.written", subject: manifest.id, payload });
        return manifest;
      });
    },

    async read(manifest) {
      const records = await inWorkFolder(workFolder, (folder) => readTables(manifest, blobs, folder, threads));
      return { asOf: manifest.asOf, asOfSource: manifest.asOfSource, ...records };
    },

    async verify(manifest) {
      const problems: string[] = [];
      for (const { table, sha256: hash } of manifest.tables) {
        try {
          await blobs.get(hash, "parquet");
        } catch (error) {
          if (!(error instanceof AuditError)) throw error;
          problems.push(`table ${table}: ${error.message}`);
        }
      }
      return problems;
    },
  };
}

/** `snap-` and the first 16 hex characters of the digest over the moment and the tables' digests: same content, same id. */
export function snapshotId(asOf: string, tables: readonly Pick<SnapshotTableFile, "table" | "digest">[]): string {
  const digests = Object.fromEntries(tables.map(({ table, digest }) => [table, digest]));
  return `snap-${sha256(canonicalJson({ asOf, tables: digests })).slice(0, 16)}`;
}

async function writeTables(
  snapshot: Snapshot,
  blobs: BlobStore,
  folder: string,
  threads: number | undefined,
): Promise<SnapshotTableFile[]> {
  const { writeParquet } = await import("./parquet-write.ts");
  return withDuckdb(threads, async (connection) => {
    const files: SnapshotTableFile[] = [];
    for (const table of SNAPSHOT_TABLES) {
      const { rows, digest } = orderTable(table, snapshot[table]);
      const path = join(folder, `${table}.parquet`);
      const metadata = { schemaVersion: SNAPSHOT_SCHEMA_VERSION, table };
      await writeParquet(connection, path, rows, columnsOf(SNAPSHOT_SCHEMA_VERSION, table), metadata).catch(
        (error: unknown) => {
          throw fullDisk(error, path);
        },
      );
      const bytes = await readFile(path);
      files.push({ table, rows: rows.length, sha256: await blobs.put(bytes, "parquet"), bytes: bytes.length, digest });
      await rm(path);
    }
    return files;
  });
}

async function readTables(manifest: SnapshotManifest, blobs: BlobStore, folder: string, threads: number | undefined) {
  const { readParquet } = await import("./parquet-read.ts");
  return withDuckdb(threads, async (connection) => {
    const records: Record<keyof ReturnType<typeof emptyRecords>, readonly object[]> = emptyRecords();
    for (const { table, sha256: hash } of manifest.tables) {
      const columns = columnsOf(manifest.schemaVersion, table);
      const path = join(folder, `${table}.parquet`);
      // A copy of bytes that were checked is read, not the blob itself: nobody can change it in between.
      const bytes = await blobs.get(hash, "parquet");
      await writeFile(path, bytes, { mode: 0o600 }).catch((error: unknown) => {
        throw diskError(error, path, "write");
      });
      records[table] = await readParquet(connection, path, columns);
      await rm(path);
    }
    // The columns are those of the records, by the type of the schema.
    return records as unknown as ReturnType<typeof emptyRecords>;
  });
}

async function inWorkFolder<T>(workFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(workFolder, "snapshot-")).catch((error: unknown) => {
    throw diskError(error, workFolder, "write");
  });
  try {
    await chmod(folder, 0o700);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** DuckDB reports the operating system's words inside its own message. */
function fullDisk(error: unknown, path: string): unknown {
  if (error instanceof Error && /no space left on device|disk quota exceeded/i.test(error.message)) {
    return diskError(Object.assign(new Error(error.message), { code: "ENOSPC" }), path, "write");
  }
  return error;
}
