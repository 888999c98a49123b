import type { Campaign } from "../model/campaign.ts";
import type { Instant } from "../model/instant.ts";
import type { DecisionOutcome, ReviewItem } from "../model/review-item.ts";
import { readCsv, writeCsv } from "../text/csv.ts";
import { hmacSha256 } from "../text/digest.ts";
import { AuditError } from "../model/audit-error.ts";
import { isWholeCode } from "./item-code.ts";
import { bySurprise } from "./open-campaign.ts";
import { readDate, readOutcome, tidy } from "./read-answer.ts";

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

const REQUIRED = ["decision", "item_code", "row_check", "export_id"] as const;

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
  /** Item id → when it was decided last, and by which channel. */
  readonly decidedAt: ReadonlyMap<string, Instant>;
  readonly key: Uint8Array;
}

/** How one row of an uploaded sheet is judged. */
export interface RowResult {
  readonly line: number;
  readonly code: string;
  readonly result: "accepted" | "no-decision" | "rejected";
  /** Why it was rejected, for the person who filled it in. */
  readonly why: string | null;
  readonly answer: RowAnswer | null;
}

/** An accepted answer. */
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
  const judged = rows.map((row) => judge(row, exportId, made, byCode, context));
  return {
    rows: refuseConflicts(judged),
    reviewer: made.reviewer,
    exportId,
    missing: context.items
      .filter(
        (item) =>
          item.reviewer === made.reviewer && item.state === "open" && !judged.some((row) => row.code === item.code),
      )
      .map((item) => item.code),
  };
}

function judge(
  { line, cell }: { readonly line: number; cell(name: string): string },
  exportId: string,
  made: { readonly reviewer: string; readonly at: Instant },
  byCode: ReadonlyMap<string, ReviewItem>,
  context: SheetContext,
): RowResult {
  const code = cell("item_code");
  const reject = (why: string): RowResult => ({ line, code, result: "rejected", why, answer: null });
  const item = byCode.get(code);
  if (item === undefined)
    return reject(
      code === ""
        ? "the row has no item code: rows cannot be added by hand"
        : isWholeCode(code)
          ? `\`${code}\` is not an item of this campaign`
          : `\`${code}\` is not a whole item code: was it changed or cut?`,
    );
  if (cell("export_id") !== exportId) return reject("the row has no export id: rows cannot be added by hand");
  if (item.reviewer !== made.reviewer)
    return reject("the item was given to another reviewer after this sheet was exported");
  const check = cell("row_check");
  if (check !== rowCheck(item, exportId, context.key)) {
    for (let version = 1; version < item.version; version += 1) {
      if (check === rowCheck({ ...item, version }, exportId, context.key))
        return reject("the item changed after this sheet was exported: export it again");
    }
    return reject("the row's check does not fit its code: the row was changed, or comes from another place");
  }
  const scrambled = (
    [
      ["person_or_machine", item.facts.personOrMachine],
      ["access", item.facts.access],
    ] as const
  ).some(([column, shown]) => cell(column) !== "" && !alike(cell(column), shown));
  if (scrambled) return reject("this row's name belongs to another row: some columns were sorted and others not");
  if (cell("decision") === "") return { line, code, result: "no-decision", why: null, answer: null };
  const outcome = readOutcome(cell("decision"));
  if (outcome === undefined)
    return reject(`\`${cell("decision")}\` is not an answer: use keep, revoke, reduce, not_mine or unsure`);
  const decided = context.decidedAt.get(item.id);
  if (decided !== undefined && decided > made.at)
    return reject("a newer decision is on record: export the sheet again to change it");
  const until = readDate(cell("keep_until"));
  if ("problem" in until) return reject(`keep_until: ${until.problem}`);
  const reassignTo = cell("reassign_to") === "" ? null : cell("reassign_to");
  if (reassignTo !== null && outcome !== "not_mine") return reject("reassign_to goes with `not_mine` only");
  const reason = cell("reason");
  if (outcome === "keep" && (item.facts.risk === "critical" || item.facts.risk === "high") && reason === "")
    return reject(`keeping something of ${item.facts.risk} risk needs a reason`);
  return {
    line,
    code,
    result: "accepted",
    why: null,
    answer: { itemId: item.id, outcome, reason, keepUntil: outcome === "keep" ? until.date : null, reassignTo },
  };
}

/** The same item twice with different answers: nobody can tell which was meant. */
function refuseConflicts(rows: readonly RowResult[]): RowResult[] {
  const byCode = new Map<string, RowResult[]>();
  for (const row of rows) if (row.result === "accepted") byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  return rows.map((row) => {
    const same = byCode.get(row.code) ?? [];
    if (row.result !== "accepted" || same.length < 2) return row;
    const answers = new Set(same.map((one) => JSON.stringify(one.answer)));
    if (answers.size === 1)
      return row === same[0]
        ? row
        : { ...row, result: "no-decision", why: "stands twice with the same answer", answer: null };
    return {
      ...row,
      result: "rejected",
      why: `stands in lines ${same.map((one) => one.line).join(" and ")} with different answers`,
      answer: null,
    };
  });
}

/** Whether a displayed text is the one that was exported, as spreadsheets leave it. */
function alike(cell: string, shown: string): boolean {
  const fold = (text: string): string => tidy(text.replace(/^'/, "")).toLowerCase();
  return fold(cell) === fold(shown);
}
