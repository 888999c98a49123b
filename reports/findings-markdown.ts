import type { FindingsDocument } from "../src/model/findings-document.ts";
import { SEVERITIES } from "../src/model/severity.ts";

/** Markdown cells may hold neither a bar nor a line break; names from a provider may hold both, and markup. */
export function markdownCell(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[|\\<>[\]*_]/g, (character) => `\\${character}`);
}

/** The findings as Markdown, for a ticket or a pull request. */
export function findingsMarkdown(document: FindingsDocument): string {
  const counts = SEVERITIES.map(
    (severity) => `${document.findings.filter((finding) => finding.severity === severity).length} ${severity}`,
  );
  const gaps = document.coverage.filter((line) => line.state !== "complete");
  const lines = [
    "# Access findings",
    "",
    `Data as of ${document.asOf}. ${counts.join(" · ")}.`,
    "",
    "| Severity | Score | What | Do | Rule |",
    "|---|---:|---|---|---|",
    ...document.findings.map(
      (f) => `| ${f.severity} | ${f.score} | ${markdownCell(f.summary)} | ${f.suggestion} | ${f.rule} |`,
    ),
    "",
    "## What each rule examined",
    "",
    "| Rule | Examined | Found | Undecided | Note |",
    "|---|---:|---:|---:|---|",
    ...document.rules.map(
      (rule) =>
        `| ${rule.id} | ${rule.examined} | ${rule.found} | ${rule.undecided} | ${markdownCell(
          (rule.state === "evaluated" ? "" : "not evaluated: ") + (rule.reason ?? ""),
        )} |`,
    ),
    "",
    "## What could not be read",
    "",
    ...(gaps.length === 0
      ? ["Everything that was asked for could be read."]
      : [
          "| Tenant | Kind | State | Reason |",
          "|---|---|---|---|",
          ...gaps.map((g) => `| ${markdownCell(g.tenant)} | ${g.kind} | ${g.state} | ${markdownCell(g.reason ?? "")} |`),
        ]),
    "",
  ];
  return lines.join("\n");
}
