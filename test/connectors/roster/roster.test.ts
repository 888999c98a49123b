import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roster } from "../../../connectors/roster/index.ts";
import { mergeRecords } from "../../../src/collect/merge-records.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "leastwise-roster-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = { clock: { now: () => "2026-11-20T08:00:00Z" }, secrets: { read: () => undefined }, log: { progress() {}, warn() {} } };
const HEAD = "person_id,name,email,manager_email,department,employment,start_date,end_date\n";

async function collect(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const session = await roster.open({ mode: "recorded", path: folder, workingCopy: false }, environment);
  const parts = [];
  for (const step of session.steps) parts.push((await session.run(step)).records);
  return mergeRecords(parts);
}

describe("the roster", () => {
  test("people with their managers; a manager who is not listed stays unknown", async () => {
    const records = await collect({ "roster.csv": `${HEAD}p1,Sample One,one@sample.example,,x,active,2020-01-01,\np2,Sample Two,two@sample.example,ONE@sample.example,x,left,2020-01-01,2026-10-31\np3,Sample Three,three@sample.example,gone@sample.example,x,external,,\n` });
    expect(records.identities.map(({ id, managerId, employment, kind }) => [id, managerId, employment, kind])).toEqual([
      ["identity:p1", null, "active", "human"],
      ["identity:p2", "identity:p1", "left", "human"],
      ["identity:p3", null, "external", "external"],
    ]);
    expect(records.identities[1]?.endDate).toBe("2026-10-31T00:00:00Z");
  });

  test("a list that was not given is skipped, never empty", async () => {
    const { coverage } = await collect({ "roster.csv": `${HEAD}p1,Sample One,one@sample.example,,x,active,,\n` });
    expect(coverage.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ["approval", "skipped", "approvals.csv was not given"],
      ["identity-map", "skipped", "identity-map.csv was not given"],
      ["owner", "skipped", "owners.csv was not given"],
      ["roster", "complete", null],
    ]);
  });

  test("map, owners and approvals keep the line they stand in", async () => {
    const records = await collect({
      "roster.csv": `${HEAD}p1,Sample One,one@sample.example,,x,active,,\n`,
      "identity-map.csv": "person_id,system,tenant,native,relation\np1,aws,111122223333,one,owns\n,aws,,ci-*,service\n",
      "owners.csv": "system,tenant,kind,native,business_owner,technical_owner\naws,,role,*,p1,\n",
      "approvals.csv": "system,tenant,principal,entitlement,approved_by,approved_at,expires_at,ticket,reason\naws,*,one,policy *,one@sample.example,2026-01-01,,T-1,\n",
    });
    expect(records.relations.map(({ fromId, toId, attributes }) => [fromId, toId, attributes["line"]]).sort()).toEqual([
      ["identity:", "aws|*|ci-*", 3],
      ["identity:p1", "aws|111122223333|one", 2],
    ]);
    expect(records.owners).toMatchObject([{ tenant: "*", kind: "role", businessOwner: "p1", technicalOwner: null, line: 2 }]);
    expect(records.approvals).toMatchObject([{ approvedAt: "2026-01-01T00:00:00Z", expiresAt: null, line: 2 }]);
  });
});

describe("bad input gets a sentence with file, line and hint", () => {
  const person = "p1,Sample One,one@sample.example,,x,active,,\n";
  test.each<[name: string, files: Record<string, string>, message: string, line: number]>([
    ["a missing column", { "roster.csv": "person_id,name,email\np1,x,y\n" }, "`manager_email`, `department`, `employment`, `start_date`, `end_date` are missing", 1],
    ["a manager circle", { "roster.csv": `${HEAD}p1,A,a@sample.example,b@sample.example,x,active,,\np2,B,b@sample.example,a@sample.example,x,active,,\n` }, "in a circle: `p1` → `p2` → `p1`", 2],
    ["the same person twice", { "roster.csv": `${HEAD}${person}${person}` }, "`p1` stands in the roster twice, first in line 2", 3],
    ["a date with two readings", { "roster.csv": `${HEAD}p1,A,a@sample.example,,x,left,,03/04/2026\n` }, "2026-04-03 or 2026-03-04", 2],
    ["a date that does not exist", { "roster.csv": `${HEAD}p1,A,a@sample.example,,x,left,,2026-02-30\n` }, "`2026-02-30` in `end_date` is not a date", 2],
    ["an employment nobody knows", { "roster.csv": `${HEAD}p1,A,a@sample.example,,x,retired,,\n` }, "`retired` in `employment` is not known", 2],
    ["an empty person id", { "roster.csv": `${HEAD},A,a@sample.example,,x,active,,\n` }, "`person_id` is empty", 2],
    ["a map to nobody", { "roster.csv": `${HEAD}${person}`, "identity-map.csv": "person_id,system,tenant,native,relation\np9,aws,,x,owns\n" }, "`p9` is not in the roster", 2],
    ["a relation nobody knows", { "roster.csv": `${HEAD}${person}`, "identity-map.csv": "person_id,system,tenant,native,relation\np1,aws,,x,likes\n" }, "`likes` in `relation` is not known", 2],
    ["an owner line without owner", { "roster.csv": `${HEAD}${person}`, "owners.csv": "system,tenant,kind,native,business_owner,technical_owner\naws,,,x,,\n" }, "neither a business nor a technical owner", 2],
    ["a system nobody knows", { "roster.csv": `${HEAD}${person}`, "owners.csv": "system,tenant,kind,native,business_owner,technical_owner\nazure,,,x,p1,\n" }, "`azure` in `system` is not known", 2],
    ["an approval without date", { "roster.csv": `${HEAD}${person}`, "approvals.csv": "system,tenant,principal,entitlement,approved_by,approved_at,expires_at,ticket,reason\naws,,x,y,z,,,,\n" }, "`approved_at` is empty", 2],
    ["an empty file", { "roster.csv": "" }, "the file is empty", 0],
  ])("%s", async (_name, files, message, line) => {
    const error = await collect(files).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "input-file", message: expect.stringContaining(message) });
    expect((error as { place?: { file: string; line?: number } }).place?.file).toMatch(/\.csv$/);
    if (line > 0) expect((error as { place?: { line?: number } }).place?.line).toBe(line);
    expect((error as { hint?: string }).hint).toMatch(/\S/);
  });
});
