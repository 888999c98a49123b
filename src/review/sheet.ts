import type { Campaign } from "../model/campaign.ts";
import type { Decision } from "../model/decision.ts";
import { dayOf, type Instant } from "../model/instant.ts";
import type { DecisionOutcome, ReviewItem } from "../model/review-item.ts";
import { readCsv, writeCsv } from "../text/csv.ts";
import { hmacSha256 } from "../text/digest.ts";
import { AuditError } from "../model/audit-error.ts";
import { isWholeCode } from "./item-code.ts";
import { bySurprise } from "./open-campaign.ts";
import { ANSWER_WORDS, readDate, readOutcome, tidy } from "./read-answer.ts";

/** The sheet's columns: decisions first so that nobody scrolls, identifiers at the far right. */
export const SHEET_COLUMNS = [
  "decision",
  "reason",
  "keep_until",
  "reassign_to",
  "recommendation",
  "recommendation_reason",
  "risk",
  "person_or_machine",
  "principal_type",
  "system",
  "access",
  "via",
  "last_used",
  "granted_on",
  "granted_by",
  "approved_in",
  "changed_since_last_review",
  "last_decision",
  "manager",
  "employment_status",
  "export_id",
  "item_code",
  "row_check",
] as const;

/** What counts of an answer, and what says which item it is about: a renamed column of these would drop half an answer. */
const REQUIRED = ["decision", "reason", "keep_until", "reassign_to", "item_code", "row_check", "export_id"] as const;

/** Writes the sheet of one reviewer. Nothing is ticked: the recommendation stands beside, the decision is empty. */
export function writeSheet(items: readonly ReviewItem[], exportId: string, key: Uint8Array): string {
  return writeCsv(
    SHEET_COLUMNS,
    [...items].sort(bySurprise).map((item) => {
      const { facts } = item;
      return [
        "",
        "",
        "",
        "",
        facts.recommendation,
        facts.recommendationReason,
        facts.risk,
        facts.personOrMachine,
        facts.principalType,
        facts.system,
        facts.access,
        facts.via,
        facts.lastUsed,
        facts.grantedOn,
        facts.grantedBy,
        facts.approvedIn,
        facts.changedSinceLastReview,
        facts.lastDecision,
        facts.manager,
        facts.employmentStatus,
        exportId,
        item.code,
        rowCheck(item, exportId, key),
      ];
    }),
  );
}

/**
 * Binds a row to its export, its item and the item's version. Signed are only codes that no spreadsheet can mangle; letters
 * first, so that it is never taken for a number.
 */
export function rowCheck(
  item: Pick<ReviewItem, "code" | "version" | "principalId" | "entitlementId">,
  exportId: string,
  key: Uint8Array,
): string {
  return `rc${hmacSha256(key, [exportId, item.code, item.version, item.principalId ?? "", item.entitlementId ?? ""].join("\n")).slice(0, 16)}`;
}

/** What the importer knows when it reads a sheet. */
export interface SheetContext {
  readonly campaign: Campaign;
  readonly items: readonly ReviewItem[];
  /** Exports of this campaign: id → reviewer and when it was made. */
  readonly exports: ReadonlyMap<string, { readonly reviewer: string; readonly at: Instant }>;
  /** Item id → the answer that stands now. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** SHA-256 of the file's bytes: the same file again is no newer answer. */
  readonly fileHash: string;
  readonly key: Uint8Array;
  readonly now: Instant;
}

/** How one row of an uploaded sheet is judged. */
export interface RowResult {
  readonly line: number;
  readonly code: string;
  /** Who has access and to what, as the item says it; null where the row names no item. */
  readonly what: string | null;
  /**
   * `already-recorded`: the same answer is on record; `repeated`: another row of the file says it for the same item, which counts
   * once. Neither is a mistake.
   */
  readonly result: "accepted" | "already-recorded" | "repeated" | "no-decision" | "rejected";
  /** Why it does not count, for the person who filled it in. */
  readonly why: string | null;
  readonly answer: RowAnswer | null;
}

/** What a row answers. */
export interface RowAnswer {
  readonly itemId: string;
  readonly outcome: DecisionOutcome;
  readonly reason: string;
  readonly keepUntil: Instant | null;
  readonly reassignTo: string | null;
}

/** The whole file judged, before anything is applied. */
export interface SheetResult {
  readonly rows: readonly RowResult[];
  /** Whom the export was made for. */
  readonly reviewer: string;
  readonly exportId: string;
  /** Items of the export that the file does not mention: no decision, never an approval. */
  readonly missing: readonly string[];
}

/** Reads an uploaded sheet. Throws `input-file` when the file as a whole cannot be taken. */
export function readSheet(input: string | Uint8Array, context: SheetContext, file: string): SheetResult {
  if (context.campaign.state === "closed") {
    throw new AuditError("input-file", "campaign-closed", "the campaign is closed: no decision is taken any more", {
      place: { file },
      hint: "open a new campaign",
    });
  }
  const table = readCsv(input, file);
  const header = table.header.map((name) => tidy(name).toLowerCase().replace(/[ -]/g, "_"));
  const absent = REQUIRED.filter((column) => !header.includes(column));
  if (absent.length > 0) {
    throw new AuditError(
      "input-file",
      "sheet-columns",
      `the column${absent.length === 1 ? "" : "s"} ${absent.map((name) => `\`${name}\``).join(", ")} ${absent.length === 1 ? "is" : "are"} missing`,
      {
        place: { file, line: 1 },
        hint: "columns may be moved and added, but not renamed or deleted; export the sheet again",
      },
    );
  }
  if (table.rows.length === 0)
    throw new AuditError("input-file", "sheet-empty", "the sheet holds no rows", {
      place: { file },
      hint: "export it again: `leastwise review export`",
    });
  const twice = SHEET_COLUMNS.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined)
    throw new AuditError("input-file", "sheet-columns", `the column \`${twice}\` stands there twice`, {
      place: { file, line: 1 },
      hint: "keep one of them: only you know which is right",
    });
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    cell: (name: string): string => tidy(cells[header.indexOf(name)] ?? ""),
  }));
  const exportIds = [...new Set(rows.map(({ cell }) => cell("export_id")).filter((id) => id !== ""))];
  const exportId = exportIds[0] ?? "";
  if (exportIds.length > 1)
    throw new AuditError("input-file", "sheet-mixed", "the file mixes rows of several exports", {
      place: { file },
      hint: "import one sheet at a time",
    });
  const made = context.exports.get(exportId);
  if (made === undefined) {
    throw new AuditError(
      "input-file",
      "sheet-unknown",
      `this sheet was not exported by this campaign (export \`${exportId}\`)`,
      { place: { file }, hint: "`leastwise review status` names the campaign that is open" },
    );
  }
  const byCode = new Map(context.items.map((item) => [item.code, item]));
  const inFile = new Set(rows.map(({ cell }) => cell("item_code")));
  const beside = context.items.filter((item) => item.reviewer === made.reviewer || inFile.has(item.code));
  const judged = rows.map((row) => judge(row, { exportId, made, byCode, beside }, context));
  const mentioned = new Set(judged.map((row) => row.code));
  return {
    rows: settleRepeated(judged),
    reviewer: made.reviewer,
    exportId,
    missing: context.items
      .filter((item) => item.reviewer === made.reviewer && item.state === "open" && !mentioned.has(item.code))
      .map((item) => item.code),
  };
}

/** What every row of one file is held against. */
interface Exported {
  readonly exportId: string;
  readonly made: { readonly reviewer: string; readonly at: Instant };
  readonly byCode: ReadonlyMap<string, ReviewItem>;
  /** Items whose names a sort of the same sheet can have moved to another row. */
  readonly beside: readonly ReviewItem[];
}

function judge(
  { line, cell }: { readonly line: number; cell(name: string): string },
  { exportId, made, byCode, beside }: Exported,
  context: SheetContext,
): RowResult {
  const code = cell("item_code");
  const item = byCode.get(code);
  const what = item === undefined ? null : `${item.facts.personOrMachine}: ${item.facts.access}`;
  const row = (result: RowResult["result"], why: string | null, answer: RowAnswer | null = null): RowResult => ({
    line,
    code,
    what,
    result,
    why,
    answer,
  });
  const reject = (why: string): RowResult => row("rejected", why);
  if (item === undefined)
    return reject(
      code === ""
        ? "the row has no item code: rows cannot be added by hand"
        : isWholeCode(code)
          ? `\`${code}\` is not an item of this campaign`
          : `\`${code}\` is not a whole item code: was it changed or cut?`,
    );
  if (cell("export_id") !== exportId) return reject("the row has no export id: rows cannot be added by hand");
  const version = versionOf(item, cell("row_check"), exportId, context.key);
  // What was given on since has another reviewer; a check that fits nothing says less than that.
  if (version === undefined && item.reviewer === made.reviewer)
    return reject("the row's check does not fit its code: the row was changed, or comes from another place");
  const misnamed = wrongName(item, cell, beside);
  if (misnamed !== undefined) return reject(misnamed);
  const read = cell("decision") === "" ? undefined : readAnswer(item, cell, context.now);
  const standing = context.decisions.get(item.id);
  if (version !== undefined && read !== undefined && standing !== undefined) {
    const sameFile = standing.importRef?.startsWith(`${context.fileHash}:`) === true;
    const answer = "answer" in read ? read.answer : null;
    if (sameFile || (standing.decidedAt >= made.at && answer !== null && isSame(answer, standing)))
      return row("already-recorded", "the same answer is on record already", answer);
  }
  if (item.reviewer !== made.reviewer)
    return reject("the item was given to another reviewer after this sheet was exported");
  if (version !== item.version) return reject("the item changed after this sheet was exported: export it again");
  if (read === undefined) return row("no-decision", null);
  if ("problem" in read) return reject(read.problem);
  if (standing !== undefined && standing.decidedAt > made.at)
    return reject("a newer decision is on record: export the sheet again to change it");
  return row("accepted", null, read.answer);
}

/** The version of the item that the check was made for; undefined when it was made for none, by us, in this export. */
function versionOf(item: ReviewItem, check: string, exportId: string, key: Uint8Array): number | undefined {
  for (let version = item.version; version >= 1; version -= 1)
    if (check === rowCheck({ ...item, version }, exportId, key)) return version;
  return undefined;
}

/** What is wrong where the row shows another name than its item's: sorted in part, or written over. */
function wrongName(
  item: ReviewItem,
  cell: (name: string) => string,
  beside: readonly ReviewItem[],
): string | undefined {
  const shown = [
    ["person_or_machine", (facts: ReviewItem["facts"]) => facts.personOrMachine],
    ["access", (facts: ReviewItem["facts"]) => facts.access],
  ] as const;
  const wrong = shown.filter(([column, of]) => cell(column) !== "" && !alike(cell(column), of(item.facts)));
  const [first] = wrong;
  if (first === undefined) return undefined;
  if (wrong.some(([column, of]) => beside.some((other) => other !== item && alike(cell(column), of(other.facts)))))
    return "this row's name belongs to another row: some columns were sorted and others not";
  const [column, of] = first;
  return `the row's name does not belong to its item: \`${column}\` was changed from \`${of(item.facts)}\` to \`${cell(column)}\`; put it back, or export the sheet again`;
}

/** The answer of a row whose decision is not empty, or what is wrong with it. */
function readAnswer(
  item: ReviewItem,
  cell: (name: string) => string,
  now: Instant,
): { readonly answer: RowAnswer } | { readonly problem: string } {
  const outcome = readOutcome(cell("decision"));
  if (outcome === undefined) return { problem: `\`${cell("decision")}\` is not an answer: use ${ANSWER_WORDS}` };
  const until = readDate(cell("keep_until"));
  if ("problem" in until) return { problem: `keep_until: ${until.problem}` };
  // The last day itself still counts.
  if (outcome === "keep" && until.date !== null && dayOf(until.date) < dayOf(now))
    return { problem: `keep_until: \`${cell("keep_until")}\` is in the past: write a day to come, or revoke` };
  const reassignTo = cell("reassign_to") === "" ? null : cell("reassign_to");
  if (reassignTo !== null && outcome !== "not_mine") return { problem: "reassign_to goes with `not_mine` only" };
  const reason = cell("reason");
  if (outcome === "keep" && (item.facts.risk === "critical" || item.facts.risk === "high") && reason === "")
    return { problem: `keeping something of ${item.facts.risk} risk needs a reason` };
  return {
    answer: { itemId: item.id, outcome, reason, keepUntil: outcome === "keep" ? until.date : null, reassignTo },
  };
}

function isSame(answer: RowAnswer, standing: Decision): boolean {
  return (
    answer.outcome === standing.outcome &&
    answer.reason === standing.reason &&
    answer.keepUntil === standing.keepUntil &&
    answer.reassignTo === standing.reassignTo
  );
}

/**
 * The same item in several rows. Different answers: nobody can tell which was meant, and all are refused. Otherwise it counts
 * once, and the other rows say where it stands.
 */
function settleRepeated(rows: readonly RowResult[]): RowResult[] {
  const byCode = new Map<string, RowResult[]>();
  for (const row of rows) if (row.result !== "rejected") byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  return rows.map((row) => {
    const same = byCode.get(row.code) ?? [];
    if (row.result === "rejected" || same.length < 2) return row;
    const lines = `stands in lines ${same.map((one) => one.line).join(" and ")}`;
    const answered = same.filter((one) => one.result !== "no-decision");
    const counts = answered[0] ?? same[0];
    if (new Set(answered.map((one) => JSON.stringify(one.answer))).size > 1)
      return row.result === "accepted"
        ? { ...row, result: "rejected", why: `${lines} with different answers`, answer: null }
        : row;
    if (row === counts) return row;
    const why =
      answered.length === 0
        ? `${lines} without a decision`
        : answered.length === same.length
          ? `${lines} with the same answer, which counts once`
          : `${lines}, of which line ${counts?.line ?? row.line} counts`;
    return { ...row, result: "repeated", why, answer: null };
  });
}

/** Whether a displayed text is the one that was exported, as spreadsheets leave it. */
function alike(cell: string, shown: string): boolean {
  const fold = (text: string): string => tidy(text.replace(/^'/, "")).toLowerCase();
  return fold(cell) === fold(shown);
}
