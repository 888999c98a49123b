import type * as fs from "node:fs/promises";
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { directoryBlobs } from "../../src/store/blobs/directory-blobs.ts";
import { sha256 } from "../../src/text/digest.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const BYTES = new TextEncoder().encode("what was collected");
const HASH = sha256(BYTES);

/** Lets `fsync` of any file fail like a disk that has no room left, while `full.now` is true. */
const full = vi.hoisted(() => ({ now: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    open: async (...parameters: Parameters<typeof real.open>) => {
      const file = await real.open(...parameters);
      if (full.now)
        file.writeFile = () =>
          Promise.reject(Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" }));
      return file;
    },
  };
});

describe("blobs in a folder", () => {
  test("are private files named by their hash, and come back byte for byte", async () => {
    const folder = await temporaryFolder();
    const blobs = directoryBlobs(folder);
    expect(await blobs.has(HASH, "csv")).toBe(false);
    expect(await blobs.put(BYTES, "csv")).toBe(HASH);
    expect(await readdir(folder)).toEqual([`${HASH}.csv`]);
    expect((await stat(join(folder, `${HASH}.csv`))).mode & 0o777).toBe(0o600);
    expect([...(await blobs.get(HASH, "csv"))]).toEqual([...BYTES]);
    expect(await blobs.has(HASH, "csv")).toBe(true);
    expect(await blobs.has(HASH, "parquet")).toBe(false);
  });

  test("may be written twice, also at the same moment", async () => {
    const folder = await temporaryFolder();
    const blobs = directoryBlobs(folder);
    const hashes = await Promise.all([blobs.put(BYTES, "csv"), blobs.put(BYTES, "csv"), blobs.put(BYTES, "csv")]);
    expect(new Set(hashes)).toEqual(new Set([HASH]));
    expect(await readdir(folder)).toEqual([`${HASH}.csv`]);
  });

  test.each([
    [
      "a flipped byte",
      async (path: string) => writeFile(path, (await readFile(path)).fill(0x20, 3, 4)),
      "blob-damaged",
    ],
    ["a cut end", (path: string) => truncate(path, 5), "blob-damaged"],
    ["an empty file", (path: string) => truncate(path, 0), "blob-damaged"],
    ["a missing file", (path: string) => rm(path), "blob-missing"],
  ])("%s is found and the blob is named", async (_name, damage, code) => {
    const folder = await temporaryFolder();
    const blobs = directoryBlobs(folder);
    await blobs.put(BYTES, "csv");
    const path = join(folder, `${HASH}.csv`);
    await damage(path);
    await expect(blobs.get(HASH, "csv")).rejects.toMatchObject({
      kind: "input-file",
      code,
      message: expect.stringContaining(path) as string,
      place: { file: path },
    });
    // Writing the same bytes again mends it.
    await blobs.put(BYTES, "csv");
    expect([...(await blobs.get(HASH, "csv"))]).toEqual([...BYTES]);
  });

  test("on a full disk nothing is half-written, and the person is told", async () => {
    const folder = await temporaryFolder();
    full.now = true;
    await expect(directoryBlobs(folder).put(BYTES, "csv"))
      .rejects.toMatchObject({
        kind: "input-file",
        code: "file-enospc",
        message: expect.stringContaining("the disk is full") as string,
      })
      .finally(() => (full.now = false));
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ["../../etc/passwd", "csv"],
    [HASH, "../x"],
    [HASH.toUpperCase(), "csv"],
    ["", "csv"],
  ])("the name `%s` with ending `%s` never becomes a path", async (hash, extension) => {
    const folder = await temporaryFolder();
    await expect(directoryBlobs(folder).get(hash, extension)).rejects.toMatchObject({
      kind: "invariant",
      code: "blob-name",
    });
  });

  test("a folder where a blob should be is an error of the disk, not a missing blob", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, `${HASH}.csv`));
    await expect(directoryBlobs(folder).get(HASH, "csv")).rejects.toMatchObject({ code: "file-eisdir" });
  });
});
