import type { FindingsDocument } from "../src/model/findings-document.ts";
import { writeCsv } from "../src/text/csv.ts";

const COLUMNS = [
  "severity",
  "score",
  "rule",
  "concern",
  "summary",
  "suggestion",
  "subject_kind",
  "subject",
  "locator",
  "tenant",
  "credential",
  "path",
  "controls",
  "finding_id",
  "subject_id",
  "as_of",
] as const;

/** The findings as CSV for a spreadsheet: one row each, worst first, the same numbers as the JSON. */
export function findingsCsv(document: FindingsDocument): string {
  return writeCsv(
    COLUMNS,
    document.findings.map((finding) => [
      finding.severity,
      String(finding.score),
      finding.rule,
      finding.concern,
      finding.summary,
      finding.suggestion,
      finding.subject.kind,
      finding.subject.displayName,
      finding.subject.locator,
      finding.subject.tenant,
      finding.credential?.hint ?? "",
      [finding.path?.[0]?.from, ...(finding.path ?? []).map((hop) => hop.to)]
        .filter((end) => end !== undefined)
        .join(" → "),
      finding.controls.join("; "),
      finding.id,
      finding.subject.id,
      document.asOf,
    ]),
  );
}
