import type { CampaignSummary, Taking } from "../src/model/campaign-summary.ts";
import { SEVERITIES } from "../src/model/severity.ts";
import { openCount } from "./open-count.ts";
import { renderPage, stackingTable } from "./page.ts";
import { severityBadge } from "./severity-badge.ts";
import { sentenceHtml, shownHtml } from "./shown-text.ts";
import { shownInstant } from "./shown-instant.ts";

/** The campaign on one page that a manager reads to the end. */
export function campaignSummaryHtml(summary: CampaignSummary): string {
  const { findings, takings } = summary;
  const gone = takings.filter((taking) => taking.open === null);
  const card = (value: string | number, label: string): string =>
    `<div class="card"><b>${value}</b><span class="soft">${label}</span></div>`;
  const body = [
    `<div class="cards">${card(summary.population, "things in scope")}${card(summary.decided, "decided")}${card(summary.open, "undecided")}${card(summary.excluded, "left out, with reason")}${card(summary.outcomes["revoke"] ?? 0, "to be revoked")}${card(gone.length, "proven gone")}</div>`,
    `<h2>Findings behind the review</h2><p class="chips">${SEVERITIES.map((severity) => `${severityBadge(severity)} ${findings.bySeverity[severity] ?? 0}`).join(" &nbsp; ")}</p>`,
    findings.after === null
      ? ""
      : `<p>Rehearsed on a copy of the data, the revocations would leave <strong>${findings.after}</strong> of ${findings.before} findings. A rehearsal proves nothing about the provider.</p>`,
    `<h2>Do the numbers tie out?</h2><ul class="plain">${summary.tieOut.map((line) => `<li>${shownHtml(line)}</li>`).join("")}</ul>`,
    ...(takings.length === 0
      ? ["<h2>Revocations</h2><p>None was asked for.</p>"]
      : [
          openTable(takings.filter((taking) => taking.open !== null)),
          goneTable(gone),
          `<p class="soft">Undo classes: A is put back exactly, B needs the person, C cannot be undone.</p>`,
        ]),
    `<h2>Who decided</h2>${stackingTable(
      "Who decided",
      [
        { title: "Reviewer" },
        { title: "Items", number: true },
        { title: "Decided", number: true },
        { title: "To revoke", number: true },
      ],
      summary.reviewers.map((r) => [shownHtml(r.name), String(r.items), String(r.decided), String(r.toRevoke)]),
    )}`,
    `<h2>What could not be read</h2>${summary.coverageGaps.length === 0 ? "<p>Everything that was asked for was read.</p>" : `<ul class="plain">${summary.coverageGaps.map((gap) => `<li>${shownHtml(gap)}</li>`).join("")}</ul>`}`,
    summary.evidence === null
      ? ""
      : `<h2>Evidence</h2><p>${shownHtml(summary.evidence.verdict)}</p><p class="mono">${shownHtml(summary.evidence.path)}<br>chain head ${shownHtml(summary.evidence.head)}</p>`,
  ];
  return renderPage({
    title: summary.name,
    subtitle: `Access review, ${summary.state}; data as of ${shownInstant(summary.asOf)}, opened ${shownInstant(summary.openedAt)}${summary.closedAt === null ? "" : `, closed ${shownInstant(summary.closedAt)}`}`,
    body: body.join("\n"),
  });
}

function openTable(open: readonly Taking[]): string {
  const title = "Open revocations";
  if (open.length === 0) return `<h2>${title}</h2><p>None: everything that was to be revoked is gone.</p>`;
  return `<h2>${title}: ${openCount(open)}</h2><p>Decided, and not proven gone yet. Each has somebody who answers for it.</p>${stackingTable(
    title,
    [
      { title: "What" },
      { title: "Decided because" },
      { title: "Open because" },
      { title: "Who answers for it" },
      { title: "Undo" },
    ],
    open.map((taking) => [
      sentenceHtml(taking.summary),
      sentenceHtml(taking.reason),
      sentenceHtml(taking.open ?? ""),
      `${shownHtml(taking.owner.name)} <span class="soft">${taking.owner.as}</span>`,
      taking.undoClass ?? "",
    ]),
  )}`;
}

function goneTable(gone: readonly Taking[]): string {
  const title = "Proven gone";
  if (gone.length === 0) return `<h2>${title}</h2><p>Nothing yet.</p>`;
  return `<h2>${title}: ${gone.length}</h2>${stackingTable(
    title,
    [
      { title: "What" },
      { title: "Decided because" },
      { title: "State" },
      { title: "Proof" },
      { title: "Who answers for it" },
      { title: "Undo" },
    ],
    gone.map((taking) => [
      sentenceHtml(taking.summary),
      sentenceHtml(taking.reason),
      taking.state,
      sentenceHtml(taking.proof),
      `${shownHtml(taking.owner.name)} <span class="soft">${taking.owner.as}</span>`,
      taking.undoClass ?? "",
    ]),
  )}`;
}
