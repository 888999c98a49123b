import { findingsCsv } from "../../reports/findings-csv.ts";
import { findingsHtml } from "../../reports/findings-html.ts";
import { findingsJson } from "../../reports/findings-json.ts";
import { findingsMarkdown } from "../../reports/findings-markdown.ts";
import type { FindingsDocument } from "../model/findings-document.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { ruleDescriptions, tenantNames } from "./evaluate.ts";

/** The forms findings can be written in. */
export const FINDINGS_FORMATS = ["json", "csv", "html", "markdown"] as const;

/** One of them. */
export type FindingsFormat = (typeof FINDINGS_FORMATS)[number];

/** The findings as text in the form asked for. */
export function renderFindings(format: FindingsFormat, document: FindingsDocument, snapshot: Snapshot): string {
  switch (format) {
    case "json":
      return findingsJson(document);
    case "csv":
      return findingsCsv(document);
    case "markdown":
      return findingsMarkdown(document);
    case "html":
      return findingsHtml({ document, rules: ruleDescriptions(), tenantNames: tenantNames(snapshot) });
  }
}
