import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roster } from "../../../connectors/roster/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";
import type { ConnectorSession } from "../../../src/contracts/connector.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { SnapshotRecords } from "../../../src/model/snapshot.ts";

let folder: string;
const warnings: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leastwise-roster-"));
  warnings.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = {
  clock: { now: () => "2026-11-20T08:00:00Z" },
  secrets: { read: () => undefined },
  log: { progress() {}, warn: (text: string) => void warnings.push(text) },
};

type Files = Readonly<Record<string, string | Uint8Array>>;
const ROSTER = "person_id,name,email,manager_email,department,employment,start_date,end_date\n";
const MAP = "person_id,system,tenant,native,relation\n";
const OWNERS = "system,tenant,kind,native,business_owner,technical_owner\n";
const APPROVALS = "system,tenant,principal,entitlement,approved_by,approved_at,expires_at,ticket,reason\n";
const PERSON = "p1,Sample One,one@sample.example,,x,active,,\n";
const KNOWN = { "roster.csv": ROSTER + PERSON };

function write(files: Files): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

async function readAll(session: ConnectorSession): Promise<SnapshotRecords> {
  const parts = [];
  for (const step of session.steps) parts.push((await session.run(step)).records);
  return mergeRecords(parts);
}

async function collect(files: Files): Promise<SnapshotRecords> {
  write(files);
  return readAll(await roster.open({ mode: "recorded", path: folder, workingCopy: false }, environment));
}

const openLive = (directory: string, recordTo: string | null = null) =>
  roster.open({ mode: "live", settings: { directory }, recordTo }, environment);

describe("what is read", () => {
  test("people with their managers, whatever the case of an address; the last day is a date", async () => {
    const { identities } = await collect({
      "roster.csv": `${ROSTER}p1,Sample One,one@sample.example,,x,active,2020-01-01,\np2,Sample Two,two@sample.example,ONE@sample.example,x,left,2020-01-01,2026-10-31\np3,,,two@sample.example,,external,,\n`,
    });
    expect(identities.map(({ id, managerId, employment, kind }) => [id, managerId, employment, kind])).toEqual([
      ["identity:p1", null, "active", "human"],
      ["identity:p2", "identity:p1", "left", "human"],
      ["identity:p3", "identity:p2", "external", "external"],
    ]);
    expect(identities[1]?.endDate).toBe("2026-10-31T00:00:00Z");
    // Somebody without a name is shown by the id, not as nothing.
    expect(identities[2]).toMatchObject({ displayName: "p3", email: null, department: null, startDate: null });
    expect(warnings).toEqual([]);
  });

  test("map, owners and approvals keep the line they stand in; an empty cell means any", async () => {
    const records = await collect({
      ...KNOWN,
      "identity-map.csv": `${MAP}p1,aws,111122223333,one,owns\n,aws,,ci-*,service\n`,
      "owners.csv": `${OWNERS}aws,,Role,*,p1,\n*,,,,,ONE@sample.example\n`,
      "approvals.csv": `${APPROVALS}aws,*,one,policy *,one@sample.example,2026-01-01,2026-12-31,T-1,\n`,
    });
    expect(records.relations.map(({ fromId, toId, attributes }) => [fromId, toId, attributes]).sort()).toEqual([
      ["identity:", "aws|*|ci-*", { relation: "service", line: 3 }],
      ["identity:p1", "aws|111122223333|one", { relation: "owns", line: 2 }],
    ]);
    expect(records.owners.toSorted((a, b) => a.line - b.line)).toMatchObject([
      { tenant: "*", kind: "role", native: "*", businessOwner: "p1", technicalOwner: null, line: 2 },
      { system: "*", kind: "*", native: "*", technicalOwner: "ONE@sample.example", line: 3 },
    ]);
    expect(records.approvals).toMatchObject([
      { approvedAt: "2026-01-01T00:00:00Z", expiresAt: "2026-12-31T00:00:00Z", ticket: "T-1", reason: null, line: 2 },
    ]);
    expect(warnings).toEqual([]);
  });

  test.each<[name: string, bytes: Uint8Array | string]>([
    [
      "semicolons and Windows-1252, as a western spreadsheet saves it",
      latin1(`${ROSTER}p1,Björn Umläut,b@sample.example,,,active,,\n`.replaceAll(",", ";")),
    ],
    [
      "tabs and UTF-16, as a spreadsheet saves Unicode text",
      utf16(`${ROSTER}p1,Björn Umläut,b@sample.example,,,active,,\n`.replaceAll(",", "\t")),
    ],
    [
      "a byte order mark, CRLF and blank lines",
      `\uFEFF${`${ROSTER}\np1,Björn Umläut,b@sample.example,,,active,,\n\n`.replaceAll("\n", "\r\n")}`,
    ],
    [
      "columns in another order, others beside them, spaces and a hard space",
      "NAME , employment,notes,person_id,email,manager_email,department,start_date,end_date\nBjörn\u00a0Umläut , Active ,x,p1,b@sample.example,,,,\n",
    ],
    ["the formula guard of a spreadsheet", `${ROSTER}p1,Björn Umläut,b@sample.example,,'=x,active,,\n`],
    ["separators behind the last column", `${ROSTER.trim()},,\np1,Björn Umläut,b@sample.example,,,active,,,,\n`],
  ])("%s", async (_name, bytes) => {
    const { identities } = await collect({ "roster.csv": bytes });
    expect(identities).toMatchObject([{ id: "identity:p1", displayName: "Björn Umläut", employment: "active" }]);
  });

  test("the same files give the same records, and no column beside the known ones gets into them", async () => {
    const canary = "canary-5f2b-must-not-be-kept";
    const files = {
      "roster.csv": `${ROSTER.trim()},password\n${PERSON.trim()},${canary}\n`,
      "owners.csv": `${OWNERS}aws,,,x,p1,\n`,
    };
    const first = await collect(files);
    expect(await collect(files)).toEqual(first);
    expect(JSON.stringify(first)).not.toContain(canary);
  });
});

describe("what is not there is said", () => {
  test("a list that was not given is skipped, never empty", async () => {
    const { coverage, runs } = await collect(KNOWN);
    expect(coverage.map(({ kind, state, reason, items }) => [kind, state, reason, items])).toEqual([
      ["approval", "skipped", "approvals.csv was not given", 0],
      ["identity-map", "skipped", "identity-map.csv was not given", 0],
      ["owner", "skipped", "owners.csv was not given", 0],
      ["roster", "complete", null, 1],
    ]);
    expect(runs.map(({ step, state }) => [step, state]).sort()).toEqual([
      ["approvals", "skipped"],
      ["identity-map", "skipped"],
      ["owners", "skipped"],
      ["roster", "complete"],
    ]);
  });

  test("a list with a header alone is complete: nothing was approved", async () => {
    const { coverage } = await collect({ ...KNOWN, "approvals.csv": APPROVALS });
    expect(coverage.find(({ kind }) => kind === "approval")).toMatchObject({ state: "complete", items: 0 });
  });

  test("without a roster nobody can be called unknown: the other lists are read all the same", async () => {
    const { relations, owners, coverage } = await collect({
      "identity-map.csv": `${MAP}p9,aws,,nine,owns\n`,
      "owners.csv": `${OWNERS}aws,,,x,p9,\n`,
    });
    expect(relations).toMatchObject([{ fromId: "identity:p9" }]);
    expect(owners).toMatchObject([{ businessOwner: "p9" }]);
    expect(coverage.find(({ kind }) => kind === "roster")?.state).toBe("skipped");
    expect(warnings).toEqual([]);
  });

  test("what a recording says of a list counts where it says less than the file shows", async () => {
    write({
      "recording.json": JSON.stringify({
        format: 1,
        recordedAt: "2026-11-20T08:00:00Z",
        tool: "x",
        steps: {
          "roster/local/roster": { state: "partial", reason: "two departments only" },
          "roster/local/owners": { state: "skipped", reason: "nobody keeps one" },
        },
      }),
    });
    const { coverage } = await collect(KNOWN);
    expect(coverage.filter(({ kind }) => kind === "roster" || kind === "owner")).toMatchObject([
      { kind: "owner", state: "skipped", reason: "nobody keeps one" },
      { kind: "roster", state: "partial", reason: "two departments only", items: 1 },
    ]);
  });
});

describe("what a person should know but what stops nothing is a warning", () => {
  test.each<[name: string, files: Files, warning: string]>([
    [
      "a manager who is not in the roster",
      {
        "roster.csv": `${ROSTER}p1,A,a@sample.example,gone@sample.example,,active,,\np2,B,b@sample.example,gone@sample.example,,active,,\n`,
      },
      "roster.csv, line 2: the manager `gone@sample.example` is not in the roster and stays unknown (and 1 more)",
    ],
    [
      "a manager whose address two people share",
      {
        "roster.csv": `${ROSTER}p1,A,team@sample.example,,,active,,\np2,B,team@sample.example,,,active,,\np3,C,c@sample.example,team@sample.example,,active,,\n`,
      },
      "roster.csv, line 4: the manager `team@sample.example` is the address of two people and stays unknown",
    ],
    [
      "an owner who is not in the roster",
      { ...KNOWN, "owners.csv": `${OWNERS}aws,,,x,p1,p7\n` },
      "owners.csv, line 2: `p7` is not in the roster",
    ],
  ])("%s", async (_name, files, warning) => {
    const { identities } = await collect(files);
    expect(warnings).toEqual([warning]);
    expect(identities.map(({ managerId }) => managerId).filter((id) => id !== null)).toEqual([]);
  });
});

describe("bad input gets a sentence with file, line and hint", () => {
  test.each<[name: string, files: Files, file: string, line: number | undefined, message: string]>([
    ["an empty file", { "roster.csv": "" }, "roster.csv", undefined, "the file is empty"],
    [
      "a workbook",
      { "roster.csv": Uint8Array.of(0x50, 0x4b, 3, 4) },
      "roster.csv",
      undefined,
      "this is an Excel workbook, not CSV",
    ],
    [
      "a quote that does not end",
      { "roster.csv": `${ROSTER}p1,"A,a@sample.example,,,active,,\n` },
      "roster.csv",
      2,
      "a quoted cell does not end",
    ],
    [
      "a missing column",
      { "roster.csv": ROSTER.replace(",employment", "") },
      "roster.csv",
      1,
      "the column `employment` is missing",
    ],
    [
      "several missing columns",
      { "roster.csv": "person_id,name,email\np1,x,y\n" },
      "roster.csv",
      1,
      "`manager_email`, `department`, `employment`, `start_date`, `end_date` are missing",
    ],
    [
      "a column that stands there twice",
      { "roster.csv": `${ROSTER.trim()},email\n` },
      "roster.csv",
      1,
      "the column `email` stands there twice",
    ],
    ["a roster that names nobody", { "roster.csv": ROSTER }, "roster.csv", 1, "the roster names nobody"],
    [
      "a comma that was not quoted",
      { "roster.csv": `${ROSTER}p1,One, Sample,one@sample.example,,x,active,2020-01-01,\n` },
      "roster.csv",
      2,
      "the line has 9 cells, the first line names 8 columns",
    ],
    [
      "an empty person id",
      { "roster.csv": `${ROSTER},A,a@sample.example,,x,active,,\n` },
      "roster.csv",
      2,
      "`person_id` is empty",
    ],
    [
      "the same person twice",
      { "roster.csv": ROSTER + PERSON + PERSON },
      "roster.csv",
      3,
      "`p1` stands in the roster twice, first in line 2",
    ],
    [
      "an employment nobody knows",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,retired,,\n` },
      "roster.csv",
      2,
      "`retired` in `employment` is not known",
    ],
    [
      "no employment at all",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,,,\n` },
      "roster.csv",
      2,
      "`employment` is empty",
    ],
    [
      "a manager circle",
      {
        "roster.csv": `${ROSTER}p0,Z,z@sample.example,c@sample.example,x,active,,\np1,A,a@sample.example,c@sample.example,x,active,,\np2,B,b@sample.example,a@sample.example,x,active,,\np3,C,c@sample.example,b@sample.example,x,active,,\n`,
      },
      "roster.csv",
      3,
      "managers manage each other in a circle: `p1` → `p3` → `p2` → `p1`",
    ],
    [
      "somebody who manages herself",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,a@sample.example,x,active,,\n` },
      "roster.csv",
      2,
      "`p1` is written as its own manager",
    ],
    [
      "a date with two readings",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,left,,03/04/2026\n` },
      "roster.csv",
      2,
      "`03/04/2026` in `end_date` could be `2026-04-03` or `2026-03-04`",
    ],
    [
      "a date in another form",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,left,,31.10.2026\n` },
      "roster.csv",
      2,
      "`31.10.2026` in `end_date` is not written as `2026-10-31`",
    ],
    [
      "a date as a spreadsheet counts it",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,left,,46326\n` },
      "roster.csv",
      2,
      "`46326` in `end_date` is a date as a spreadsheet counts it",
    ],
    [
      "a date that does not exist",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,left,,2026-02-30\n` },
      "roster.csv",
      2,
      "`2026-02-30` in `end_date` is not a date",
    ],
    [
      "an end before the start",
      { "roster.csv": `${ROSTER}p1,A,a@sample.example,,x,left,2026-01-01,2025-01-01\n` },
      "roster.csv",
      2,
      "`2025-01-01` in `end_date` is before `2026-01-01` in `start_date`",
    ],
    [
      "a map to nobody",
      { ...KNOWN, "identity-map.csv": `${MAP}p9,aws,,x,owns\n` },
      "identity-map.csv",
      2,
      "`p9` is not in the roster",
    ],
    [
      "a map that names no person",
      { ...KNOWN, "identity-map.csv": `${MAP},aws,,x,owns\n` },
      "identity-map.csv",
      2,
      "`person_id` is empty, but `owns` is about a person",
    ],
    [
      "a map that names no login",
      { ...KNOWN, "identity-map.csv": `${MAP}p1,aws,,,owns\n` },
      "identity-map.csv",
      2,
      "`native` is empty",
    ],
    [
      "a relation nobody knows",
      { ...KNOWN, "identity-map.csv": `${MAP}p1,aws,,x,likes\n` },
      "identity-map.csv",
      2,
      "`likes` in `relation` is not known",
    ],
    [
      "the same mapping twice",
      { ...KNOWN, "identity-map.csv": `${MAP}p1,aws,,x,owns\np1,aws,*,x,owns\n` },
      "identity-map.csv",
      3,
      "the line says what line 2 says",
    ],
    [
      "a tenant that a spreadsheet shortened",
      { ...KNOWN, "identity-map.csv": `${MAP}p1,aws,"1,11122E+11",x,owns\n` },
      "identity-map.csv",
      2,
      "`1,11122E+11` in `tenant` is not the 12 digits of an AWS tenant",
    ],
    [
      "a tenant that lost its zero",
      { ...KNOWN, "owners.csv": `${OWNERS}aws,11122223333,,x,p1,\n` },
      "owners.csv",
      2,
      "`11122223333` in `tenant` is not the 12 digits of an AWS tenant",
    ],
    [
      "an owner line without owner",
      { ...KNOWN, "owners.csv": `${OWNERS}aws,,,x,,\n` },
      "owners.csv",
      2,
      "neither a business nor a technical owner is named",
    ],
    [
      "a system nobody knows",
      { ...KNOWN, "owners.csv": `${OWNERS}azure,,,x,p1,\n` },
      "owners.csv",
      2,
      "`azure` in `system` is not known",
    ],
    [
      "a kind nobody knows",
      { ...KNOWN, "owners.csv": `${OWNERS}aws,,roles,x,p1,\n` },
      "owners.csv",
      2,
      "`roles` in `kind` is not known",
    ],
    [
      "an approval without date",
      { ...KNOWN, "approvals.csv": `${APPROVALS}aws,,x,y,z,,,,\n` },
      "approvals.csv",
      2,
      "`approved_at` is empty",
    ],
    [
      "an approval by nobody",
      { ...KNOWN, "approvals.csv": `${APPROVALS}aws,,x,y,,2026-01-01,,,\n` },
      "approvals.csv",
      2,
      "`approved_by` is empty",
    ],
    [
      "an approval that ended before it began",
      { ...KNOWN, "approvals.csv": `${APPROVALS}aws,,x,y,z,2026-02-01,2026-01-01,,\n` },
      "approvals.csv",
      2,
      "`2026-01-01` in `expires_at` is before `2026-02-01`",
    ],
  ])("%s", async (_name, files, file, line, message) => {
    const error = await collect(files).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof AuditError)) throw new Error(`expected an error in words, got ${String(error)}`);
    expect(error).toMatchObject({ kind: "input-file", message: expect.stringContaining(message) });
    expect(error.place).toEqual(line === undefined ? { file: join(folder, file) } : { file: join(folder, file), line });
    expect(error.hint).toMatch(/\S/);
    expect(error.message).not.toMatch(/\.$|^[A-Z]/);
  });

  test("a file that may not be opened is an error, not a list that was not given", async () => {
    write(KNOWN);
    mkdirSync(join(folder, "owners.csv"));
    await expect(collect({})).rejects.toMatchObject({ kind: "input-file", message: "this is a folder, not a file" });
  });
});

describe("where the lists come from", () => {
  test("a folder is recognised by any of the lists", async () => {
    expect(await roster.recognises(folder)).toBe(false);
    write({ "approvals.csv": APPROVALS });
    expect(await roster.recognises(folder)).toBe(true);
    expect(await roster.recognises(join(folder, "approvals.csv"))).toBe(false);
  });

  test("live and recorded give the same people; a recording keeps the lists, for its owner only", async () => {
    write(KNOWN);
    chmodSync(join(folder, "roster.csv"), 0o644);
    const copy = join(folder, "recording");
    const live = await readAll(await openLive(folder, copy));
    const recorded = await readAll(
      await roster.open({ mode: "recorded", path: copy, workingCopy: false }, environment),
    );
    expect(recorded.identities).toEqual(live.identities);
    expect(live.identities).toHaveLength(1);
    expect(live.runs[0]?.mode).toBe("live");
    expect(statSync(join(copy, "roster.csv")).mode & 0o777).toBe(0o600);
    expect(existsSync(join(copy, "owners.csv"))).toBe(false);
  });

  test("recording into the folder itself leaves the lists as they are", async () => {
    write(KNOWN);
    chmodSync(join(folder, "roster.csv"), 0o644);
    expect((await readAll(await openLive(folder, folder))).identities).toHaveLength(1);
    expect(statSync(join(folder, "roster.csv")).mode & 0o777).toBe(0o644);
  });

  test.each<[name: string, settings: unknown, message: string]>([
    ["no folder named", {}, "`connectors.roster` needs `directory`"],
    [
      "a word nobody knows",
      { directory: "x", folder: "y" },
      "`connectors.roster` knows only `directory`, not `folder`",
    ],
    ["a folder that is not there", { directory: "/nowhere/at/all" }, "there is no folder `/nowhere/at/all`"],
  ])("settings: %s", async (_name, settings, message) => {
    const opened = roster.open({ mode: "live", settings, recordTo: null }, environment);
    await expect(opened).rejects.toMatchObject({
      kind: "settings",
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/\S/),
    });
  });

  test("doctor says for each list what it holds, what is wrong with it, or what its absence costs", async () => {
    write({
      ...KNOWN,
      "owners.csv": `${OWNERS}aws,,,x,p7,\n`,
      "approvals.csv": `${APPROVALS}aws,,x,y,,2026-01-01,,,\n`,
    });
    expect(await (await openLive(folder)).check()).toEqual([
      { level: "ok", text: "roster.csv: 1 line" },
      {
        level: "warning",
        text: `there is no identity-map.csv in ${folder}`,
        hint: expect.stringContaining("e-mail and name"),
      },
      { level: "ok", text: "owners.csv: 1 line" },
      { level: "warning", text: "owners.csv, line 2: `p7` is not in the roster" },
      { level: "problem", text: "approvals.csv, line 2: `approved_by` is empty", hint: "write who approved it" },
    ]);
  });

  test("nothing can be changed in a list, and nobody signs in", async () => {
    write(KNOWN);
    const session = await openLive(folder);
    expect(roster.manifest.operations).toEqual([]);
    expect(session.operation("roster/remove-person")).toBeUndefined();
    expect(await session.self()).toEqual([]);
    expect((await session.forecast()).calls).toBe(0);
  });
});

function latin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

function utf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, "utf16le")]);
}
