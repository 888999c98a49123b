import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importSheet } from "../../src/app/review-import.ts";
import { reviewerNames } from "../../src/app/review-names.ts";
import { reviewStatus } from "../../src/app/review-status.ts";
import type { DataDirectory } from "../../src/contracts/store.ts";
import { reviewImportForm } from "../../src/model/forms/review.ts";
import { openDataDirectory } from "../../src/store/open-data-directory.ts";
import { readCsv, writeCsv } from "../../src/text/csv.ts";
import { ACME, runCli, testWorld, type CliRun } from "../cli/run-cli.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { HandClock } from "./fake-provider.ts";

const clock = new HandClock("2026-11-20T10:00:00Z");
const world = testWorld(clock);

/** The sample company's review, opened and exported; every test works on a copy. */
let folder: string;
let opened: CliRun;
let exported: CliRun;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leastwise-test-"));
  const data = ["--data", join(folder, "data")];
  await runCli([...data, "collect", "--from", ACME, "--as-of", "2026-11-20"], world);
  opened = await runCli([...data, "review", "open", "--json"], world);
  clock.at = "2026-11-20T11:00:00Z";
  exported = await runCli([...data, "review", "export", "--out", join(folder, "sheets")], world);
  clock.at = "2026-11-21T09:00:00Z";
});

afterAll(() => rm(folder, { recursive: true, force: true }));

type Row = Record<string, string>;

/** A copy of the review, and one sheet of it filled in. */
class Reviewed {
  readonly path: string;
  readonly sheet: string;
  constructor(path: string, reviewer: string) {
    this.path = path;
    this.sheet = join(path, `${reviewer}.csv`);
  }
  static async of(reviewer: string): Promise<Reviewed> {
    const reviewed = new Reviewed(await temporaryFolder(), reviewer);
    await cp(join(folder, "data"), join(reviewed.path, "data"), { recursive: true });
    return reviewed;
  }
  async fill(reviewer: string, edit: (rows: Row[]) => Row[] | void): Promise<this> {
    const { header, rows } = readCsv(await readFile(join(folder, `sheets/review-${reviewer}.csv`)));
    const records = rows.map(({ cells }) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
    const edited = edit(records) ?? records;
    await writeFile(
      this.sheet,
      writeCsv(
        header,
        edited.map((row) => header.map((name) => row[name] ?? "")),
      ),
    );
    return this;
  }
  run = (...args: string[]): Promise<CliRun> => runCli(["--data", join(this.path, "data"), "review", ...args], world);
  import = (...more: string[]): Promise<CliRun> => this.run("import", this.sheet, ...more);
  async json(...more: string[]) {
    const { code, out } = await this.import("--json", ...more);
    const [file] = reviewImportForm.parse(JSON.parse(out)).files;
    if (file === undefined) throw new Error("no file");
    return { code, ...file };
  }
  async with<T>(work: (data: DataDirectory) => Promise<T>): Promise<T> {
    const data = await openDataDirectory(join(this.path, "data"), { clock });
    try {
      return await work(data);
    } finally {
      await data.close();
    }
  }
}

const review = async (reviewer: string, edit: (rows: Row[]) => Row[] | void): Promise<Reviewed> =>
  (await Reviewed.of(reviewer)).fill(reviewer, edit);
const keepAll = (rows: Row[]): void =>
  rows.forEach((row) => Object.assign(row, { decision: "keep", reason: "needed" }));
const at = (rows: Row[], who: string, access: string): Row => {
  const row = rows.find((one) => one["person_or_machine"]?.startsWith(who) === true && one["access"] === access);
  if (row === undefined) throw new Error(`no row for ${who} and ${access}`);
  return row;
};

describe("never oneself, also by handing on", () => {
  const handedTo = (to: string, decision = "not_mine"): Promise<Reviewed> =>
    review("p005", (rows) => {
      Object.assign(at(rows, "yan.xyzzy", "group web-deployers"), { decision: "revoke" });
      Object.assign(at(rows, "uma.garply", "group web-deployers"), { decision, reassign_to: to });
    });

  test.each([
    ["uma.garply@acme.example", "nobody decides about their own access"],
    ["UMA.GARPLY@ACME.EXAMPLE", "nobody decides about their own access"],
    ["uma.garply", "nobody decides about their own access"],
    ["nobody@x", "`nobody@x` is not in the roster"],
    ["yan.xyzzy@acme.example", "left on 2026-05-15"],
  ])("reassigned to %s: the row is rejected and the others are recorded", async (to, why) => {
    for (const decision of ["not_mine", "reassign"]) {
      const reviewed = await handedTo(to, decision);
      const applied = await reviewed.json("--apply");
      expect([applied.code, applied.accepted, applied.rejected]).toEqual([2, 1, 1]);
      expect(applied.rows.find(({ result }) => result === "rejected")?.why).toContain(`reassign_to: \`${to}\``);
      expect(applied.rows.find(({ result }) => result === "rejected")?.why).toContain(why);
      await reviewed.with(async (data) => {
        const { reviewers } = await reviewStatus(data);
        expect(reviewers.map(({ reviewer }) => reviewer)).not.toContain(to);
        expect((await data.state.list("decision")).map(({ outcome }) => outcome)).toEqual(["revoke"]);
      });
    }
  });

  test("somebody else of the roster gets it", async () => {
    const reviewed = await handedTo("bea.nullson@acme.example");
    expect((await reviewed.json("--apply")).code).toBe(0);
    await reviewed.with(async (data) => {
      const { open } = await reviewStatus(data);
      expect(open.filter(({ what }) => what === "uma.garply (Uma Garply): group web-deployers")).toMatchObject([
        { reviewer: "identity:p028" },
      ]);
    });
  });
});

describe("the same file again", () => {
  test("is already recorded, changes nothing, and ends well", async () => {
    const reviewed = await review("p005", (rows) => {
      keepAll(rows);
      Object.assign(at(rows, "yan.xyzzy", "group web-deployers"), { decision: "revoke", reason: "left" });
      Object.assign(at(rows, "vic.waldo", "group web-deployers"), { decision: "unsure", reason: "" });
      Object.assign(at(rows, "uma.garply", "group web-deployers"), {
        decision: "not_mine",
        reason: "",
        reassign_to: "bea.nullson@acme.example",
      });
    });
    const first = await reviewed.json("--apply");
    expect([first.code, first.rejected, first.noDecision]).toEqual([0, 0, 0]);
    const state = () =>
      reviewed.with(async (data) => ({
        head: (await data.state.head())?.hash,
        decisions: (await data.state.list("decision")).length,
        imports: await data.state.list("import_file"),
      }));
    const before = await state();
    expect(before.imports).toMatchObject([{ accepted: first.accepted }]);
    clock.at = "2026-11-21T10:00:00Z";
    const again = await reviewed.json("--apply");
    expect([again.code, again.accepted, again.alreadyRecorded, again.rejected]).toEqual([0, 0, first.accepted, 0]);
    expect(await state()).toEqual(before);
    const told = await reviewed.import();
    expect([told.code, told.err.trim()]).toEqual([0, "there is nothing new to record"]);
    expect(told.out).toContain(`0 accepted, ${first.accepted} already recorded, 0 without decision, 0 rejected`);
  });

  test("with one answer changed: the others are recorded already, that one wants a new sheet", async () => {
    const reviewed = await review("p005", keepAll);
    const first = await reviewed.json("--apply");
    await reviewed.fill("p005", (rows) => {
      keepAll(rows);
      at(rows, "yan.xyzzy", "group web-deployers")["decision"] = "revoke";
    });
    const second = await reviewed.json("--apply");
    expect([second.code, second.alreadyRecorded, second.rejected]).toEqual([2, first.accepted - 1, 1]);
    expect(second.rows.find(({ result }) => result === "rejected")?.why).toContain("a newer decision is on record");
  });
});

describe("what an import says", () => {
  test("the help says that accepted rows are recorded together and rejected ones stay open", async () => {
    const { out } = await runCli(["review", "import", "--help"], world);
    const text = out.replace(/\s+/g, " ");
    expect(text).toContain("--apply records every accepted row, all of them in one transaction");
    expect(text).toContain("rejected rows are named and stay open");
    expect(text).not.toContain("or nothing");
  });

  test("a dry run with a rejected row: what would be recorded, row by row, and what stays open", async () => {
    const reviewed = await review("p005", (rows) => {
      keepAll(rows);
      Object.assign(at(rows, "yan.xyzzy", "group web-deployers"), { decision: "revoke", reason: "left in May" });
      Object.assign(at(rows, "acme-fin-contractor", "write on acme-sample/web"), { decision: "reduce", reason: "" });
      Object.assign(at(rows, "vic.waldo", "group web-deployers"), {
        decision: "reassign",
        reason: "",
        reassign_to: "bea.nullson@acme.example",
      });
      at(rows, "uma.garply", "group web-deployers")["decision"] = "perhaps";
    });
    const { accepted } = await reviewed.json();
    const { code, out, err } = await reviewed.import();
    expect(code).toBe(2);
    expect(out).toMatch(
      / for Eli Mockley <eli\.mockley@acme\.example>: \d+ accepted \(\d+ % keep: \d+ keep, 1 not mine/,
    );
    const lines = out.split("\n").map((line) => line.replace(/^ {2}line \d+ AR-[A-Z0-9-]+: /, ""));
    expect(lines).toContain("revoke: yan.xyzzy (Yan Xyzzy): group web-deployers (left in May)");
    expect(lines).toContain("reduce: acme-fin-contractor (Fin Contractor): write on acme-sample/web");
    expect(lines).toContain(
      "not mine: vic.waldo (Vic Waldo): group web-deployers, reassigned to bea.nullson@acme.example",
    );
    expect(lines.filter((line) => line.startsWith("rejected: `perhaps` is not an answer")).length).toBe(1);
    expect(lines.filter((line) => line !== "").length).toBe(5);
    expect(err.trim()).toBe(
      `nothing is recorded yet: --apply records the ${accepted} accepted rows; the rejected row changes nothing and stays open`,
    );
    const applied = await reviewed.import("--apply");
    expect(applied.err).toContain(
      `recorded ${accepted} accepted rows; the rejected row changes nothing and stays open`,
    );
    await reviewed.with(async (data) => expect((await data.state.list("decision")).length).toBe(accepted));
  });

  test("nothing but rejected rows: --apply would record nothing", async () => {
    const reviewed = await review("p005", (rows) => {
      for (const row of rows.slice(0, 2)) row["decision"] = "perhaps";
    });
    expect((await reviewed.import()).err.trim()).toBe(
      "nothing is recorded, and --apply would record nothing: no row was accepted; the 2 rejected rows change nothing and stay open",
    );
  });

  test("a row that stands twice is named with both lines and counts once", async () => {
    const reviewed = await review("p005", (rows) => {
      keepAll(rows);
      return [...rows, { ...rows[0] }];
    });
    const judged = await reviewed.json();
    expect([judged.code, judged.repeated, judged.noDecision, judged.accepted]).toEqual([
      0,
      1,
      0,
      judged.rows.length - 1,
    ]);
    const { out } = await reviewed.import();
    expect(out).toContain(`, 1 repeated, 0 without decision`);
    expect(out).toContain(`stands in lines 2 and ${judged.rows.length + 1} with the same answer, which counts once`);
  });
});

describe("people are shown by name, and by id in JSON", () => {
  test("in the list of the export, the status and the reminders", async () => {
    const reviewed = await Reviewed.of("p005");
    const status = await reviewed.run("status");
    const remind = await reviewed.run("remind");
    for (const text of [exported.out, status.out, remind.out]) {
      expect(text).toContain("Cleo Sample <cleo.sample@acme.example>");
      expect(text).not.toContain("identity:");
    }
    expect(status.out).toMatch(/^reviewer +items +decided +to revoke$/m);
    expect((await reviewed.run("status", "--json")).out).toContain('"identity:p003"');
  });

  test("a snapshot that is gone leaves the ids, and says so", async () => {
    const reviewed = await Reviewed.of("p005");
    await rm(join(reviewed.path, "data/blobs"), { recursive: true });
    const { code, out, err } = await reviewed.run("status");
    expect([code, err]).toEqual([0, expect.stringContaining("warning: reviewers are shown by their ids")]);
    expect(out).toContain("identity:p003");
    await reviewed.with(async (data) => {
      const [campaign] = await data.state.list("campaign");
      expect(campaign === undefined ? "" : (await reviewerNames(data, campaign)).problem).not.toBeNull();
    });
  });
});

test("`review open --json` counts what it opened", () => {
  const document = JSON.parse(opened.out) as {
    items: number;
    campaign: { excluded: number };
    reviewers: { items: number }[];
    excluded: { reason: string; items: number }[];
  };
  const sum = (rows: { items: number }[]): number => rows.reduce((all, { items }) => all + items, 0);
  expect(sum(document.reviewers)).toBe(document.items);
  expect(sum(document.excluded)).toBe(document.campaign.excluded);
  expect(document.excluded).toContainEqual({ reason: "only takes access away", items: 4 });
});

describe("an answer that was wrong", () => {
  test("is corrected in a sheet that holds what was decided too, and the later answer counts", async () => {
    const reviewed = await review("p005", (rows) => rows.forEach((row) => Object.assign(row, { decision: "revoke" })));
    expect((await reviewed.json("--apply")).code).toBe(0);
    const empty = await reviewed.run("export", "--reviewer", "p005", "--out", join(reviewed.path, "open"));
    expect(empty.out).not.toContain("review-p005.csv");
    clock.at = "2026-11-22T09:00:00Z";
    const again = await reviewed.run(
      "export",
      "--decided",
      "--reviewer",
      "p005",
      "--out",
      join(reviewed.path, "again"),
    );
    expect(again.code).toBe(0);
    const { header, rows } = readCsv(await readFile(join(reviewed.path, "again/review-p005.csv")));
    expect(rows.length).toBeGreaterThan(1);
    const column = (name: string): number => header.indexOf(name);
    const edited = rows.map(({ cells }, i) =>
      cells.map((cell, at) =>
        i > 0 ? cell : at === column("decision") ? "keep" : at === column("reason") ? "a slip" : cell,
      ),
    );
    await writeFile(reviewed.sheet, writeCsv(header, edited));
    clock.at = "2026-11-22T10:00:00Z";
    const corrected = await reviewed.json("--apply");
    expect([corrected.code, corrected.accepted]).toEqual([0, 1]);
    await reviewed.with(async (data) => {
      const outcomes = (await data.state.list("review_item")).filter((item) => item.reviewer === "identity:p005");
      expect(outcomes.filter(({ outcome }) => outcome === "keep").length).toBe(1);
    });
    clock.at = "2026-11-21T09:00:00Z";
  });

  test("may be taken back: the item is open again, and the review does not close", async () => {
    const reviewed = await review("p005", (rows) => rows.forEach((row) => Object.assign(row, { decision: "revoke" })));
    expect((await reviewed.json("--apply")).code).toBe(0);
    clock.at = "2026-11-22T09:00:00Z";
    await reviewed.run("export", "--decided", "--reviewer", "p005", "--out", join(reviewed.path, "again"));
    const { header, rows } = readCsv(await readFile(join(reviewed.path, "again/review-p005.csv")));
    const answers = ["unsure", "not_mine"];
    const edited = rows.map(({ cells }, i) =>
      cells.map((cell, column) => (header[column] === "decision" ? (answers[i] ?? "") : cell)),
    );
    await writeFile(reviewed.sheet, writeCsv(header, edited));
    clock.at = "2026-11-22T10:00:00Z";
    expect((await reviewed.json("--apply")).accepted).toBe(2);
    clock.at = "2026-11-21T09:00:00Z";
    await reviewed.with(async (data) => {
      const own = (await data.state.list("review_item")).filter(({ reviewer }) => reviewer === "identity:p005");
      expect(
        own
          .filter(({ state }) => state === "open")
          .map(({ outcome }) => outcome)
          .sort(),
      ).toEqual(answers.sort());
    });
  });

  test("two imports at the same time: the second is told, not lost in silence", async () => {
    const reviewed = await review("p005", (rows) => rows.forEach((row) => Object.assign(row, { decision: "revoke" })));
    const other = new Reviewed(reviewed.path, "p005-again");
    await other.fill("p005", (rows) => keepAll(rows));
    const results = await Promise.all([
      reviewed.with((data) => importSheet(world, data, reviewed.sheet, { apply: true })),
      reviewed.with((data) => importSheet(world, data, other.sheet, { apply: true })),
    ]);
    await reviewed.with(async (data) => {
      const decisions = await data.state.list("decision");
      // However the two fell together: what is reported is what is on record, and no answer was overwritten unseen.
      expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(decisions.length);
      const files = await data.state.list("import_file");
      expect(files.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(decisions.length);
      const items = new Set(decisions.map(({ itemId }) => itemId));
      expect(decisions.filter(({ supersedes }) => supersedes === null).length).toBe(items.size);
    });
  });

  test.each([
    ["reason", "grund"],
    ["keep_until", "bis"],
    ["reassign_to", "an"],
  ])("a sheet whose column %s was renamed is refused: half an answer would be dropped", async (column, other) => {
    const reviewed = await review("p005", (rows) => keepAll(rows));
    const text = await readFile(reviewed.sheet, "utf8");
    await writeFile(reviewed.sheet, text.replace(column, other));
    const { code, err } = await reviewed.import();
    expect([code, err]).toEqual([2, expect.stringContaining(`the column \`${column}\` is missing`)]);
  });

  test("a sheet without rows says so", async () => {
    const reviewed = await review("p005", () => []);
    const { code, err } = await reviewed.import();
    expect([code, err]).toEqual([2, expect.stringContaining("the sheet holds no rows")]);
  });

  test("a sheet with two columns of one name is refused: only the reviewer knows which counts", async () => {
    const reviewed = await review("p005", () => {});
    const { header, rows } = readCsv(await readFile(reviewed.sheet));
    await writeFile(
      reviewed.sheet,
      writeCsv(
        [...header, "decision"],
        rows.map(({ cells }) => [...cells, "keep"]),
      ),
    );
    const { code, err } = await reviewed.import();
    expect([code, err]).toEqual([2, expect.stringContaining("the column `decision` stands there twice")]);
  });
});
