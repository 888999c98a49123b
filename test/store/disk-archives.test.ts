import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { diskArchives } from "../../src/store/archive/disk-archives.ts";
import { unzipFiles, zipFiles } from "../../src/store/archive/zip-archive.ts";
import { sha256 } from "../../src/text/digest.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES = [
  { path: "blobs/a.csv", bytes: encode("a,b\r\n") },
  { path: "manifest.json", bytes: encode("{}\n") },
  { path: "ümlaut.txt", bytes: new Uint8Array() },
];
const plain = (files: readonly { readonly path: string; readonly bytes: Uint8Array }[]) =>
  files.map(({ path, bytes }) => [path, [...bytes]]);

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

describe.each(["archive.zip", "archive"])("an archive written as `%s`", (name) => {
  test("comes back as it was, private, with folders made and nothing beside it", async () => {
    const folder = join(await temporaryFolder(), "new");
    const path = join(folder, name);
    await diskArchives().write(path, FILES);
    const { files, faults } = await diskArchives().read(path);
    expect(plain(files)).toEqual(plain(FILES));
    expect(faults).toEqual([]);
    expect(await readdir(folder)).toEqual([name]);
    const inside = (await stat(path)).isDirectory() ? join(path, "manifest.json") : path;
    expect((await stat(inside)).mode & 0o777).toBe(0o600);
  });

  test("is never written over something that is there", async () => {
    const path = join(await temporaryFolder(), name);
    await mkdir(path);
    await expect(diskArchives().write(path, FILES)).rejects.toMatchObject({ kind: "settings", code: "archive-exists" });
    expect(await readdir(path)).toEqual([]);
  });

  test("takes no file that would land outside it", async () => {
    const folder = await temporaryFolder();
    for (const path of ["../outside", "/etc/x", "a//b", "a/../../b", "a\\b", "", "a\nb"]) {
      const writing = diskArchives().write(join(folder, name), [{ path, bytes: encode("x") }]);
      await expect(writing).rejects.toMatchObject({ kind: "invariant", code: "archive-path" });
    }
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a zip", () => {
  test("has the same bytes in every time zone", () => {
    const hashes = ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"].map((name) => {
      process.env["TZ"] = name;
      return sha256(zipFiles(FILES));
    });
    expect(new Set(hashes).size).toBe(1);
  });

  // Also a promise to the future: a later zip library must still write these very bytes.
  test("has the bytes it has always had", () => {
    expect(sha256(zipFiles(FILES.slice(0, 2)))).toBe(
      "28dff087182248c93e0fbdfbddfc85bbffbb30c228cb8b0a9dcc7428baef52be",
    );
  });

  test("that another tool packed again is read, and the packing reported", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "archive.zip");
    await diskArchives().write(path, FILES);
    const again = Object.fromEntries((await diskArchives().read(path)).files.map((file) => [file.path, file.bytes]));
    await writeFile(join(folder, "again.zip"), zipSync(again, { level: 9, mtime: "2026-11-25" }));
    const { files, faults } = await diskArchives().read(join(folder, "again.zip"));
    expect(plain(files)).toEqual(plain(FILES));
    expect(faults).toEqual([expect.stringMatching(/^byte \d+ of the zip is not what was written/)]);
  });

  test("with bytes hidden before, after or between its files is reported", () => {
    const bytes = zipFiles(FILES);
    for (const tampered of [Buffer.concat([encode("hidden"), bytes]), Buffer.concat([bytes, encode("hidden")])]) {
      let faults: readonly string[] = [];
      try {
        ({ faults } = unzipFiles(tampered, "x.zip"));
      } catch (error) {
        faults = [String(error)];
      }
      expect(faults).not.toEqual([]);
    }
  });
});

describe("a folder", () => {
  test("with a link in it is reported, and the link is not followed", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "archive");
    await diskArchives().write(path, FILES);
    await writeFile(join(folder, "outside"), "not evidence");
    await symlink(join(folder, "outside"), join(path, "link"));
    const { files, faults } = await diskArchives().read(path);
    expect(plain(files)).toEqual(plain(FILES));
    expect(faults).toEqual(["`link` is a link or a device, not a file"]);
    expect(await readFile(join(folder, "outside"), "utf8")).toBe("not evidence");
  });
});
