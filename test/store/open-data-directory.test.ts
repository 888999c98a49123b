import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { NOON, sampleEvent } from "./sample-state.ts";
import { sampleSnapshot } from "./sample-snapshot.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const clock = { now: () => NOON };
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe("a data directory", () => {
  test("is made where there is none, for nobody else to read", async () => {
    const path = join(await temporaryFolder(), "deep", ".leastwise");
    const data = await openDataDirectory(path, { clock });
    await data.snapshots.write(sampleSnapshot(), { at: NOON, actor: "os:robin", assurance: "attested" });
    await data.signingKey();
    await data.close();
    for (const folder of ["", "blobs", "keys", "work"]) expect(await modeOf(join(path, folder))).toBe(0o700);
    for (const file of ["state.db", "keys/csv-signing.key"]) expect(await modeOf(join(path, file))).toBe(0o600);
    for (const blob of await readdir(join(path, "blobs"))) expect(await modeOf(join(path, "blobs", blob))).toBe(0o600);
    expect(await readdir(path)).toEqual(["blobs", "keys", "state.db", "work"]);
  });

  test("keeps what was written when it is opened again", async () => {
    const path = await temporaryFolder();
    const first = await openDataDirectory(path, { clock });
    await first.state.transaction((writer) => writer.append(sampleEvent()));
    await first.close();
    const second = await openDataDirectory(path, { clock });
    expect((await second.state.head())?.seq).toBe(1);
    await second.close();
  });

  test("made by a newer version is refused", async () => {
    const path = await temporaryFolder();
    await (await openDataDirectory(path, { clock })).close();
    const database = new DatabaseSync(join(path, "state.db"));
    database.exec("insert into schema_migration values (2, 'newer', '2030-01-01T00:00:00Z')");
    database.close();
    await expect(openDataDirectory(path, { clock })).rejects.toMatchObject({ kind: "input-file", code: "data-newer" });
  });

  test("that is a file is refused in words", async () => {
    const path = join(await temporaryFolder(), "file");
    await writeFile(path, "");
    await expect(openDataDirectory(path, { clock })).rejects.toMatchObject({
      kind: "input-file",
      message: expect.stringContaining(path) as string,
    });
  });

  test("sweeps out what killed processes left a day ago, and nothing else", async () => {
    const path = await temporaryFolder();
    await (await openDataDirectory(path, { clock })).close();
    const old = new Date(Date.now() - 2 * 86_400_000);
    const leave = async (name: string, aged: boolean) => {
      await writeFile(join(path, name), "x");
      if (aged) await utimes(join(path, name), old, old);
    };
    await mkdir(join(path, "work", "snapshot-old"));
    await utimes(join(path, "work", "snapshot-old"), old, old);
    await leave("blobs/.unfinished-1-a", true);
    await leave("blobs/.unfinished-2-b", false);
    await leave("blobs/not-ours.parquet", true);
    await (await openDataDirectory(path, { clock })).close();
    expect(await readdir(join(path, "work"))).toEqual([]);
    expect(await readdir(join(path, "blobs"))).toEqual([".unfinished-2-b", "not-ours.parquet"]);
  });
});

describe("the key that signs sheets", () => {
  test("is made once from 32 random bytes and stays the same", async () => {
    const path = await temporaryFolder();
    const first = await openDataDirectory(path, { clock });
    const key = await first.signingKey();
    expect(key).toHaveLength(32);
    const second = await openDataDirectory(path, { clock });
    expect(await second.signingKey()).toEqual(key);
    const elsewhere = await openDataDirectory(await temporaryFolder(), { clock });
    expect(await elsewhere.signingKey()).not.toEqual(key);
    await Promise.all([first.close(), second.close(), elsewhere.close()]);
  });

  test("is one and the same for two that make it at the same moment", async () => {
    const path = await temporaryFolder();
    const both = [await openDataDirectory(path, { clock }), await openDataDirectory(path, { clock })];
    const [left, right] = await Promise.all(both.map((data) => data.signingKey()));
    expect(left).toEqual(right);
    expect(await readdir(join(path, "keys"))).toEqual(["csv-signing.key"]);
    await Promise.all(both.map((data) => data.close()));
  });

  test("comes from the environment when it is given there, and no file is made", async () => {
    const path = await temporaryFolder();
    const data = await openDataDirectory(path, { clock, signingKey: `${"ab".repeat(32)}\n` });
    expect([...(await data.signingKey())]).toEqual(Array.from({ length: 32 }, () => 0xab));
    expect(await readdir(join(path, "keys"))).toEqual([]);
    await data.close();
  });

  test("that is no key is refused without being shown", async () => {
    const path = await temporaryFolder();
    const data = await openDataDirectory(path, { clock, signingKey: "hunter2hunter2" });
    const refused = await data.signingKey().catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "settings", code: "signing-key" });
    expect(JSON.stringify([String(refused), refused])).not.toContain("hunter2");
    await data.close();
    const other = await openDataDirectory(path, { clock });
    await writeFile(join(path, "keys", "csv-signing.key"), "cut off");
    await expect(other.signingKey()).rejects.toMatchObject({
      code: "signing-key",
      message: expect.stringContaining("csv-signing.key") as string,
    });
    expect(await readFile(join(path, "keys", "csv-signing.key"), "utf8")).toBe("cut off");
    await other.close();
  });
});
