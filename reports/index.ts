import type { CampaignSummary } from "../src/model/campaign-summary.ts";
import type { PermissionMatrix } from "../src/model/permission-matrix.ts";
import type { Revocation } from "../src/model/revocation.ts";
import type { Verification } from "../src/model/verification.ts";
import { campaignSummaryHtml } from "./campaign-summary-html.ts";
import { campaignSummaryMarkdown } from "./campaign-summary-markdown.ts";
import { findingsCsv } from "./findings-csv.ts";
import { findingsHtml, type FindingsPageInput } from "./findings-html.ts";
import { findingsJson } from "./findings-json.ts";
import { findingsMarkdown } from "./findings-markdown.ts";
import { permissionMatrixCsv } from "./permission-matrix-csv.ts";
import { permissionMatrixHtml } from "./permission-matrix-html.ts";
import { revocationsCsv, type WithoutRevocation } from "./revocations-csv.ts";

/** Everything reports are made from; a part that there is not yet is null, and its reports are left out. */
export interface ReportInput {
  readonly findings: FindingsPageInput | null;
  /** The matrix cut to what a page can hold. */
  readonly matrixPage: PermissionMatrix | null;
  /** The whole matrix. */
  readonly matrix: PermissionMatrix | null;
  readonly revocations: {
    readonly revocations: readonly Revocation[];
    readonly verifications: readonly Verification[];
    /** What people have to do because no operation does, as far as the caller knows. */
    readonly withoutRevocation?: readonly WithoutRevocation[];
  } | null;
  readonly campaign: CampaignSummary | null;
}

/** One report: a file name, what it is for, and its text, or undefined when its input is not there. */
export interface Report {
  readonly file: string;
  readonly title: string;
  render(input: ReportInput): string | undefined;
}

const from = <T>(part: T | null, render: (part: T) => string): string | undefined =>
  part === null ? undefined : render(part);

/** The one list of reports. */
export const REPORTS: readonly Report[] = [
  { file: "findings.html", title: "findings, as a page", render: (input) => from(input.findings, findingsHtml) },
  {
    file: "findings.csv",
    title: "findings, for a spreadsheet",
    render: (input) => from(input.findings, ({ document }) => findingsCsv(document)),
  },
  {
    file: "findings.json",
    title: "findings, for scripts",
    render: (input) => from(input.findings, ({ document }) => findingsJson(document)),
  },
  {
    file: "findings.md",
    title: "findings, for a ticket",
    render: (input) =>
      from(input.findings, ({ document, chokePoints, pushedRoles }) =>
        findingsMarkdown(document, chokePoints, pushedRoles),
      ),
  },
  {
    file: "permission-matrix.html",
    title: "who is granted what, as a page",
    render: (input) => from(input.matrixPage, permissionMatrixHtml),
  },
  {
    file: "permission-matrix.csv",
    title: "who is granted what, for a pivot table",
    render: (input) => from(input.matrix, permissionMatrixCsv),
  },
  {
    file: "revocations.csv",
    title: "what is to be taken away, with its proof",
    render: (input) =>
      from(input.revocations, ({ revocations, verifications, withoutRevocation }) =>
        revocationsCsv(revocations, verifications, withoutRevocation),
      ),
  },
  {
    file: "campaign.html",
    title: "the review on one page",
    render: (input) => from(input.campaign, campaignSummaryHtml),
  },
  {
    file: "campaign.md",
    title: "the review, for a wiki",
    render: (input) => from(input.campaign, campaignSummaryMarkdown),
  },
];
