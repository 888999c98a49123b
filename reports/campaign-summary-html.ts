import type { CampaignSummary } from "../src/model/campaign-summary.ts";
import { SEVERITIES } from "../src/model/severity.ts";
import { renderPage, scrolling } from "./page.ts";
import { severityBadge } from "./severity-badge.ts";
import { sentenceHtml, shownHtml } from "./shown-text.ts";
import { shownInstant } from "./shown-instant.ts";

/** The campaign on one page that a manager reads to the end. */
export function campaignSummaryHtml(summary: CampaignSummary): string {
  const { findings } = summary;
  const card = (value: string | number, label: string): string =>
    `<div class="card"><b>${value}</b><span class="soft">${label}</span></div>`;
  const body = [
    `<div class="cards">${card(summary.population, "things in scope")}${card(summary.decided, "decided")}${card(summary.outcomes["revoke"] ?? 0, "to be revoked")}${card(summary.open, "still open")}${card(summary.excluded, "left out, with reason")}</div>`,
    `<h2>Findings behind the review</h2><p class="chips">${SEVERITIES.map((severity) => `${severityBadge(severity)} ${findings.bySeverity[severity] ?? 0}`).join(" &nbsp; ")}</p>`,
    findings.after === null
      ? ""
      : `<p>Rehearsed on a copy of the data, the revocations would leave <strong>${findings.after}</strong> of ${findings.before} findings. A rehearsal proves nothing about the provider.</p>`,
    `<h2>Do the numbers tie out?</h2><ul class="plain">${summary.tieOut.map((line) => `<li>${shownHtml(line)}</li>`).join("")}</ul>`,
    `<h2>Who decided</h2>${scrolling("Who decided")}<table><thead><tr><th>Reviewer</th><th class="n">Items</th><th class="n">Decided</th><th class="n">Revoked</th></tr></thead><tbody>${summary.reviewers
      .map(
        (r) =>
          `<tr><td>${shownHtml(r.name)}</td><td class="n">${r.items}</td><td class="n">${r.decided}</td><td class="n">${r.revoked}</td></tr>`,
      )
      .join("")}</tbody></table></div>`,
    `<h2>Revocations</h2>${
      summary.revocations.length === 0
        ? "<p>None was asked for.</p>"
        : `${scrolling("Revocations")}<table><thead><tr><th>What</th><th>Why</th><th>State</th><th>Undo</th><th>Proof</th></tr></thead><tbody>${summary.revocations
            .map(
              (r) =>
                `<tr><td>${sentenceHtml(r.summary)}</td><td>${sentenceHtml(r.reason)}</td><td>${shownHtml(r.state)}</td><td>${shownHtml(r.undoClass)}</td><td>${shownHtml(r.proof)}</td></tr>`,
            )
            .join(
              "",
            )}</tbody></table></div><p class="soft">Undo classes: A is put back exactly, B needs the person, C cannot be undone.</p>`
    }`,
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
