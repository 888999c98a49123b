import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/model/campaign.ts";
import type { Decision } from "../../src/model/decision.ts";
import type { ReviewItem } from "../../src/model/review-item.ts";
import { itemCode, isWholeCode } from "../../src/review/item-code.ts";
import { readOutcome } from "../../src/review/read-answer.ts";
import { readSheet, SHEET_COLUMNS, writeSheet, type SheetContext } from "../../src/review/sheet.ts";
import { readCsv, writeCsv } from "../../src/text/csv.ts";

const campaign: Campaign = {
  id: "campaign:1",
  name: "sample",
  state: "open",
  snapshotId: "snap-1",
  openedAt: "2026-11-20T08:00:00Z",
  dueAt: "2026-12-04T08:00:00Z",
  closedAt: null,
  openedBy: "os:sample",
  fallbackReviewer: "nobody",
  excluded: [],
};
const key = new TextEncoder().encode("a key for tests only");
const EXPORT = "ex-sample";

const item = (n: number, more: Partial<ReviewItem> = {}, facts: Partial<ReviewItem["facts"]> = {}): ReviewItem => ({
  id: `item:${n}`,
  campaignId: campaign.id,
  code: itemCode(campaign.id, `subject-${n}`),
  subjectKind: "grant",
  subjectId: `subject-${n}`,
  principalId: `principal-${n}`,
  entitlementId: `entitlement-${n}`,
  tenantId: "aws:1",
  findingIds: [],
  reviewer: "identity:p1",
  reviewerRule: "manager",
  reviewerReason: "is the manager of the person",
  version: 1,
  state: "open",
  outcome: null,
  ...more,
  facts: {
    personOrMachine: `person ${n}`,
    principalType: "user",
    system: "aws:sample",
    access: `policy ${n}`,
    via: "direct",
    lastUsed: "never",
    grantedOn: "unknown",
    grantedBy: "unknown",
    approvedIn: "",
    changedSinceLastReview: "new",
    lastDecision: "",
    manager: "",
    employmentStatus: "",
    risk: "low",
    recommendation: "keep",
    recommendationReason: "nothing was found",
    ...facts,
  },
});

const items = [item(1), item(2), item(3, {}, { risk: "high" })];
const context = (more: Partial<SheetContext> = {}): SheetContext => ({
  campaign,
  items,
  exports: new Map([[EXPORT, { reviewer: "identity:p1", at: "2026-11-20T09:00:00Z" }]]),
  decisions: new Map(),
  fileHash: "hash of this file",
  key,
  now: "2026-11-20T12:00:00Z",
  ...more,
});

type Row = Record<string, string>;
/** The exported sheet as rows by column name, filled in by `edit`, written back as a spreadsheet would. */
function filled(
  edit: (rows: Row[]) => unknown,
  own: readonly ReviewItem[] = items,
  columns: readonly string[] = SHEET_COLUMNS,
): string {
  const { header, rows } = readCsv(writeSheet(own, EXPORT, key));
  const records = rows.map(({ cells }) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
  const answer = edit(records);
  const edited = Array.isArray(answer) ? (answer as Row[]) : records;
  return writeCsv(
    columns,
    edited.map((row) => columns.map((name) => row[name] ?? "")),
  );
}
const by = (rows: Row[], n: number): Row => rows.find((row) => row["item_code"] === items[n - 1]?.code) ?? {};
const read = (text: string | Uint8Array, more: Partial<SheetContext> = {}) =>
  readSheet(text, context(more), "sheet.csv");
/** The answer that stands about item 1, given after the export. */
const standing = (more: Partial<Decision> = {}): Partial<SheetContext> => ({
  decisions: new Map([
    [
      "item:1",
      {
        id: "decision:1",
        campaignId: campaign.id,
        itemId: "item:1",
        outcome: "keep",
        reason: "needed",
        keepUntil: null,
        reassignTo: null,
        decidedBy: "identity:p1",
        onBehalfBy: "os:sample",
        assurance: "attested",
        channel: "csv",
        decidedAt: "2026-11-20T10:00:00Z",
        importRef: "hash of another file:2",
        supersedes: null,
        ...more,
      },
    ],
  ]),
});
const whyOf = (text: string, n: number, more: Partial<SheetContext> = {}) =>
  read(text, more).rows.find((row) => row.code === items[n - 1]?.code);

describe("the sheet", () => {
  test("has its columns in order, decisions first, nothing ticked", () => {
    const { header, rows } = readCsv(writeSheet(items, EXPORT, key));
    expect(header).toEqual([...SHEET_COLUMNS]);
    expect(rows.every(({ cells }) => cells.slice(0, 4).every((cell) => cell === ""))).toBe(true);
  });
  test("shows the worst first", () => expect(readCsv(writeSheet(items, EXPORT, key)).rows[0]?.cells[6]).toBe("high"));
  test("codes are whole, and one wrong character is told", () => {
    for (let n = 0; n < 500; n += 1) expect(isWholeCode(itemCode("c", `s${n}`))).toBe(true);
    const code = itemCode("c", "s");
    expect(isWholeCode(`${code.slice(0, 3)}${code[3] === "B" ? "C" : "B"}${code.slice(4)}`)).toBe(false);
    expect(code).not.toMatch(/\dE\d|[AEIOU01L]{2}/);
  });
  test("is empty of answers when nobody filled it in: a missing decision is never an approval", () => {
    const result = read(filled(() => {}));
    expect(result.rows.map((row) => row.result)).toEqual(["no-decision", "no-decision", "no-decision"]);
  });
});

describe("answers", () => {
  test.each([
    ["keep", "keep"],
    ["KEEP", "keep"],
    [" Approve ", "keep"],
    ["yes", "keep"],
    ["ok", "keep"],
    ["revoke", "revoke"],
    ["Remove", "revoke"],
    ["deny", "revoke"],
    ["reduce", "reduce"],
    ["downgrade", "reduce"],
    ["not_mine", "not_mine"],
    ["not mine", "not_mine"],
    ["unsure", "unsure"],
    ["Don’t know", "unsure"],
  ])("%j means %s", (cell, outcome) => {
    expect(
      whyOf(
        filled((rows) => void (by(rows, 1)["decision"] = cell)),
        1,
      )?.answer?.outcome,
    ).toBe(outcome);
  });
  test("another word is not guessed", () =>
    expect(
      whyOf(
        filled((rows) => void (by(rows, 1)["decision"] = "maybe")),
        1,
      )?.why,
    ).toContain("`maybe` is not an answer"));
  test("the message about another word lists every word that is accepted, and no other", () => {
    const why =
      whyOf(
        filled((rows) => void (by(rows, 1)["decision"] = "maybe")),
        1,
      )?.why ?? "";
    for (const word of [
      "keep",
      "approve",
      "revoke",
      "remove",
      "reduce",
      "not_mine",
      "reassign",
      "unsure",
      "don't know",
    ])
      expect(why).toContain(word);
    const listed = [...why.slice(why.indexOf("use ")).matchAll(/`([^`]+)` \(or ([^)]+)\)/g)];
    expect(listed.length).toBe(5);
    for (const [, outcome, words = ""] of listed)
      for (const word of words.split(", ")) expect([word, readOutcome(word)]).toEqual([word, outcome]);
  });
  test.each([
    ["2026-11-19", "rejected"],
    ["2020-01-01", "rejected"],
    ["2026-11-20", "accepted"],
    ["2026-11-21", "accepted"],
  ])("keep until %s, said on 2026-11-20, is %s", (day, result) => {
    const row = whyOf(
      filled((rows) => Object.assign(by(rows, 1), { decision: "keep", keep_until: day })),
      1,
    );
    expect(row?.result).toBe(result);
    if (result === "rejected") expect(row?.why).toContain(`\`${day}\` is in the past`);
  });
  test("keep until a day", () => {
    const row = whyOf(
      filled((rows) => Object.assign(by(rows, 1), { decision: "keep", keep_until: "2026-12-31" })),
      1,
    );
    expect(row?.answer?.keepUntil).toBe("2026-12-31T00:00:00Z");
  });
  test("keeping something of high risk needs a reason", () => {
    expect(
      whyOf(
        filled((rows) => void (by(rows, 3)["decision"] = "keep")),
        3,
      )?.why,
    ).toContain("high risk needs a reason");
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 3), { decision: "keep", reason: "runs payroll" })),
        3,
      )?.result,
    ).toBe("accepted");
  });
  test("reassign_to goes with not_mine", () => {
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 1), { decision: "not_mine", reassign_to: "p2@sample.example" })),
        1,
      )?.answer?.reassignTo,
    ).toBe("p2@sample.example");
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 1), { decision: "keep", reassign_to: "p2@sample.example" })),
        1,
      )?.result,
    ).toBe("rejected");
  });
});

describe("what happens to files between export and import", () => {
  const keepAll = (rows: Row[]): void =>
    rows.forEach((row) => Object.assign(row, { decision: "keep", reason: "needed" }));
  const accepted = (text: string | Uint8Array, more: Partial<SheetContext> = {}): number =>
    read(text, more).rows.filter((row) => row.result === "accepted").length;

  test("a name that is a formula survives the round trip", () => {
    const own = [item(1, {}, { personOrMachine: "=HYPERLINK(1)", access: "-rw" })];
    expect(accepted(filled(keepAll, own), { items: own })).toBe(1);
  });
  test("columns in another order", () =>
    expect(accepted(filled(keepAll, items, [...SHEET_COLUMNS].reverse()))).toBe(3));
  test("extra columns", () => expect(accepted(filled(keepAll, items, ["my notes", ...SHEET_COLUMNS, "more"]))).toBe(3));
  test("header words with spaces and capitals", () =>
    expect(accepted(filled(keepAll).replace("item_code", "Item Code").replace("decision", "DECISION"))).toBe(3));
  test("a required column that is missing is named", () =>
    expect(() =>
      read(
        filled(
          keepAll,
          items,
          SHEET_COLUMNS.filter((name) => name !== "row_check"),
        ),
      ),
    ).toThrow("`row_check` is missing"));
  test("saved with semicolons in a western locale", () => {
    const { header, rows } = readCsv(filled(keepAll));
    const text = [header, ...rows.map(({ cells }) => cells)]
      .map((cells) => cells.map((cell) => `"${cell}"`).join(";"))
      .join("\r\n");
    expect(accepted(Buffer.from(text, "latin1"))).toBe(3);
  });
  test("saved as a workbook", () =>
    expect(() => read(Buffer.from("PK\u0003\u0004workbook"))).toThrow("Excel workbook"));
  test("deleted rows are listed as missing, not as decided", () => {
    const result = read(filled((rows) => rows.slice(0, 1)));
    expect(result.missing.length).toBe(2);
  });
  test("a row that stands twice with different answers: both are refused", () => {
    const text = filled((rows) => [
      { ...by(rows, 1), decision: "keep" },
      { ...by(rows, 1), decision: "revoke" },
    ]);
    expect(read(text).rows.map((row) => row.result)).toEqual(["rejected", "rejected"]);
    expect(read(text).rows[0]?.why).toContain("lines 2 and 3 with different answers");
  });
  test("a row that stands twice with the same answer counts once", () => {
    expect(
      accepted(
        filled((rows) => [
          { ...by(rows, 1), decision: "keep" },
          { ...by(rows, 1), decision: "keep" },
        ]),
      ),
    ).toBe(1);
  });
  test.each<[name: string, answers: string[], results: string[], why: string]>([
    ["both answered alike", ["keep", "keep"], ["accepted", "repeated"], "stands in lines 2 and 3 with the same answer"],
    ["the first left empty", ["", "keep"], ["repeated", "accepted"], "stands in lines 2 and 3, of which line 3 counts"],
    ["both left empty", ["", ""], ["no-decision", "repeated"], "stands in lines 2 and 3 without a decision"],
  ])("a row that stands twice is named with both lines: %s", (_name, answers, results, why) => {
    const { rows } = read(filled((own) => answers.map((decision) => ({ ...by(own, 1), decision }))));
    expect(rows.map((row) => row.result)).toEqual(results);
    expect(rows.find((row) => row.result === "repeated")?.why).toContain(why);
  });
  test("a row added by hand", () => {
    const text = filled((rows) => [
      ...rows,
      { decision: "keep", item_code: "AR-BBBB-BBBB-B", export_id: EXPORT, row_check: "rc0" },
    ]);
    expect(read(text).rows.at(-1)?.result).toBe("rejected");
  });
  test("a code that was cut is told from an unknown one", () => {
    expect(read(filled((rows) => [{ ...by(rows, 1), item_code: "AR-7QF3" }])).rows[0]?.why).toContain(
      "not a whole item code",
    );
    expect(read(filled((rows) => [{ ...by(rows, 1), item_code: itemCode("another", "s") }])).rows[0]?.why).toContain(
      "not an item of this campaign",
    );
  });
  test("some columns sorted and others not: the row's name belongs to another row", () => {
    const text = filled((rows) => {
      const [a, b] = [by(rows, 1), by(rows, 2)];
      [a["person_or_machine"], b["person_or_machine"]] = [b["person_or_machine"] ?? "", a["person_or_machine"] ?? ""];
      keepAll(rows);
    });
    expect(whyOf(text, 1)?.why).toContain("belongs to another row");
    expect(whyOf(text, 2)?.why).toContain("belongs to another row");
    expect(whyOf(text, 3)?.result).toBe("accepted");
  });
  test.each([
    ["person_or_machine", "person 1", "Robin, I think"],
    ["access", "policy 1", "policy for the website"],
  ])("one cell of %s written over is no sort: the row says what was changed", (column, was, now) => {
    const row = whyOf(
      filled((rows) => Object.assign(by(rows, 1), { decision: "keep", [column]: now })),
      1,
    );
    expect(row?.result).toBe("rejected");
    expect(row?.why).toContain("the row's name does not belong to its item");
    expect(row?.why).toContain(`\`${column}\` was changed from \`${was}\` to \`${now}\``);
    expect(row?.why).not.toContain("sorted");
  });
  test("a name of an item that stands in no row of this sheet is no sort either", () => {
    const other = item(4, { reviewer: "identity:p9" });
    const text = filled((rows) =>
      Object.assign(by(rows, 1), { decision: "keep", person_or_machine: other.facts.personOrMachine }),
    );
    expect(whyOf(text, 1, { items: [...items, other] })?.why).toContain("was changed from");
  });
  test("spaces, non-breaking ones and capitals in a name are forgiven", () => {
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 1), { decision: "keep", person_or_machine: "  PERSON\u00a01 " })),
        1,
      )?.result,
    ).toBe("accepted");
  });
  test("an altered check", () =>
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 1), { decision: "keep", row_check: "rc0123456789abcdef" })),
        1,
      )?.why,
    ).toContain("the row was changed"));
  test("a check signed with another key", () =>
    expect(whyOf(filled(keepAll), 1, { key: new TextEncoder().encode("another key") })?.result).toBe("rejected"));
  test("a check moved to another row", () => {
    const text = filled((rows) =>
      Object.assign(by(rows, 1), { decision: "keep", row_check: by(rows, 2)["row_check"] ?? "" }),
    );
    expect(whyOf(text, 1)?.result).toBe("rejected");
  });
  test("an item that changed after the export", () => {
    const newer = items.map((one) => (one === items[0] ? { ...one, version: 2 } : one));
    expect(whyOf(filled(keepAll), 1, { items: newer })?.why).toContain("changed after this sheet was exported");
  });
  test("an item that was given to somebody else", () => {
    const moved = items.map((one) => (one === items[0] ? { ...one, reviewer: "identity:p2" } : one));
    expect(whyOf(filled(keepAll), 1, { items: moved })?.why).toContain("another reviewer");
  });
  test("a newer decision wins over an old sheet", () => {
    expect(whyOf(filled(keepAll), 1, standing({ outcome: "revoke" }))?.why).toContain("newer decision");
  });
  test.each<[name: string, decision: Partial<Decision>, result: string]>([
    ["nothing but the same answer with the same reason", {}, "already-recorded"],
    ["the same answer in the second of the export", { decidedAt: "2026-11-20T09:00:00Z" }, "already-recorded"],
    ["the very same file, whatever it answered", { importRef: "hash of this file:2" }, "already-recorded"],
    ["another reason", { reason: "was not needed" }, "rejected"],
    ["another answer", { outcome: "revoke" }, "rejected"],
    ["a day that was not there", { keepUntil: "2026-12-31T00:00:00Z" }, "rejected"],
    ["an answer from before the export", { decidedAt: "2026-11-20T08:30:00Z" }, "accepted"],
  ])("on record: %s", (_name, decision, result) => {
    expect(whyOf(filled(keepAll), 1, standing(decision))?.result).toBe(result);
  });
  test("an item that this very row gave to somebody else is recorded, not refused", () => {
    const text = filled((rows) =>
      Object.assign(by(rows, 1), { decision: "not_mine", reassign_to: "p2@sample.example" }),
    );
    const given = items.map((one) => (one === items[0] ? { ...one, version: 2, reviewer: "identity:p2" } : one));
    const answer = { outcome: "not_mine", reason: "", reassignTo: "p2@sample.example" } as const;
    expect(whyOf(text, 1, { items: given, ...standing(answer) })?.result).toBe("already-recorded");
    expect(whyOf(text, 1, { items: given, ...standing({ ...answer, outcome: "keep" }) })?.why).toContain(
      "another reviewer",
    );
  });
  test("a sheet of another campaign or place", () =>
    expect(() => read(filled(keepAll), { exports: new Map() })).toThrow("was not exported by this campaign"));
  test("a campaign that is closed takes nothing", () =>
    expect(() => read(filled(keepAll), { campaign: { ...campaign, state: "closed" } })).toThrow(
      "the campaign is closed",
    ));
  test("a date the spreadsheet rewrote has two readings", () => {
    const why = whyOf(
      filled((rows) => Object.assign(by(rows, 1), { decision: "keep", keep_until: "03/04/2026" })),
      1,
    )?.why;
    expect(why).toContain("2026-04-03 or 2026-03-04");
  });
  test("a date that can only be read one way is still asked for properly", () => {
    expect(
      whyOf(
        filled((rows) => Object.assign(by(rows, 1), { decision: "keep", keep_until: "31/12/2026" })),
        1,
      )?.why,
    ).toContain("write it as 2026-12-31");
  });
  test("blank tail rows are nothing", () => expect(accepted(`${filled(keepAll)},,,,\r\n,,,\r\n`)).toBe(3));
  test("smart quotes and trailing spaces in an answer", () =>
    expect(
      whyOf(
        filled((rows) => void (by(rows, 1)["decision"] = "don’t know \u00a0")),
        1,
      )?.answer?.outcome,
    ).toBe("unsure"));
});
