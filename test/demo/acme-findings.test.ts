import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RULES } from "../../src/analyse/rules/index.ts";
import type { Finding } from "../../src/model/finding.ts";
import { DECOYS, type Edit } from "./decoys.ts";
import { readSample, SAMPLE, type ReadSample } from "./read-sample.ts";

let sample: ReadSample;
beforeAll(async () => void (sample = await readSample()));

/** Every name by which somebody would say what a finding is about. */
function namesOf({ subject, credential }: Finding, { graph }: ReadSample): string[] {
  const key = graph.credential(credential?.id ?? subject.id);
  const holder = graph.principal(key?.holderId ?? "");
  return [
    subject.id,
    subject.displayName,
    subject.locator,
    key?.nativeId,
    key?.displayHint,
    holder?.displayName,
  ].filter((name) => name !== undefined);
}

const isFound = (thing: string, rule: string, read: ReadSample): boolean =>
  read.analysis.findings.some((finding) => finding.rule === rule && namesOf(finding, read).includes(thing));

describe("every rule has a true case in the sample", () => {
  test.each(RULES.map(({ id }) => [id]))("%s", (id) => {
    const rule = sample.analysis.rules.find((one) => one.id === id);
    expect(rule).toMatchObject({ state: "evaluated", undecided: 0 });
    expect(rule?.found).toBeGreaterThan(0);
    // A case among others: a rule that reports whatever it examines would pass the line above.
    if (id !== "organization-owner-count") expect(rule?.examined).toBeGreaterThan(rule?.found ?? 0);
    expect(sample.analysis.findings.filter(({ rule: of }) => of === id).length).toBe(rule?.found);
  });

  test("and a person can read them all: 40 to 80 findings, few of them critical", () => {
    const { findings } = sample.analysis;
    expect(findings.length).toBeGreaterThanOrEqual(40);
    expect(findings.length).toBeLessThanOrEqual(80);
    expect(findings.filter(({ severity }) => severity === "critical").length).toBeLessThanOrEqual(5);
    for (const severity of ["critical", "high", "medium", "low"]) {
      expect(findings.map((finding) => finding.severity)).toContain(severity);
    }
  });
});

describe("what looks bad and is not", () => {
  let folder: string;
  let bare: ReadSample;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "leastwise-decoys-"));
    cpSync(SAMPLE, folder, { recursive: true });
    // Some decoys share an excuse: it is taken away once.
    const edits = new Map(DECOYS.flatMap(({ excuse }) => excuse).map((edit) => [edit.join("|"), edit]));
    for (const edit of edits.values()) take(edit, folder);
    bare = await readSample(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(DECOYS.map((decoy) => [decoy.thing, decoy.rule, decoy.why, decoy] as const))(
    "%s is not reported by %s: %s",
    (_thing, _rule, _why, { thing, rule, excuse }) => {
      expect(exists(thing, sample), `${thing} is in the sample`).toBe(true);
      expect(isFound(thing, rule, sample)).toBe(false);
      if (excuse.length > 0) expect(isFound(thing, rule, bare), "without its excuse it is").toBe(true);
    },
  );
});

/** Makes one edit; each must find something to change, else the sample has moved on from its decoy. */
function take([file, what, becomes]: Edit, folder: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(what, becomes);
  if (after === before) throw new Error(`${file} has no ${String(what)}`);
  writeFileSync(path, after);
}

function exists(thing: string, { graph }: ReadSample): boolean {
  const { principals, credentials, resources } = graph.snapshot;
  return [
    ...[...principals, ...resources].flatMap(({ id, displayName, locator }) => [id, displayName, locator]),
    ...credentials.flatMap(({ nativeId, displayHint }) => [nativeId, displayHint]),
  ].includes(thing);
}
