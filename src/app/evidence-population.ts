import type { ReviewItem } from "../model/review-item.ts";
import { writeCsv } from "../text/csv.ts";

const COLUMNS: readonly (readonly [title: string, cell: (item: ReviewItem) => string])[] = [
  ["code", (item) => item.code],
  ["item_id", (item) => item.id],
  ["subject_kind", (item) => item.subjectKind],
  ["subject_id", (item) => item.subjectId],
  ["tenant", (item) => item.tenantId],
  ["system", (item) => item.facts.system],
  ["who", (item) => item.facts.personOrMachine],
  ["access", (item) => item.facts.access],
  ["via", (item) => item.facts.via],
  ["last_used", (item) => item.facts.lastUsed],
  ["risk", (item) => item.facts.risk],
  ["recommendation", (item) => item.facts.recommendation],
  ["reviewer", (item) => item.reviewer],
  ["reviewer_rule", (item) => item.reviewerRule],
  ["state", (item) => item.state],
  ["outcome", (item) => item.outcome ?? ""],
];

/** The population as a spreadsheet: one line per item, in order of id. */
export function populationCsv(items: readonly ReviewItem[]): string {
  return writeCsv(
    COLUMNS.map(([title]) => title),
    items.map((item) => COLUMNS.map(([, cell]) => cell(item))),
  );
}
