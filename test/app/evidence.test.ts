import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportEvidence } from "../../src/app/evidence-export.ts";
import { pinHead, readPins } from "../../src/app/evidence-pin.ts";
import { evidenceJson } from "../../src/app/evidence-records.ts";
import { verifyArchive, verifyEvidence } from "../../src/app/evidence-verify.ts";
import type { ArchiveFile } from "../../src/contracts/archive.ts";
import type { DataDirectory } from "../../src/contracts/store.ts";
import type { ArchiveManifest, EvidenceVerification } from "../../src/model/evidence-archive.ts";
import type { EvidenceEvent } from "../../src/model/evidence-event.ts";
import { evidenceVerificationForm } from "../../src/model/forms/evidence.ts";
import { diskArchives } from "../../src/store/archive/disk-archives.ts";
import { diskFiles } from "../../src/store/disk-files.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { canonicalJson } from "../../src/text/canonical-json.ts";
import { chainEvent } from "../../src/text/evidence-hash.ts";
import { sha256 } from "../../src/text/digest.ts";
import { NOON, sampleDecision, sampleEvent, sampleRevocation } from "../store/sample-state.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { reviewedCampaign, UPLOADED } from "./sample-campaign.ts";

const clock = { now: () => NOON };
const world = { clock, actor: "os:robin", version: "1.2.3", archives: diskArchives(), files: diskFiles() };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** One exported review that the tests below copy and damage. */
let folder: string;
let zip: string;
let files: readonly ArchiveFile[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  const data = await openDataDirectory(join(folder, "data"), { clock });
  const campaign = await reviewedCampaign(data);
  zip = join(folder, "review.zip");
  await exportEvidence(world, data, { campaignId: campaign.id, path: zip });
  await data.close();
  files = (await world.archives.read(zip)).files;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function freshData(): Promise<DataDirectory> {
  return openDataDirectory(await temporaryFolder(), { clock });
}

describe("an exported archive", () => {
  test("verifies, ties out, and counts what it holds", async () => {
    const result = await verifyEvidence(world.archives, zip);
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      tiesOut: true,
      pinned: null,
      counts: { files: files.length, events: 11, items: 2, decisions: 3, revocations: 1, verifications: 1 },
    });
    expect(evidenceVerificationForm.parse(result)).toEqual(result);
  });

  test("holds the snapshot's tables, the uploaded file, the records and a page that says how to check them", () => {
    const paths = files.map(({ path }) => path).filter((path) => !path.startsWith("blobs/"));
    expect(paths).toEqual([
      "FORMAT.md",
      "campaign.json",
      "coverage.json",
      "decisions.json",
      "events.ndjson",
      "exports.json",
      "imports.json",
      "manifest.json",
      "population.csv",
      "population.json",
      "revocations.json",
      "snapshot.json",
      "tie-out.json",
    ]);
    expect(files.filter(({ path }) => path.endsWith(".parquet"))).toHaveLength(15);
    expect(
      decode(files.find(({ path }) => path === `blobs/${sha256(encode(UPLOADED))}.csv`)?.bytes ?? encode("")).trim(),
    ).toContain("AR-7QF3-K2ZD-M");
    // Every file but the blobs is explained.
    const page = textOf("FORMAT.md");
    for (const path of paths) if (path !== "FORMAT.md") expect(page).toContain(`\`${path}\``);
    expect(page.split("\n").length).toBeLessThan(80);
  });

  test("can be checked by hand the way its page says, with nothing of ours", () => {
    const lines = textOf("events.ndjson").trimEnd().split("\n");
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    let prev = "0".repeat(64);
    for (const [at, line] of lines.entries()) {
      const { payload, hash: claimed, ...rest } = JSON.parse(line) as EvidenceEvent;
      expect(rest.seq).toBe(at + 1);
      expect(rest.prev).toBe(prev);
      // The lines are canonical already: keys in order, no white space.
      expect(rest.payloadHash).toBe(hash(JSON.stringify(payload)));
      expect(claimed).toBe(hash(JSON.stringify(rest)));
      prev = claimed;
    }
  });

  test("keeps what was captured to itself and people's names out of the chain", () => {
    expect(textOf("revocations.json")).toContain('"preImageHash"');
    expect(textOf("revocations.json")).not.toContain('"preImage"');
    expect(textOf("events.ndjson")).not.toMatch(/Robin|Kim|example\.com/);
  });

  test("holds what automatic policies took away as well, which is no part of the sums", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const own = { campaignId: null, decisionId: null, state: "scheduled" as const };
    await data.state.transaction(async (writer) => {
      await writer.insert("revocation", sampleRevocation({ ...own, id: "revocation:automatic", findingId: "f" }));
      await writer.insert("revocation", sampleRevocation({ ...own, id: "revocation:elsewhere", campaignId: "other" }));
    });
    const path = join(await temporaryFolder(), "review.zip");
    await exportEvidence(world, data, { campaignId: campaign.id, path });
    await data.close();
    const result = await verifyEvidence(world.archives, path);
    expect(result).toMatchObject({ ok: true, problems: [], tiesOut: true, counts: { revocations: 2 } });
  });

  test("as a folder holds the same files and verifies as well", async () => {
    const path = join(await temporaryFolder(), "review");
    await world.archives.write(path, files);
    expect((await world.archives.read(path)).files).toEqual(
      files.map(({ path: name, bytes }) => ({ path: name, bytes: Buffer.from(bytes) })),
    );
    expect((await verifyEvidence(world.archives, path)).ok).toBe(true);
    expect(await readdir(join(path, ".."))).toEqual(["review"]);
  });

  test("of the same state at the same moment is the same, byte for byte", async () => {
    const bytes = [];
    for (const name of ["first", "second"]) {
      const data = await freshData();
      const campaign = await reviewedCampaign(data);
      const path = join(await temporaryFolder(), `${name}.zip`);
      await exportEvidence(world, data, { campaignId: campaign.id, path });
      await data.close();
      bytes.push(sha256(await readFile(path)));
    }
    expect(bytes[0]).toBe(bytes[1]);
  });

  test("may be made again later; the second one still verifies, and holds the export of the first on record", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const places = [join(await temporaryFolder(), "a.zip"), join(await temporaryFolder(), "b.zip")];
    for (const path of places) await exportEvidence(world, data, { campaignId: campaign.id, path });
    await data.close();
    const [first, second] = await Promise.all(places.map((path) => verifyEvidence(world.archives, path)));
    expect([first?.ok, second?.ok]).toEqual([true, true]);
    expect(second?.counts.events).toBe((first?.counts.events ?? 0) + 1);
  });
});

describe("damage", () => {
  test("of any single byte of the zip is found", async () => {
    const whole = await readFile(zip);
    // Every byte of every header, and a sample of the contents: some 60 kB would take too long one by one.
    const places = new Set<number>();
    for (let at = 0; at < whole.length; at += 97) places.add(at);
    for (let at = whole.indexOf("PK\u0003\u0004"); at >= 0; at = whole.indexOf("PK\u0003\u0004", at + 1))
      for (let next = at; next < at + 30; next++) places.add(next);
    for (let at = whole.length - 200; at < whole.length; at++) places.add(at);
    const missed: number[] = [];
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0x01;
      const result = await verifyEvidence(
        {
          read: async () => (await import("../../src/store/archive/zip-archive.ts")).unzipFiles(damaged, "review.zip"),
        },
        "review.zip",
      );
      if (result.ok || result.problems.some(({ file, problem }) => file === "" || problem === "")) missed.push(place);
    }
    expect(places.size).toBeGreaterThan(1_000);
    expect(missed).toEqual([]);
  });

  test("of a byte in each file of a folder is found and the file is named", () => {
    for (const { path } of files) {
      const result = verifyArchive(
        { files: withFile(path, (bytes) => flip(bytes, Math.floor(bytes.length / 2))), faults: [] },
        "review",
      );
      expect(result.ok).toBe(false);
      expect(named(result)).toContain(path);
    }
  });

  test("of the manifest is found wherever it is: spelling, version, moment, head", () => {
    const manifest = JSON.parse(textOf("manifest.json")) as ArchiveManifest;
    const changed: Partial<ArchiveManifest>[] = [
      { product: "9.9.9" },
      { exportedAt: "2020-01-01T00:00:00Z" },
      { snapshotSchemaVersion: 7 },
      { snapshotId: "snap-0" },
      { campaignId: "campaign-2" },
      { head: { ...manifest.head, seq: 3 } },
    ];
    for (const part of changed) {
      const result = verifyArchive(
        { files: withFile("manifest.json", () => evidenceJson({ ...manifest, ...part })), faults: [] },
        "review",
      );
      expect(result.problems.length, JSON.stringify(part)).toBeGreaterThan(0);
    }
    const respelled = verifyArchive(
      { files: withFile("manifest.json", (bytes) => encode(`${decode(bytes)} `)), faults: [] },
      "review",
    );
    expect(named(respelled)).toContain("manifest.json");
  });

  test.each([
    "events.ndjson",
    "decisions.json",
    "manifest.json",
    "population.csv",
    "FORMAT.md",
    "tie-out.json",
    "snapshot.json",
  ])("a missing %s is named", (path) => {
    const result = verifyArchive({ files: files.filter((file) => file.path !== path), faults: [] }, "review");
    expect(result.problems).toContainEqual({
      file: path,
      place: null,
      problem: expect.stringContaining("missing") as string,
    });
  });

  test("a missing blob is named", () => {
    const blob = files.find(({ path }) => path.endsWith(".parquet"))?.path ?? "";
    const result = verifyArchive({ files: files.filter(({ path }) => path !== blob), faults: [] }, "review");
    expect(result.problems).toContainEqual({ file: blob, place: null, problem: "the file is missing" });
  });

  test("a file that was slipped in is named", () => {
    const result = verifyArchive(
      { files: [...files, { path: "decisions-new.json", bytes: encode("[]") }], faults: [] },
      "review",
    );
    expect(result.problems).toEqual([
      { file: "decisions-new.json", place: null, problem: "the manifest does not name this file" },
    ]);
  });

  test("a name that would leave the archive, or play tricks on the terminal, is no file of it", async () => {
    const { zipSync } = await import("fflate");
    const path = join(await temporaryFolder(), "review.zip");
    await writeFile(
      path,
      zipSync({ "../outside.txt": encode("x"), "a\u001b[2Jb": encode("x"), "fine.txt": encode("x") }),
    );
    const { files: read, faults } = await world.archives.read(path);
    expect(read.map((file) => file.path)).toEqual(["fine.txt"]);
    expect(faults).toContain("2 entries of the archive have names that cannot be file names");
  });

  test.each([
    ["something that is no archive", "hello", "cannot be read as a zip"],
    ["an empty file", "", "cannot be read as a zip"],
  ])("%s is an answer that says so", async (_name, content, problem) => {
    const path = join(await temporaryFolder(), "review.zip");
    await writeFile(path, content);
    const result = await verifyEvidence(world.archives, path);
    expect(result).toMatchObject({ ok: false, head: null });
    expect(result.problems[0]?.problem).toContain(problem);
  });

  test("an archive that is not there is the user's mistake, not a finding", async () => {
    await expect(verifyEvidence(world.archives, "/nowhere/review.zip")).rejects.toMatchObject({
      kind: "input-file",
      code: "archive-missing",
    });
  });
});

describe("forgery by somebody who recomputes the manifest", () => {
  test("a removed event is named", () => {
    const result = forge((events) => events.filter(({ seq }) => seq !== 4));
    expect(result.problems).toContainEqual({
      file: "events.ndjson",
      place: "line 4",
      problem: "event 5 follows event 3: event 4 is missing",
    });
  });

  test("several removed events are named", () => {
    const result = forge((events) => events.filter(({ seq }) => seq > 2));
    expect(result.problems).toContainEqual({
      file: "events.ndjson",
      place: "line 1",
      problem: "the chain starts with event 3: events 1 to 2 are missing",
    });
  });

  test("events in another order are named", () => {
    const result = forge((events) => events.toSpliced(2, 2, ...events.slice(2, 4).reverse()));
    expect(result.problems).toContainEqual({
      file: "events.ndjson",
      place: "line 4",
      problem: "event 3 follows event 4: the events are not in order",
    });
  });

  test("a changed event and a changed payload are told apart", () => {
    expect(
      forge((events) => events.map((event) => (event.seq === 3 ? { ...event, actor: "os:mallory" } : event))).problems,
    ).toContainEqual({
      file: "events.ndjson",
      place: "line 3",
      problem: "event 3 was changed",
    });
    expect(
      forge((events) => events.map((event) => (event.seq === 3 ? { ...event, payload: {} } : event))).problems,
    ).toContainEqual({
      file: "events.ndjson",
      place: "line 3",
      problem: "the payload of event 3 was changed",
    });
  });

  test("removed events at the end are named", () => {
    const result = forge((events) => events.slice(0, -1), false);
    expect(result.problems.map(({ problem }) => problem)).toContainEqual(
      expect.stringContaining("events are missing at the end"),
    );
  });

  test("an event that was hung on at the end does not seal the archive", () => {
    const result = forge((events) => [...events, chainEvent(sampleEvent(), events.at(-1))]);
    expect(result.problems.map(({ problem }) => problem)).toContain("the last event does not seal this archive");
  });

  test("a changed decision is named, although every hash of the manifest is right", () => {
    const forged = withFile("decisions.json", (bytes) =>
      encode(decode(bytes).replace('"outcome": "keep"', '"outcome": "revoke"')),
    );
    const result = verifyArchive({ files: resealManifest(forged), faults: [] }, "review");
    expect(result.problems).toContainEqual({
      file: "decisions.json",
      place: null,
      problem: "the file was changed after event 11 sealed the archive",
    });
    expect(result.problems).toContainEqual({
      file: "decisions.json",
      place: "decision decision-2",
      problem: "the decision is not the one that event 6 put on record",
    });
  });

  test("a decision that was left out, and one that was made up, are named", () => {
    const decisions = JSON.parse(textOf("decisions.json")) as readonly { readonly id: string }[];
    const forged = withFile("decisions.json", () =>
      evidenceJson([...decisions.filter(({ id }) => id !== "decision-2"), sampleDecision({ id: "decision-9" })]),
    );
    const result = verifyArchive({ files: resealManifest(forged), faults: [] }, "review");
    expect(result.problems).toContainEqual({
      file: "decisions.json",
      place: "decision decision-2",
      problem: "event 6 put this decision on record, and it is missing",
    });
    expect(result.problems).toContainEqual({
      file: "decisions.json",
      place: "decision decision-9",
      problem: "no event put this decision on record",
    });
  });

  test("sums that are not those of the records are named", () => {
    const forged = withFile("tie-out.json", () => evidenceJson({ population: 1_000 }));
    const result = verifyArchive({ files: resealManifest(forged), faults: [] }, "review");
    expect(result.problems).toContainEqual({
      file: "tie-out.json",
      place: null,
      problem: "the sums are not those of the records in this archive",
    });
  });

  test("a closed review whose numbers do not tie out is named with the difference", () => {
    const forged = withFile("population.json", (bytes) =>
      encode(decode(bytes).replace('"state": "decided"', '"state": "open"')),
    );
    const result = verifyArchive({ files: resealManifest(forged), faults: [] }, "review");
    expect(result.tiesOut).toBe(false);
    expect(result.problems).toContainEqual({
      file: "tie-out.json",
      place: null,
      problem: "the review is closed, and its numbers do not tie out: items that are open: 1",
    });
  });

  test("another snapshot in place of the one that was reviewed is named", () => {
    const forged = withFile("snapshot.json", (bytes) => encode(decode(bytes).replace(/"rows": 3/, '"rows": 4')));
    const result = verifyArchive({ files: resealManifest(forged), faults: [] }, "review");
    expect(result.problems).toContainEqual({
      file: "snapshot.json",
      place: null,
      problem: "the tables are not those that event 1 put on record",
    });
  });

  test("records that are no records are named, not stumbled over", () => {
    for (const content of ["{}", "[1]", "null", '[{"id":1}]', "not json"]) {
      const result = verifyArchive(
        { files: resealManifest(withFile("decisions.json", () => encode(content))), faults: [] },
        "review",
      );
      expect(named(result)).toContain("decisions.json");
      expect(result.tiesOut).toBe(false);
    }
  });

  test.each<[name: string, sql: string, expected: object]>([
    [
      "a decision that was changed",
      `update decision set body = replace(body, '"decidedBy":"identity:p-1"', '"decidedBy":"identity:p-9"') where id = 'decision-2'`,
      {
        file: "decisions.json",
        place: "decision decision-2",
        problem: "the decision is not the one that event 6 put on record",
      },
    ],
    [
      "a decision that was deleted",
      "delete from decision where id = 'decision-0'",
      {
        file: "decisions.json",
        place: "decision decision-0",
        problem: "event 4 put this decision on record, and it is missing",
      },
    ],
    [
      "an uploaded file that was deleted",
      "delete from import_file",
      { file: "imports.json", place: null, problem: "the file that event 3 put on record is missing" },
    ],
    [
      "a capsule that was changed",
      `update capsule set body = replace(body, 'ccc', 'ddd')`,
      {
        file: "revocations.json",
        place: "capsule capsule-1",
        problem: "the capsule is not the one that event 7 put on record",
      },
    ],
    [
      "a revocation that only claims to be undone",
      `update revocation set body = replace(body, '"state":"verified"', '"state":"undone"')`,
      {
        file: "revocations.json",
        place: "revocation revocation-1",
        problem: "the revocation is undone, and no event says so",
      },
    ],
    [
      "an event that was changed",
      "update evidence_event set actor = 'os:mallory' where seq = 4",
      { file: "events.ndjson", place: "line 4", problem: "event 4 was changed" },
    ],
    [
      "an event that was deleted",
      "delete from evidence_event where seq = 8",
      { file: "events.ndjson", place: "line 8", problem: "event 9 follows event 7: event 8 is missing" },
    ],
  ])("%s in the database before the export is found as well", async (_name, sql, expected) => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const database = new DatabaseSync(join(data.path, "state.db"));
    expect(database.prepare(sql).run().changes).toBe(1);
    database.close();
    const path = join(await temporaryFolder(), "review.zip");
    await exportEvidence(world, data, { campaignId: campaign.id, path });
    await data.close();
    expect((await verifyEvidence(world.archives, path)).problems).toContainEqual(expected);
  });
});

describe("a head that was pinned outside", () => {
  test("is held by an honest chain, and not by one that was rewritten as a whole", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const pin = join(await temporaryFolder(), "head.json");
    const head = await pinHead(world, data, pin);
    expect(await readPins(world.files, pin)).toEqual([head]);
    expect(await data.state.head()).toMatchObject({ type: "evidence.pinned", subject: head.hash, prev: head.hash });
    const path = join(await temporaryFolder(), "review.zip");
    await exportEvidence(world, data, { campaignId: campaign.id, path });
    await data.close();
    expect(await verifyEvidence(world.archives, path, { pinned: [head] })).toMatchObject({
      ok: true,
      pinned: true,
      pins: { compared: 1, later: 0 },
    });

    // Somebody who owns the machine makes a whole new chain: consistent in itself, and not the one that was pinned.
    const rewritten = verifyArchive({ files, faults: [] }, "review", [{ seq: 3, hash: "f".repeat(64), at: NOON }]);
    expect(rewritten).toMatchObject({ ok: false, pinned: false });
    expect(rewritten.problems).toEqual([
      {
        file: "events.ndjson",
        place: "event 3",
        problem: "the chain does not hold the head that was pinned: it was rewritten",
      },
    ]);
  });

  test("that is later than the archive says nothing about it; one made before a cut chain's export does", async () => {
    const events = textOf("events.ndjson").trimEnd().split("\n").length;
    const later = { seq: events + 3, hash: "e".repeat(64), at: "2099-01-01T00:00:00Z" };
    const result = verifyArchive({ files, faults: [] }, "review", [later]);
    expect(result).toMatchObject({ ok: true, pinned: null, problems: [], pins: { compared: 0, later: 1 } });
    const before = { ...later, at: "2020-01-01T00:00:00Z" };
    const cut = verifyArchive({ files, faults: [] }, "review", [before, later]);
    expect(cut).toMatchObject({ ok: false, pinned: false, pins: { compared: 1, later: 1 } });
    expect(cut.problems).toEqual([
      {
        file: "events.ndjson",
        place: `event ${later.seq}`,
        problem: expect.stringContaining("is missing: the chain was cut") as string,
      },
    ]);
  });

  test("is a line more in a file that holds some already, and every line is compared", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const [pin, path] = [join(await temporaryFolder(), "heads"), join(await temporaryFolder(), "review.zip")];
    const first = await pinHead(world, data, pin);
    // As earlier versions wrote it.
    await writeFile(pin, JSON.stringify({ schema: "leastwise/evidence-pin@1", ...first }, null, 2));
    const second = await pinHead(world, data, pin);
    await exportEvidence(world, data, { campaignId: campaign.id, path });
    const third = await pinHead(world, data, pin);
    const fourth = await pinHead(world, data, pin);
    await data.close();
    const pinned = await readPins(world.files, pin);
    expect(pinned).toEqual([first, second, third, fourth]);
    expect((await readFile(pin, "utf8")).trimEnd().split("\n")).toHaveLength(4);
    expect(await verifyEvidence(world.archives, path, { pinned })).toMatchObject({
      ok: true,
      pinned: true,
      // The third pinned the export itself.
      pins: { compared: 3, later: 1 },
    });
    const forged = pinned.map((one) => (one.seq === second.seq ? { ...one, hash: "f".repeat(64) } : one));
    expect((await verifyEvidence(world.archives, path, { pinned: forged })).problems).toMatchObject([
      { place: `event ${second.seq}` },
    ]);
  });

  test("never takes the place of something else", async () => {
    const data = await freshData();
    await reviewedCampaign(data);
    const before = await data.state.head();
    const path = join(await temporaryFolder(), "notes.txt");
    await writeFile(path, "my notes");
    await expect(pinHead(world, data, path)).rejects.toMatchObject({ kind: "input-file", code: "no-pin" });
    expect(await readFile(path, "utf8")).toBe("my notes");
    expect(await data.state.head()).toEqual(before);
    await data.close();
  });

  test("cannot be made of nothing, nor read from something else", async () => {
    const data = await freshData();
    await expect(pinHead(world, data, join(await temporaryFolder(), "head.json"))).rejects.toMatchObject({
      kind: "settings",
      code: "nothing-to-pin",
    });
    await data.close();
    const path = join(await temporaryFolder(), "head.json");
    await writeFile(path, '{"seq": 1}');
    await expect(readPins(world.files, path)).rejects.toMatchObject({
      kind: "input-file",
      code: "no-pin",
      place: { file: path },
    });
  });
});

describe("exporting", () => {
  test("of a campaign that does not exist is refused before anything is on record", async () => {
    const data = await freshData();
    await expect(exportEvidence(world, data, { campaignId: "none", path: "/nowhere/x.zip" })).rejects.toMatchObject({
      kind: "settings",
      code: "campaign-id",
    });
    expect(await data.state.head()).toBeUndefined();
    await data.close();
  });

  test("where nothing can be written nothing is put on record either", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    const before = await data.state.head();
    await expect(
      exportEvidence(world, data, { campaignId: campaign.id, path: join(file, "review.zip") }),
    ).rejects.toMatchObject({ kind: "input-file" });
    expect(await data.state.head()).toEqual(before);
    await data.close();
  });

  test("never overwrites evidence", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const path = join(await temporaryFolder(), "review.zip");
    await writeFile(path, "evidence of last year");
    const before = await data.state.head();
    await expect(exportEvidence(world, data, { campaignId: campaign.id, path })).rejects.toMatchObject({
      kind: "settings",
      code: "archive-exists",
    });
    expect(await readFile(path, "utf8")).toBe("evidence of last year");
    // An export that was refused left no event that says there was one.
    expect(await data.state.head()).toEqual(before);
    await data.close();
  });

  test("with a damaged blob is refused and names it", async () => {
    const data = await freshData();
    const campaign = await reviewedCampaign(data);
    const hash = sha256(encode(UPLOADED));
    await writeFile(join(data.path, "blobs", `${hash}.csv`), "something else");
    const path = join(await temporaryFolder(), "review.zip");
    await expect(exportEvidence(world, data, { campaignId: campaign.id, path })).rejects.toMatchObject({
      code: "blob-damaged",
      message: expect.stringContaining(hash) as string,
    });
    expect(await world.files.exists(path)).toBe(false);
    await data.close();
  });
});

function textOf(path: string): string {
  return decode(files.find((file) => file.path === path)?.bytes ?? encode(""));
}

function withFile(path: string, change: (bytes: Uint8Array) => Uint8Array): readonly ArchiveFile[] {
  return files.map((file) => (file.path === path ? { path, bytes: change(file.bytes) } : file));
}

function flip(bytes: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[place] = (copy[place] ?? 0) ^ 0x01;
  return copy;
}

/** The files with a manifest that fits them, as a forger would make it. */
function resealManifest(
  changed: readonly ArchiveFile[],
  head?: { readonly seq: number; readonly hash: string },
): readonly ArchiveFile[] {
  const manifest = JSON.parse(textOf("manifest.json")) as ArchiveManifest;
  const entries = changed
    .filter(({ path }) => path !== "manifest.json")
    .map(({ path, bytes }) => ({ path, sha256: sha256(bytes), bytes: bytes.length }));
  const bytes = evidenceJson({ ...manifest, head: head ?? manifest.head, files: entries });
  return changed.map((file) => (file.path === "manifest.json" ? { path: file.path, bytes } : file));
}

/** Changes the events, then makes the manifest fit: files, and the head too where `withHead`. */
function forge(
  change: (events: readonly EvidenceEvent[]) => readonly EvidenceEvent[],
  withHead = true,
): EvidenceVerification {
  const events = change(
    textOf("events.ndjson")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as EvidenceEvent),
  );
  const forged = withFile("events.ndjson", () => encode(events.map((event) => `${canonicalJson(event)}\n`).join("")));
  const last = events.at(-1);
  return verifyArchive(
    {
      files: resealManifest(forged, withHead && last !== undefined ? { seq: last.seq, hash: last.hash } : undefined),
      faults: [],
    },
    "review",
  );
}

const named = (result: EvidenceVerification): readonly string[] => result.problems.map(({ file }) => file);
