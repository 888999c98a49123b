import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyEvidence } from "../../src/app/evidence-verify.ts";
import type { FindingsDocument } from "../../src/model/findings-document.ts";
import { findingsForm } from "../../src/model/forms/findings.ts";
import { diskArchives } from "../../src/store/archive/disk-archives.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { readCsv } from "../../src/text/csv.ts";
import { RULES } from "../../src/analyse/rules/index.ts";
import { ACME, runCli, testWorld, type CliRun } from "../cli/run-cli.ts";
import { NOT_IN_SAMPLE } from "../demo/not-in-sample.ts";
import { HandClock } from "./fake-provider.ts";

const clock = new HandClock("2027-06-01T10:00:00Z");
let folder: string;
let first: CliRun;
let before: Record<string, string>;

/** Every file under a folder by its path, as text. */
async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length + 1)] = await readFile(path, "latin1");
  }
  return found;
}

const demo = (name: string): Promise<CliRun> =>
  runCli(["demo", "--out", join(folder, name), "--keep", join(folder, `${name}-data`)], testWorld(clock));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  before = await contents(ACME);
  first = await demo("one");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the monthly review on the sample company", () => {
  test("ends well and tells every step in order", () => {
    expect([first.code, first.err]).toEqual([0, ""]);
    const steps = [...first.out.matchAll(/^([a-z]+(?: out)?) {2,}\S/gm)]
      .map(([, step]) => step)
      .filter((step) => step !== undefined && /ed$|ed out|found|undone|proven|written/.test(step));
    expect([...new Set(steps)]).toEqual([
      "collected",
      "found",
      "asked",
      "answered",
      "planned",
      "rehearsed",
      "undone",
      "tied out",
      "proven",
      "written",
    ]);
    expect(first.out).toContain("simulated on a copy, nothing was changed");
    expect(first.out).not.toMatch(/undefined|NaN|\[object/);
  });

  test("leaves the sample itself as it was: revocations are rehearsed on a copy", async () => {
    expect(await contents(ACME)).toEqual(before);
  });

  test("finds a true case of every rule", async () => {
    const document = findingsForm.parse(JSON.parse(await readFile(join(folder, "one/findings.json"), "utf8")));
    const found = new Set(document.findings.map(({ rule }) => rule));
    const missing = RULES.map(({ id }) => id).filter((id) => !found.has(id));
    expect(missing.filter((id) => !(id in NOT_IN_SAMPLE))).toEqual([]);
    expect(document.rules.filter(({ state }) => state !== "evaluated")).toEqual([]);
  });

  test("the numbers it tells are those of its files", async () => {
    const document = JSON.parse(await readFile(join(folder, "one/findings.json"), "utf8")) as FindingsDocument;
    const critical = document.findings.filter(({ severity }) => severity === "critical").length;
    expect(first.out).toContain(`found       ${document.findings.length} findings: ${critical} critical,`);
    expect(readCsv(await readFile(join(folder, "one/findings.csv"))).rows.length).toBe(document.findings.length);
    const data = await openDataDirectory(join(folder, "one-data"), { clock });
    try {
      const [items, revocations, verifications] = [
        await data.state.list("review_item"),
        await data.state.list("revocation"),
        await data.state.list("verification"),
      ];
      expect(first.out).toContain(
        `${items.filter(({ state }) => state === "decided").length} decided, ${items.filter(({ outcome }) => outcome === "revoke").length} of them to be revoked`,
      );
      // Two things only people can do: they are on the list, though they never become revocations.
      const listed = readCsv(await readFile(join(folder, "one/revocations.csv")));
      const state = listed.header.indexOf("state");
      expect(listed.rows.map(({ cells }) => cells[state])).toEqual([
        "by-hand",
        "by-hand",
        ...revocations.map(() => "scheduled"),
      ]);
      const byHand = listed.rows.filter(({ cells }) => cells[state] === "by-hand").map(({ cells }) => cells.join(" "));
      expect(byHand.join("\n")).toMatch(/take away: `Ned Filterby` .* permission set DataReader/);
      expect(byHand.join("\n")).toMatch(/take away: `root` in acme-sandbox: access-key/);
      // Rehearsed only: nothing moves, nothing counts as proof.
      expect(revocations.map(({ state }) => state)).toEqual(revocations.map(() => "scheduled"));
      expect(verifications.length).toBeGreaterThan(revocations.length);
      expect(verifications.filter(({ simulated }) => !simulated)).toEqual([]);
      expect((await data.state.list("campaign")).map(({ state }) => state)).toEqual(["closed"]);
    } finally {
      await data.close();
    }
  });

  test("the campaign's pages list everything that is still to go, why it is, and who answers for it by name", async () => {
    const markdown = await readFile(join(folder, "one/campaign.md"), "utf8");
    const html = await readFile(join(folder, "one/campaign.html"), "utf8");
    const open = /open with an owner (\d+)/.exec(markdown)?.[1];
    const rows = (markdown.split("## Open revocations")[1] ?? "")
      .split("## Proven gone")[0]
      ?.split("\n")
      .filter((line) => /^\| (?!What|-)/.test(line));
    expect(rows?.length).toBe(Number(open));
    for (const row of rows ?? [])
      expect(row).toMatch(/\| (?:by hand: .+|due (?:on|since) .+) \| .+ \((?:technical owner|reviewer)\) \|/);
    expect(html).toContain(`<h2>Open revocations: ${open}</h2>`);
    for (const text of [markdown, html]) {
      expect(text).toMatch(/take away: .*Ned Filterby.*by hand: no operation takes this away yet.*Kai Lorem/);
      expect(text).toMatch(/ci-web.*waiting for its notice; only rehearsed so far.*Uma Garply/);
      expect(text).toContain("To revoke");
      expect(text).not.toContain("Revoked");
    }
  });

  test("`leastwise reports` writes the same pages later, from what is on record", async () => {
    const out = join(folder, "later");
    const { code } = await runCli(["--data", join(folder, "one-data"), "reports", "--out", out], testWorld(clock));
    expect(code).toBe(0);
    const of = async (name: string): Promise<string> =>
      ((await readFile(join(folder, name, "campaign.md"), "utf8")).split("## Open revocations")[1] ?? "").split(
        "## Who",
      )[0] ?? "";
    const [now, then] = [await of("later"), await of("one")];
    expect(now.match(/^\| (?:take away|deactivate)/gm)?.length).toBe(
      then.match(/^\| (?:take away|deactivate)/gm)?.length,
    );
    expect(now).toContain("Ned Filterby");
  });

  test("its evidence verifies with nothing but the archive", async () => {
    const verified = await verifyEvidence(diskArchives(), join(folder, "one/evidence.zip"));
    expect([verified.ok, verified.problems, verified.tiesOut]).toEqual([true, [], true]);
    expect(first.out).toContain(`head ${verified.head?.hash.slice(0, 16) ?? "none"}`);
  });

  test("run again it makes the same findings, matrix, summary and revocations, whatever day it is", async () => {
    clock.at = "2028-02-29T23:59:59Z";
    const again = await demo("two");
    expect(again.code).toBe(0);
    const [one, two] = [await contents(join(folder, "one")), await contents(join(folder, "two"))];
    expect(Object.keys(two).sort()).toEqual(Object.keys(one).sort());
    const same = Object.keys(one).filter((file) => /^(?:findings|permission-matrix)\.|^campaign\.md$/.test(file));
    expect(same.length).toBe(7);
    for (const file of same) expect(two[file] === one[file], `${file} differs`).toBe(true);
    // Ids of decisions hang on the key that signed the sheets, which every data directory makes for itself.
    const rows = (text = ""): string[] => {
      const { header, rows: lines } = readCsv(Buffer.from(text, "latin1"));
      return lines
        .map(({ cells }) =>
          cells.filter((_, i) => !["revocation_id", "decision_id", "verified_at"].includes(header[i] ?? "")).join("|"),
        )
        .sort();
    };
    expect(rows(one["revocations.csv"]).length).toBeGreaterThan(5);
    expect(rows(two["revocations.csv"])).toEqual(rows(one["revocations.csv"]));
  });

  test("run over its own folder it replaces what it made", async () => {
    expect((await demo("one")).code).toBe(0);
    expect((await contents(join(folder, "one")))["campaign.md"]).toContain("# ");
  });
});
