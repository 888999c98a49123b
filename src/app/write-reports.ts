import { findingsCsv } from "../../reports/findings-csv.ts";
import { findingsHtml } from "../../reports/findings-html.ts";
import { findingsJson } from "../../reports/findings-json.ts";
import { findingsMarkdown } from "../../reports/findings-markdown.ts";
import { REPORTS, type ReportInput } from "../../reports/index.ts";
import type { Files } from "../contracts/files.ts";
import type { TenantChokePoints } from "../model/choke-points.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { PushedRole } from "../model/pushed-role.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Thresholds } from "../model/thresholds.ts";
import { ruleDescriptions, tenantNames, type Evaluation } from "./evaluate.ts";
import { permissionMatrix } from "./permission-matrix.ts";

/** The forms findings can be written in. */
export type FindingsFormat = "json" | "csv" | "html" | "markdown";

/** More rows or columns than this and a page helps nobody; the CSV has them all. */
const PAGE = { rows: 120, columns: 60 };

/** The findings as text in the form asked for. */
export function renderFindings(
  format: FindingsFormat,
  document: FindingsDocument,
  snapshot: Snapshot,
  chokePoints: readonly TenantChokePoints[],
  pushedRoles: readonly PushedRole[],
): string {
  switch (format) {
    case "json":
      return findingsJson(document);
    case "csv":
      return findingsCsv(document);
    case "markdown":
      return findingsMarkdown(document, chokePoints, pushedRoles);
    case "html":
      return findingsHtml({
        document,
        rules: ruleDescriptions(),
        tenantNames: tenantNames(snapshot),
        chokePoints,
        pushedRoles,
      });
  }
}

/** Writes every report whose input there is into a folder and answers the files written, in the order of the list. */
export async function writeReports(
  files: Files,
  folder: string,
  evaluation: Pick<Evaluation, "graph" | "document" | "chokePoints" | "pushedRoles">,
  thresholds: Thresholds,
  rest: Pick<ReportInput, "revocations" | "campaign">,
): Promise<readonly { readonly path: string; readonly title: string }[]> {
  const { graph, document, chokePoints, pushedRoles } = evaluation;
  const input: ReportInput = {
    findings: {
      document,
      rules: ruleDescriptions(),
      tenantNames: tenantNames(graph.snapshot),
      chokePoints: chokePoints(),
      pushedRoles: pushedRoles(),
    },
    matrixPage: await permissionMatrix(graph, thresholds, PAGE),
    matrix: await permissionMatrix(graph, thresholds, { rows: Infinity, columns: Infinity }),
    ...rest,
  };
  const written: { path: string; title: string }[] = [];
  for (const report of REPORTS) {
    const text = report.render(input);
    if (text === undefined) continue;
    const path = `${folder}/${report.file}`;
    await files.write(path, text);
    written.push({ path, title: report.title });
  }
  return written;
}
