import type { CampaignSummary } from "../src/model/campaign-summary.ts";
import { markdownCell } from "./findings-markdown.ts";
import { openCount } from "./open-count.ts";
import { shownInstant } from "./shown-instant.ts";

/** The campaign as Markdown, for a wiki page or a ticket. */
export function campaignSummaryMarkdown(summary: CampaignSummary): string {
  const open = summary.takings.filter((taking) => taking.open !== null);
  const gone = summary.takings.filter((taking) => taking.open === null);
  const lines = [
    `# ${markdownCell(summary.name)}`,
    "",
    `Access review, ${summary.state}; data as of ${shownInstant(summary.asOf)}, opened ${shownInstant(summary.openedAt)}${summary.closedAt === null ? "" : `, closed ${shownInstant(summary.closedAt)}`}.`,
    "",
    `- ${summary.population} things in scope, ${summary.excluded} left out with a reason`,
    `- ${summary.decided} decided, ${summary.excepted} excepted, ${summary.open} undecided`,
    ...Object.entries(summary.outcomes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([outcome, count]) => `- ${count} × ${outcome}`),
    "",
    "## Tie-out",
    "",
    ...summary.tieOut.map((line) => `- ${markdownCell(line)}`),
    "",
    `## Open revocations: ${openCount(open)}`,
    "",
    ...(open.length === 0
      ? [summary.takings.length === 0 ? "None was asked for." : "None: everything that was to be revoked is gone."]
      : [
          "| What | Decided because | Open because | Who answers for it | Undo |",
          "|---|---|---|---|---|",
          ...open.map(
            ({ summary: what, reason, open: why, owner, undoClass }) =>
              `| ${[what, reason, why ?? "", `${owner.name} (${owner.as})`, undoClass ?? ""].map(markdownCell).join(" | ")} |`,
          ),
        ]),
    "",
    `## Proven gone: ${gone.length}`,
    "",
    ...(gone.length === 0
      ? ["Nothing yet."]
      : [
          "| What | Decided because | State | Proof | Who answers for it | Undo |",
          "|---|---|---|---|---|---|",
          ...gone.map(
            ({ summary: what, reason, state, proof, owner, undoClass }) =>
              `| ${[what, reason, state, proof, `${owner.name} (${owner.as})`, undoClass ?? ""].map(markdownCell).join(" | ")} |`,
          ),
        ]),
    "",
    "## Who decided",
    "",
    "| Reviewer | Items | Decided | To revoke |",
    "|---|---:|---:|---:|",
    ...summary.reviewers.map((r) => `| ${markdownCell(r.name)} | ${r.items} | ${r.decided} | ${r.toRevoke} |`),
    "",
  ];
  return lines.join("\n");
}
