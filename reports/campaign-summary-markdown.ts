import type { CampaignSummary } from "../src/model/campaign-summary.ts";
import { markdownCell } from "./findings-markdown.ts";
import { shownInstant } from "./shown-instant.ts";

/** The campaign as Markdown, for a wiki page or a ticket. */
export function campaignSummaryMarkdown(summary: CampaignSummary): string {
  const lines = [
    `# ${markdownCell(summary.name)}`,
    "",
    `Access review, ${summary.state}; data as of ${shownInstant(summary.asOf)}, opened ${shownInstant(summary.openedAt)}${summary.closedAt === null ? "" : `, closed ${shownInstant(summary.closedAt)}`}.`,
    "",
    `- ${summary.population} things in scope, ${summary.excluded} left out with a reason`,
    `- ${summary.decided} decided, ${summary.excepted} excepted, ${summary.open} open`,
    ...Object.entries(summary.outcomes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([outcome, count]) => `- ${count} × ${outcome}`),
    "",
    "## Tie-out",
    "",
    ...summary.tieOut.map((line) => `- ${markdownCell(line)}`),
    "",
    "## Revocations",
    "",
    ...(summary.revocations.length === 0
      ? ["None was asked for."]
      : [
          "| What | Why | State | Undo | Proof |",
          "|---|---|---|---|---|",
          ...summary.revocations.map(
            (r) => `| ${[r.summary, r.reason, r.state, r.undoClass, r.proof].map(markdownCell).join(" | ")} |`,
          ),
        ]),
    "",
    "## Who decided",
    "",
    "| Reviewer | Items | Decided | Revoked |",
    "|---|---:|---:|---:|",
    ...summary.reviewers.map((r) => `| ${markdownCell(r.name)} | ${r.items} | ${r.decided} | ${r.revoked} |`),
    "",
  ];
  return lines.join("\n");
}
