import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readJsonFile } from "../../../connectors/shared/read-json-file.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";

async function fileOf(content: string | Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), "file.json");
  await writeFile(file, content);
  return file;
}

describe("a JSON file", () => {
  test.each([
    ["UTF-8", Buffer.from('{"a": "ü"}')],
    ["UTF-8 with mark", Buffer.from('\uFEFF{"a": "ü"}')],
    ["UTF-16 with mark", Buffer.from('\uFEFF{"a": "ü"}', "utf16le")],
  ])("in %s is read", async (_name, bytes) => {
    expect(await readJsonFile(await fileOf(bytes))).toEqual({ a: "ü" });
  });

  test.each([
    ["cut short", '{\n  "a": [1,\n', { code: "json-cut", place: { line: 3, column: 1 } }],
    ["broken", '{\n  "a": 1,,\n}', { code: "json-broken", place: { line: 2, column: 10 } }],
    ["empty", "\n", { code: "file-empty" }],
  ])("that is %s is named with its place and a hint", async (_name, text, error) => {
    const file = await fileOf(text);
    await expect(readJsonFile(file)).rejects.toMatchObject({ kind: "input-file", hint: expect.any(String), ...error });
    await expect(readJsonFile(file)).rejects.toMatchObject({ place: { file } });
  });

  test("that does not exist is named", async () => {
    await expect(readJsonFile(join(await temporaryFolder(), "none.json"))).rejects.toMatchObject({
      code: "file-missing",
      message: "the file does not exist",
    });
  });
});
