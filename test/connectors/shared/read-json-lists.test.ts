import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJsonLists } from "../../../connectors/shared/read-json-lists.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";

interface Seen {
  readonly entries: readonly [string, unknown, number][];
  readonly members: readonly string[];
  readonly scalars: Readonly<Record<string, unknown>>;
}

async function read(content: string | Uint8Array, chunkBytes?: number): Promise<Seen> {
  const file = join(await temporaryFolder(), "file.json");
  await writeFile(file, content);
  const entries: [string, unknown, number][] = [];
  const document = await readJsonLists(
    file,
    ["A", "B"],
    (list, entry, index) => {
      entries.push([list, entry, index]);
      return undefined;
    },
    chunkBytes,
  );
  return { entries, ...document };
}

describe("lists read entry by entry", () => {
  test("what is handed over is what `JSON.parse` gives, wherever the bytes are cut", async () => {
    const folder = await temporaryFolder();
    const value = fc.jsonValue({ maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(value),
        fc.array(value),
        value,
        fc.integer({ min: 4, max: 40 }),
        fc.constantFrom(undefined, 2, "\t"),
        async (a, b, other, chunk, indent) => {
          const file = join(folder, "file.json");
          const text = JSON.stringify({ A: a, other, B: b, IsTruncated: false }, null, indent);
          await writeFile(file, text);
          const seen: Record<string, unknown[]> = { A: [], B: [] };
          const { members, scalars } = await readJsonLists(
            file,
            ["A", "B"],
            (list, entry) => void seen[list]?.push(entry),
            chunk,
          );
          expect(seen).toEqual(JSON.parse(JSON.stringify({ A: a, B: b })));
          expect(members).toEqual(["A", "other", "B", "IsTruncated"]);
          expect(scalars["IsTruncated"]).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["one document after the other", '{"A":[1]}\n{"A":[2],"IsTruncated":false}'],
    ["a list of documents", '[{"A":[1]},{"A":[2],"IsTruncated":false}]'],
  ])("pages as %s are read as one", async (_name, text) => {
    const { entries, scalars } = await read(text);
    expect(entries).toEqual([
      ["A", 1, 0],
      ["A", 2, 1],
    ]);
    expect(scalars).toEqual({ IsTruncated: false });
  });

  test.each([
    ["UTF-8 with mark", Buffer.from('\uFEFF{"A":["ü"]}')],
    ["UTF-16 as PowerShell writes it", Buffer.from('\uFEFF{"A":["ü"]}', "utf16le")],
  ])("%s is read", async (_name, bytes) => {
    expect((await read(bytes)).entries).toEqual([["A", "ü", 0]]);
  });

  test.each([
    ["a file that is cut inside an entry", '{\n  "A": [\n    {"x": 1},\n    {"x": [', "json-cut", 4, 12],
    ["a file that is cut between entries", '{"A": [1,', "json-cut", 1, 10],
    ["a file that is cut in a member that is not read", '{"Other": {"x": 1', "json-cut", 1, 18],
    ["a broken entry", '{\n  "A": [\n    {"x": 1},\n    {"ü": 1,}\n  ]\n}', "json-broken", 4, 13],
    ["a missing comma between entries", '{"A": [1 2]}', "json-broken", 1, 10],
    ["a missing colon", '{"A" [1]}', "json-broken", 1, 6],
    ["a comma too many behind the last entry", '{"A": [{}, ]}', "json-broken", 1, 12],
    ["a bracket of the wrong kind", '{"A": [{}}', "json-broken", 1, 10],
    ["an object with brackets of the wrong kind inside", '{"A": [{"x": [1}]]}', "json-broken", 1, 16],
    ["text behind the end", '{"A": [1]} more', "json-broken", 1, 12],
    ["something that is no object", '"hello"', "json-shape", 1, 1],
    ["an error message instead of JSON", "\nUnable to locate credentials", "json-shape", 2, 1],
    ["a list of something else", "[1, 2]", "json-shape", 1, 2],
  ])("%s is named with line and column", async (_name, text, code, line, column) => {
    await expect(read(text)).rejects.toMatchObject({ kind: "input-file", code, place: { line, column } });
    // The place does not depend on where the bytes are cut.
    await expect(read(text, 5)).rejects.toMatchObject({ place: { line, column } });
  });

  test.each([
    ["nothing", "", "file-empty"],
    ["white space", " \n ", "file-empty"],
  ])("a file that holds %s is empty", async (_name, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ kind: "input-file", code });
  });

  test("a file that is not there and a folder are told apart", async () => {
    const folder = await temporaryFolder();
    await expect(readJsonLists(join(folder, "none.json"), [], () => undefined)).rejects.toMatchObject({
      code: "file-missing",
    });
    await expect(readJsonLists(folder, [], () => undefined)).rejects.toMatchObject({
      code: "file-open",
      message: "this is a folder, not a file",
    });
  });

  test("a problem with an entry is thrown with its place and pointer", async () => {
    const file = join(await temporaryFolder(), "file.json");
    await writeFile(file, '{\n  "A": [\n    1,\n    2\n  ]\n}');
    const reading = readJsonLists(file, ["A"], (_list, entry) =>
      entry === 2 ? { code: "two", message: "this is two", hint: "write one" } : undefined,
    );
    await expect(reading).rejects.toMatchObject({
      code: "two",
      message: "this is two",
      hint: "write one",
      place: { file, line: 4, column: 5, pointer: "/A/1" },
    });
  });
});
