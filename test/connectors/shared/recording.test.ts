import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordable } from "../../../connectors/shared/recordable.ts";
import { readRecordingManifest, RecordingWriter } from "../../../connectors/shared/recording.ts";
import { temporaryFolder } from "../../store/temporary-folder.ts";

describe("recording.json", () => {
  test("a folder without one is a recording of unknown date", async () => {
    expect(await readRecordingManifest(await temporaryFolder())).toEqual({ recordedAt: null, steps: {} });
  });

  test.each([
    ["another format", { format: 2, recordedAt: "2026-11-25" }, "recording-format", "/format"],
    ["no object", [], "recording-format", "/format"],
    ["no date", { format: 1 }, "recording-date", "/recordedAt"],
    ["a date in another form", { format: 1, recordedAt: "25.11.2026" }, "recording-date", "/recordedAt"],
    [
      "a state that is not known",
      { format: 1, recordedAt: "2026-11-25", steps: { "aws/1/x": { state: "done" } } },
      "recording-step",
      "/steps/aws~11~1x/state",
    ],
  ])("%s is named with its JSON pointer", async (_name, content, code, pointer) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "recording.json"), JSON.stringify(content));
    await expect(readRecordingManifest(folder)).rejects.toMatchObject({ kind: "input-file", code, place: { pointer } });
  });
});

describe("writing a recording", () => {
  test("the answer is there before its state, and no temporary file stays", async () => {
    const folder = await temporaryFolder();
    const writer = await RecordingWriter.open(folder, "2026-11-25T00:00:00Z");
    await writer.write("aws/1/x", "aws/1/x.json", recordable({ a: 1 }), { state: "complete" });
    expect(JSON.parse(await readFile(join(folder, "aws/1/x.json"), "utf8"))).toEqual({ a: 1 });
    expect(await readRecordingManifest(folder)).toEqual({
      recordedAt: "2026-11-25T00:00:00Z",
      steps: { "aws/1/x": { state: "complete" } },
    });
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("an interrupted recording goes on: complete steps are known, the date stays the first one", async () => {
    const folder = await temporaryFolder();
    const first = await RecordingWriter.open(folder, "2026-11-25T00:00:00Z");
    await first.write("aws/1/x", "x.json", "{}", { state: "complete" });
    await first.write("aws/1/y", "y.json", null, { state: "denied", reason: "AccessDenied" });
    const second = await RecordingWriter.open(folder, "2026-11-25T23:59:59Z");
    expect([second.isComplete("aws/1/x"), second.isComplete("aws/1/y"), second.isComplete("aws/1/z")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(second.startedAt).toBe("2026-11-25T00:00:00Z");
  });

  test("one that was begun a day ago is not gone on with: what it shows would be of two days", async () => {
    const folder = await temporaryFolder();
    const first = await RecordingWriter.open(folder, "2026-11-25T00:00:00Z");
    await first.write("aws/1/x", "x.json", "{}", { state: "complete" });
    await expect(RecordingWriter.open(folder, "2026-11-26T00:00:00Z")).rejects.toMatchObject({
      kind: "settings",
      code: "recording-old",
      hint: expect.stringContaining("--from"),
    });
  });

  test("two connectors that record into one folder keep each other's steps", async () => {
    const folder = await temporaryFolder();
    const one = await RecordingWriter.open(folder, "2026-11-25T00:00:00Z");
    const two = await RecordingWriter.open(folder, "2026-11-25T00:00:01Z");
    await one.write("aws/1/x", "x.json", "{}", { state: "complete" });
    await two.write("github/acme/y", "y.json", "{}", { state: "partial", reason: "cut" });
    await one.write("aws/1/z", "z.json", "{}", { state: "complete" });
    const { recordedAt, steps } = await readRecordingManifest(folder);
    expect(Object.keys(steps)).toEqual(["aws/1/x", "aws/1/z", "github/acme/y"]);
    expect(recordedAt).toBe("2026-11-25T00:00:00Z");
  });
});

test("what is recorded has lost its secrets and nothing else", () => {
  const answer = {
    name: "api",
    temp_clone_token: "canary-1",
    nested: [{ SecretAccessKey: "canary-2", AccessKeyId: "AKIAEXAMPLE", at: new Date("2026-11-25T00:00:00Z") }],
  };
  const text = recordable(answer);
  expect(text).not.toContain("canary");
  expect(JSON.parse(text)).toEqual({
    name: "api",
    nested: [{ AccessKeyId: "AKIAEXAMPLE", at: "2026-11-25T00:00:00.000Z" }],
  });
});
